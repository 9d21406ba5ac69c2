import { expect } from 'chai';
import type { Account, DeliveryTools, Outbound } from '../../../src/adapters/contract.js';
import { measure } from '../../../src/adapters/lib/measure.js';
import { createXAdapter } from '../../../src/adapters/x/index.js';
import { outcomeOfAnswer } from '../../../src/adapters/x/outcome.js';
import { render } from '../../../src/adapters/x/render.js';
import { createGuardedFetch } from '../../../src/http/outbound/guarded-fetch.js';
import type { InboundEvent } from '../../../src/inbox/model/event.js';
import type { Attachment } from '../../../src/inbox/model/message.js';
import { startX } from '../../support/fakes/x.js';

const ines = { id: 'ines-kern', name: 'Ines Kern' };
const picture = (name: string): Attachment => ({ id: name, name, mime: 'image/png', size: 4, kind: 'image' });

function outbound(more: Partial<Outbound>): Outbound {
  return {
    messageId: 'm1', conversationId: 'k1', seq: 2, attempt: 1, text: 'Gern.', author: { type: 'agent', name: 'Jana' }, isAutomatic: false, attachments: [], to: { identityId: 'x:x.com:7', externalUserId: '7' },
    threadKey: 'post:1:7', handle: { postId: '55', username: 'Ines_Kern' }, sentParts: [], companyName: 'Velowerk', ...more,
  };
}

async function open(options: { directMessages?: boolean } = {}) {
  const x = await startX(options);
  const fetch = createGuardedFetch({ allow: x.allow });
  const adapter = createXAdapter({ fetch, clock: Date.now });
  const account = { channel: { _id: 'chan1' }, settings: adapter.settings.parse({ ...x.settings, ...x.secrets }) } as Account;
  const parts: string[] = [];
  const tools: DeliveryTools = { partSent: (id) => { parts.push(id); return Promise.resolve(); }, readFile: () => Promise.resolve(Buffer.from('png!')) };
  return { x, adapter, account, tools, parts, close: async () => { await fetch.close(); await x.stop(); } };
}

describe('what goes out to X', () => {
  let world: Awaited<ReturnType<typeof open>> | undefined;
  const start = async (options?: { directMessages?: boolean }) => (world = await open(options));
  afterEach(async () => {
    await world?.close();
    world = undefined;
  });

  it('a long answer is a thread: each part under the one before, begun again behind what X has', async () => {
    const { x, adapter, account, tools, parts } = await start();
    const said = await x.says({ conversation: 'c1', from: ines, text: 'Erzählt mal.' });
    const message = outbound({ text: 'Wir haben das Rad geprüft. '.repeat(25), handle: { postId: said.externalId } });
    const whole = await adapter.deliver(message, account, tools);
    const ids = [...parts];
    expect(whole).to.deep.equal({ result: 'sent', externalIds: ids });
    expect(ids.length).to.be.greaterThan(2);
    expect(x.received().map((one) => one.answers)).to.deep.equal([said.externalId, ...ids.slice(0, -1)]);
    const before = x.received().length;
    await adapter.deliver({ ...message, sentParts: ids.slice(0, 1) }, account, tools);
    expect(x.received().length - before).to.equal(ids.length - 1);
    expect(x.received()[before]?.answers).to.equal(ids[0]);
  });

  it('formatting becomes words, links their address, and a text calls nobody but the one who is answered', () => {
    const { parts } = render(outbound({ text: '**Hallo** @ines_kern, sagt @velowerk: [hier](https://velowerk.example/a_b) oder post@velowerk.example' }));
    expect(parts.map((part) => part.text)).to.deep.equal(['Hallo @ines_kern, sagt @\u200Bvelowerk: hier (https://velowerk.example/a_b) oder post@velowerk.example']);
  });

  it('a link counts 23 wherever the text is cut', () => {
    const text = `${'x'.repeat(250)} https://velowerk.example/${'sehr-lang/'.repeat(30)}`;
    const { parts } = render(outbound({ text }));
    expect(parts.length).to.equal(1);
    expect(measure(parts[0]?.text ?? '', 'weighted')).to.equal(274);
  });

  it('says before sending what a post costs, and what it costs with a link', async () => {
    const { adapter } = await start();
    expect(adapter.capabilities.costs).to.deep.equal({ perMessage: '$0.015', withLink: '$0.20' });
  });

  it('four pictures go with one post; direct messages carry one each', async () => {
    const { x, adapter, account, tools } = await start({ directMessages: true });
    const said = await x.says({ conversation: 'c1', from: ines, text: 'Bilder?' });
    const attachments = [1, 2, 3, 4].map((n) => picture(`p${n}.png`));
    await adapter.deliver(outbound({ attachments, handle: { postId: said.externalId } }), account, tools);
    await adapter.deliver(outbound({ attachments: attachments.slice(0, 2), threadKey: 'dm:7' }), account, tools);
    expect(x.received().map((one) => [one.text, one.files.map((file) => file.bytes)])).to.deep.equal([['Gern.', [4, 4, 4, 4]], ['Gern.', [4]], ['', [4]]]);
    expect(x.received()[1]?.externalId).to.match(/^dm:\d+$/);
  });

  it('direct messages are not sent where they are switched off', async () => {
    const { x, adapter, account, tools } = await start();
    expect(await adapter.deliver(outbound({ threadKey: 'dm:7' }), account, tools)).to.include({ result: 'rejected', because: 'invalid' });
    expect(x.calls).to.deep.equal([]);
  });

  it('a limit on posts holds up all posts, one on direct messages no others', async () => {
    const { x, adapter, account, tools } = await start({ directMessages: true });
    for (const [threadKey, scope] of [['post:1:7', 'account'], ['dm:7', undefined]] as const) {
      x.failNext('rate_limited');
      const outcome = await adapter.deliver(outbound({ threadKey }), account, tools);
      expect(outcome.result === 'retry' && outcome.scope, threadKey).to.equal(scope);
    }
  });

  it('likes, takes likes back and deletes, twice as well as once', async () => {
    const { x, adapter, account } = await start();
    const said = await x.says({ conversation: 'c1', from: ines, text: 'Toll!' });
    const context = { threadKey: 'post:1:7', to: { identityId: 'x:x.com:7', externalUserId: '7' } };
    expect(await adapter.act({ type: 'react', target: said.externalId, emoji: '❤️', on: true }, context, account)).to.deep.equal({ result: 'sent' });
    expect(await adapter.act({ type: 'react', target: said.externalId, emoji: '❤️', on: false }, context, account)).to.deep.equal({ result: 'sent' });
    expect(await adapter.act({ type: 'react', target: said.externalId, emoji: '👍', on: true }, context, account)).to.include({ result: 'rejected' });
    for (let turn = 0; turn < 2; turn += 1) expect(await adapter.act({ type: 'delete', target: said.externalId }, context, account)).to.deep.equal({ result: 'sent' });
    expect(x.calls.map((call) => `${call.method} ${call.path}`)).to.deep.equal([
      'POST /2/users/1500000000000000001/likes', `DELETE /2/users/1500000000000000001/likes/${said.externalId}`, `DELETE /2/tweets/${said.externalId}`, `DELETE /2/tweets/${said.externalId}`,
    ]);
  });

  it('waits for the limit that is used up, be it of 15 minutes or of 24 hours', () => {
    const at = (headers: Record<string, string>) => outcomeOfAnswer({ status: 429, headers, body: {} }, 1_000_000);
    expect(at({ 'x-rate-limit-reset': '1030' })).to.include({ result: 'retry', afterMs: 30_000 });
    expect(at({ 'x-rate-limit-reset': '1030', 'x-user-limit-24hour-remaining': '0', 'x-user-limit-24hour-reset': '8200' })).to.include({ afterMs: 7_200_000 });
    expect(at({ 'x-rate-limit-reset': '900' })).to.include({ afterMs: 1_000 });
    expect(at({})).to.include({ afterMs: 900_000 });
  });

  it('knows X’s refusals apart, and does not guess after a fault that says nothing', () => {
    const of = (status: number, detail: string) => outcomeOfAnswer({ status, headers: {}, body: { detail } }, 0);
    expect(of(403, 'You are not allowed to create a Tweet with duplicate content.')).to.include({ result: 'rejected', because: 'invalid' });
    expect(of(403, 'Reply to this conversation is not allowed because you have not been mentioned')).to.include({ because: 'blocked' });
    expect(of(403, 'You do not have permission to DM one or more participants.')).to.include({ because: 'blocked' });
    expect(of(402, 'Your account has no credits')).to.include({ result: 'rejected' }).and.not.to.have.property('channelBroken');
    expect(of(500, 'Internal Server Error')).to.include({ result: 'unknown' });
    expect(of(503, 'Over capacity')).to.include({ result: 'retry' });
  });

  it('fills in what was missed: mentions and our own answers, the oldest first, page by page', async () => {
    const { x, adapter, account } = await start({ directMessages: true });
    for (const text of ['Eins', 'Zwei', 'Drei']) await x.says({ conversation: 'c1', from: ines, text });
    await x.outside('c1', 'Aus der App');
    x.direct.push({ id: '2099000000000000000', event_type: 'MessageCreate', text: 'Privat', created_at: new Date().toISOString(), sender_id: x.userId(ines), dm_conversation_id: `1500000000000000001-${x.userId(ines)}` });
    const events: InboundEvent[] = [];
    const result = await adapter.backFill(Date.now() - 60_000, account, (list) => { events.push(...list); return Promise.resolve(); });
    expect(result).to.deep.equal({ found: 6, complete: true });
    expect(events.map((event) => (event.type === 'message' ? `${event.direction} ${event.text}` : event.type))).to.deep.equal(['ignored', 'in Eins', 'in Zwei', 'in Drei', 'out Aus der App', 'in Privat']);
  });

  it('tests the connection step by step', async () => {
    const { x, adapter } = await start({ directMessages: true });
    const good = adapter.settings.parse({ ...x.settings, ...x.secrets });
    expect((await adapter.test(good)).steps.map((step) => [step.name, step.ok])).to.deep.equal([['X answers', true], ['Keys and tokens', true], ['Account', true], ['May post', true], ['Direct messages', true]]);
    const other = await adapter.test(adapter.settings.parse({ ...x.settings, ...x.secrets, accountId: '42' }));
    expect(other.steps.find((step) => !step.ok)?.name).to.equal('Account');
    const wrong = await adapter.test(adapter.settings.parse({ ...x.settings, ...x.secrets, apiSecret: 'not the secret' }));
    expect(wrong.steps.at(-1)).to.include({ name: 'Keys and tokens', ok: false });
  });

  it('fetches media from X alone; of a video the best file, and its address where X left it out', async () => {
    const { x, adapter, account } = await start();
    x.media.set('/media/99/clip.mp4', { name: 'clip.mp4', bytes: Buffer.from('mp4') });
    expect(await adapter.fetchFile({ postId: '99', mediaKey: '7_99' }, account, { maxBytes: 10 })).to.deep.include({ bytes: Buffer.from('mp4'), name: 'clip.mp4' });
    expect(await adapter.fetchFile({ url: 'https://velowerk.example/secret' }, account, { maxBytes: 10 })).to.have.property('gone');
    expect(await adapter.fetchFile({ url: 'not an address' }, account, { maxBytes: 10 })).to.have.property('gone');
    x.media.set('/media/98/big.mp4', { name: 'big.mp4', bytes: Buffer.alloc(100) });
    expect(await adapter.fetchFile({ url: `${x.server.url}/media/98/big.mp4` }, account, { maxBytes: 10 })).to.have.property('gone');
  });
});
