import type { IncomingHttpHeaders } from 'node:http';
import { AppError } from '../../errors.js';
import { sameSecret } from './tokens.js';

/**
 * Refuses (`forbidden`) a write that a foreign page made the browser send. Browsers set `Sec-Fetch-Site` and `Origin`
 * themselves; a page cannot forge them. Something that sends neither is no browser and has no cookie to abuse.
 */
export function assertSameOrigin(headers: IncomingHttpHeaders, publicUrl: string): void {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw foreign();
  const origin = headers.origin;
  if (origin !== undefined && origin !== new URL(publicUrl).origin && !isOwnHost(origin, headers.host)) throw foreign();
}

/** The second lock on writes with a cookie: a header that only our own page can know and set. */
export function assertCsrfToken(headers: IncomingHttpHeaders, expected: string): void {
  const given = headers['x-csrf'];
  if (typeof given !== 'string' || !sameSecret(given, expected)) throw new AppError('forbidden', 'The x-csrf header is missing or wrong.');
}

/** The page was opened under another name of this machine (127.0.0.1, a name in the local net): its cookie is bound to that name. */
function isOwnHost(origin: string, host: string | undefined): boolean {
  return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`);
}

function foreign(): AppError {
  return new AppError('forbidden', 'This request comes from another site.');
}
