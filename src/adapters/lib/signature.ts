import { createHmac, timingSafeEqual } from 'node:crypto';

/** Compares secrets and signatures in constant time; texts of different length are compared by their digests. */
export function sameText(a: string, b: string): boolean {
  return timingSafeEqual(hmac('sha256', 'rapport', a), hmac('sha256', 'rapport', b));
}

/** HMAC over several pieces in a row. */
export function hmac(algorithm: 'sha1' | 'sha256', key: string | Buffer, ...parts: (string | Buffer)[]): Buffer {
  const sum = createHmac(algorithm, key);
  for (const part of parts) sum.update(part);
  return sum.digest();
}
