import { z } from 'zod';
import type { Route } from './route.js';
import { problem } from './shapes.js';

/** The OpenAPI 3.1 document of a table of routes. */
export function openApiOf(routes: readonly Route[], publicUrl: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const path = `/api/v1${route.path.replace(/:(\w+)/g, '{$1}')}`;
    (paths[path] ??= {})[route.method] = operationOf(route);
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Rapport', version: '1', description: 'A social CRM inbox. Times are milliseconds since 1970; lists go on with the cursor they gave.' },
    servers: [{ url: publicUrl }],
    paths,
    components: {
      schemas: { Problem: schemaOf(problem, 'output') },
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'An API key; acts as its agent.' },
        cookie: { type: 'apiKey', in: 'cookie', name: 'rapport', description: 'The session; over https it is __Host-rapport. Writes need the x-csrf header too.' },
      },
    },
  };
}

function operationOf(route: Route): object {
  return {
    summary: route.summary,
    operationId: operationId(route),
    description: route.who === 'anyone' ? 'For everybody.' : `For role ${route.who} and above.`,
    security: route.who === 'anyone' ? [] : [{ key: [] }, { cookie: [] }],
    parameters: [...parametersOf(route.params, 'path'), ...parametersOf(route.query, 'query')],
    ...requestBodyOf(route),
    responses: { ...answerOf(route), default: { description: 'A problem', content: { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } } } },
  };
}

function operationId(route: Route): string {
  const words = route.path.split(/[/-]/).filter(Boolean).map((word) => word.replace(/^:(\w)/, (_, first: string) => `By${first.toUpperCase()}`));
  return [route.method, ...words.map((word) => word.charAt(0).toUpperCase() + word.slice(1))].join('');
}

function parametersOf(schema: z.ZodType | undefined, where: 'path' | 'query'): object[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as { properties?: Record<string, object>; required?: string[] };
  return Object.entries(properties).map(([name, property]) => ({ name, in: where, required: where === 'path' || required.includes(name), schema: property }));
}

function requestBodyOf(route: Route): object {
  if (route.method === 'get') return {};
  if (route.consumes !== undefined) {
    const file = { type: 'object', properties: { file: { type: 'string', format: 'binary' } }, required: ['file'] };
    return { requestBody: { required: true, content: { [route.consumes]: { schema: file } } } };
  }
  return route.body ? { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(route.body, 'input') } } } } : {};
}

function answerOf(route: Route): object {
  if (route.produces !== undefined) return { 200: { description: route.summary, content: { [route.produces]: { schema: { type: 'string' } } } } };
  if (!route.answer) return { 204: { description: 'Done' } };
  return { [route.status ?? 200]: { description: 'The answer', content: { 'application/json': { schema: schemaOf(route.answer, 'output') } } } };
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' });
  return rest;
}
