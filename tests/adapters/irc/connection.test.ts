import { expect } from 'chai';
import type { Outbound } from '../../../src/adapters/contract.js';
import type { ConnectionHost } from '../../../src/adapters/contract/abilities.js';
import { createIrcAdapter } from '../../../src/adapters/irc/index.js';
import { createGuardedAddress } from '../../../src/http/outbound/guarded-address.js';
import type { Channel } from '../../../src/inbox/model/channel.js';
import type { InboundEvent, MessageEvent } from '../../../src/inbox/model/event.js';
import { joinIrc } from '../../support/irc-person.js';
import { hasNgircd, type NgircdServer, startNgircd } from '../../support/ngircd.js';
import { requirePeer } from '../../support/peers.js';
import { waitFor } from '../../support/wait-for.js';

const adapter = createIrcAdapter({ addressOf: createGuardedAddress({ allow: ['127.0.0.1'] }), timing: { backoffMinMs: 30, lineEveryMs: 10 } });

function hold(port: number, more: Record<string, unknown> = {}) {
  const events: InboundEvent[] = [];
  const health: string[] = [];
  const settings = adapter.settings.parse({ host: '127.0.0.1', port, tls: false, nick: 'velowerk', channels: ['#help'], ...more });
  const account = { channel: { _id: 'chan1' } as Channel, settings };
  const host = {
    sink: (given: InboundEvent[]) => Promise.resolve(void events.push(...given)), clock: Date.now, report: (one: { state: string; text?: string }) => health.push(`${one.state} ${one.text ?? ''}`),
    typing: () => undefined, log: { info: () => undefined, warn: () => undefined },
  } as unknown as ConnectionHost;
  const held = adapter.open(account, host);
  const heard = (text: string) => waitFor(() => events.find((each): each is MessageEvent => each.type === 'message' && each.text === text), { what: text });
  const answer = (to: MessageEvent, text: string) => adapter.deliver(
    { messageId: `out-${text}`, text, sentParts: [], threadKey: to.thread.key, handle: to.thread.handle, to: { identityId: '', externalUserId: to.sender.externalUserId } } as unknown as Outbound, account,
    { partSent: () => Promise.resolve(), readFile: () => Promise.reject(new Error('no files')) });
  return { ...held, events, health, heard, answer };
}

describe('the IRC connection, with a real ngIRCd', () => {
  let server: NgircdServer;
  before(async function () {
    requirePeer(this, 'ngircd', hasNgircd);
    server = await startNgircd({ tls: true });
  });
  let closed: NgircdServer | undefined;
  after(async () => {
    await closed?.stop();
    await server?.stop();
  });

  it('takes another nick when ours is taken, and says so', async () => {
    const other = await joinIrc(server.port, 'velowerk');
    const us = hold(server.port);
    await waitFor(() => us.health.some((one) => one.includes('velowerk_')), { what: 'the health' });
    await us.stop();
    other.leave();
  });

  it('answers in a channel name the person, and a new nick takes the conversation along', async () => {
    const us = hold(server.port);
    const mira = await joinIrc(server.port, 'mira', ['#help']);
    await waitFor(async () => {
      await mira.write('NAMES #help');
      return mira.heard.some((line) => / 353 .*velowerk/u.test(line));
    }, { what: 'us in the channel' });
    await mira.write('PRIVMSG #help :velowerk: are you open?');
    const first = await us.heard('velowerk: are you open?');
    expect(first.thread.audience).to.equal('public');
    await mira.write('NICK mira_late');
    await mira.write('PRIVMSG #help :velowerk, still there?');
    const second = await us.heard('velowerk, still there?');
    expect(second.thread.key).to.equal(first.thread.key);
    expect(await us.answer(first, 'Until **six**.')).to.have.property('result', 'sent');
    await waitFor(() => mira.heard.some((line) => line.endsWith('PRIVMSG #help :mira_late: Until \u0002six\u0002.')), { what: 'the answer' });
    await us.stop();
    mira.leave();
  });

  it('a long line arrives whole: the server cuts nothing off', async () => {
    const us = hold(server.port);
    const tarek = await joinIrc(server.port, 'tarek');
    await waitFor(async () => {
      await tarek.write('ISON velowerk');
      return tarek.heard.some((line) => / 303 tarek :velowerk/u.test(line));
    });
    await tarek.write('PRIVMSG velowerk :tell me all');
    const question = await us.heard('tell me all');
    const text = 'Räder für Zürich '.repeat(70).trim();
    expect(await us.answer(question, text)).to.have.property('result', 'sent');
    await tarek.write('');
    const lines = tarek.heard.filter((line) => line.startsWith(':velowerk!')).map((line) => line.slice(line.indexOf(' :') + 2));
    expect(lines.join(' ')).to.equal(text);
    await us.stop();
    tarek.leave();
  });

  it('the test of a connection names what is wrong', async () => {
    const base = { host: '127.0.0.1', port: server.tlsPort, nick: 'tester' };
    const test = async (more: Record<string, unknown>) => (await adapter.test(adapter.settings.parse({ ...base, ...more }))).steps;
    expect((await test({ allowSelfSigned: true })).every((step) => step.ok)).to.equal(true);
    expect((await test({})).at(-1)?.detail).to.contain('certificate');
    expect((await test({ port: 1 })).at(-1)?.detail).to.contain('OUTBOUND_ALLOW');
    expect((await test({ host: '10.1.2.3', tls: false })).at(-1)?.detail).to.contain('OUTBOUND_ALLOW');
    expect((await test({ port: server.port })).at(-1)?.detail).to.contain('TLS');
    closed = await startNgircd({ password: 'open-sesame' });
    expect((await test({ port: closed.port, tls: false })).at(-1)?.detail).to.match(/let us in|password/u);
    expect((await test({ port: closed.port, tls: false, serverPassword: 'open-sesame' })).every((step) => step.ok)).to.equal(true);
  });
});
