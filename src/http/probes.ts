import { Router, type Request } from 'express';
import { AppError, messageOf } from '../errors.js';
import { sameSecret } from './auth/tokens.js';
import type { HttpDeps } from './deps.js';
import type { EventHub } from './live/event-hub.js';
import type { Metrics } from './metrics.js';

/** A probe does a write; however often it is asked, the store sees it once a second. */
const readyKeptMs = 1000;
const readyWithinMs = 2000;

/** `/healthz` (the process lives), `/readyz` (the store takes writes), `/metrics` (this machine, or with the token). */
export function createProbes(deps: Pick<HttpDeps, 'writable' | 'gauges' | 'config' | 'log' | 'clock'>, parts: { metrics: Metrics; hub: EventHub }): Router {
  const router = Router();
  const isReady = createReadiness(deps);

  router.get('/healthz', (_request, response) => {
    response.type('text/plain').set('cache-control', 'no-store').send('ok');
  });
  router.get('/readyz', async (_request, response) => {
    const ready = await isReady();
    response.status(ready ? 200 : 503).set('cache-control', 'no-store').json({ ready });
  });
  router.get('/metrics', async (request, response) => {
    if (!mayRead(request, deps.config.metricsToken)) throw new AppError('not_found', 'There is no such page.');
    const live = { name: 'rapport_live_connections', help: 'Browsers on the live events', value: parts.hub.connections() };
    const { contentType, text } = await parts.metrics.render([live, ...((await deps.gauges?.()) ?? [])]);
    response.set('content-type', contentType).set('cache-control', 'no-store').send(text);
  });
  return router;
}

function createReadiness(deps: Pick<HttpDeps, 'writable' | 'log' | 'clock'>): () => Promise<boolean> {
  let last: { until: number; answer: Promise<boolean> } | undefined;
  return () => {
    if (!last || last.until <= deps.clock()) last = { until: deps.clock() + readyKeptMs, answer: ask(deps) };
    return last.answer;
  };
}

async function ask(deps: Pick<HttpDeps, 'writable' | 'log'>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), readyWithinMs).unref();
  });
  try {
    return await Promise.race([deps.writable(), tooLate]);
  } catch (error) {
    deps.log.warn({ error: messageOf(error) }, 'the store takes no writes');
    return false;
  } finally {
    clearTimeout(timer);
  }
}

function mayRead(request: Request, token: string | undefined): boolean {
  const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (token !== undefined && given !== undefined) return sameSecret(given, token);
  return isThisMachine(request);
}

/** A proxy on this machine speaks from its own address for everybody: what it forwards is not from here. */
function isThisMachine(request: Request): boolean {
  const { headers } = request;
  const forwarded = headers['x-forwarded-for'] ?? headers.forwarded ?? headers['x-real-ip'] ?? headers.via;
  return forwarded === undefined && /^(?:127\.|::1$|::ffff:127\.)/.test(request.socket.remoteAddress ?? '');
}
