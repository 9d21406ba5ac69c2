import { expect } from 'chai';
import type { Route } from '../../src/http/api/route.js';
import type { HttpClient } from '../support/http-client.js';
import { openHttpWorld, type HttpWorld } from '../support/http-world.js';
import { sampleBodies, sampleQueries } from '../support/http-samples.js';

const nameOf = (route: Route) => `${route.method} ${route.path}`;
const operators: unknown[] = [{ $ne: '' }, { $gt: '' }, { $regex: '.*' }, { $in: ['a'] }, { $where: 'sleep(1000)' }, ['a'], null, 7, true];

/** Every place in a body that holds a string, each as the body with that place filled by something else. */
function withStringsReplaced(body: unknown, put: unknown): { where: string; body: unknown }[] {
  if (typeof body === 'string') return [{ where: '', body: put }];
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([key, value]) =>
    withStringsReplaced(value, put).map(({ where, body: changed }) => ({ where: `.${key}${where}`, body: Array.isArray(body) ? body.map((item, index) => (String(index) === key ? changed : item)) : { ...body, [key]: changed } })));
}

describe('Input', () => {
  let world: HttpWorld;
  let client: HttpClient;
  let bodies: Record<string, unknown>;

  before(async () => {
    world = await openHttpWorld();
    client = await world.signIn(await world.addAgent({ role: 'administrator' }));
    bodies = sampleBodies({ agentId: 'a', teamId: 't', customerId: 'c', otherCustomerId: 'd' });
  });
  after(() => world.close());

  const writes = () => world.http.routes.filter((route) => route.method !== 'get' && route.consumes === undefined);
  const send = (route: Route, body: unknown) => client.call(route.method.toUpperCase(), route.path.replace(':id', 'nothing'), body);

  it('with a key that is not declared is refused on every route, at every depth', async () => {
    for (const route of writes()) {
      const body = bodies[nameOf(route)] as Record<string, unknown>;
      const variants: unknown[] = [{ ...body, extra: 1 }, { ...body, $set: { role: 'administrator' } }, { ...body, constructor: {} }];
      for (const [key, value] of Object.entries(body)) {
        // Settings and secrets of a channel are checked against what its adapter declares.
        if (typeof value === 'object' && value !== null && !Array.isArray(value) && key !== 'settings' && key !== 'secrets') variants.push({ ...body, [key]: { ...value, extra: 1 } });
      }
      for (const variant of variants) expect((await send(route, variant)).status, `${nameOf(route)} ${JSON.stringify(variant)}`).to.equal(400);
    }
  });

  it('with an operator, a list or a number where a string belongs is refused, in every string of every route', async () => {
    let tried = 0;
    for (const route of writes()) {
      for (const operator of operators) {
        for (const { where, body } of withStringsReplaced(bodies[nameOf(route)], operator)) {
          // `null` means something in a few places: it takes the value away.
          if (operator === null && /^\.(assigneeId|ifAssignedTo)$|patch .*\.(hours|teamId)|\.secrets\./.test(where) || (operator === null && nameOf(route) === 'patch /channels/:id')) continue;
          // Settings of a channel may be switches, numbers and lists: the adapter decides.
          if (where.startsWith('.settings.') && (typeof operator !== 'object' || Array.isArray(operator))) continue;
          const answer = await send(route, body);
          expect(answer.status, `${nameOf(route)} ${where} = ${JSON.stringify(operator)}: ${answer.text}`).to.equal(400);
          tried += 1;
        }
      }
    }
    expect(tried).to.be.greaterThan(500);
  });

  it('in a query may be one string each and nothing else', async () => {
    for (const route of world.http.routes.filter((candidate) => candidate.query)) {
      const path = route.path.replace(':id', 'nothing');
      expect(sampleQueries[nameOf(route)], nameOf(route)).not.to.equal(undefined);
      for (const [key, value] of Object.entries(sampleQueries[nameOf(route)] ?? {})) {
        for (const query of [`${key}=${value}&${key}=${value}`, `${key}[$ne]=${value}`, `${key}[]=${value}`, `unknown=1`, `__proto__=1`, `${key}.x=1`]) {
          expect((await client.call(route.method.toUpperCase(), `${path}?${query}`)).status, `${nameOf(route)} ?${query}`).to.equal(400);
        }
      }
    }
  });

  it('as an id in a path may be anything, and finds nothing that is not its own', async () => {
    const nasty = ['%7B%22$ne%22:null%7D', '[$ne]', '..', '..%2F..%2Fetc%2Fpasswd', '%00', '%F0%9F%9A%B2', '$where', '__proto__', 'constructor', '%E0%A4%A', '%', 'a'.repeat(3000), '%0d%0aX: y', "' OR 1=1 --"];
    for (const path of ['/conversations/:id', '/messages/:id', '/messages/:id/source', '/attachments/:id', '/customers/:id', '/channels/:id']) {
      for (const id of nasty) {
        const answer = await client.raw('GET', `/api/v1${path.replace(':id', id.replace(/ /g, '%20'))}`);
        expect(answer.status, `${path} ${id}`).to.be.oneOf([400, 404]);
      }
    }
  });

  it('that would change the prototype of everything is refused, and the prototype stays clean', async () => {
    for (const text of ['{"__proto__":{"isAdmin":true},"name":"x"}', '{"name":"x","hours":{"__proto__":{"isAdmin":true}}}', '{"name":"x","constructor":{"prototype":{"isAdmin":true}}}']) {
      expect((await client.call('POST', '/teams', text)).status).to.equal(400);
    }
    expect(({} as Record<string, unknown>)['isAdmin']).to.equal(undefined);
  });

  it('that is nested too deep, too long, broken, or no JSON gets a fitting answer, and the next request is served', async () => {
    const deep = (n: number) => '['.repeat(n) + ']'.repeat(n);
    const cases: [string, number][] = [
      [`{"name":${deep(25)}}`, 400], [`{"name":${deep(100_000)}}`, 400], ['{"name":"x"', 400], ['nonsense', 400], ['"x"', 400], ['[]', 400], ['null', 400],
      [`{"name":"${'x'.repeat(1_100_000)}"}`, 413], ['{"name":"a\\u0000b"}', 400], ['{"name":"\\ud800"}', 400], ['{"name":"  "}', 400], ['{"name":"a\\nb"}', 400],
    ];
    for (const [body, status] of cases) expect((await client.call('POST', '/teams', body)).status, body.slice(0, 60)).to.equal(status);
    expect((await client.get('/teams')).body.items).to.deep.equal([]);
  });

  it('that is refused says where and why, and does not repeat what was sent', async () => {
    const answer = await client.post('/session', { email: 7, password: { $ne: 'canary-value' } });
    expect(answer.body.error.code).to.equal('bad_request');
    expect(answer.body.error.facts.issues.map((issue: { path: string }) => issue.path)).to.deep.equal(['email', 'password']);
    expect(answer.text).not.to.contain('canary-value');
  });

  it('is described by an OpenAPI 3.1 document made from the same table', async () => {
    const { body } = await world.client().get('/openapi.json');
    expect(body.openapi).to.equal('3.1.0');
    const described = Object.entries(body.paths as Record<string, Record<string, { operationId: string; responses: object }>>).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`));
    expect(described.sort()).to.deep.equal(world.http.routes.map((route) => `${route.method} /api/v1${route.path.replace(/:(\w+)/g, '{$1}')}`).sort());
    const operations = Object.values(body.paths as Record<string, Record<string, { operationId: string }>>).flatMap((methods) => Object.values(methods));
    expect(new Set(operations.map((operation) => operation.operationId)).size).to.equal(operations.length);
    const reply = body.paths['/api/v1/conversations/{id}/reply'].post;
    expect(reply.requestBody.content['application/json'].schema).to.deep.include({ type: 'object', additionalProperties: false, required: ['text', 'clientId'] });
    expect(reply.parameters).to.deep.equal([{ name: 'id', in: 'path', required: true, schema: { type: 'string', minLength: 1, maxLength: 2000 } }]);
    expect(reply.responses['201'].content['application/json'].schema.properties).to.have.keys(['message', 'conversation']);
    for (const name of ['channels', 'conversations', 'customers', 'search', 'agents', 'teams', 'ledger', 'events']) expect(body.paths).to.have.property(`/api/v1/${name}`);
  });
});
