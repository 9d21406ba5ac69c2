import { expect } from 'chai';
import type { Viewer } from '../../../src/inbox/api.js';
import { differences } from '../../../src/inbox/clock/differences.js';
import { foldPerson, readStories, waitsOf } from '../../../src/inbox/clock/recompute.js';
import { rootOf } from '../../../src/inbox/clock/person.js';
import type { Conversation } from '../../../src/inbox/model/conversation.js';
import type { Wait } from '../../../src/inbox/model/wait.js';
import type { BotAction } from '../../../src/inbox/ports.js';
import { deliver } from '../../../src/workers/deliver.js';
import { createFarEnd } from '../../support/far-end.js';
import { eachEngine } from '../../support/engines.js';
import { chatMessage, mail, openTestCore, startOfTests, type TestCore } from '../../support/core.js';

const minute = 60_000;
const address = [{ type: 'email' as const, value: 'ines@posteo.example', proof: 'channel' as const }];

eachEngine((_name, open) => {
  describe('the customer’s wait', () => {
    let t: TestCore;
    let lena: Viewer;
    let jonas: Viewer;
    let far: ReturnType<typeof createFarEnd>;
    let bot: (text: string) => BotAction[];
    beforeEach(async () => {
      bot = () => [{ type: 'hand_over', reason: 'asked for a person', brief: { lines: [] } }];
      t = await openTestCore(await open(), { botActions: (text) => bot(text) });
      await t.addTeam('orders');
      await t.addTeam('workshop');
      await t.addChannel({ _id: 'chat', kind: 'webchat', name: 'Web chat', teamId: 'orders' });
      await t.addChannel({ _id: 'mailbox', kind: 'email', name: 'support@', settings: { address: 'support@velowerk.example' }, teamId: 'workshop' });
      lena = await t.addAgent({ _id: 'lena', name: 'Lena Maurer', role: 'administrator', teamIds: ['orders', 'workshop'], presence: 'away' });
      jonas = await t.addAgent({ _id: 'jonas', name: 'Jonas Thiel', teamIds: ['orders', 'workshop'], presence: 'away' });
      far = createFarEnd(t);
    });
    afterEach(() => t.close());

    const pass = (minutes: number): number => (t.time.now += minutes * minute);
    const at = (minutes: number): number => startOfTests + minutes * minute;
    const on = async (channelId: string): Promise<Conversation> => {
      const row = (await t.c.conversations.changedAfter(0, 100)).find((candidate) => candidate.channelId === channelId);
      if (row === undefined) throw new Error(`no conversation on ${channelId}`);
      return row;
    };
    let sent = 0;
    const answer = async (channelId: string, who = lena): Promise<string> => {
      const row = await on(channelId);
      sent += 1;
      return (await t.actions.reply(who, row._id, { text: `An answer ${sent}`, attachmentIds: [], clientId: `client-${sent}`, force: true })).message._id;
    };
    const answerAndDeliver = async (channelId: string, who = lena): Promise<string> => {
      const id = await answer(channelId, who);
      await deliver(far.deps, id);
      return id;
    };
    const waits = async (channelId: string): Promise<Wait[]> => (await t.c.waits.ofConversation((await on(channelId))._id)).filter((wait) => wait.void !== true);
    const write = (id: string, text: string, more = {}): Promise<unknown> => t.receive(chatMessage(id, text, { receivedAt: t.time.now, aliases: address, ...more }));
    const bounce = (id: string): Promise<unknown> => t.receive({ type: 'delivery', channelId: 'mailbox', eventId: `bounce-${id}`, receivedAt: t.time.now, verifiedBy: 'mailbox', targets: [id], state: 'failed', reason: '550 no such mailbox' });

    /** What is kept is what the facts say, for everybody. */
    const expectKeptIsTrue = async (): Promise<void> => {
      for (const customer of await t.c.customers.page({ limit: 50 })) {
        const root = await rootOf({ c: t.c }, customer._id);
        if (root?._id !== customer._id) continue;
        const person = foldPerson(await readStories({ c: t.c }, root), { rules: t.core.times(), customerTags: root.tags });
        for (const talk of person.talks.values()) {
          const facts = waitsOf(talk);
          const kept = (await t.c.waits.ofConversation(talk.conversationId)).filter((wait) => wait.void !== true);
          expect(kept.map((wait) => wait._id).sort()).to.deep.equal(facts.map((wait) => wait._id).sort());
          for (const wait of facts) expect(differences(kept.find((other) => other._id === wait._id) ?? wait, wait), wait._id).to.deep.equal([]);
          const row = await t.c.conversations.get(talk.conversationId);
          expect(row?.waitId).to.equal(talk.open?._id);
          expect(row?.facts).to.deep.include(JSON.parse(JSON.stringify(talk.facts)) as object);
        }
      }
    };

    it('ends on every channel when an answer reaches the person on one, with credit to whoever gave it', async () => {
      await t.receive(mail('m1', 'Where is my refund?', { receivedAt: t.time.now }));
      pass(10);
      await write('c1', 'Hello, are you there?');
      pass(5);
      const id = await answerAndDeliver('chat', jonas);
      expect((await waits('chat')).map(({ state, from, to }) => ({ state, from, to }))).to.deep.equal([{ state: 'answered', from: at(10), to: at(15) }]);
      const [first] = await waits('mailbox');
      expect(first).to.deep.include({ state: 'answered', from: at(0), to: at(15), kind: 'first' });
      expect(first?.answer).to.include({ by: 'agent', agentId: 'jonas', teamId: 'orders', messageId: id, conversationId: (await on('chat'))._id });
      expect((await on('mailbox')).answeredElsewhere).to.include({ messageId: id });
      expect((await on('chat')).facts).to.include({ touches: 1, asks: 1, known: true });
      await expectKeptIsTrue();
    });

    it('runs on where an agent says that the answer on another channel was none to this, from its own beginning', async () => {
      await t.receive(mail('m1', 'Where is my refund?', { receivedAt: t.time.now }));
      pass(10);
      await write('c1', 'Do you ship to Spain?');
      await answerAndDeliver('chat');
      pass(30);
      const row = await t.actions.startWait(lena, (await on('mailbox'))._id);
      expect(row).to.include({ waitingSince: at(0), status: 'open' });
      expect(row.answeredElsewhere).to.equal(undefined);
      expect((await waits('mailbox')).map(({ state, from }) => ({ state, from }))).to.deep.equal([{ state: 'open', from: at(0) }]);
      expect((await t.c.corrections.ofWait('mailbox:<m1@posteo.example>')).map(({ why, before, after }) => [why, before.state, after.state])).to.deep.equal([['an agent said that the answer on another channel was none to this', 'answered', 'open']]);
      await expectKeptIsTrue();
    });

    it('stands as if an undelivered answer had not been given, and what had been said before is kept', async () => {
      await t.receive(mail('m1', 'Where is my refund?', { receivedAt: t.time.now }));
      pass(10);
      await answerAndDeliver('mailbox');
      pass(10);
      await t.receive(mail('m2', 'And the parcel?', { receivedAt: t.time.now, repliesTo: ['<m1@posteo.example>'] }));
      expect((await waits('mailbox')).map(({ _id, state, kind }) => [_id, state, kind])).to.deep.equal([['mailbox:<m1@posteo.example>', 'answered', 'first'], ['mailbox:<m2@posteo.example>', 'open', 'next']]);
      pass(10);
      await bounce(far.ledger[0]?.externalId ?? '');
      expect((await waits('mailbox')).map(({ _id, state, from }) => [_id, state, from])).to.deep.equal([['mailbox:<m1@posteo.example>', 'open', at(0)]]);
      const corrections = await t.c.corrections.ofPeriod(at(0), at(60), 10);
      expect(corrections.map(({ why, before, after }) => [why, before.state, after.state, after.void === true])).to.deep.equal([
        ['the answer was not delivered', 'answered', 'open', false], ['the answer was not delivered', 'open', 'abandoned', true],
      ]);
      expect((await on('mailbox')).waitingSince).to.equal(at(0));
      await expectKeptIsTrue();
    });

    it('goes on for what came while the answer was on its way', async () => {
      await write('c1', 'Where is my refund?');
      pass(10);
      const id = await answer('chat');
      pass(1);
      await write('c2', 'Sorry, I meant the parcel');
      pass(4);
      await deliver(far.deps, id);
      expect((await waits('chat')).map(({ state, from, to, kind }) => ({ state, from, to, kind }))).to.deep.equal([
        { state: 'answered', from: at(0), to: at(15), kind: 'first' }, { state: 'open', from: at(11), to: undefined, kind: 'next' },
      ]);
      await expectKeptIsTrue();
    });

    it('begins earlier when an earlier message arrives late', async () => {
      pass(60);
      await write('c2', 'And?', { occurredAt: at(60) });
      pass(5);
      await write('c1', 'Where is my refund?', { occurredAt: at(30) });
      expect((await waits('chat')).map(({ _id, from, firstSeq }) => [_id, from, firstSeq])).to.deep.equal([['chat:c2', at(30), 1]]);
      await expectKeptIsTrue();
    });

    it('that a colleague ended outside before we learned of it ends at their time, and what was written since waits', async () => {
      await write('c1', 'Where is my refund?');
      pass(30);
      await write('c2', 'And the parcel?');
      pass(30);
      await t.receive(chatMessage('out1', 'It was paid today.', { direction: 'out', receivedAt: t.time.now, occurredAt: at(10), name: 'Sylvie', aliases: [] }));
      const [first, second] = await waits('chat');
      expect(first).to.deep.include({ state: 'answered', from: at(0), to: at(10) });
      expect(first?.answer).to.include({ by: 'outside', name: 'Sylvie', teamId: 'orders' });
      expect(second).to.deep.include({ state: 'open', from: at(30) });
      await expectKeptIsTrue();
    });

    it('is abandoned when every message that asked was taken back, and runs from the earliest that is left', async () => {
      await write('c1', 'Where is my refund?');
      pass(5);
      await write('c2', 'And the parcel?');
      const takeBack = (target: string): Promise<unknown> => t.receive({ type: 'delete', channelId: 'chat', eventId: `del-${target}`, receivedAt: t.time.now, verifiedBy: 'session', threadKey: 'vis1', target, by: 'author' });
      pass(5);
      await takeBack('c1');
      expect((await waits('chat'))[0]).to.deep.include({ state: 'open', from: at(5) });
      pass(5);
      await takeBack('c2');
      expect((await waits('chat'))[0]).to.deep.include({ state: 'abandoned', from: at(5), to: at(15) });
      expect((await on('chat')).waitId).to.equal(undefined);
      await expectKeptIsTrue();
    });

    it('is not begun by thanks; one click begins it after all, from that message’s own time', async () => {
      await write('c1', 'Thank you!');
      expect(await waits('chat')).to.deep.equal([]);
      expect((await on('chat')).acknowledged).to.equal('chat:c1');
      pass(20);
      const row = await t.actions.startWait(lena, (await on('chat'))._id);
      expect(row).to.include({ waitingSince: at(0), waitId: 'chat:c1' });
      expect(row.acknowledged).to.equal(undefined);
      await expectKeptIsTrue();
    });

    it('ends by the bot only when the customer says that it helped, at the bot’s word', async () => {
      bot = (text) => (text.startsWith('When') ? [{ type: 'say', text: 'Monday to Friday, 8:30 to 18:00.' }] : []);
      await write('c1', 'When are you open?');
      expect((await waits('chat'))[0]?.state).to.equal('open');
      pass(5);
      await write('c2', 'That helped, thanks!');
      expect((await waits('chat'))[0]).to.deep.include({ state: 'answered_by_bot', from: at(0), to: at(0) });
      expect((await on('chat')).facts.bot).to.equal('helped');
      await expectKeptIsTrue();
    });

    it('is taken back in words', async () => {
      await write('c1', 'Where is my refund?');
      pass(5);
      await write('c2', 'Never mind, I found it. Thanks!');
      expect((await waits('chat'))[0]).to.deep.include({ state: 'abandoned', to: at(5) });
      await expectKeptIsTrue();
    });

    it('needs no answer when an agent says so with a reason, until they say otherwise', async () => {
      await write('c1', 'FYI, the parcel came today');
      pass(5);
      const { _id } = await t.actions.noAnswerNeeded(lena, (await on('chat'))._id, 'only told us');
      expect((await waits('chat'))[0]).to.deep.include({ state: 'not_needed', to: at(5), notNeeded: { agentId: 'lena', reason: 'only told us' } });
      await expectKeptIsTrue();
      pass(5);
      await t.actions.startWait(lena, _id);
      expect((await waits('chat'))[0]).to.deep.include({ state: 'open', from: at(0) });
      await expectKeptIsTrue();
    });

    it('says with whom it lay, through hand-over, snooze, teams and resolving', async () => {
      await write('c1', 'Where is my refund?');
      const { _id } = await on('chat');
      pass(10);
      await t.actions.assign(lena, _id, { assigneeId: 'jonas' });
      pass(10);
      await t.actions.snooze(jonas, _id, t.time.now + 600 * minute);
      pass(10);
      await write('c2', 'Hello?');
      pass(10);
      await t.actions.assign(lena, _id, { assigneeId: 'lena', teamId: 'workshop' });
      pass(10);
      await t.actions.setStatus(lena, _id, 'pending');
      pass(10);
      await t.actions.setStatus(lena, _id, 'resolved');
      pass(10);
      await answerAndDeliver('chat', jonas);
      const [wait] = await waits('chat');
      expect(wait?.segments).to.deep.equal([
        { from: at(0), by: 'unassigned', teamId: 'orders' }, { from: at(10), by: 'agent', agentId: 'jonas', teamId: 'orders' }, { from: at(20), by: 'snoozed', agentId: 'jonas', teamId: 'orders' },
        { from: at(30), by: 'agent', agentId: 'jonas', teamId: 'orders' }, { from: at(40), by: 'agent', agentId: 'lena', teamId: 'workshop' }, { from: at(50), by: 'customer', teamId: 'workshop' },
        { from: at(60), by: 'agent', agentId: 'lena', teamId: 'workshop' },
      ]);
      expect(wait).to.deep.include({ to: at(70), businessMs: 70 * minute, teamId: 'workshop' });
      expect(wait?.answer).to.include({ agentId: 'jonas', teamId: 'workshop' });
      expect((await on('chat')).facts).to.include({ transfers: 1, reopened: 1, firstAssignedAt: at(10), touches: 1 });
      await expectKeptIsTrue();
    });

    it('lies with the bot until it hands over', async () => {
      bot = (text) => (text.includes('person') ? [{ type: 'hand_over', reason: 'asked for a person', brief: { lines: [] } }] : [{ type: 'say', text: 'Do you have an order number?' }]);
      await write('c1', 'Where is my refund?');
      pass(3);
      await write('c2', 'A person please');
      expect((await waits('chat'))[0]?.segments.map(({ from, by }) => [from, by])).to.deep.equal([[at(0), 'bot'], [at(3), 'unassigned']]);
      expect((await on('chat')).facts.bot).to.equal('handed_over');
      await expectKeptIsTrue();
    });

    it('of two records that turn out to be one person is that person’s, and of two again when that is undone', async () => {
      await t.receive(mail('m1', 'Where is my refund?', { receivedAt: t.time.now }));
      pass(10);
      await t.receive(chatMessage('c1', 'Hello?', { receivedAt: t.time.now }));
      pass(10);
      await answerAndDeliver('chat');
      expect((await waits('mailbox'))[0]?.state).to.equal('open');
      const [chat, letter] = [await on('chat'), await on('mailbox')];
      await t.actions.joinCustomers(lena, chat.customerId, letter.customerId, 'said so on the phone');
      expect((await waits('mailbox'))[0]).to.deep.include({ state: 'answered', to: at(20) });
      await expectKeptIsTrue();
      const join = (await t.reads.person(lena, letter.customerId))?.joins[0]?.join;
      await t.actions.decideJoin(lena, join?._id ?? '', 'undo');
      expect((await waits('mailbox'))[0]).to.deep.include({ state: 'open', from: at(0) });
      expect((await on('mailbox')).waitingSince).to.equal(at(0));
      await expectKeptIsTrue();
    });

    it('of spam needs no answer, and says that it was spam', async () => {
      await write('c1', 'Buy cheap parts');
      pass(2);
      await t.actions.setStatus(lena, (await on('chat'))._id, 'spam');
      expect((await waits('chat'))[0]).to.deep.include({ state: 'not_needed', notNeeded: { agentId: 'lena', reason: 'spam' } });
      await write('c2', 'Buy more');
      expect((await waits('chat')).length).to.equal(1);
      await expectKeptIsTrue();
    });

    it('uses the arrival where the provider’s time cannot be, and shows what it had said', async () => {
      await write('c1', 'Where is my refund?', { occurredAt: Date.UTC(1980, 0, 1) });
      expect((await waits('chat'))[0]).to.deep.include({ from: at(0), givenAt: Date.UTC(1980, 0, 1) });
      await expectKeptIsTrue();
    });
  });
});
