import { connect } from 'node:net';
import { expect } from 'chai';
import fc from 'fast-check';
import { AppError } from '../../src/errors.js';
import type { Route } from '../../src/http/api/route.js';
import type { HttpClient } from '../support/http-client.js';
import { openHttpWorld, type HttpWorld } from '../support/http-world.js';
import { sampleBodies, sampleQueries } from '../support/http-samples.js';

const nastyString = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom('', '\0', '\ud800', '__proto__', 'constructor', '$where', '../../etc/passwd', '%00', '{{7*7}}', "'; DROP TABLE agents; --", 'a'.repeat(2100), '1e999', 'NaN', '-0', '\u202e', '🚲'.repeat(50)),
);
const nastyValue = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, nastyString, fc.double(), fc.integer(), fc.boolean(), fc.constant(null), fc.constantFrom(1e308, -1, 2 ** 53, 0.1), fc.array(tie('value'), { maxLength: 4 }), fc.dictionary(fc.oneof(nastyString, fc.constantFrom('$ne', 'text', 'id')), tie('value'), { maxKeys: 4 })),
})).value;
const never = [500, 501, 502, 504];

describe('Nothing an outsider or an agent sends', () => {
  let world: HttpWorld;
  let clients: HttpClient[];
  let bodies: Record<string, unknown>;
  let ids: string[];

  before(async function () {
    this.timeout(60_000);
    world = await openHttpWorld();
    const administrator = await world.signIn(await world.addAgent({ role: 'administrator' }));
    const byKey = world.client();
    // Acts for real: with a key there is no session to lose on the way.
    byKey.key = await world.apiKeyOf(await world.addAgent({ role: 'administrator' }));
    clients = [world.client(), administrator, byKey];
    const team = await world.addTeam('Ours');
    const conversationId = await world.say({ from: 'jonas', text: 'My brake squeaks' });
    const detail = (await byKey.get(`/conversations/${conversationId}`)).body;
    bodies = sampleBodies({ agentId: detail.conversation.id, teamId: team._id, customerId: detail.customer.id, otherCustomerId: detail.customer.id });
    ids = [conversationId, detail.customer.id, detail.messages[0].id, world.channel._id, team._id, 'nothing'];
  });
  after(() => world.close());

  /** Not these: they would shut the door behind the test. */
  const survivable = (route: Route) => !['/events', '/agents/:id/disable', '/agents/:id/sign-out', '/session', '/me/password', '/sessions', '/setup'].includes(route.path);

  const assertServed = (status: number, what: string) => expect(never, what).not.to.include(status);

  it('gets a 500: any cursor that was changed on its way', async () => {
    const byKey = clients[2];
    if (!byKey) return;
    for (let n = 0; n < 12; n += 1) await world.say({ from: `p${n}`, text: `message ${n}` });
    const sources = ['/conversations?view=open&limit=3', '/customers?limit=3', '/ledger?limit=3', '/search?q=message&limit=3'];
    const cursors = (await Promise.all(sources.map((path) => byKey.get(path)))).map((answer) => answer.body.cursor as string);
    expect(cursors.every((cursor) => typeof cursor === 'string')).to.equal(true);
    await fc.assert(fc.asyncProperty(fc.nat(3), fc.nat(3), fc.nat(60), fc.string({ maxLength: 3 }), async (source, from, at, put) => {
      const cursor = cursors[from] ?? '';
      const changed = cursor.slice(0, at % cursor.length) + put + cursor.slice((at % cursor.length) + put.length);
      const answer = await byKey.get(`${sources[source]}&cursor=${encodeURIComponent(changed)}`);
      expect(answer.status, `${changed}: ${answer.text}`).to.be.oneOf([200, 400]);
    }), { numRuns: 300, endOnFailure: true });
  });

  it('gets a 500: any body, query and id on every route', async function () {
    this.timeout(180_000);
    const routes = world.http.routes.filter(survivable);
    await fc.assert(fc.asyncProperty(fc.nat(routes.length - 1), fc.nat(2), fc.nat(5), nastyValue, nastyString, fc.boolean(), async (which, who, id, value, text, nearlyGood) => {
      const route = routes[which];
      const client = clients[who];
      if (!route || !client) return;
      const path = route.path.replace(':id', encodeURIComponent((nearlyGood ? ids[id] : text.replace(/\p{Surrogate}/gu, '')) || 'x'));
      const sample = bodies[`${route.method} ${route.path}`];
      const body = route.method === 'get' ? undefined : nearlyGood && typeof sample === 'object' ? { ...sample, ...pick(sample, value) } : value;
      const query = nearlyGood ? new URLSearchParams({ ...sampleQueries[`${route.method} ${route.path}`], ...(id === 0 && { cursor: text }) }).toString() : new URLSearchParams({ q: text, limit: text, cursor: text }).toString();
      const answer = await client.call(route.method.toUpperCase(), `${path}?${query}`, body);
      assertServed(answer.status, `${route.method} ${path}?${query} ${JSON.stringify(body)?.slice(0, 500)}: ${answer.text}`);
    }), { numRuns: 1500, endOnFailure: true });
    expect(world.logLines.filter((line) => line.includes('"level":50')), 'errors in the log').to.deep.equal([]);
  });

  /** One field of the sample, filled with something else. */
  function pick(sample: object | null, value: unknown): Record<string, unknown> {
    const keys = Object.keys(sample ?? {});
    const key = keys[JSON.stringify(value ?? null).length % Math.max(keys.length, 1)];
    return key === undefined ? {} : { [key]: value };
  }

  it('gets a 500 or ends the process: lines that are hardly HTTP', async () => {
    const port = Number(new URL(world.url).port);
    const lines = [
      'GET / HTTP/1.1\r\n\r\n', 'GET  HTTP/1.1\r\n\r\n', '\r\n\r\n', '\0\0\0\0', 'GET /api/v1/me HTTP/9.9\r\nHost: x\r\n\r\n', `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 'POST /hooks/x HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n',
      'POST /hooks/x HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 'POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"email":',
      'GET http://evil.example/api/v1/me HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 'GET //evil.example/%2e%2e HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 'OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 'PROPFIND / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
      'GET /api/v1/me HTTP/1.1\r\nHost: x\r\nConnection: close\r\nCookie: rapport=%00; rapport==; =; ;;;\r\n\r\n', 'GET ? HTTP/1.1\r\nHost: x\r\n\r\n', 'GET /?%E0%A4%A HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 'GET /%E0%A4%A HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
      'GET /hooks/%E0%A4%A HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 'GET /api/v1/conversations?view[view]=open HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    ];
    for (const line of lines) {
      const answer = await new Promise<string>((resolve) => {
        const socket = connect(port, '127.0.0.1', () => {
          socket.write(line);
          setTimeout(() => socket.end(), 40);
        });
        let text = '';
        socket.on('data', (chunk) => { text += chunk.toString(); });
        socket.on('close', () => resolve(text));
        socket.on('error', () => resolve(text));
      });
      const status = Number(/^HTTP\/1.1 (\d+)/.exec(answer)?.[1] ?? 0);
      assertServed(status, JSON.stringify(line.slice(0, 80)) + answer.slice(0, 300));
    }
    expect((await world.client().get('/setup')).status).to.equal(200);
  });

  it('brings anything of the inside to light: no stack, no path, no driver’s words, no secret', async () => {
    const secrets = [world.deps.config.signingKey.toString('hex'), 'node_modules', 'src/http', '.ts:', 'SQLITE', 'passwordHash', '$argon2'];
    for (const route of world.http.routes.filter(survivable)) {
      for (const client of clients) {
        for (const body of [{}, { $where: '1' }, bodies[`${route.method} ${route.path}`]]) {
          const answer = await client.call(route.method.toUpperCase(), route.path.replace(':id', "x'"), route.method === 'get' ? undefined : body);
          for (const secret of secrets) expect(answer.text, `${route.method} ${route.path}`).not.to.contain(secret);
        }
      }
    }
  });

  it('is lost in silence when the store is gone: reads and writes say 503, and a bug says 500 with a number for the log', async () => {
    let fault: Error = new AppError('store_unavailable', 'disk /dev/sdb1 is full');
    const broken = await openHttpWorld({}, (base) => ({ reads: { ...base.reads, counts: () => Promise.reject(fault) } }));
    const client = await broken.signIn(await broken.addAgent());
    const unavailable = await client.get('/counts');
    expect(unavailable.status).to.equal(503);
    expect(unavailable.headers['retry-after']).to.equal('5');
    expect(unavailable.text).not.to.contain('sdb1');
    fault = new TypeError('cannot read secret-thing of undefined');
    const bug = await client.get('/counts');
    expect(bug.status).to.equal(500);
    expect(bug.text).not.to.contain('secret-thing');
    expect(broken.logLines.some((line) => line.includes(bug.body.error.facts.requestId) && line.includes('secret-thing'))).to.equal(true);
    await broken.close();
  });
});
