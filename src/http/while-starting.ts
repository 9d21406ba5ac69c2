import type { RequestListener } from 'node:http';

/**
 * What is said between taking the port and being ready: alive, not ready, come again in a second. Without it such a
 * request would never be answered, and a probe or provider would wait until its own patience ends.
 */
export const answerWhileStarting: RequestListener = (request, response) => {
  const alive = request.url === '/healthz';
  const body = alive ? 'ok' : request.url === '/readyz' ? '{"ready":false}' : '{"error":{"code":"store_unavailable","message":"The server is starting."}}';
  response.writeHead(alive ? 200 : 503, {
    'content-type': alive ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(body), 'cache-control': 'no-store', 'x-content-type-options': 'nosniff',
    ...(alive ? {} : { 'retry-after': '1', connection: 'close' }),
  });
  response.end(body);
};
