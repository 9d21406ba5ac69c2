import { randomBytes } from 'node:crypto';

/** What is typed at Meta next to the webhook's address, so that only this channel answers its question. */
export function newVerifyToken(): Record<string, string> {
  return { verifyToken: randomBytes(24).toString('base64url') };
}
