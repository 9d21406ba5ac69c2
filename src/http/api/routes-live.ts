import { AppError } from '../../errors.js';
import type { ApiContext } from './context.js';
import { eventsQuery } from './requests.js';
import { answered, route, type Route } from './route.js';

/** Live events. */
export function liveRoutes(context: ApiContext): Route[] {
  return [
    route({
      method: 'get', path: '/events', who: 'agent', query: eventsQuery, produces: 'text/event-stream',
      summary: 'Server-sent events: what changed since Last-Event-ID (or since), then everything live; see liveEvents for what each holds',
      async handle({ query, request, response }, person) {
        await context.hub.connect(person, response, lastEventId(request.headers['last-event-id']) ?? query.since);
        return answered;
      },
    }),
  ];
}

function lastEventId(header: string | string[] | undefined): number | undefined {
  if (header === undefined || header === '') return undefined;
  if (typeof header !== 'string' || !/^\d{1,15}$/.test(header)) throw new AppError('bad_request', 'Last-Event-ID is not a change number.');
  return Number(header);
}
