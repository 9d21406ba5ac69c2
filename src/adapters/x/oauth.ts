import { hmac } from '../lib/signature.js';

export interface OAuthKeys {
  apiKey: string;
  apiSecret: string;
  accessToken: string;
  accessTokenSecret: string;
}

/** Percent-encoding as RFC 5849 §3.6 wants it: stricter than `encodeURIComponent`. */
export function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** HMAC-SHA1 over method, address and all parameters (of the query, a form and OAuth itself), RFC 5849 §3.4. Pure. */
export function signature(request: { method: string; url: string; parameters: readonly (readonly [string, string])[] }, keys: Pick<OAuthKeys, 'apiSecret' | 'accessTokenSecret'>): string {
  const url = new URL(request.url);
  const all = [...url.searchParams, ...request.parameters].map(([name, value]) => `${encode(name)}=${encode(value)}`).sort();
  const base = [request.method, `${url.origin}${url.pathname}`, all.join('&')].map(encode).join('&');
  return hmac('sha1', `${encode(keys.apiSecret)}&${encode(keys.accessTokenSecret)}`, base).toString('base64');
}

/** The `Authorization` header of one request. JSON and multipart bodies are not part of the signature. Pure: time and nonce come in. */
export function authorization(request: { method: string; url: string }, keys: OAuthKeys, once: { seconds: number; nonce: string }): string {
  const parameters: [string, string][] = [
    ['oauth_consumer_key', keys.apiKey], ['oauth_nonce', once.nonce], ['oauth_signature_method', 'HMAC-SHA1'],
    ['oauth_timestamp', String(once.seconds)], ['oauth_token', keys.accessToken], ['oauth_version', '1.0'],
  ];
  const signed: [string, string][] = [...parameters, ['oauth_signature', signature({ ...request, parameters }, keys)]];
  return `OAuth ${signed.map(([name, value]) => `${encode(name)}="${encode(value)}"`).join(', ')}`;
}
