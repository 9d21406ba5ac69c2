import { hmac, sameText } from '../lib/signature.js';

/** Form fields as they came, in order; a name may come twice. */
export type Form = readonly (readonly [string, string])[];

/**
 * Base64 HMAC-SHA1 with the auth token over the address and the sorted fields.
 * https://www.twilio.com/docs/usage/security#validating-requests
 */
export function signatureOf(url: string, form: Form, token: string): string {
  const values = new Map<string, Set<string>>();
  for (const [key, value] of form) values.set(key, (values.get(key) ?? new Set()).add(value));
  const fields = [...values.keys()].sort().map((key) => [...values.get(key) ?? []].sort().map((value) => key + value).join('')).join('');
  return hmac('sha1', token, url, fields).toString('base64');
}

/** Constant time. The address is the public one from the settings, never the one that a proxy's request shows. */
export function isSigned(request: { header: string | undefined; form: Form; query: Readonly<Record<string, string | undefined>> }, publicUrl: string, tokens: readonly string[]): boolean {
  const { header } = request;
  if (header === undefined || header.length > 100) return false;
  return addresses(publicUrl, request.query).some((url) => tokens.some((token) => sameText(signatureOf(url, request.form, token), header)));
}

/** Twilio signs with the port or without it, whichever it finds right: all forms of the one address. */
function addresses(publicUrl: string, query: Readonly<Record<string, string | undefined>>): string[] {
  const base = publicUrl.replace(/[?#].*$/su, '');
  const asked = Object.entries(query).map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value ?? '')}`).join('&');
  const whole = asked === '' ? base : `${base}?${asked}`;
  return [whole, withPort(whole), whole.replace(/^(https?:\/\/[^/?:]+):\d+/u, '$1')].filter((url, index, all) => all.indexOf(url) === index);
}

function withPort(url: string): string {
  const port = url.startsWith('https:') ? 443 : 80;
  return url.replace(/^(https?:\/\/[^/?:]+)(?=[/?]|$)/u, `$1:${port}`);
}
