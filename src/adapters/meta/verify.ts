import { hmac, sameText } from '../lib/signature.js';

/** `X-Hub-Signature-256`: `sha256=` and the hex HMAC-SHA256 with the app secret over the raw bytes. Meta signs no time: against replay there is the ledger. */
export function sign(rawBody: Buffer | string, appSecret: string): string {
  return `sha256=${hmac('sha256', appSecret, rawBody).toString('hex')}`;
}

/** Constant time; false for a missing, malformed or foreign signature. */
export function isSigned(rawBody: Buffer, header: string | undefined, appSecret: string): boolean {
  return header !== undefined && /^sha256=[0-9a-f]{64}$/iu.test(header) && sameText(header.toLowerCase(), sign(rawBody, appSecret));
}

/** What to answer to the question that Meta asks when the webhook is registered; `undefined` when it is not Meta's, or has another verify token. */
export function answerChallenge(query: Readonly<Record<string, string | undefined>>, verifyToken: string): string | undefined {
  const challenge = query['hub.challenge'] ?? '';
  const known = query['hub.mode'] === 'subscribe' && sameText(query['hub.verify_token'] ?? '', verifyToken);
  return known && /^[\w.-]{1,200}$/u.test(challenge) ? challenge : undefined;
}
