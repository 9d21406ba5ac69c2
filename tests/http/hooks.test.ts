import { expect } from 'chai';
import { sign } from '../../src/adapters/webhook/verify.js';
import { AppError } from '../../src/errors.js';
import { openHttpWorld, webhookSecret, type HttpWorld } from '../support/http-world.js';

describe('A webhook', () => {
  let world: HttpWorld;
  let broken = false;
  before(async () => {
    world = await openHttpWorld({}, (base) => ({
      receiveWebhook: (channelId, request) => (broken ? Promise.reject(new AppError('store_unavailable', 'the disk is gone: /var/lib/secret-path')) : base.receiveWebhook(channelId, request)),
    }));
  });
  after(() => world.close());
  afterEach(() => { broken = false; });

  const message = (id: string) => JSON.stringify({ type: 'message', id, conversation: 'thread-1', from: { id: 'jonas', name: 'Jonas' }, text: 'My brake squeaks' });
  const signed = (body: string, secret = webhookSecret, seconds = Math.floor(world.deps.clock() / 1000)) => ({ 'content-type': 'application/json', 'x-rapport-signature': sign(body, secret, seconds) });
  const post = (body: string, headers: Record<string, string> = signed(body), path = `/hooks/${world.channel._id}`) => world.client().raw('POST', path, { headers, body });
  const rows = () => world.core.store.now.ledger.page({ limit: 100 });

  it('is answered 200 when its message is durable, and 200 again when it comes twice, with nothing new', async () => {
    const body = message('m-1');
    expect((await post(body)).status).to.equal(200);
    expect(await rows()).to.have.length(1);
    expect((await post(body)).status).to.equal(200);
    expect(await rows()).to.have.length(1);
    const thread = await world.core.store.now.threads.find(`${world.channel._id}:thread-1`);
    expect((await world.core.store.now.messages.page(thread?.conversationId ?? '', { limit: 50 })).filter((row) => row.kind === 'in')).to.have.length(1);
  });

  it('with a wrong signature is 401 and leaves no row', async () => {
    const before = await rows();
    const body = message('m-2');
    const now = Math.floor(world.deps.clock() / 1000);
    const good = sign(body, webhookSecret, now);
    const wrong: Record<string, string>[] = [
      {}, { 'x-rapport-signature': '' }, { 'x-rapport-signature': good.toUpperCase() }, { 'x-rapport-signature': good.slice(0, -1) }, signed(body, 'another-secret-entirely'),
      signed(body, webhookSecret, now - 301), signed(body, webhookSecret, now + 301), signed(`${body} `), { 'x-rapport-signature': `${good},v1=${'0'.repeat(64)}` },
    ];
    for (const headers of wrong) expect((await post(body, headers)).status, JSON.stringify(headers)).to.equal(401);
    expect((await post(JSON.stringify(JSON.parse(body), null, 1), signed(body))).status).to.equal(401);
    expect(await rows()).to.have.length(before.length);
  });

  it('to a channel that does not exist, or takes none, is 404', async () => {
    const body = message('m-3');
    const webchat = await world.deps.channels.create({ kind: 'webchat', name: 'Bubble', settings: {}, secrets: {} });
    for (const path of ['/hooks/nothing', '/hooks/', '/hooks/a/b', '/hooks/..%2Fx', '/hooks/%00', `/hooks/${'x'.repeat(200)}`, '/hooks/__proto__', `/hooks/${webchat._id}`]) {
      const answer = await post(body, signed(body), path);
      expect(answer.status, path).to.equal(404);
      expect(answer.body.error.code).to.equal('not_found');
    }
  });

  it('that is malformed is 400 with a code, that is too large is 413', async () => {
    for (const body of ['', 'nonsense', '[]', '{"events":[]}', '{"type":"message"}', '{"type":"message","id":{"$ne":1},"conversation":"x","from":{"id":"y"},"text":"z"}']) {
      const answer = await post(body);
      expect(answer.status, body).to.equal(400);
      expect(answer.body.error.code).to.be.a('string');
    }
    const huge = 'x'.repeat(1024 * 1024 + 1);
    const answer = await post(huge).catch((error: Error) => error);
    expect(answer instanceof Error ? 413 : answer.status).to.equal(413);
    expect((await post(message('m-4'))).status).to.equal(200);
  });

  it('is 503 while nothing can be made durable, and tells nothing of the inside', async () => {
    broken = true;
    const answer = await post(message('m-5'));
    expect(answer.status).to.equal(503);
    expect(answer.headers['retry-after']).to.equal('5');
    expect(answer.text).not.to.contain('secret-path');
  });

  it('gets no cookies, no policy and no express, only an answer', async () => {
    const { headers } = await post(message('m-6'));
    expect(Object.keys(headers).sort()).to.deep.equal(['connection', 'content-length', 'content-type', 'date', 'x-content-type-options']);
  });

  it('sees the bytes as they were sent', async () => {
    const body = message('m-7').replace('brake', 'br\u00e4ke \ud83d\udeb2  ');
    expect((await post(body)).status).to.equal(200);
  });
});
