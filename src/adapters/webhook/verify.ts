import { createHmac, timingSafeEqual } from 'node:crypto';
import { signatureWindowMs } from './limits.js';

/** `t=SECONDS,v1=HEX`: HMAC-SHA256 with the secret over `SECONDS.` and the raw bytes. */
export function sign(rawBody: Buffer | string, secret: string, seconds: number): string {
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.`).update(rawBody).digest('hex')}`;
}

/** Constant time in the signature; false for a missing, malformed, stale, early or foreign one. */
export function isSigned(rawBody: Buffer, header: string | undefined, secrets: readonly string[], now: number): boolean {
  const match = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header ?? '');
  if (match === null) return false;
  const seconds = Number(match[1]);
  if (Math.abs(now - seconds * 1_000) > signatureWindowMs) return false;
  const given = Buffer.from(match[2] ?? '', 'hex');
  return secrets.some((secret) => {
    const ours = createHmac('sha256', secret).update(`${seconds}.`).update(rawBody).digest();
    return timingSafeEqual(ours, given);
  });
}
