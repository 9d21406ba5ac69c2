import { sameText } from '../lib/signature.js';

/** Telegram signs nothing: it repeats the secret that the webhook was registered with. Constant time. */
export function hasSecret(header: string | undefined, secret: string): boolean {
  return header !== undefined && header.length <= 256 && sameText(header, secret);
}
