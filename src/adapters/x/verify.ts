import { hmac, sameText } from '../lib/signature.js';

/** Base64, as X's tokens are: no JSON body can look like one, so that answering signs nothing that could be posted to us. */
const crcToken = /^[A-Za-z0-9+/_-]{8,255}={0,2}$/;

/** X's signature of some bytes: `sha256=` and HMAC-SHA256 with the API key secret, in base64. */
export function sign(bytes: Buffer | string, apiSecret: string): string {
  return `sha256=${hmac('sha256', apiSecret, bytes).toString('base64')}`;
}

/** Of the header `x-twitter-webhooks-signature`; constant time, false when it is missing. X signs no time. */
export function isSigned(rawBody: Buffer, header: string | undefined, apiSecret: string): boolean {
  return header !== undefined && sameText(header, sign(rawBody, apiSecret));
}

/** The answer to X's challenge, asked once an hour; `undefined` for what is no challenge of X's. */
export function answerChallenge(token: string | undefined, apiSecret: string): string | undefined {
  if (token === undefined || !crcToken.test(token)) return undefined;
  return JSON.stringify({ response_token: sign(token, apiSecret) });
}
