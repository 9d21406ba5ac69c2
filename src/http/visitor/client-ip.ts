import type { IncomingMessage } from 'node:http';

/**
 * The address of whoever sent a request, behind so many proxies of our own; each writes at the end of X-Forwarded-For whom
 * it saw, so that only entries from the end can be believed. For requests and upgrades alike.
 */
export function clientIpBehind(proxies: number): (request: IncomingMessage) => string {
  return (request) => {
    const direct = request.socket.remoteAddress ?? 'unknown';
    if (proxies < 1) return direct;
    const header = request.headers['x-forwarded-for'];
    const seen = (Array.isArray(header) ? header.join(',') : header ?? '').split(',').map((entry) => entry.trim()).filter(Boolean);
    return seen[Math.max(0, seen.length - proxies)] ?? direct;
  };
}
