import { Router } from 'express';
import { sendChatPage } from './chat-page.js';
import type { VisitorDeps } from './deps.js';
import { createHub } from './hub.js';
import { createLimits } from './limits.js';
import { createRoutes } from './routes.js';
import { createSocketDoor, type SocketDoor } from './upgrade.js';

/** The visitor's side of web chat. */
export interface OpenVisitorSide extends SocketDoor {
  /** Mount at the root, before anything that parses bodies, wants a session or checks for foreign pages. */
  routes: Router;
  /** Whether a browser of this identity is connected now, so that it sees an answer without a mail. */
  isPresent(identityId: string): boolean;
}

/** Builds routes, sockets and limits that belong together. `close` ends sockets and the live subscription. */
export function createVisitorSide(deps: VisitorDeps): OpenVisitorSide {
  const context = { deps, hub: createHub(deps.live), limits: createLimits(deps.limits) };
  const door = createSocketDoor(context);
  const routes = Router({ caseSensitive: true });
  routes.use(createRoutes(context));
  routes.get('/chat', (request, response, next) => sendChatPage(deps, { request, response, next }));
  return {
    routes,
    handleUpgrade: (request, socket, head) => door.handleUpgrade(request, socket, head),
    isPresent: (identityId) => context.hub.isHeard(`identity:${identityId}`),
    close() {
      door.close();
      context.hub.close();
    },
  };
}
