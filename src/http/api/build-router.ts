import { Router, type NextFunction, type Request, type Response } from 'express';
import type { z } from 'zod';
import { AppError } from '../../errors.js';
import type { Gate } from '../auth/gate.js';
import { invalidInput } from './problem.js';
import { readJson } from './read-json.js';
import { none } from './requests.js';
import { answered, type Route } from './route.js';
import { sendJson } from './send-json.js';

const bodyMax = 1024 * 1024;

/** Express handlers for a table of routes: admits, checks path, query and body, calls, and sends the answer. */
export function buildRouter(routes: readonly Route[], gate: Gate): Router {
  const router = Router({ caseSensitive: true });
  for (const route of routes) {
    router[route.method](route.path, (request: Request, response: Response, next: NextFunction) => {
      response.locals['route'] = `/api/v1${route.path}`;
      serve(route, gate, request, response).catch(next);
    });
  }
  router.use(() => {
    throw new AppError('not_found', 'There is no such route.');
  });
  return router;
}

async function serve(route: Route, gate: Gate, request: Request, response: Response): Promise<void> {
  const person = await gate.admit(route, request);
  const call = {
    params: check(route.params, request.params, 'path'),
    query: check(route.query, request.query, 'query'),
    body: await readChecked(route, request),
    ip: request.ip ?? '',
    request,
    response,
  };
  const answer = await route.handle(call, person);
  if (answer === answered) return;
  if (answer === undefined) response.status(204).end();
  else sendJson(request, response, route.status ?? 200, answer);
}

async function readChecked(route: Route, request: Request): Promise<unknown> {
  if (route.method === 'get' || route.consumes !== undefined) return undefined;
  return check(route.body, await readJson(request, bodyMax), 'body');
}

function check(schema: z.ZodType | undefined, value: unknown, where: 'path' | 'query' | 'body'): unknown {
  const result = (schema ?? none).safeParse(value);
  if (!result.success) throw invalidInput(where, result.error);
  return result.data;
}
