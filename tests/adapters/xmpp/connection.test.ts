import { expect } from 'chai';
import type { Outbound } from '../../../src/adapters/contract.js';
import type { ConnectionHost } from '../../../src/adapters/contract/abilities.js';
import { createXmppAdapter } from '../../../src/adapters/xmpp/index.js';
import { element, ns, type Stanza } from '../../../src/adapters/xmpp/stanza.js';
import { createGuardedAddress } from '../../../src/http/outbound/guarded-address.js';
import type { Channel } from '../../../src/inbox/model/channel.js';
import type { Json } from '../../../src/inbox/model/common.js';
import type { InboundEvent, MessageEvent } from '../../../src/inbox/model/event.js';
import { type LinkBreaker, startLinkBreaker } from '../../support/link-breaker.js';
import { requirePeer } from '../../support/peers.js';
import { hasProsody, type ProsodyServer, startProsody } from '../../support/prosody.js';
import { waitFor } from '../../support/wait-for.js';
import { contentOf, joinXmpp } from '../../support/xmpp-person.js';

const password = 'pencil-and-paper';
const adapter = createXmppAdapter({
  fetch: () => Promise.reject(new Error('nothing is fetched here')), addressOf: createGuardedAddress({ allow: ['127.0.0.1'] }), resolveSrv: () => Promise.resolve([]),
  timing: { backoffMinMs: 30, confirmMs: 4_000, linkMs: 500 },
});
const room = 'help@conference.localhost';

function hold(port: number, more: Record<string, unknown> = {}, cursor: { value: Record<string, Json> } = { value: {} }) {
  const events: InboundEvent[] = [];
  const health: string[] = [];
  const settings = adapter.settings.parse({ jid: 'support@localhost', password, host: '127.0.0.1', port, tls: 'none', ...more });
  const account = { channel: { _id: 'chan1' } as Channel, settings };
  const host = {
    sink: (given: InboundEvent[]) => Promise.resolve(void events.push(...given)), clock: Date.now, typing: () => undefined,
    getCursor: () => Promise.resolve(cursor.value), setCursor: (value: Record<string, Json>) => Promise.resolve(void (cursor.value = value)),
    report: (one: { state: string; text?: string }) => health.push(`${one.state} ${one.text ?? ''}`), log: { info: () => undefined, warn: () => undefined },
  } as unknown as ConnectionHost;
  const held = adapter.open(account, host);
  const heard = (text: string) => waitFor(() => events.find((each): each is MessageEvent => each.type === 'message' && each.text === text), { what: text });
  const isOk = () => waitFor(() => health.some((one) => one.startsWith('ok')), { what: 'the connection' });
  const answer = (to: MessageEvent, text: string) => adapter.deliver(
    { messageId: `chan1:out-${text}`, text, attachments: [], sentParts: [], threadKey: to.thread.key, handle: to.thread.handle, to: { identityId: '', externalUserId: to.sender.externalUserId }, answers: { externalId: to.externalId } } as unknown as Outbound, account,
    { partSent: () => Promise.resolve(), readFile: () => Promise.reject(new Error('no files')) });
  return { ...held, account, events, health, heard, isOk, answer, cursor };
}

describe('the XMPP connection, with a real Prosody', () => {
  let server: ProsodyServer;
  let wire: LinkBreaker;
  before(async function () {
    requirePeer(this, 'prosody', hasProsody);
    server = await startProsody();
    wire = await startLinkBreaker(server.port);
    for (const name of ['support', 'mira', 'tarek']) server.account(name, password);
  });
  const others: ProsodyServer[] = [];
  const startOther = async (options: Parameters<typeof startProsody>[0]): Promise<ProsodyServer> => {
    const other = await startProsody(options);
    others.push(other);
    return other;
  };
  after(async () => {
    for (const other of others) await other.stop();
    await wire?.stop();
    await server?.stop();
  });

  it('what came while we were away is read from the archive, once and in order', async () => {
    const first = hold(server.port);
    await first.isOk();
    const mira = await joinXmpp(server, { user: 'mira', password });
    await mira.say('support@localhost', [element('body', {}, 'before')]);
    await first.heard('before');
    await waitFor(() => Object.keys((first.cursor.value['archives'] ?? {}) as object).length > 0, { what: 'the cursor' });
    await first.stop();
    await mira.say('support@localhost', [element('body', {}, 'meanwhile 1')]);
    await mira.say('support@localhost', [element('body', {}, 'meanwhile 2')]);
    const second = hold(server.port, {}, first.cursor);
    await second.isOk();
    await second.heard('meanwhile 2');
    await mira.say('support@localhost', [element('body', {}, 'after')]);
    await second.heard('after');
    const texts = [...new Map(second.events.flatMap((each) => (each.type === 'message' ? [[each.eventId, each.text] as const] : []))).values()];
    expect(texts).to.deep.equal(['meanwhile 1', 'meanwhile 2', 'after']);
    await second.stop();
    await mira.leave();
  });

  it('a link that breaks is opened again; nothing is lost and nothing is sent that nobody confirmed', async () => {
    const us = hold(wire.port);
    await us.isOk();
    const mira = await joinXmpp(server, { user: 'mira', password });
    await mira.say('support@localhost', [element('body', {}, 'hello')]);
    const hello = await us.heard('hello');
    wire.isDown = true;
    wire.cut();
    await mira.say('support@localhost', [element('body', {}, 'are you there?')]);
    expect(await us.answer(hello, 'while down')).to.have.property('result', 'retry');
    wire.isDown = false;
    await us.heard('are you there?');
    expect(await waitFor(async () => {
      const outcome = await us.answer(hello, 'back again');
      return outcome.result === 'sent' ? outcome : undefined;
    })).to.have.property('result', 'sent');
    await waitFor(() => mira.heard.some((each) => contentOf(each).text === 'back again'), { what: 'the answer' });
    await us.stop();
    await mira.leave();
  });

  it('in a room we answer who spoke to us, and only that', async () => {
    const us = hold(server.port, { rooms: [room], nick: 'Velowerk' });
    await us.isOk();
    const tarek = await joinXmpp(server, { user: 'tarek', password });
    await tarek.send(element('presence', { to: `${room}/Tarek` }, element('x', { xmlns: ns.muc })));
    await tarek.say(room, [element('body', {}, 'good morning')], { type: 'groupchat' });
    await tarek.say(room, [element('body', {}, 'Velowerk: are you open?')], { type: 'groupchat' });
    const question = await us.heard('Velowerk: are you open?');
    expect(question.thread.audience).to.equal('public');
    expect(us.events.some((each) => each.type === 'message' && each.text === 'good morning')).to.equal(false);
    const outcome = await us.answer(question, 'Until six.');
    expect(outcome).to.have.property('result', 'sent');
    const said = await waitFor(() => tarek.heard.find((each) => contentOf(each).text === 'Tarek: Until six.'), { what: 'the answer in the room' });
    expect(said.children.some((each): each is Stanza => typeof each === 'object' && each.name === 'reply')).to.equal(true);
    await us.stop();
    await tarek.leave();
  });

  it('a refused password marks the channel broken, and an answer says why', async () => {
    const us = hold(server.port, { password: 'wrong' });
    await waitFor(() => us.health.some((one) => one.startsWith('broken')), { what: 'the broken channel' });
    const to = { externalId: 'in mira@localhost x', sender: { externalUserId: 'mira@localhost' }, thread: { key: 'chat mira@localhost' } } as unknown as MessageEvent;
    expect(await us.answer(to, 'hello')).to.deep.include({ result: 'rejected', because: 'auth', channelBroken: true });
    await us.stop();
  });

  it('with an old server, without stream management, an answer is confirmed by what the server answers behind it', async () => {
    const old = await startOther({ isOld: true });
    for (const name of ['support', 'mira']) old.account(name, password);
    const us = hold(old.port);
    await us.isOk();
    const mira = await joinXmpp(old, { user: 'mira', password });
    await mira.say('support@localhost', [element('body', {}, 'anybody?')]);
    expect(await us.answer(await us.heard('anybody?'), 'yes')).to.have.property('result', 'sent');
    await us.stop();
    await mira.leave();
  });

  it('the test of a connection names what is wrong, and speaks STARTTLS and TLS', async () => {
    const secure = await startOther({ tls: true });
    secure.account('support', password);
    const test = async (more: Record<string, unknown>) => (await adapter.test(adapter.settings.parse({ jid: 'support@localhost', password, host: '127.0.0.1', port: secure.port, allowSelfSigned: true, ...more }))).steps;
    expect((await test({})).map((step) => `${step.name} ${step.ok}`)).to.deep.equal(['Server true', 'Sign-in true', 'Archive true', 'Files true']);
    expect((await test({ tls: 'tls', port: secure.tlsPort })).every((step) => step.ok)).to.equal(true);
    expect((await test({ allowSelfSigned: false })).at(-1)?.detail).to.contain('certificate');
    expect((await test({ password: 'wrong' })).at(-1)).to.deep.include({ name: 'Sign-in', ok: false });
    expect((await test({ host: '10.1.2.3' })).at(-1)?.detail).to.contain('OUTBOUND_ALLOW');
    expect((await test({ port: server.port })).at(-1)?.detail).to.contain('no encryption');
    expect((await test({ jid: 'support@velowerk.example' })).at(-1)?.ok).to.equal(false);
  });
});
