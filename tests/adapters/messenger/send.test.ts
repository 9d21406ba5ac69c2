import { expect } from 'chai';
import { createMessengerAdapter } from '../../../src/adapters/messenger/index.js';
import type { Outbound } from '../../../src/adapters/contract.js';
import { accountOf, outboundOf, toolsOf } from '../../support/fakes/outbound.js';
import { startDirect } from '../../support/fakes/meta-direct.js';
import { waitFor } from '../../support/wait-for.js';
import { guardedFor, recordingHost } from '../meta/support.js';

const hour = 3_600_000;

describe('sending by Messenger', () => {
  let far: Awaited<ReturnType<typeof startDirect>>;
  let fetch: ReturnType<typeof guardedFor>;
  const now = Date.UTC(2026, 10, 3, 12);

  const setUp = () => {
    const adapter = createMessengerAdapter({ fetch, clock: () => now });
    return { adapter, account: accountOf('messenger', adapter.settings.parse({ ...far.settings, ...far.secrets })) };
  };
  const send = (what: Partial<Outbound> & { text: string }, tools = toolsOf()) => {
    const { adapter, account } = setUp();
    const to = far.personIn('c1');
    return adapter.deliver(outboundOf({ threadKey: to, to: { identityId: `messenger:${far.accountId}:${to}`, externalUserId: to }, ...what }), account, tools);
  };
  const answers = (ageMs: number) => ({ messageId: 'm', externalId: 'm_1', at: now - ageMs, name: 'Ines', text: 'A question' });

  beforeEach(async () => {
    far = await startDirect('messenger');
    fetch = guardedFor(far.graph.host);
  });
  afterEach(async () => {
    await fetch.close();
    await far.stop();
  });

  it('carries our message’s id, and answers as a response within the window', async () => {
    expect(await send({ text: 'It **fits**.', answers: answers(hour) })).to.have.property('result', 'sent');
    expect(far.ledger[0]?.body).to.deep.include({ messaging_type: 'RESPONSE', message: { text: 'It fits.', metadata: 'rapport:chan1:out-agent1-1' } });
  });

  it('a person’s answer after 24 hours goes out with the human agent tag, a bot’s does not', async () => {
    await send({ text: 'Sorry for the wait', answers: answers(30 * hour) });
    await send({ text: 'Beep', answers: answers(30 * hour), author: { type: 'bot', name: 'Bot' }, isAutomatic: true });
    expect(far.ledger.map((row) => [row.body['messaging_type'], row.body['tag']])).to.deep.equal([['MESSAGE_TAG', 'HUMAN_AGENT'], ['RESPONSE', undefined]]);
  });

  it('choices are quick replies below the last words; their payload holds what the button cannot show', async () => {
    await send({ text: 'When?', choices: ['Friday', 'Pick it up at the workshop in Freiburg'] });
    const message = far.ledger[0]?.body['message'] as { quick_replies: { title: string; payload: string }[] };
    expect(message.quick_replies.map((one) => one.title)).to.deep.equal(['Friday', 'Pick it up at the w…']);
    expect(message.quick_replies[1]?.payload).to.equal('choice:Pick it up at the workshop in Freiburg');
  });

  it('goes on behind the parts that an earlier attempt got through', async () => {
    const tools = toolsOf();
    const text = `${'a'.repeat(1_999)} ${'b'.repeat(1_999)} ${'c'.repeat(100)}`;
    const outcome = await send({ text, sentParts: ['m_first'] }, tools);
    expect(far.ledger.map((row) => row.text[0])).to.deep.equal(['b', 'c']);
    expect(outcome).to.have.deep.property('externalIds', ['m_first', ...far.ledger.map((row) => row.externalId)]);
    expect(tools.parts, 'the last one is told by the outcome').to.deep.equal([far.ledger[0]?.externalId]);
  });

  it('what does not fit into one attempt follows with the next, and nothing goes out twice', async () => {
    let time = now;
    const adapter = createMessengerAdapter({ fetch, clock: () => (time += 6_000) });
    const account = accountOf('messenger', adapter.settings.parse({ ...far.settings, ...far.secrets }));
    const text = ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => letter.repeat(1_999)).join(' ');
    const first = await adapter.deliver(outboundOf({ text, threadKey: 't' }), account, toolsOf());
    expect(first).to.include({ result: 'retry', afterMs: 0 });
    const done = far.ledger.map((row) => row.externalId);
    expect(done.length).to.be.greaterThan(0).and.lessThan(6);
    await send({ text, sentParts: done });
    expect(far.ledger.map((row) => row.text[0]).join('')).to.equal('abcdef');
  });

  it('reactions, “seen” and “is writing” are sender actions', async () => {
    const { adapter, account } = setUp();
    const context = { threadKey: 't', to: { identityId: 'x', externalUserId: far.personIn('c1') } };
    for (const action of [{ type: 'typing', on: true }, { type: 'read', target: 'm_1' }, { type: 'react', target: 'm_1', emoji: '👍', on: true }, { type: 'react', target: 'm_1', emoji: '👍', on: false }] as const) {
      expect(await adapter.act(action, context, account)).to.have.property('result', 'sent');
    }
    expect(far.actions.map((one) => one['sender_action'])).to.deep.equal(['typing_on', 'mark_seen', 'react', 'unreact']);
    expect(await adapter.act({ type: 'edit', target: 'm_1', text: 'x' }, context, account)).to.have.property('result', 'rejected');
  });

  it('tells the token’s end, and what those who wrote are called', async () => {
    far.graph.token.expiresAt = Math.floor(now / 1_000) + 86_400;
    const { adapter, account } = setUp();
    const { host, reports, events } = recordingHost(() => now);
    const held = adapter.open(account, host);
    await waitFor(() => reports.length === 1);
    expect(reports[0]).to.deep.equal({ state: 'ok', tokenExpiresAt: now + 86_400_000 });
    far.connect?.(async (request) => {
      const result = await adapter.receive({ ...request, receivedAt: now }, account);
      return { status: result.status ?? 200, body: '' };
    });
    for (const text of ['Hello', 'again']) await far.says({ conversation: 'c1', from: { id: 'ines-kern', name: 'Ines Kern' }, text });
    await waitFor(() => events.length > 0);
    await held.stop();
    expect(events.map((event) => event.type === 'identity' && event.sender.displayName)).to.deep.equal(['Ines Kern']);
    expect(far.graph.asked.filter((one) => one.path === far.personIn('c1'))).to.have.length(1);
  });

  it('a token that was taken back breaks the channel before anybody writes', async () => {
    far.graph.token.valid = false;
    const { adapter, account } = setUp();
    const { host, reports } = recordingHost(() => now);
    const held = adapter.open(account, host);
    await waitFor(() => reports.length === 1);
    await held.stop();
    expect(reports[0]?.state).to.equal('broken');
  });

  it('“test connection” names what is wrong, step by step', async () => {
    const { adapter, account } = setUp();
    expect(await adapter.test(account.settings)).to.deep.include({ ok: true });
    far.graph.token.scopes = ['pages_messaging'];
    const lacking = await adapter.test(account.settings);
    expect(lacking.ok).to.equal(false);
    expect(lacking.steps.find((step) => !step.ok)?.detail).to.contain('pages_manage_metadata');
    const foreign = await adapter.test(adapter.settings.parse({ ...far.settings, ...far.secrets, accessToken: 'EAAforeigntoken' }));
    expect(foreign.steps[0]).to.include({ name: 'Account', ok: false });
  });

  it('secrets are fields that are never sent back, and the verify token is made by itself', () => {
    const { adapter } = setUp();
    expect(adapter.fields.filter((field) => field.secret === true).map((field) => field.key)).to.have.members(['appSecret', 'accessToken', 'verifyToken']);
    expect(adapter.newSecrets()['verifyToken']?.length).to.be.greaterThan(20);
    expect(adapter.settings.safeParse({ ...far.settings, ...far.secrets, extra: 1 }).success).to.equal(false);
  });
});
