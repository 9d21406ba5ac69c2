import { Router } from 'express';
import { createSessionCookie } from '../auth/cookies.js';
import { createGate } from '../auth/gate.js';
import { createPasswordHashing } from '../auth/password-hashing.js';
import { createRateLimits } from '../auth/rate-limits.js';
import { sessionLongestMs } from '../auth/sign-in.js';
import { sweepSessions } from '../auth/sweep-sessions.js';
import type { HttpDeps } from '../deps.js';
import { createEventHub, type EventHub } from '../live/event-hub.js';
import { followPresence } from '../live/presence.js';
import { createViewingBoard } from '../live/viewing-board.js';
import { createSignedLinks } from '../mail/signed-links.js';
import { buildRouter } from './build-router.js';
import { createChannelBook } from './channel-book.js';
import type { ApiContext } from './context.js';
import { openApiOf } from './openapi.js';
import type { Route } from './route.js';
import { apiRoutes } from './routes.js';

export interface Api {
  router: Router;
  routes: readonly Route[];
  hub: EventHub;
  close(): void;
}

/** `/api/v1`: the routes, their document, and what they share. */
export function createApi(deps: HttpDeps): Api {
  const context: ApiContext = {
    ...deps,
    cookie: createSessionCookie({ secure: deps.config.publicUrl.startsWith('https:'), maxAgeSeconds: sessionLongestMs / 1000 }),
    passwords: createPasswordHashing(),
    limits: createRateLimits({ apiPerMinute: deps.config.apiPerMinute ?? 1200 }),
    book: createChannelBook(deps),
    hub: createEventHub(deps),
    viewing: createViewingBoard(deps.live),
    links: createSignedLinks(deps.config.signingKey, deps.clock),
  };
  const presence = followPresence(deps, context);
  const sweeping = sweepSessions(deps);
  const routes = apiRoutes(context);
  return {
    router: createRouter(context, routes),
    routes,
    hub: context.hub,
    close() {
      presence.close();
      sweeping.close();
      context.hub.close();
      context.viewing.close();
      context.book.close();
    },
  };
}

function createRouter(context: ApiContext, routes: readonly Route[]): Router {
  const router = Router({ caseSensitive: true });
  let document: object | undefined;
  router.use((_request, response, next) => {
    response.setHeader('cache-control', 'no-store');
    next();
  });
  router.get('/openapi.json', (_request, response) => {
    document ??= openApiOf(routes, context.config.publicUrl);
    response.json(document);
  });
  router.use(buildRouter(routes, createGate(context)));
  return router;
}
