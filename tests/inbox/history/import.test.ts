import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { AppError } from '../../../src/errors.js';
import { importHistory } from '../../../src/inbox/history/import-history.js';
import type { Conversation } from '../../../src/inbox/model/conversation.js';
import type { Message } from '../../../src/inbox/model/message.js';
import type { ImportState } from '../../../src/inbox/model/report.js';
import type { Wait } from '../../../src/inbox/model/wait.js';
import { chatMessage, mail, openTestCore, startOfTests, type TestCore } from '../../support/core.js';
import { eachEngine } from '../../support/engines.js';

const minute = 60_000;
const begin = Date.UTC(2025, 2, 3, 8, 0, 0);

type Line = Record<string, unknown>;

function said(id: string, minutes: number, more: Line = {}): Line {
  return { channel: 'chat', conversation: 'case-1', id, customer: { id: 'vis-old', name: 'Jonas Feld' }, author: { kind: 'customer' }, at: begin + minutes * minute, text: `This is question ${id}, what do you say?`, ...more };
}

function answered(id: string, minutes: number, more: Line = {}): Line {
  return said(id, minutes, { author: { kind: 'agent', name: 'Lena Sommer', email: 'Lena@Velowerk.example' }, text: 'Like this.', ...more });
}

const toBytes = (lines: readonly (Line | string)[]): Buffer => Buffer.from(lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''));

async function* inPieces(bytes: Uint8Array, size = 1_000): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

eachEngine((_name, open) => {
  describe('An import of past messages', () => {
    let world: TestCore;
    before(async () => {
      // One database a test would cost seconds each on MongoDB; the tests use keys of their own.
      world = await openTestCore(await open());
      await world.addChannel({ _id: 'chat', kind: 'webchat', name: 'Shop chat' });
      await world.addChannel({ _id: 'mailbox', kind: 'email', name: 'Support mail' });
      await world.addTeam('repairs');
      await world.addAgent({ _id: 'lena', name: 'Lena Sommer' });
    });
    after(() => world.close());

    let imports = 0;
    const run = (lines: readonly (Line | string)[], more: Partial<Parameters<typeof importHistory>[1]> = {}): Promise<ImportState> =>
      importHistory(world.core, { id: `import-${imports += 1}`, from: 0, bytes: inPieces(toBytes(lines)), ...more });

    async function conversationOf(key: string, channelId = 'chat'): Promise<Conversation> {
      const thread = await world.c.threads.find(`history/${channelId}:${key}`);
      const row = await world.c.conversations.get(thread?.conversationId ?? '');
      if (row === undefined) throw new Error(`there is no imported conversation ${key}`);
      return row;
    }
    const messagesOf = async (key: string): Promise<Message[]> => world.c.messages.page((await conversationOf(key))._id, { after: 0, limit: 500 });
    const waitsOf = async (key: string): Promise<Wait[]> => world.c.waits.ofConversation((await conversationOf(key))._id);

    it('takes the sample of the documentation, every line of it', async () => {
      const text = await readFile(new URL('../../../docs/import.md', import.meta.url), 'utf8');
      const sample = (/```ndjson\n([\s\S]+?)```/.exec(text)?.[1] ?? '').trim().split('\n');
      expect(sample.length).to.equal(10);
      expect(await run(sample)).to.include({ lines: 10, added: 10, known: 0, faulty: 0, oddTimes: 0 });
      const first = await conversationOf('case-1041', 'mailbox');
      expect(first).to.include({ subject: 'A squeaking brake', status: 'resolved', assigneeId: 'lena', resolvedAt: Date.parse('2025-03-04T16:30:00+01:00'), customerName: 'Jonas Feld' });
      const [wait, ...others] = await world.c.waits.ofConversation(first._id);
      expect(others, 'a thanks asks for nothing').to.deep.equal([]);
      expect(wait).to.deep.include({ imported: true, state: 'answered', from: Date.parse('2025-03-03T09:12:00+01:00'), to: Date.parse('2025-03-03T09:42:00+01:00'), kind: 'first' });
      expect(wait?.answer).to.include({ by: 'agent', agentId: 'lena', name: 'Lena Sommer' });
      expect(wait?.segments.map((segment) => [segment.by, segment.agentId])).to.deep.equal([['unassigned', undefined], ['agent', 'lena']]);
      const second = await world.c.waits.ofConversation((await conversationOf('case-1042', 'mailbox'))._id);
      expect(second.map(({ state, answer }) => [state, answer?.by, answer?.name])).to.deep.equal([['answered', 'outside', 'Tomás Rey']]);
    });

    it('makes conversations, customers and search entries with their real times, marked as imported', async () => {
      await run([said('a1', 0, { conversation: 'facts', customer: { id: 'vis-facts', name: 'Élodie Marchand', email: 'Elodie@Posteo.example' }, subject: 'A bent wheel', tags: ['Repair'], team: 'repairs', text: 'The zwirbelnaht is bent' }), answered('a2', 30, { conversation: 'facts', customer: { id: 'vis-facts' } })]);
      const row = await conversationOf('facts');
      expect(row).to.include({ channelId: 'chat', customerName: 'Élodie Marchand', subject: 'A bent wheel', status: 'resolved', shelf: 'resolved', teamId: 'repairs', lastSeq: 2, lastInSeq: 1, readSeq: 2, createdAt: begin, lastMessageAt: begin + 30 * minute });
      expect(row).not.to.have.any.keys('unsettled', 'waitingSince', 'resolvedAt');
      expect(row.facts).to.include({ imported: true, firstAt: begin, touches: 1, asks: 1, waits: 1, known: false });
      expect(row.tags).to.deep.equal(['repair']);
      expect(row.preview).to.deep.equal({ text: 'Like this.', by: 'agent', name: 'Lena Sommer' });
      const identity = await world.c.identities.get(row.identityId);
      expect(identity).to.deep.include({ _id: 'webchat:chat:vis-facts', proof: 'claimed', aliases: [{ type: 'email', value: 'elodie@posteo.example', proof: 'claimed' }] });
      expect(await world.c.customers.get(row.customerId)).to.include({ name: 'Élodie Marchand', firstSeenAt: begin, lastSeenAt: begin + 30 * minute, conversationCount: 1 });
      const found = await world.core.search.query({ text: 'zwirbelnaht', limit: 10 });
      expect(found.hits.map((hit) => [hit.messageId, hit.at])).to.deep.equal([['chat:a1', begin]]);
      expect((await messagesOf('facts')).map(({ matched }) => matched)).to.deep.equal([`import import-${imports}, line 1`, `import import-${imports}, line 2`]);
    });

    it('routes nothing, notifies nobody and answers nobody: no timer, no row to send, one quiet notice at the end', async () => {
      const notices: string[] = [];
      const end = world.core.live.subscribe((notice) => notices.push(notice.kind));
      await run([said('n1', 0, { conversation: 'quiet' }), said('n2', 500, { conversation: 'quiet' })]);
      await new Promise((resolve) => setImmediate(resolve));
      end();
      await world.jobs.idle();
      expect(notices).to.deep.equal(['counts']);
      const row = await conversationOf('quiet');
      expect(await world.c.outbox.ofConversation(row._id)).to.deep.equal([]);
      expect(await world.c.timers.due(Number.MAX_SAFE_INTEGER, 100)).to.deep.equal([]);
      const [wait] = await waitsOf('quiet');
      expect(wait).to.include({ state: 'open', imported: true });
      expect((await messagesOf('quiet')).map(({ kind }) => kind), 'the bot says nothing').to.deep.equal(['in', 'in']);
      expect(await world.c.conversations.list({ view: 'waiting', agentId: 'lena', limit: 10 }), 'on nobody’s list').to.deep.equal([]);
      expect((await world.c.customers.get(row.customerId))?.waitingSince).to.equal(undefined);
    });

    it('puts lines that come in any order into the order of their time, also over several imports', async () => {
      const key = { conversation: 'order', customer: { id: 'vis-order' } };
      await run([answered('o3', 20, key), said('o5', 40, key), said('o1', 0, key)], { batchLines: 1 });
      expect((await messagesOf('order')).map(({ _id, seq }) => [_id, seq])).to.deep.equal([['chat:o1', 1], ['chat:o3', 2], ['chat:o5', 3]]);
      await run([said('o2', 10, key), answered('o4', 30, key)]);
      expect((await messagesOf('order')).map(({ _id, seq }) => [_id, seq])).to.deep.equal([['chat:o1', 1], ['chat:o2', 2], ['chat:o3', 3], ['chat:o4', 4], ['chat:o5', 5]]);
      expect((await waitsOf('order')).filter((wait) => wait.void !== true).map(({ from, to, state }) => [from - begin, to === undefined ? undefined : to - begin, state])).to.deep.equal([[0, 20 * minute, 'answered'], [40 * minute, undefined, 'open']]);
      expect(await conversationOf('order')).to.include({ lastSeq: 5, lastInSeq: 5 });
    });

    it('adds nothing the second time, under the same name or another one', async () => {
      const lines = [said('d1', 0, { conversation: 'twice' }), { ...said('', 5, { conversation: 'twice' }), id: undefined, type: 'assigned', to: { name: 'Lena Sommer', email: 'lena@velowerk.example' } }, answered('d2', 10, { conversation: 'twice' }), said('d1', 0, { conversation: 'twice' })];
      expect(await run(lines, { id: 'same' })).to.include({ lines: 4, added: 3, known: 1 });
      const before = [await messagesOf('twice'), await waitsOf('twice'), await conversationOf('twice')];
      expect(await run(lines, { id: 'same' })).to.include({ lines: 4, added: 0, known: 4, faulty: 0 });
      expect(await run(lines, { id: 'another' })).to.include({ lines: 4, added: 0, known: 4, faulty: 0 });
      expect([await messagesOf('twice'), await waitsOf('twice'), await conversationOf('twice')]).to.deep.equal(before);
    });

    it('goes on where it broke off, and counts as if it never had', async () => {
      const lines = Array.from({ length: 25 }, (_, at) => (at === 7 ? '{"broken' : said(`r${at}`, at, { conversation: `resume-${at % 3}` })));
      const bytes = toBytes(lines);
      async function* breaksOff(): AsyncIterable<Uint8Array> {
        yield await Promise.resolve(bytes.subarray(0, Math.floor(bytes.length * 0.7)));
        throw new AppError('bad_request', 'broke off');
      }
      const error = await run([], { id: 'resumed', bytes: breaksOff(), batchLines: 4 }).catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(AppError);
      const kept = await world.c.imports.get('resumed');
      expect(kept?.lines).to.equal(16);
      const wrong = await run([], { id: 'resumed', from: 3, bytes: inPieces(bytes.subarray(3)) }).catch((thrown: unknown) => thrown);
      expect((wrong as AppError).facts).to.deep.equal({ bytes: kept?.bytes });
      const state = await run([], { id: 'resumed', from: kept?.bytes ?? 0, bytes: inPieces(bytes.subarray(kept?.bytes)) });
      expect(state).to.include({ lines: 25, added: 24, known: 0, faulty: 1, bytes: bytes.length });
      expect(state.faults).to.deep.equal([{ line: 8, reason: 'this is not JSON' }]);
      expect(state.doneAt).to.be.a('number');
    });

    it('takes a file in parts: what is not finished is left for the next one', async () => {
      const bytes = toBytes(Array.from({ length: 9 }, (_, at) => said(`p${at}`, at, { conversation: 'parts' })));
      let at = 0;
      for (let part = 0; at < bytes.length; part += 1) {
        expect(part).to.be.lessThan(20);
        const end = Math.min(bytes.length, at + 700);
        const state = await run([], { id: 'parts', from: at, bytes: inPieces(bytes.subarray(at, end)), more: end < bytes.length });
        expect(state.doneAt === undefined).to.equal(end < bytes.length);
        at = end === bytes.length ? end : state.bytes;
      }
      expect(await world.c.imports.get('parts')).to.include({ lines: 9, added: 9, known: 0, bytes: bytes.length });
      expect((await messagesOf('parts')).length).to.equal(9);
    });

    it('leaves a live conversation of the same thread as it is, and links the imported one to it', async () => {
      await world.receive(chatMessage('live-1', 'Hello, are you there?', { visitor: 'vis-both', name: 'Noor' }));
      const live = await world.c.threads.find('chat:vis-both');
      const before = await world.c.conversations.get(live?.conversationId ?? '');
      await run([said('b1', 0, { conversation: 'vis-both', customer: { id: 'vis-both', name: 'Somebody else' } }), answered('b2', 9, { conversation: 'vis-both', customer: { id: 'vis-both' } })]);
      const after = await world.c.conversations.get(live?.conversationId ?? '');
      expect({ ...after, changeSeq: 0, facts: 0, heldBy: 0 }).to.deep.equal({ ...before, changeSeq: 0, facts: 0, heldBy: 0 });
      expect(after?.waitingSince).to.equal(startOfTests);
      const row = await conversationOf('vis-both');
      expect(row).to.include({ customerId: before?.customerId, customerName: 'Noor' });
      expect(row.linkedTo?.conversationId).to.equal(before?._id);
      expect(row.replyBlocked?.reason).to.match(/imported/);
      await world.receive(chatMessage('live-2', 'Still waiting', { visitor: 'vis-both' }));
      expect((await world.c.messages.get('chat:live-2'))?.conversationId).to.equal(before?._id);
    });

    it('reckons the same waits as the same story lived through the inbox', async () => {
      const story = [[0, 'in', 'Where is my order?'], [3, 'in', 'It was for today.'], [20, 'out', 'It is on its way.'], [25, 'in', 'Thanks!'], [600, 'in', 'It did not come, what now?'], [700, 'out', 'We send another one.'], [900, 'in', 'And who pays for that?'], [930, 'in', 'Never mind']] as const;
      const viewer = { agentId: 'lena', role: 'administrator' as const, teamIds: [] };
      for (const [minutes, direction, text] of story) {
        world.time.now = begin + minutes * minute;
        const id = `lived-${minutes}`;
        await world.receive(chatMessage(id, text, { visitor: 'vis-lived', direction, receivedAt: world.time.now, occurredAt: world.time.now, ...(direction === 'out' ? { recipient: chatMessage(id, '', { visitor: 'vis-lived' }).sender } : {}) }));
        const thread = await world.c.threads.find('chat:vis-lived');
        if (minutes === 0) await world.actions.assign(viewer, thread?.conversationId ?? '', { assigneeId: 'lena' });
        if (minutes === 700) await world.actions.setStatus(viewer, thread?.conversationId ?? '', 'resolved');
      }
      world.time.now = startOfTests;
      const to = { name: 'Lena Sommer', email: 'lena@velowerk.example' };
      await run([
        ...story.map(([minutes, direction, text]) => said(`told-${minutes}`, minutes, { conversation: 'told', customer: { id: 'vis-told' }, text, ...(direction === 'out' ? { author: { kind: 'agent', name: 'Visitor' } } : {}) })),
        { ...said('told-e1', 0, { conversation: 'told', customer: { id: 'vis-told' } }), type: 'assigned', to, by: to }, { ...said('told-e2', 700, { conversation: 'told', customer: { id: 'vis-told' } }), type: 'resolved', by: to },
      ]);
      const figuresOf = (waits: Wait[]): unknown[] => waits.filter((wait) => wait.void !== true).map(({ from, to: until, state, kind, known, businessMs, target, breachedAt, segments, priority, answer }) => (
        { from, until, state, kind, known, businessMs, target, breachedAt, lastBy: segments.at(-1)?.by, priority, by: answer?.by }));
      const lived = await world.c.threads.find('chat:vis-lived');
      const [told, was] = [await conversationOf('told'), await world.c.conversations.get(lived?.conversationId ?? '')];
      expect(figuresOf(await waitsOf('told'))).to.deep.equal(figuresOf(await world.c.waits.ofConversation(lived?.conversationId ?? '')));
      expect((await waitsOf('told')).map(({ state }) => state)).to.deep.equal(['answered', 'answered', 'abandoned']);
      const caseOf = ({ asks, touches, transfers, reopened, waits, firstAt }: Conversation['facts']): unknown => ({ asks, touches, transfers, reopened, waits, firstAt });
      expect(caseOf(told.facts)).to.deep.equal(was === undefined ? undefined : caseOf(was.facts));
    });

    it('opens a conversation of its own for a live mail that answers an imported one, and starts the clock there', async () => {
      await run([said('<old@posteo.example>', 0, { channel: 'email', conversation: 'answered-late', customer: { id: 'ada@posteo.example' }, subject: 'A flat tyre' }), { ...said('x', 1, { channel: 'email', conversation: 'answered-late', customer: { id: 'ada@posteo.example' } }), type: 'reopened' }]);
      await world.receive(mail('ada-1', 'It is flat again, can you help?', {
        from: 'ada@posteo.example', subject: 'Re: A flat tyre', repliesTo: ['<old@posteo.example>'],
        sender: { kind: 'email', scope: 'global', externalUserId: 'ada@posteo.example', proof: 'channel', aliases: [{ type: 'email', value: 'ada@posteo.example', proof: 'channel' }] },
      }));
      const message = await world.c.messages.get('mailbox:<ada-1@posteo.example>');
      const live = await world.c.conversations.get(message?.conversationId ?? '');
      const old = await conversationOf('answered-late', 'mailbox');
      expect(live).to.include({ waitingSince: startOfTests, customerId: old.customerId });
      expect(live?.facts.imported).to.equal(undefined);
      expect(live?.linkedTo?.conversationId).to.equal(old._id);
    });

    it('joins nobody: an address in a file only suggests', async () => {
      await world.receive(chatMessage('j-live', 'Hi', { visitor: 'vis-joined', aliases: [{ type: 'email', value: 'pia@posteo.example', proof: 'channel' }] }));
      await run([said('j1', 0, { channel: 'email', conversation: 'join', customer: { id: 'pia@posteo.example', email: 'pia@posteo.example' } })]);
      const row = await conversationOf('join', 'mailbox');
      expect(row.identityId).to.equal('email:global:pia@posteo.example');
      expect((await world.c.joins.ofCustomers([row.customerId])).map(({ state }) => state)).to.deep.equal(['suggested']);
      expect((await world.c.customers.get(row.customerId))?.joinedInto).to.equal(undefined);
    });

    it('keeps a time before 1990 or ahead of us as given, says so, and lets the time of the import count', async () => {
      const future = startOfTests + 400 * 86_400_000;
      const state = await run([said('t1', 0, { conversation: 'odd', at: '1970-01-02T00:00:00Z' }), said('t2', 0, { conversation: 'odd', at: future }), said('t3', 0, { conversation: 'odd', at: startOfTests + 5 * minute })]);
      expect(state).to.include({ added: 3, oddTimes: 2, faulty: 0 });
      expect((await messagesOf('odd')).map(({ _id, at, givenAt }) => [_id, at, givenAt])).to.deep.equal([['chat:t1', startOfTests, 86_400_000], ['chat:t2', startOfTests, future], ['chat:t3', startOfTests, undefined]]);
      expect((await waitsOf('odd'))[0]).to.include({ from: startOfTests, givenAt: 86_400_000 });
    });

    it('rests unless the last word about it is that it was taken up again', async () => {
      const event = (type: string, minutes: number, key: string): Line => ({ ...said(`${key}-${type}`, minutes, { conversation: key }), type });
      await run([said('s1', 0, { conversation: 'again' }), event('resolved', 5, 'again'), event('reopened', 9, 'again'), said('s2', 0, { conversation: 'slept' }), event('snoozed', 5, 'slept'), said('s3', 0, { conversation: 'ended' }), event('resolved', 5, 'ended')]);
      expect((await conversationOf('again')).status).to.equal('open');
      expect((await conversationOf('slept')).status).to.equal('open');
      expect(await conversationOf('ended')).to.include({ status: 'resolved', resolvedAt: begin + 5 * minute });
      expect(await world.c.conversations.list({ view: 'waiting', agentId: 'lena', limit: 10 }).then((rows) => rows.filter((row) => row.facts.imported === true))).to.deep.equal([]);
    });

    it('takes a file with a mark at its beginning, Windows line ends, empty lines and no end', async () => {
      const text = `\ufeff${JSON.stringify(said('w1', 0, { conversation: 'windows' }))}\r\n\r\n   \n${JSON.stringify(said('w2', 1, { conversation: 'windows' }))}`;
      expect(await run([], { bytes: inPieces(Buffer.from(text), 7) })).to.include({ lines: 4, added: 2, faulty: 0, bytes: Buffer.byteLength(text) });
    });

    it('lists a line that is too long with its number, also over parts, and takes those around it', async () => {
      const long = JSON.stringify(said('l2', 1, { conversation: 'long', extra: 'x'.repeat(1_100_000) }));
      const bytes = toBytes([said('l1', 0, { conversation: 'long' }), long, said('l3', 2, { conversation: 'long' })]);
      expect(await run([], { bytes: inPieces(bytes, 65_536) })).to.deep.include({ lines: 3, added: 2, faults: [{ line: 2, reason: 'this line is longer than 1 MB' }] });
      const again = toBytes([said('l4', 0, { conversation: 'long' }), long.replace('"x', '"y'), said('l5', 2, { conversation: 'long' })]);
      const first = await run([], { id: 'long', bytes: inPieces(again.subarray(0, 1_090_000), 65_536), more: true });
      const state = await run([], { id: 'long', from: first.bytes, bytes: inPieces(again.subarray(first.bytes), 65_536) });
      expect(state).to.deep.include({ lines: 3, added: 2, faults: [{ line: 2, reason: 'this line is longer than 1 MB' }], bytes: again.length });
      expect(state.skipping).to.equal(undefined);
    });

    it('refuses a file that is packed or in UTF-16, in words, and takes nothing of it', async () => {
      for (const [bytes, words] of [[[0x1f, 0x8b, 8, 0], /gzip/], [[0x50, 0x4b, 3, 4], /zip archive/], [[0xff, 0xfe, 0x7b, 0], /UTF-16/]] as const) {
        const error = await run([], { bytes: inPieces(Buffer.from([...bytes]), 2) }).catch((thrown: unknown) => thrown);
        expect(error).to.be.instanceOf(AppError);
        expect(String(error)).to.match(words);
      }
    });
  });
});
