import { hmac, sameText } from '../lib/signature.js';
import { signatureWindowMs } from './limits.js';

/** `v0=` + hex HMAC-SHA256 over `v0:SECONDS:` and the raw bytes. */
export function sign(rawBody: Buffer | string, secret: string, seconds: number): string {
  return `v0=${hmac('sha256', secret, `v0:${seconds}:`, rawBody).toString('hex')}`;
}

/** Constant time in the signature; false for a missing, malformed, stale, early or foreign one. */
export function isSigned(rawBody: Buffer, headers: Readonly<Record<string, string | undefined>>, secrets: readonly string[], now: number): boolean {
  const time = headers['x-slack-request-timestamp'] ?? '';
  const signature = headers['x-slack-signature'] ?? '';
  if (!/^\d{1,12}$/.test(time) || !/^v0=[0-9a-f]{64}$/.test(signature)) return false;
  if (Math.abs(now - Number(time) * 1_000) > signatureWindowMs) return false;
  return secrets.some((secret) => secret !== '' && sameText(sign(rawBody, secret, Number(time)), signature));
}
