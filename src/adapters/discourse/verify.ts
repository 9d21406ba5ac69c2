import { hmac, sameText } from '../lib/signature.js';

/** `sha256=` and the HMAC of the raw bytes, in hex (app/jobs/regular/emit_web_hook_event.rb). */
export function sign(rawBody: Buffer, secret: string): string {
  return `sha256=${hmac('sha256', secret, rawBody).toString('hex')}`;
}

/** Constant time; false when the header is missing. Discourse signs no time. */
export function isSigned(rawBody: Buffer, header: string | undefined, secret: string): boolean {
  return header !== undefined && sameText(header, sign(rawBody, secret));
}
