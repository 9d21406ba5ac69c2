import { randomBytes } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { expect } from 'chai';
import fc from 'fast-check';
import { waitFor } from '../support/wait-for.js';
import { openVisitorWorld, TestVisitor, type VisitorWorld } from './visitor-world.js';

/** As a browser or a tool would send it, with exactly these headers. */
function rawRequest(url: string, options: { method?: string; headers?: Record<string, string>; body?: string }): Promise<{ status: number; headers: Record<string, string | string[] | undefined>; text: string }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { method: options.method ?? 'GET', headers: options.headers ?? {} }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => { text += chunk.toString(); });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    request.on('error', reject);
    request.end(options.body);
  });
}

describe('The visitor\'s side keeps to itself', () => {
  let world: VisitorWorld;
  const visitors: TestVisitor[] = [];

  async function newVisitor(options: { channelId?: string; origin?: string } = {}): Promise<TestVisitor> {
    const visitor = new TestVisitor(world, options);
    visitors.push(visitor);
    await visitor.begin();
    return visitor;
  }

  before(async () => { world = await openVisitorWorld(); });
  afterEach(() => { for (const visitor of visitors.splice(0)) visitor.drop(); });
  after(() => world.close());

  describe('which pages may show the bubble', () => {
    const foreign = 'https://elsewhere.example';

    it('without a list only our own are let in, on every route and on the socket', async () => {
      const visitor = await newVisitor();
      const stranger = new TestVisitor(world, { origin: foreign });
      stranger.token = visitor.token;
      for (const [method, path] of [['GET', 'config'], ['POST', 'session'], ['POST', 'messages'], ['GET', 'messages'], ['POST', 'signals'], ['GET', 'events'], ['POST', 'uploads'], ['POST', 'identify'], ['POST', 'proof/start'], ['POST', 'proof/finish'], ['GET', 'files/x?t=y'], ['OPTIONS', 'session']] as const) {
        const { status, headers, body } = await stranger.call(method, path, method === 'POST' ? {} : undefined);
        expect(status, path).to.equal(403);
        expect(headers.get('access-control-allow-origin'), path).to.equal(null);
        expect(body, path).to.have.nested.property('error.message').that.includes('Sites with the bubble');
      }
      expect(await stranger.open().catch((error: Error) => error.message)).to.include('403');
    });

    it('a missing, opaque or look-alike origin is no page of ours', async () => {
      const list = await world.addChannel({ allowedOrigins: ['https://shop.example', 'https://*.velowerk.example'] });
      const config = `${world.api(list._id)}/config`;
      for (const origin of ['null', 'https://shop.example.evil.example', 'https://evilshop.example', 'http://shop.example', 'https://shop.example:444', 'https://velowerk.example', 'https://a.velowerk.example.evil.example', 'https://x@a.velowerk.example', 'file://', 'https://', '*']) {
        expect((await rawRequest(config, { headers: { origin } })).status, origin).to.equal(403);
      }
      expect((await rawRequest(config, {})).status).to.equal(403);
      expect((await rawRequest(config, { headers: { referer: 'https://shop.example/' } })).status).to.equal(403);
      for (const origin of ['https://shop.example', 'https://a.velowerk.example', 'https://a.b.velowerk.example', world.url]) {
        const answer = await rawRequest(config, { headers: { origin } });
        expect(answer.status, origin).to.equal(200);
        expect(answer.headers).to.include({ 'access-control-allow-origin': origin, vary: 'Origin', 'x-content-type-options': 'nosniff' });
        expect(answer.headers).to.not.have.any.keys('access-control-allow-credentials', 'set-cookie');
      }
      expect((await rawRequest(config, { headers: { 'sec-fetch-site': 'same-origin' } })).status).to.equal(200);
      expect((await rawRequest(config, { headers: { 'sec-fetch-site': 'cross-site' } })).status).to.equal(403);
    });

    it('a foreign name that points here is foreign; this machine by its address is not', async () => {
      const port = new URL(world.url).port;
      const config = `${world.api()}/config`;
      expect((await rawRequest(config, { headers: { host: `rebound.example:${port}`, origin: `http://rebound.example:${port}` } })).status).to.equal(403);
      expect((await rawRequest(config, { headers: { host: `localhost:${port}`, origin: `http://localhost:${port}` } })).status).to.equal(200);
      expect((await rawRequest(config, { headers: { host: `[::1]:${port}`, origin: `http://[::1]:${port}` } })).status).to.equal(200);
    });

    it('a preflight from a listed page is answered, and says what is allowed', async () => {
      const list = await world.addChannel({ allowedOrigins: ['https://shop.example'] });
      const answer = await rawRequest(`${world.api(list._id)}/messages`, { method: 'OPTIONS', headers: { origin: 'https://shop.example', 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization,content-type' } });
      expect(answer.status).to.equal(204);
      expect(answer.headers).to.include({ 'access-control-allow-origin': 'https://shop.example', 'access-control-allow-headers': 'authorization, content-type' });
    });

    it('a page taken off the list loses its open sockets within seconds', async () => {
      const list = await world.addChannel({ allowedOrigins: ['https://shop.example'] });
      const visitor = await newVisitor({ channelId: list._id, origin: 'https://shop.example' });
      await visitor.connect();
      await world.app.book.change(list._id, { settings: { allowedOrigins: ['https://other.example'] } });
      await waitFor(() => visitor.closedWith === 4403, { timeoutMs: 5_000, what: 'the socket to be closed' });
    });

    it('a channel that is switched off takes nothing more, and lets its sockets go', async () => {
      const channel = await world.addChannel({});
      const visitor = await newVisitor({ channelId: channel._id });
      await visitor.connect();
      await world.app.book.pause(channel._id);
      await waitFor(() => visitor.closedWith === 4403, { timeoutMs: 5_000, what: 'the socket to be closed' });
      expect((await visitor.call('POST', 'messages', { type: 'message', clientId: 'paused-0001', text: 'x' })).status).to.be.oneOf([404, 410]);
    });

    it('an unknown channel, and one of another kind, do not exist', async () => {
      const hook = await world.app.book.create({ kind: 'webhook', name: 'Hook', settings: {}, secrets: { secret: 'a-shared-secret-for-tests' } });
      for (const id of ['nope', hook._id, 'a%2Fb', '..', '%00', 'x'.repeat(100)]) expect((await rawRequest(`${world.url}/chat/v1/${id}/config`, { headers: { origin: world.url } })).status, id).to.be.oneOf([400, 404]);
    });
  });

  describe('whose conversation it is', () => {
    it('without a valid token nothing is told and nothing taken', async () => {
      const visitor = await newVisitor();
      const other = await world.addChannel({});
      const elsewhere = await newVisitor({ channelId: other._id });
      for (const token of ['', 'x', `${visitor.token}x`, visitor.token.slice(0, -2), elsewhere.token, 'null', 'undefined']) {
        for (const [method, path] of [['POST', 'messages'], ['GET', 'messages'], ['POST', 'signals'], ['GET', 'events'], ['POST', 'uploads'], ['POST', 'identify'], ['POST', 'proof/start'], ['POST', 'proof/finish']] as const) {
          const { status, body } = await visitor.call(method, path, method === 'POST' ? {} : undefined, { authorization: `Bearer ${token}` });
          expect(status, `${path} with ${token}`).to.equal(401);
          expect(body).to.have.nested.property('error.code', 'not_signed_in');
        }
        const socket = new TestVisitor(world);
        visitors.push(socket);
        await socket.open();
        socket.say({ type: 'hello', token: token === '' ? 'x' : token });
        await waitFor(() => socket.closedWith === 4401, { what: 'refusal' });
        expect(socket.frames.map(({ type }) => type)).to.deep.equal(['error']);
      }
    });

    it('another visitor\'s conversation is not there, by its id, by any cursor, nor in receipts', async () => {
      const victim = await newVisitor();
      await victim.connect();
      await victim.acked(victim.send('canary: my card number'));
      const { _id } = await world.conversation((row) => row.preview.text.startsWith('canary'));
      const thief = await newVisitor();
      await thief.connect(`${_id}:0`);
      for (const id of [_id, 'aaaaaaaaaaaaaaaa', randomBytes(8).toString('hex')]) {
        expect((await thief.call('GET', `messages?before=${id}:100`)).status).to.equal(404);
        expect((await thief.call('POST', 'signals', { type: 'receipt', state: 'read', conversationId: id, seq: 1 })).status).to.equal(404);
        thief.say({ type: 'receipt', state: 'read', conversationId: id, seq: 1 });
      }
      const { body } = await thief.call('GET', `events?cursor=${_id}:0&wait=0`);
      await waitFor(() => thief.frames.filter(({ type }) => type === 'error').length === 3);
      expect(thief.frames.filter(({ type }) => type === 'error')).to.deep.equal(Array.from({ length: 3 }, () => ({ type: 'error', code: 'not_found' })));
      expect(JSON.stringify([thief.frames, body])).to.not.include('canary').and.not.include(_id);
      expect((await world.app.reads.conversation(world.lena, _id))?.customerReadSeq).to.equal(undefined);
    });

    it('a notice reaches the sockets of its own visitor and no others', async () => {
      const everybody = await Promise.all(Array.from({ length: 6 }, () => newVisitor()));
      await Promise.all(everybody.map((visitor) => visitor.connect()));
      for (const [n, visitor] of everybody.entries()) await visitor.acked(visitor.send(`secret of ${n}`));
      for (const [n] of everybody.entries()) {
        const conversation = await world.conversation((row) => row.preview.text === `secret of ${n}`);
        await world.reply(conversation, `answer for ${n}`);
        await world.app.actions.setTyping(world.lena, conversation._id, true);
      }
      await waitFor(() => everybody.every((visitor) => visitor.texts().length === 2 && visitor.frames.some(({ type }) => type === 'typing')));
      for (const [n, visitor] of everybody.entries()) {
        expect(visitor.texts()).to.deep.equal([`secret of ${n}`, `answer for ${n}`]);
        expect(visitor.frames.filter(({ type }) => type === 'typing')).to.have.length(1);
      }
    });
  });

  describe('what is sent to it', () => {
    it('malformed bodies get a code and no more, whatever they are', async () => {
      const visitor = await newVisitor();
      for (const body of ['{', '[]', 'null', '"x"', '{"text":{"$ne":1}}', '{"__proto__":{"polluted":true}}', '{"constructor":{"prototype":{"polluted":true}}}', '['.repeat(20_000), '{"type":"message","clientId":"12345678","text":"x","conversationId":"other"}', '{"type":"message","clientId":"12345678","text":"x","role":"agent"}']) {
        for (const path of ['messages', 'signals', 'identify', 'session', 'proof/finish']) {
          const { status, body: answer } = await visitor.call('POST', path, body);
          if (path === 'identify' && body === '{}') continue;
          expect(status, `${path} ${body.slice(0, 60)}`).to.equal(400);
          expect(answer).to.deep.equal({ error: { code: 'bad_request', message: 'This request is not understood.' } });
        }
      }
      expect(({} as Record<string, unknown>)['polluted']).to.equal(undefined);
    });

    it('too much is 413, another type 415, a body cut off no harm', async () => {
      const visitor = await newVisitor();
      expect((await visitor.call('POST', 'messages', { type: 'message', clientId: 'large-00001', text: 'x'.repeat(70_000) })).status).to.equal(413);
      expect((await visitor.call('POST', 'messages', '{}', { 'content-type': 'text/plain' })).status).to.equal(415);
      const { port } = new URL(world.url);
      await new Promise<void>((resolve) => {
        const socket = connect(Number(port), '127.0.0.1', () => {
          socket.write(`POST /chat/v1/${world.channel._id}/messages HTTP/1.1\r\nHost: x\r\nOrigin: ${world.url}\r\nAuthorization: Bearer ${visitor.token}\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"type":`, () => socket.destroy());
        });
        socket.on('close', () => resolve());
      });
      expect((await visitor.call('GET', 'config')).status).to.equal(200);
    });

    it('10,000 mutilated frames change nothing, end nothing, and are answered with fixed codes', async function () {
      this.timeout(120_000);
      const good = [{ type: 'hello', token: 'x.y' }, { type: 'message', clientId: 'fuzz-000001', text: 'fuzz', uploads: [] }, { type: 'typing', on: true }, { type: 'receipt', state: 'read', conversationId: 'abc', seq: 3 }];
      const frames = fc.sample(fc.oneof(
        fc.json(), fc.string(), fc.tuple(fc.constantFrom(...good), fc.string(), fc.jsonValue()).map(([frame, key, value]) => JSON.stringify({ ...frame, [key]: value })),
        fc.tuple(fc.constantFrom(...good.map((frame) => JSON.stringify(frame))), fc.nat(60), fc.string({ maxLength: 3 })).map(([text, at, put]) => text.slice(0, at) + put + text.slice(at + 1)),
      ), { numRuns: 10_000, seed: 20261109 });
      const replies = new Set<string>();
      const visitor = await newVisitor();
      for (let at = 0; at < frames.length; at += 15) {
        if (at % 30 === 0) await visitor.connect();
        else await visitor.open();
        for (const frame of frames.slice(at, at + 15)) visitor.say(frame);
        visitor.say({ type: 'ping' });
        await waitFor(() => visitor.frames.some(({ type }) => type === 'pong') || visitor.closedWith, { what: 'an answer after the nonsense' });
        for (const reply of visitor.frames) if (reply.type === 'error') replies.add(JSON.stringify({ ...reply, ...(reply.clientId === undefined ? {} : { clientId: '' }) }));
        visitor.drop();
      }
      for (const reply of replies) expect(reply).to.match(/^\{"type":"error","code":"(bad_request|not_signed_in|not_found|too_many)"(,"clientId":"")?(,"retryAfterMs":\d+)?\}$/);
      expect(replies.size).to.be.at.least(3);
      const other = await newVisitor();
      await other.connect();
      await other.acked(other.send('Still here after all that'));
      expect(world.logLines.filter((line) => line.includes('"level":50'))).to.deep.equal([]);
    });

    it('a socket that talks nonsense, or without saying hello, is let go', async () => {
      const visitor = await newVisitor();
      await visitor.connect();
      for (let n = 0; n < 30; n += 1) visitor.say('nonsense');
      await waitFor(() => visitor.closedWith === 4400, { what: 'the end of patience' });
      await visitor.open();
      visitor.send('no hello before');
      await waitFor(() => visitor.frames.length > 0);
      expect(visitor.frames[0]).to.include({ type: 'error', code: 'not_signed_in' });
      visitor.drop();
      await visitor.open();
      visitor.raw()?.send(randomBytes(100));
      await waitFor(() => visitor.frames.length > 0);
      expect(visitor.frames[0]).to.deep.equal({ type: 'error', code: 'bad_request' });
      visitor.drop();
      await visitor.open();
      visitor.say(`{"type":"hello","token":"${'x'.repeat(80_000)}"}`);
      await waitFor(() => visitor.closedWith === 1009, { what: 'a frame too large to end the socket' });
    });

    it('an upgrade for something else is not taken', async () => {
      for (const path of ['/chat/v1', '/chat/v2/x/socket', `/chat/v1/${world.channel._id}/socket/x`, `/chat/v1/${world.channel._id}`]) {
        const answer = await rawRequest(`${world.url}${path}`, { headers: { connection: 'Upgrade', upgrade: 'websocket', origin: world.url, 'sec-websocket-version': '13', 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==' } }).catch(() => ({ status: 404 }));
        expect(answer.status, path).to.be.oneOf([404, 400]);
      }
    });
  });

  describe('too much of it', () => {
    it('thirty messages a minute from one visitor, and no more, over socket and route together', async () => {
      const visitor = await newVisitor();
      await visitor.connect();
      for (let n = 0; n < 20; n += 1) visitor.send(`fast ${n}`);
      for (let n = 0; n < 10; n += 1) expect((await visitor.call('POST', 'messages', { type: 'message', clientId: `fast-route-${n}`, text: 'fast' })).status).to.equal(200);
      await waitFor(() => visitor.frames.filter(({ type }) => type === 'ack').length === 20);
      const { status, body, headers } = await visitor.call('POST', 'messages', { type: 'message', clientId: 'one-too-many', text: 'fast' });
      expect(status).to.equal(429);
      expect(body).to.have.nested.property('error.facts.retryAfterMs').that.is.within(1, 60_000);
      expect(Number(headers.get('retry-after'))).to.be.within(1, 60);
      const clientId = visitor.send('one too many here as well');
      expect(await waitFor(() => visitor.frames.find(({ type }) => type === 'error'))).to.include({ code: 'too_many', clientId });
      const other = await newVisitor();
      expect((await other.call('POST', 'messages', { type: 'message', clientId: 'not-my-fault', text: 'x' })).status).to.equal(200);
    });

    it('twenty connections of one visitor', async () => {
      const first = await newVisitor();
      const tabs = Array.from({ length: 21 }, () => {
        const tab = new TestVisitor(world);
        tab.token = first.token;
        visitors.push(tab);
        return tab;
      });
      for (const tab of tabs) await tab.connect();
      expect(tabs.filter(({ closedWith }) => closedWith === undefined)).to.have.length(20);
      expect(tabs.at(-1)?.closedWith).to.equal(4429);
      tabs[0]?.drop();
      await waitFor(async () => {
        const again = new TestVisitor(world);
        visitors.push(again);
        again.token = first.token;
        await again.connect();
        return again.closedWith === undefined;
      }, { what: 'the place that became free' });
    });

    it('new visitors from one address, in a world of its own', async () => {
      const small = await openVisitorWorld();
      try {
        const answers = await Promise.all(Array.from({ length: 110 }, () => new TestVisitor(small).call('POST', 'session', {})));
        expect(answers.filter(({ status }) => status === 200)).to.have.length(100);
        expect(answers.filter(({ status }) => status === 429)).to.have.length(10);
        const known = answers.find(({ status }) => status === 200)?.body as { token: string };
        expect((await new TestVisitor(small).call('POST', 'session', { token: known.token })).status).to.equal(200);
      } finally {
        await small.close();
      }
    });
  });
});
