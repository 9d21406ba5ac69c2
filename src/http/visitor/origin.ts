import { isIP } from 'node:net';
import type { IncomingHttpHeaders } from 'node:http';

/**
 * The origin of the page that made a request. Browsers name it with every write, every request to another site and every
 * socket; for a read of one's own site `Sec-Fetch-Site` stands in.
 */
export function originOf(headers: IncomingHttpHeaders, publicUrl: string): string | undefined {
  if (headers.origin !== undefined) return headers.origin.toLowerCase();
  return headers['sec-fetch-site'] === 'same-origin' ? ownOrigin(headers, publicUrl) : undefined;
}

/** Whether pages of this origin may show the bubble: our own always, others by the list. */
export function isAllowedOrigin(origin: string | undefined, allowed: readonly string[], own: { headers: IncomingHttpHeaders; publicUrl: string }): boolean {
  if (origin === undefined || !/^https?:\/\//.test(origin)) return false;
  if (origin === new URL(own.publicUrl).origin || origin === ownOrigin(own.headers, own.publicUrl)) return true;
  return allowed.some((entry) => matches(entry, origin));
}

/**
 * Ours by another name: the page was opened by address, or on this machine. Only then is the Host header taken, because
 * a foreign name can be made to point at us, an address cannot.
 */
function ownOrigin(headers: IncomingHttpHeaders, publicUrl: string): string {
  const known = new URL(publicUrl).origin;
  const host = headers.host?.toLowerCase();
  if (host === undefined || !URL.canParse(`http://${host}`)) return known;
  const { hostname } = new URL(`http://${host}`);
  return hostname === 'localhost' || isIP(hostname.replace(/^\[|\]$/g, '')) !== 0 ? `http://${host}` : known;
}

/** `https://*.shop.example` stands for every name below `shop.example`, and not for `shop.example` itself. */
function matches(entry: string, origin: string): boolean {
  const star = entry.indexOf('*.');
  if (star === -1) return entry === origin;
  const scheme = entry.slice(0, star);
  const tail = entry.slice(star + 1);
  return origin.startsWith(scheme) && origin.endsWith(tail) && /^[a-z0-9.-]+$/.test(origin.slice(scheme.length, -tail.length));
}
