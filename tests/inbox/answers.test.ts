import { expect } from 'chai';
import type { Viewer } from '../../src/inbox/api.js';
import { AppError } from '../../src/errors.js';
import { eachEngine } from '../support/engines.js';
import { chatMessage, mail, openTestCore, startOfTests, type TestCore } from '../support/core.js';
import { deliver, settleExpired } from '../../src/workers/deliver.js';
import { createFarEnd } from '../support/far-end.js';
import { waitFor } from '../support/wait-for.js';

const minute = 60_000;

eachEngine((_name, open) => {
  describe('an answer', () => {
    let t: TestCore;
    let lena: Viewer;
    let far: ReturnType<typeof createFarEnd>;
    beforeEach(async () => {
      t = await openTestCore(await open(), { botActions: () => [] });
      await t.addChannel({ _id: 'chat', kind: 'webchat', name: 'Web chat' });
      await t.addChannel({ _id: 'mailbox', kind: 'email', name: 'support@', settings: { address: 'support@velowerk.example' } });
      lena = await t.addAgent({ _id: 'lena', name: 'Lena Meyer', role: 'administrator' });
      far = createFarEnd(t);
    });
    afterEach(() => t.close());

    const only = async (): Promise<string> => (await t.c.conversations.list({ view: 'open', agentId: 'x', limit: 2 }))[0]?._id ?? '';
    const answer = async (text: string, clientId: string, more: { personSeen?: number; force?: boolean } = {}) =>
      t.actions.reply(lena, await only(), { text, attachmentIds: [], clientId, ...more });
    const codeOf = async (promise: Promise<unknown>): Promise<string> => promise.then(() => 'none', (error: unknown) => error instanceof AppError ? error.code : 'other');

    it('is written with its outbox row, delivered once, and ends the customer’s wait', async () => {
      await t.receive(chatMessage('m1', 'Where is my parcel?'));
      t.time.now += 10 * minute;
      const { message } = await answer('It is in Kassel.', 'client-1');
      expect(message.delivery?.state).to.equal('queued');
      expect((await t.c.conversations.get(await only()))?.waitingSince).to.equal(startOfTests);
      await deliver(far.deps, message._id);
      expect(far.ledger.map((sent) => sent.text)).to.deep.equal(['It is in Kassel.']);
      expect((await t.c.messages.get(message._id))?.delivery?.state).to.equal('sent');
      expect(await t.c.outbox.get(message._id)).to.equal(undefined);
      const row = await t.c.conversations.get(await only());
      expect(row?.waitingSince).to.equal(undefined);
      expect(row).to.include({ assigneeId: 'lena', ownership: 1 });
      expect((await t.c.waits.get('chat:m1'))).to.include({ state: 'answered', from: startOfTests, to: startOfTests + 10 * minute });
    });

    it('with the same client id is one answer, however often it is sent', async () => {
      await t.receive(chatMessage('m1', 'Where is my parcel?'));
      const [first, second] = await Promise.all([answer('Here', 'client-1'), answer('Here', 'client-1')]);
      expect(first.message._id).to.equal(second.message._id);
      expect((await t.c.messages.page(await only(), { limit: 10 })).filter((message) => message.kind === 'out').length).to.equal(1);
    });

    it('written before something newer arrived on any channel is stopped, shown, and sent only when forced', async () => {
      const ines = [{ type: 'email' as const, value: 'ines@posteo.example', proof: 'channel' as const }];
      await t.receive(chatMessage('m1', 'Where is my parcel?', { aliases: ines }));
      const id = await only();
      const seen = (await t.reads.picture(lena, id, { timeline: false }))?.personSeen ?? 0;
      t.time.now += minute;
      await t.receive(mail('other', 'Please cancel it all', { receivedAt: t.time.now }));
      expect(await codeOf(t.actions.reply(lena, id, { text: 'It ships today', attachmentIds: [], clientId: 'client-1', personSeen: seen }))).to.equal('stale_reply');
      const forced = await t.actions.reply(lena, id, { text: 'It ships today', attachmentIds: [], clientId: 'client-1', personSeen: seen, force: true });
      expect(forced.message.kind).to.equal('out');
    });

    it('that failed does not stop the clock: the wait goes on from where it began', async () => {
      await t.receive(mail('one', 'Where is my parcel?'));
      const { message } = await answer('On its way', 'client-1');
      await deliver(far.deps, message._id);
      expect((await t.c.conversations.get(await only()))?.waitingSince).to.equal(undefined);
      await t.receive({ type: 'delivery', channelId: 'mailbox', eventId: 'bounce-1', receivedAt: startOfTests, verifiedBy: 'mailbox', targets: [far.ledger[0]?.externalId ?? ''], state: 'failed', reason: '550 no such mailbox' });
      expect((await t.c.messages.get(message._id))?.delivery).to.include({ state: 'failed', reason: '550 no such mailbox' });
      expect((await t.c.conversations.get(await only()))?.waitingSince).to.equal(startOfTests);
    });

    it('is tried again when the provider asks for it, in the order it was written', async () => {
      await t.receive(chatMessage('m1', 'Hello'));
      const first = await answer('One', 'client-1');
      const second = await answer('Two', 'client-2');
      far.next.push({ result: 'retry', afterMs: 5_000, reason: '429' });
      await deliver(far.deps, first.message._id);
      await deliver(far.deps, second.message._id);
      expect(far.ledger).to.deep.equal([]);
      t.time.now += 6_000;
      await deliver(far.deps, first.message._id);
      await deliver(far.deps, second.message._id);
      expect(far.ledger.map((sent) => sent.text)).to.deep.equal(['One', 'Two']);
    });

    it('whose outcome is unknown is not sent again by itself, only by an agent', async () => {
      await t.receive(mail('one', 'Hello'));
      const { message } = await answer('Once', 'client-1');
      far.next.push({ result: 'unknown', reason: 'connection lost after the data' });
      await deliver(far.deps, message._id);
      t.time.now += 60 * minute;
      await settleExpired(far.deps);
      await deliver(far.deps, message._id);
      expect(far.ledger).to.deep.equal([]);
      expect((await t.c.messages.get(message._id))?.delivery?.state).to.equal('unknown');
      await t.actions.retryDelivery(lena, message._id);
      await deliver(far.deps, message._id);
      expect(far.ledger.length).to.equal(1);
    });

    it('held by a process that died is unknown where sending twice is not safe, and sent again where it is', async () => {
      for (const channelId of ['mailbox', 'chat']) {
        await t.receive(channelId === 'chat' ? chatMessage('m1', 'Hello') : mail('one', 'Hello'));
      }
      const rows = await t.c.conversations.list({ view: 'open', agentId: 'x', limit: 5 });
      const sent = await Promise.all(rows.map((row) => t.actions.reply(lena, row._id, { text: row.channelId, attachmentIds: [], clientId: `c-${row.channelId}` })));
      for (const { message } of sent) {
        const taken = await t.c.outbox.take(message._id, t.time.now, 30_000);
        expect(taken?.fence).to.equal(1);
        await t.c.messages.setDelivery(message._id, { state: 'sending', at: t.time.now, attempts: 1 });
      }
      t.time.now += minute;
      await settleExpired(far.deps);
      for (const { message } of sent) await deliver(far.deps, message._id);
      expect(far.ledger.map((entry) => entry.text)).to.deep.equal(['chat']);
      const states = await Promise.all(sent.map(async ({ message }) => [(await t.c.messages.get(message._id))?.channelId, (await t.c.messages.get(message._id))?.delivery?.state]));
      expect(Object.fromEntries(states)).to.deep.equal({ mailbox: 'unknown', chat: 'sent' });
    });

    it('is seen by browsers only after it is durable, with a growing change number', async () => {
      const seen: number[] = [];
      t.core.live.subscribe((notice) => {
        if (notice.kind === 'conversation') seen.push(notice.changeSeq);
      });
      await t.receive(chatMessage('m1', 'Hello'));
      await answer('Hi', 'client-1');
      await waitFor(() => seen.length >= 2);
      expect(seen).to.deep.equal([...seen].sort((a, b) => a - b));
      const replay = await t.reads.changedSince(lena, 0);
      expect(replay.rows.at(-1)?.changeSeq).to.equal(seen.at(-1));
    });

    it('of an agent who may not see the conversation does not exist', async () => {
      await t.addTeam('billing');
      await t.receive(chatMessage('m1', 'Hello'));
      const id = await only();
      await t.actions.assign(lena, id, { teamId: 'billing' });
      const outsider = await t.addAgent({ _id: 'otto', teamIds: ['sales'] });
      expect(await codeOf(t.actions.reply(outsider, id, { text: 'x', attachmentIds: [], clientId: 'client-1' }))).to.equal('not_found');
      expect(await t.reads.picture(outsider, id, { timeline: true })).to.equal(undefined);
      expect((await t.reads.list(outsider, { view: 'open', limit: 10 })).items).to.deep.equal([]);
    });

    it('of two agents who claim at once, one gets it and the other is told who', async () => {
      await t.receive(chatMessage('m1', 'Hello'));
      const otto = await t.addAgent({ _id: 'otto' });
      const id = await only();
      const results = await Promise.allSettled([t.actions.assign(lena, id, { assigneeId: 'lena', ifAssignedTo: null }), t.actions.assign(otto, id, { assigneeId: 'otto', ifAssignedTo: null })]);
      expect(results.map((result) => result.status).sort()).to.deep.equal(['fulfilled', 'rejected']);
      const lost = results.find((result): result is PromiseRejectedResult => result.status === 'rejected');
      expect(lost?.reason).to.have.property('code', 'conflict');
      expect((lost?.reason as AppError).facts['assigneeId']).to.equal((await t.c.conversations.get(id))?.assigneeId);
    });

    it('keeps the counts beside the views true through everything that happens', async () => {
      await t.addTeam('billing');
      for (let index = 0; index < 6; index += 1) await t.receive(chatMessage(`m${index}`, 'Where is it?', { visitor: `v${index}` }));
      const rows = await t.c.conversations.list({ view: 'open', agentId: 'x', limit: 10 });
      await t.actions.assign(lena, rows[0]?._id ?? '', { assigneeId: 'lena' });
      await t.actions.assign(lena, rows[1]?._id ?? '', { teamId: 'billing' });
      await t.actions.setStatus(lena, rows[2]?._id ?? '', 'resolved');
      await t.actions.snooze(lena, rows[3]?._id ?? '', t.time.now + minute);
      await t.actions.setStatus(lena, rows[4]?._id ?? '', 'spam');
      const kept = await t.reads.counts(lena);
      expect(kept).to.deep.equal({ mine: 1, unassigned: 2, waiting: 3, open: 3, snoozed: 1, resolved: 1, spam: 1, teams: { billing: 1 } });
      await t.c.conversations.recount();
      expect(await t.reads.counts(lena)).to.deep.equal(kept);
    });
  });
});
