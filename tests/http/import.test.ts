import { connect } from 'node:net';
import { expect } from 'chai';
import type { HttpClient, Answer } from '../support/http-client.js';
import { openHttpWorld, type HttpWorld } from '../support/http-world.js';
import { waitFor } from '../support/wait-for.js';

const line = (id: string, more: object = {}): string => `${JSON.stringify({ channel: 'Shop', conversation: 'case-1', id, customer: { id: 'jonas', name: 'Jonas' }, author: { kind: 'customer' }, at: '2025-03-03T09:12:00Z', text: `Question ${id}?`, ...more })}\n`;

describe('Importing past messages over the API', () => {
  let world: HttpWorld;
  let administrator: HttpClient;
  before(async () => {
    world = await openHttpWorld();
    administrator = await world.signIn(await world.addAgent({ role: 'administrator' }));
  });
  after(() => world.close());

  function post(query: string, body: string | Buffer, more: { client?: HttpClient; headers?: Record<string, string> } = {}): Promise<Answer> {
    const client = more.client ?? administrator;
    return client.raw('POST', `/api/v1/import${query}`, { headers: { 'content-type': 'application/x-ndjson', ...(client.csrf === undefined ? {} : { 'x-csrf': client.csrf }), ...more.headers }, body });
  }

  it('is for administrators, signed in or with a key', async () => {
    for (const role of ['agent', 'lead'] as const) {
      const client = await world.signIn(await world.addAgent({ role }));
      expect((await post('?id=theirs', line('no'), { client })).status).to.equal(403);
      expect((await client.get('/imports')).status).to.equal(403);
      expect((await client.get('/imports/theirs')).status).to.equal(403);
    }
    expect((await post('?id=theirs', line('no'), { client: world.client() })).status).to.equal(401);
    const byKey = world.client();
    byKey.key = await world.apiKeyOf(await world.addAgent({ role: 'administrator' }));
    expect((await post('?id=by-key', line('key'), { client: byKey })).body).to.include({ id: 'by-key', added: 1, done: true });
    expect((await administrator.get('/imports/theirs')).status).to.equal(404);
  });

  it('answers with what became of the lines, and says the same afterwards', async () => {
    const body = line('a1') + '{"channel":"Shop"\n' + line('a2', { channel: 'fax' }) + line('a3', { at: '1970-01-01T00:00:00Z' });
    const answer = await post('?id=first', body);
    expect(answer.status).to.equal(200);
    expect(answer.body).to.deep.include({ id: 'first', bytes: Buffer.byteLength(body), lines: 4, added: 2, known: 0, faulty: 2, oddTimes: 1, done: true });
    expect(answer.body.faults).to.deep.equal([{ line: 2, reason: 'this is not JSON' }, { line: 3, reason: 'channel "fax" is not connected here; known: Shop (webhook)' }]);
    expect((await administrator.get('/imports/first')).body).to.deep.equal(answer.body);
    expect((await administrator.get('/imports')).body.items.map(({ id }: { id: string }) => id)).to.include('first');
    const found = await administrator.get('/conversations?view=resolved&limit=10');
    expect(found.body.items.map((row: { customer: { name: string } }) => row.customer.name)).to.deep.equal(['Jonas']);
  });

  it('goes on after a break at the byte it stands at, and is refused anywhere else', async () => {
    const body = Array.from({ length: 600 }, (_, at) => line(`r${at}`, { conversation: `case-${at % 7}` })).join('');
    await new Promise<void>((resolve) => {
      const socket = connect(Number(new URL(world.url).port), '127.0.0.1', () => {
        socket.write(`POST /api/v1/import?id=broken HTTP/1.1\r\nHost: x\r\nCookie: ${String(administrator.headersFor({})['cookie'])}\r\nX-Csrf: ${administrator.csrf}\r\nOrigin: ${world.url}\r\nContent-Type: application/x-ndjson\r\nContent-Length: ${body.length}\r\n\r\n`);
        socket.write(body.slice(0, 70_000));
      });
      socket.on('close', () => resolve());
      socket.on('error', () => undefined);
      void waitFor(async () => (await administrator.get('/imports/broken')).body?.lines >= 200).then(() => socket.destroy());
    });
    const again = await waitFor(async () => {
      const kept = (await administrator.get('/imports/broken')).body;
      const answer = await post(`?id=broken&from=${kept.bytes}`, body.slice(kept.bytes));
      // The broken one may not have noticed yet.
      return answer.status === 409 ? undefined : answer;
    });
    expect(again.body).to.deep.include({ bytes: body.length, lines: 600, added: 600, known: 0, faulty: 0, done: true });
    const wrong = await post('?id=broken&from=5', body.slice(5));
    expect([wrong.status, wrong.body.error.facts]).to.deep.equal([409, { bytes: body.length }]);
  });

  it('lets nobody answer in what was imported; a note stays in the house', async () => {
    await post('?id=history', line('h1', { conversation: 'old-case', customer: { id: 'hanna', name: 'Hanna' } }));
    const rows = (await administrator.get('/conversations?view=resolved&limit=50')).body.items as { id: string; customer: { name: string } }[];
    const id = rows.find((row) => row.customer.name === 'Hanna')?.id ?? '';
    for (const more of [{}, { force: true }]) {
      const refused = await administrator.post(`/conversations/${id}/reply`, { text: 'Hello from today', clientId: 'reply-001', ...more });
      expect([refused.status, refused.body.error.code, refused.body.error.facts]).to.deep.equal([409, 'conflict', { rule: 'imported' }]);
      expect(refused.body.error.message).to.include('Answer where the customer writes today');
    }
    for (const [path, body] of [['assign', { assigneeId: null }], ['snooze', { until: Date.now() + 3_600_000 }], ['status', { status: 'open' }], ['status', { status: 'spam' }], ['priority', { priority: 'urgent' }], ['no-answer-needed', { reason: 'it is old' }]] as const) {
      const refused = await administrator.post(`/conversations/${id}/${path}`, body);
      expect([refused.status, refused.body.error?.code], `${path} ${JSON.stringify(body)}`).to.deep.equal([409, 'conflict']);
    }
    expect((await administrator.post(`/conversations/${id}/tags`, { tags: ['kept'] })).status, 'tags').to.equal(200);
    expect((await administrator.post(`/conversations/${id}/note`, { text: 'Only for us', clientId: 'note-0001' })).status).to.equal(201);
    const { messages, conversation, reply } = (await administrator.get(`/conversations/${id}`)).body;
    expect(reply).to.include({ imported: true, blocked: 'This conversation was imported: it is history. Answer where the customer writes today.' });
    expect(messages.map((message: { kind: string }) => message.kind)).to.deep.equal(['in', 'event', 'note']);
    expect(conversation).to.include({ imported: true });
    expect(conversation.status).to.equal('resolved');
  });

  it('takes a file in parts, and is done with the last one', async () => {
    const body = line('p1', { conversation: 'parts' }) + line('p2', { conversation: 'parts' });
    const first = await post('?id=parts&more=1', body.slice(0, body.length - 20));
    expect(first.body).to.include({ lines: 1, added: 1, done: false, bytes: line('p1', { conversation: 'parts' }).length });
    const last = await post(`?id=parts&from=${first.body.bytes}`, body.slice(first.body.bytes));
    expect(last.body).to.include({ lines: 2, added: 2, known: 0, done: true, bytes: body.length });
  });

  it('takes one at a time', async () => {
    const socket = connect(Number(new URL(world.url).port), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(`POST /api/v1/import?id=slow HTTP/1.1\r\nHost: x\r\nCookie: ${String(administrator.headersFor({})['cookie'])}\r\nX-Csrf: ${administrator.csrf}\r\nOrigin: ${world.url}\r\nContent-Type: application/x-ndjson\r\nContent-Length: 1000\r\n\r\n`);
    await waitFor(async () => (await administrator.get('/imports/slow')).status === 200);
    const other = await post('?id=other', line('o1'));
    expect([other.status, other.body.error.message]).to.deep.equal([409, 'The import "slow" is under way: wait until it is done.']);
    socket.destroy();
    await waitFor(async () => (await post('?id=other', line('o1'))).status === 200);
  });

  it('refuses in words what is no plain lines', async () => {
    const refused: [string, Promise<Answer>, number, RegExp][] = [
      ['JSON', post('', '{}', { headers: { 'content-type': 'application/json' } }), 415, /application\/x-ndjson/],
      ['packed by header', post('', line('g'), { headers: { 'content-encoding': 'gzip' } }), 415, /without Content-Encoding: gzip/],
    ];
    for (const [name, answer, status, words] of refused) {
      const { status: got, text } = await answer;
      expect(got, name).to.equal(status);
      expect(text, name).to.match(words);
    }
    const packed = await post('?id=packed', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0]));
    expect([packed.status, packed.body.error.message]).to.deep.equal([415, 'This file is packed with gzip: unpack it first (gunzip FILE), then import it.']);
    for (const query of ['?id=a%20b', `?id=${'x'.repeat(81)}`, '?from=-1', '?from=x', '?more=yes', '?unknown=1']) expect((await post(query, line('q'))).status, query).to.equal(400);
    const empty = await post('?id=empty', '');
    expect(empty.body).to.include({ lines: 0, added: 0, done: true });
    expect(world.logLines.filter((entry) => entry.includes('"level":50'))).to.deep.equal([]);
  });

  it('refuses more than 2 GB before any of it is read', async () => {
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(Number(new URL(world.url).port), '127.0.0.1', () => {
        socket.write(`POST /api/v1/import?id=huge HTTP/1.1\r\nHost: x\r\nCookie: ${String(administrator.headersFor({})['cookie'])}\r\nX-Csrf: ${administrator.csrf}\r\nOrigin: ${world.url}\r\nContent-Type: application/x-ndjson\r\nContent-Length: ${2 ** 31 + 1}\r\n\r\n`);
      });
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk.toString();
        socket.destroy();
      });
      socket.on('close', () => resolve(text));
    });
    expect(answer).to.match(/^HTTP\/1.1 413 /);
    expect((await administrator.get('/imports/huge')).status).to.equal(404);
  });
});
