import { expect } from 'chai';
import { openHttpWorld, goodPassword, type HttpWorld } from '../support/http-world.js';
import type { HttpClient } from '../support/http-client.js';

describe('A foreign page', () => {
  let world: HttpWorld;
  let client: HttpClient;
  before(async () => {
    world = await openHttpWorld();
    client = await world.signIn(await world.addAgent({ role: 'administrator' }));
  });
  after(() => world.close());

  const writes = () => world.http.routes.filter((route) => route.method !== 'get' && route.who !== 'anyone');
  const pathOf = (path: string) => path.replace(/:\w+/g, 'some-id');

  it('cannot make a browser write, on any route: neither without the token, nor with a wrong one, nor from another origin', async () => {
    expect(writes().length).to.be.greaterThan(35);
    for (const route of writes()) {
      const method = route.method.toUpperCase();
      const attempts: Record<string, string>[] = [
        { 'x-csrf': '' }, { 'x-csrf': 'A'.repeat(43) }, { 'x-csrf': `${client.csrf}x` },
        { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { origin: 'https://evil.example' }, { origin: 'null' },
      ];
      for (const headers of attempts) {
        const answer = await client.call(method, pathOf(route.path), {}, headers);
        expect(answer.status, `${method} ${route.path} with ${JSON.stringify(headers)}`).to.equal(403);
      }
    }
    expect((await client.get('/me')).status).to.equal(200);
  });

  it('cannot sign a browser in to an account of its own', async () => {
    const agent = await world.addAgent();
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.example' }, { origin: 'null' }]) {
      const answer = await world.client().post('/session', { email: agent.email, password: goodPassword }, headers);
      expect(answer.status).to.equal(403);
      expect(answer.headers['set-cookie']).to.equal(undefined);
    }
  });

  it('cannot send a form: only JSON is read', async () => {
    const answer = await client.raw('POST', '/api/v1/teams', { headers: { 'content-type': 'text/plain', 'x-csrf': client.csrf ?? '', origin: world.url }, body: '{"name":"Eve"}' });
    expect(answer.status).to.equal(415);
  });

  it('is told nothing by CORS', async () => {
    const answer = await client.raw('OPTIONS', '/api/v1/me', { headers: { origin: 'https://evil.example', 'access-control-request-method': 'GET' } });
    expect(answer.headers['access-control-allow-origin']).to.equal(undefined);
    const read = await client.raw('GET', '/api/v1/me', { headers: { origin: 'https://evil.example' } });
    expect(read.headers['access-control-allow-origin']).to.equal(undefined);
  });

  it('is no hindrance to a page opened under another name of this machine, nor to an API key', async () => {
    const port = new URL(world.url).port;
    const named = await client.call('POST', '/teams', { name: 'By another name' }, { host: `desk.local:${port}`, origin: `http://desk.local:${port}` });
    expect(named.status).to.equal(201);
    const byKey = world.client();
    byKey.key = await world.apiKeyOf(await world.addAgent({ role: 'administrator' }));
    expect((await byKey.call('POST', '/teams', { name: 'By key' }, { origin: 'https://anything.example', 'sec-fetch-site': 'cross-site' })).status).to.equal(201);
  });

  it('changes nothing by a GET: no GET route writes', async () => {
    const before = JSON.stringify([await world.deps.people.listAgents(), await world.deps.people.listTeams(), await world.deps.channels.list(), await world.deps.people.workspace()]);
    for (const route of world.http.routes.filter((candidate) => candidate.method === 'get' && candidate.path !== '/events')) await client.get(pathOf(route.path));
    expect(JSON.stringify([await world.deps.people.listAgents(), await world.deps.people.listTeams(), await world.deps.channels.list(), await world.deps.people.workspace()])).to.equal(before);
  });
});
