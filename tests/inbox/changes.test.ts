import { expect } from 'chai';
import type { Viewer } from '../../src/inbox/api.js';
import { AppError } from '../../src/errors.js';
import type { InboundEvent, MessageEvent } from '../../src/inbox/model/event.js';
import { markDelivery } from '../../src/inbox/mark-delivery.js';
import type { ChannelActions } from '../../src/inbox/ports.js';
import { deliver } from '../../src/workers/deliver.js';
import { fetchFile } from '../../src/workers/fetch-file.js';
import { chatMessage, openTestCore, startOfTests, type TestCore } from '../support/core.js';
import { eachEngine } from '../support/engines.js';
import { createFarEnd } from '../support/far-end.js';
import { memoryBlobs } from '../support/memory-blobs.js';

const minute = 60_000;

eachEngine((_name, open) => {
  describe('what happens to a message after it was said', () => {
    let t: TestCore;
    let lena: Viewer;
    let far: ReturnType<typeof createFarEnd>;
    let provider: { asked: unknown[]; refuses?: string };
    beforeEach(async () => {
      provider = { asked: [] };
      const actions: ChannelActions = {
        can: () => ['edit', 'delete', 'react', 'read', 'typing'],
        act: (channelId, action) => {
          provider.asked.push({ channelId, ...action });
          return Promise.resolve(provider.refuses === undefined ? { ok: true } : { ok: false, reason: provider.refuses });
        },
      };
      t = await openTestCore(await open(), { botActions: () => [], provider: actions });
      await t.addChannel({ _id: 'slack', kind: 'slack', name: 'Our Slack' });
      lena = await t.addAgent({ _id: 'lena', name: 'Lena Meyer', role: 'administrator' });
      far = createFarEnd(t);
    });
    afterEach(() => t.close());

    const say = (id: string, text: string, more: Partial<MessageEvent> = {}): MessageEvent => ({
      ...chatMessage(id, text, { channelId: 'slack', visitor: 'thread1' }), sender: { kind: 'slack', scope: 'T1', externalUserId: 'U7', displayName: 'Ines Kern', proof: 'channel', aliases: [] }, ...more,
    });
    const base = (eventId: string): Pick<MessageEvent, 'channelId' | 'eventId' | 'receivedAt' | 'verifiedBy'> & { threadKey: string } => ({ channelId: 'slack', eventId, receivedAt: t.time.now, verifiedBy: 'signature', threadKey: 'thread1' });
    const edit = (target: string, text: string, revision: string): InboundEvent => ({ ...base(`e:${target}:${revision}`), type: 'edit', target, text, revision });
    const message = (id: string) => t.c.messages.get(`slack:${id}`);
    const row = async () => (await t.c.conversations.list({ view: 'open', agentId: 'x', limit: 1 }))[0];
    const answer = async (text: string, clientId = 'client-1') => (await t.actions.reply(lena, (await row())?._id ?? '', { text, attachmentIds: [], clientId, force: true })).message;

    it('an edit shows the new words in the thread and the list, and search finds them and not the old', async () => {
      await t.receive(say('m1', 'A quiet brake'));
      await t.receive(edit('m1', 'A squeaking brake', '2.0'));
      expect(await message('m1')).to.deep.include({ text: 'A squeaking brake', revision: '2.0' });
      expect((await message('m1'))?.revisions?.map((one) => one.text)).to.deep.equal(['A quiet brake']);
      expect((await row())?.preview.text).to.equal('A squeaking brake');
      const found = async (text: string) => (await t.core.search.query({ text, limit: 5 })).hits.length;
      expect([await found('squeaking'), await found('quiet')]).to.deep.equal([1, 0]);
    });

    it('an older revision that comes late changes nothing; the same one again neither', async () => {
      await t.receive(say('m1', 'One'));
      await t.receive(edit('m1', 'Three', '10.5'));
      await t.receive(edit('m1', 'Two', '9.9'));
      await t.receive({ ...edit('m1', 'Three', '10.5'), eventId: 'again' });
      expect((await message('m1'))?.text).to.equal('Three');
      expect((await message('m1'))?.revisions?.length).to.equal(1);
    });

    it('changes that come before their message wait for it, in their order', async () => {
      await t.receive(edit('m1', 'Two', '2'));
      await t.receive({ ...base('r1'), type: 'reaction', target: 'm1', op: 'add', emoji: '👍', by: { kind: 'slack', scope: 'T1', externalUserId: 'U9', displayName: 'Tarek', proof: 'channel', aliases: [] } });
      await t.receive({ ...base('d1'), type: 'delete', target: 'm1', by: 'author' });
      await t.receive(say('m1', 'One'));
      const now = await message('m1');
      expect(now?.text).to.equal('Two');
      expect(now?.reactions).to.deep.equal([{ emoji: '👍', by: 'slack:T1:U9', name: 'Tarek' }]);
      expect(now?.deleted?.by).to.equal('author');
      expect(await t.c.early.of('slack:m1')).to.deep.equal([]);
      expect((await row())?.waitingSince, 'nobody waits for what was taken back').to.equal(undefined);
      expect((await t.c.waits.get('slack:m1'))?.state).to.equal('abandoned');
    });

    it('an answer that was written before the customer changed their words is stale', async () => {
      await t.receive(say('m1', 'Please send it'));
      const seen = (await row())?.talkedAt ?? 0;
      t.time.now += minute;
      await t.receive(edit('m1', 'Please do NOT send it', '2'));
      const code = await t.actions.reply(lena, (await row())?._id ?? '', { text: 'Sent!', attachmentIds: [], clientId: 'c1', personSeen: seen }).then(() => 'none', (error: unknown) => (error instanceof AppError ? error.code : 'other'));
      expect(code).to.equal('stale_reply');
    });

    it('a receipt that is faster than our own note of the sending ends the wait all the same', async () => {
      await t.receive(say('m1', 'Hello?'));
      const sent = await answer('Hello');
      const taken = await t.c.outbox.take(sent._id, t.time.now, 30_000);
      await t.c.messages.setDelivery(sent._id, { state: 'sending', at: t.time.now, attempts: 1 });
      await t.receive({ ...base('read1'), type: 'receipt', state: 'read', upToSeq: sent.seq });
      expect((await t.c.messages.get(sent._id))?.delivery?.state).to.equal('read');
      if (taken === undefined) throw new Error('it was not to be taken');
      await markDelivery(t.core, taken, { state: 'sent', externalIds: ['x1'] });
      expect((await t.c.messages.get(sent._id))?.delivery?.state).to.equal('read');
      expect((await row())?.waitingSince).to.equal(undefined);
    });

    it('a fault that is told before the send call returns is not lost', async () => {
      await t.receive(say('m1', 'Hello?'));
      const sent = await answer('Hello');
      await t.receive({ channelId: 'slack', eventId: 'f1', receivedAt: t.time.now, verifiedBy: 'signature', type: 'delivery', targets: ['<far-1@provider.example>'], state: 'failed', reason: 'number not reachable' });
      await deliver(far.deps, sent._id);
      expect((await t.c.messages.get(sent._id))?.delivery).to.include({ state: 'failed', reason: 'number not reachable' });
      expect((await row())?.waitingSince, 'the customer still waits').to.be.a('number');
    });

    it('an echo of what may have been sent proves it, and stops the clock', async () => {
      await t.receive(say('m1', 'Hello?'));
      const sent = await answer('The parcel is in Kassel, it comes tomorrow.');
      far.next.push({ result: 'unknown', reason: 'no answer' });
      await deliver(far.deps, sent._id);
      expect((await t.c.messages.get(sent._id))?.delivery?.state).to.equal('unknown');
      await t.receive(say('p1', 'The parcel is in *Kassel*, it comes tomorrow.', { direction: 'out', eventId: 'echo1' }));
      expect((await t.c.messages.get(sent._id))?.delivery?.state).to.equal('sent');
      expect((await t.c.messages.page((await row())?._id ?? '', { limit: 50 })).filter((one) => one.kind === 'out').length).to.equal(1);
      expect((await row())?.waitingSince).to.equal(undefined);
    });

    it('what a colleague wrote where no customer has written opens no conversation', async () => {
      await t.receive(say('p1', 'Lunch?', { direction: 'out' }));
      expect(await row()).to.equal(undefined);
      expect((await t.c.ledger.page({ limit: 5 })).map((one) => one.state)).to.deep.equal(['ignored']);
    });

    it('an agent changes, takes back and reacts: at the provider first, and nothing here when it refuses', async () => {
      await t.receive(say('m1', 'Hello?'));
      const sent = await answer('Helo');
      await deliver(far.deps, sent._id);
      provider.refuses = 'too old';
      expect(await t.actions.changeMessage(lena, sent._id, { type: 'edit', text: 'Hello' }).then(() => 'done', (error: Error) => error.message)).to.contain('too old');
      expect((await t.c.messages.get(sent._id))?.text).to.equal('Helo');
      delete provider.refuses;
      expect((await t.actions.changeMessage(lena, sent._id, { type: 'edit', text: 'Hello' })).text).to.equal('Hello');
      expect((await t.actions.changeMessage(lena, 'slack:m1', { type: 'react', emoji: '🙏', on: true })).reactions).to.deep.equal([{ emoji: '🙏', by: 'agent:lena', name: 'Lena Meyer' }]);
      expect((await t.actions.changeMessage(lena, sent._id, { type: 'delete' })).deleted?.by).to.equal('agent');
      expect(provider.asked.slice(1)).to.deep.equal([
        { channelId: 'slack', type: 'edit', text: 'Hello', target: '<far-1@provider.example>' },
        { channelId: 'slack', type: 'react', emoji: '🙏', on: true, target: 'm1' },
        { channelId: 'slack', type: 'delete', target: '<far-1@provider.example>' },
      ]);
    });

    it('who said STOP gets nothing more until they say START', async () => {
      await t.receive(say('m1', 'Hello'));
      await t.receive({ ...base('stop'), type: 'thread', change: { op: 'opt_out', reason: 'They wrote STOP.' } });
      expect((await row())?.replyBlocked).to.include({ because: 'opted_out', reason: 'They wrote STOP.' });
      await t.receive(say('m2', 'What is this?'));
      expect((await row())?.replyBlocked?.because, 'another word is no START').to.equal('opted_out');
      await t.receive({ ...base('start'), type: 'thread', change: { op: 'opt_in', reason: 'They wrote START.' } });
      expect((await row())?.replyBlocked).to.equal(undefined);
    });

    it('a thread that gets another name stays one conversation', async () => {
      await t.receive(say('m1', 'Hello'));
      await t.receive({ ...base('rekey'), type: 'thread', change: { op: 'rekey', to: 'thread2', reason: 'The group became a supergroup.' } });
      await t.receive(say('m2', 'Still me', { thread: { key: 'thread2', keyIs: 'exact' } }));
      expect((await message('m2'))?.conversationId).to.equal((await message('m1'))?.conversationId);
    });

    it('a file at the provider is shown as on its way, then as stored, or as gone with the reason; it is fetched once', async () => {
      const blobs = memoryBlobs();
      const got: string[] = [];
      const adapter = { fetchFile: (source: unknown) => {
        got.push(JSON.stringify(source));
        return Promise.resolve(got.length === 1 ? { bytes: Buffer.from('hello'), mime: 'text/plain' } : { gone: 'The link has expired.' });
      } };
      const deps = { core: t.core, blobs, sniff: () => Promise.resolve('text/plain'), senderOf: () => ({ adapter, account: {} }) as never };
      await t.receive(say('m1', 'Two files', { remoteFiles: [{ name: 'a.txt', source: { id: 1 } }, { name: 'b.txt', source: { id: 2 } }] }));
      const pending = (await message('m1'))?.attachments ?? [];
      expect(pending.map((file) => file.state)).to.deep.equal(['pending', 'pending']);
      for (const file of pending) {
        await fetchFile(deps, file.id);
        await fetchFile(deps, file.id);
      }
      expect(got).to.deep.equal(['{"id":1}', '{"id":2}']);
      const [first, second] = (await message('m1'))?.attachments ?? [];
      expect(first).to.deep.include({ name: 'a.txt', mime: 'text/plain', size: 5 });
      expect(first?.state).to.equal(undefined);
      expect((await blobs.get(first?.id ?? ''))?.toString()).to.equal('hello');
      expect(second).to.deep.include({ state: 'failed', reason: 'The link has expired.' });
      expect(await t.c.fetches.due(startOfTests * 2, 10)).to.deep.equal([]);
    });
  });
});
