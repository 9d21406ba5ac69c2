import type { IncomingMessage, RequestListener } from 'node:http';
import type { Duplex } from 'node:stream';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { AppError } from '../errors.js';
import { createApi, type Api } from './api/create-api.js';
import { problemOf } from './api/problem.js';
import type { Route } from './api/route.js';
import type { HttpDeps } from './deps.js';
import { createHooks } from './hooks.js';
import { createMetrics, type Metrics } from './metrics.js';
import { createProbes } from './probes.js';
import { securityHeaders } from './security-headers.js';
import { webFiles } from './web-files.js';

/** The web side, ready to be given to a server. */
export interface Http {
  /** For `http.createServer`. */
  app: RequestListener;
  /** For the server's `upgrade` event. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** The table of `/api/v1`. */
  routes: readonly Route[];
  /** Ends live connections and timers. Call it before `server.close`, which waits for open connections. */
  close(): void;
}

/** Builds webhooks, API, live events, probes and static files over these ports. Does no IO by itself; `reads.changeSeq()` must be right already. */
export function createHttp(deps: HttpDeps): Http {
  const metrics = createMetrics();
  const api = createApi(deps);
  const hooks = createHooks(deps, (status) => metrics.countHook(status));
  const app = createApp(deps, { api, metrics });
  return {
    app(request, response) {
      if (!hooks(request, response)) app(request, response);
    },
    handleUpgrade(request, socket, head) {
      if (deps.visitor && (request.url ?? '').startsWith('/chat/')) deps.visitor.handleUpgrade(request, socket, head);
      else socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    },
    routes: api.routes,
    close() {
      api.close();
      deps.visitor?.close?.();
    },
  };
}

function createApp(deps: HttpDeps, parts: { api: Api; metrics: Metrics }): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', deps.config.trustProxy);
  if (deps.visitor) app.use(deps.visitor.routes);
  app.use(countRequests(parts.metrics));
  app.use(...securityHeaders({ https: deps.config.publicUrl.startsWith('https:') }));
  app.use(createProbes(deps, { metrics: parts.metrics, hub: parts.api.hub }));
  app.use('/api/v1', parts.api.router);
  app.use(webFiles(deps.config.webRoot));
  app.use(() => {
    throw new AppError('not_found', 'There is nothing here.');
  });
  app.use(answerProblem(deps));
  return app;
}

function countRequests(metrics: Metrics): RequestHandler {
  return (request, response, next) => {
    const start = performance.now();
    response.on('finish', () => {
      const route: unknown = response.locals['route'];
      metrics.countRequest({ method: request.method, route: typeof route === 'string' ? route : 'other', status: response.statusCode, ms: performance.now() - start });
    });
    next();
  };
}

function answerProblem(deps: HttpDeps): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    const { status, body } = problemOf(error, deps.log, deps.newId());
    if (response.headersSent) {
      next(error);
      return;
    }
    if (status === 503) response.set('retry-after', '5');
    const { retryAfterSeconds } = body.error.facts ?? {};
    if (typeof retryAfterSeconds === 'number') response.set('retry-after', String(retryAfterSeconds));
    response.status(status).set('cache-control', 'no-store').json(body);
  };
}
