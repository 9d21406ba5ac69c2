import { expect } from 'chai';
import fc from 'fast-check';
import { openComparing } from '../../src/compose/recompute-threads.js';
import { foldPerson, readMessages, readStories } from '../../src/inbox/clock/recompute.js';
import { recordsOf } from '../../src/inbox/clock/person.js';
import type { TimeRules } from '../../src/inbox/hours/place.js';
import type { Customer } from '../../src/inbox/model/identity.js';
import type { Wait } from '../../src/inbox/model/wait.js';
import { comparePeople } from '../../src/reports/recompute/compare-people.js';
import type { Difference } from '../../src/reports/recompute/compare-person.js';
import { type Comparing, type Progress, recomputeAll } from '../../src/reports/recompute/recompute-all.js';
import type { AllCollections } from '../../src/store/collections/collections.js';
import { openInboxStore } from '../../src/store/collections/collections.js';
import type { Engine } from '../../src/store/driver.js';
import { chatMessage, openTestCore, type TestCore } from '../support/core.js';
import { embeddedDatabases, eachEngine } from '../support/engines.js';
import { histories, live } from '../support/histories.js';
import { World } from '../support/histories-world.js';

const minute = 60_000;

async function everything(c: AllCollections, comparing: Comparing): Promise<{ progress: Progress; found: Difference[] }> {
  const found: Difference[] = [];
  const progress = await recomputeAll({ customers: c.customers, comparing, onDifference: async (_root, differences) => void found.push(...differences) });
  return { progress, found };
}

/** In this thread, and as the engine would have it (beside it, over the embedded store): both say the same. */
async function differing(engine: Engine, rules: TimeRules): Promise<{ progress: Progress; found: Difference[] }> {
  const inbox = openInboxStore(engine);
  const here = await everything(inbox.now, { compare: (people) => comparePeople({ c: inbox.now, rules }, people), atOnce: 1 });
  const comparing = await openComparing({ engine, inbox }, rules);
  try {
    const beside = await everything(inbox.now, comparing);
    expect(beside).to.deep.equal(here);
    return beside;
  } finally {
    await comparing.close();
  }
}

eachEngine((_name, open) => {
  describe('Recomputing everything', () => {
    let engine: Engine;
    let t: TestCore;
    let answered: Wait;
    let running: Wait;
    let thanked: Wait;
    beforeEach(async () => {
      engine = await open();
      t = await openTestCore(engine);
      await t.addTeam('orders');
      await t.addChannel({ _id: 'chat', kind: 'webchat', name: 'Web chat', teamId: 'orders' });
      const lena = await t.addAgent({ _id: 'lena', role: 'administrator', teamIds: ['orders'], presence: 'away' });
      for (const who of ['ines', 'tomas', 'ada']) await t.receive(chatMessage(`${who}-1`, 'Where is my parcel?', { visitor: who, receivedAt: t.time.now += minute }));
      const [ofInes, ofTomas, ofAda] = await t.c.conversations.changedAfter(0, 10);
      if (ofInes === undefined || ofTomas === undefined || ofAda === undefined) throw new Error('three wrote');
      t.time.now += 5 * minute;
      await t.receive({ ...chatMessage('ines-2', 'It is on its way.', { visitor: 'ines', receivedAt: t.time.now }), direction: 'out' });
      await t.receive(chatMessage('tomas-2', 'Hello?', { visitor: 'tomas', receivedAt: t.time.now }));
      await t.actions.noAnswerNeeded(lena, ofAda._id, 'only said thanks');
      const [first, second, third] = await Promise.all([ofInes, ofTomas, ofAda].map(async ({ _id }) => (await t.c.waits.ofConversation(_id))[0]));
      if (first?.state !== 'answered' || second?.state !== 'open' || third?.state !== 'not_needed') throw new Error(`it went otherwise: ${first?.state}, ${second?.state}, ${third?.state}`);
      [answered, running, thanked] = [first, second, third];
    });
    afterEach(() => t.close());

    it('finds nothing where all is as the messages say, and counts what it looked at', async () => {
      const messages = await Promise.all([answered, running, thanked].map(async ({ conversationId }) => (await t.c.messages.page(conversationId, { limit: 100 })).length));
      expect(await differing(engine, t.core.times())).to.deep.equal({ progress: { customers: 3, messages: messages.reduce((sum, n) => sum + n, 0), waits: 3, different: 0 }, found: [] });
    });

    const planted: [string, () => Wait, (wait: Wait) => Partial<Wait>, string[]][] = [
      ['when it began', () => running, (wait) => ({ from: wait.from + 1 }), ['from']],
      ['when it ended', () => answered, (wait) => ({ to: (wait.to ?? 0) - 1 }), ['to']],
      ['how it ended', () => answered, () => ({ state: 'answered_by_bot' }), ['state']],
      ['which of the conversation it was', () => answered, () => ({ kind: 'next' }), ['kind']],
      ['who answered', () => answered, (wait) => ({ ...(wait.answer === undefined ? {} : { answer: { ...wait.answer, name: 'Somebody else' } }) }), ['answer']],
      ['why no answer was needed', () => thanked, () => ({ notNeeded: { reason: 'spam' } }), ['notNeeded']],
      ['with whom it lay', () => running, (wait) => ({ segments: [...wait.segments, { from: wait.from + 1, by: 'agent', agentId: 'lena' }] }), ['segments']],
      ['with which team it lay', () => running, (wait) => ({ segments: wait.segments.map((segment) => ({ ...segment, teamId: 'workshop' })) }), ['segments']],
      ['how long it was in open hours', () => answered, (wait) => ({ businessMs: (wait.businessMs ?? 0) + 1 }), ['businessMs']],
      ['who asked in it', () => running, (wait) => ({ asks: wait.asks.map((ask) => ({ ...ask, at: ask.at + 1 })) }), ['asks']],
      ['what time was not believed', () => running, () => ({ givenAt: 12 }), ['givenAt']],
      ['whether it was one', () => answered, () => ({ void: true }), ['void']],
    ];
    for (const [what, wait, change, fields] of planted) {
      it(`names what is kept otherwise: ${what}`, async () => {
        await t.c.waits.change(wait()._id, { set: change(wait()) });
        const { progress, found } = await differing(engine, t.core.times());
        expect(found.map(({ waitId, field }) => [waitId, field])).to.deep.equal(fields.map((field) => [wait()._id, field]));
        expect(progress.different).to.equal(1);
      });
    }

    it('names a wait that nobody kept, and one that no message tells of', async () => {
      await t.c.waits.insert({ ...answered, _id: 'chat:never-said', n: 99 });
      await engine.durable.collection<Wait>({ name: 'waits', indexes: [] }).delete({ _id: running._id });
      const { found, progress } = await differing(engine, t.core.times());
      expect(found).to.have.deep.members([
        { waitId: 'chat:never-said', conversationId: answered.conversationId, field: 'wait', kept: 'answered', facts: 'none' },
        { waitId: running._id, conversationId: running.conversationId, field: 'wait', kept: 'none', facts: 'open' },
      ]);
      expect(progress.different).to.equal(2);
    });
  });
});

describe('Recomputing everything beside the embedded store', () => {
  const databases = embeddedDatabases();

  it('ends with the reason when a thread can not read, and leaves nobody waiting', async () => {
    const engine = await databases.open();
    const t = await openTestCore(engine);
    await t.addChannel({ _id: 'chat', kind: 'webchat', name: 'Web chat' });
    await t.receive(chatMessage('1', 'Where is my parcel?', { receivedAt: t.time.now }));
    const inbox = openInboxStore(engine);
    const comparing = await openComparing({ engine: { ...engine, kind: 'embedded', file: `${databases.fileOf('nowhere')}/missing` } as never, inbox }, t.core.times());
    const ended = await everything(inbox.now, comparing).then(() => 'it ended well', (error: unknown) => (error as Error).message);
    expect(ended).to.match(/a thread that recomputes failed: .*missing/u);
    await comparing.close();
    await t.close();
  });

  it('over lived histories: what is read narrowly tells the same as whole messages do, and nothing kept differs', async function () {
    this.timeout(120_000);
    await fc.assert(fc.asyncProperty(histories, async (history) => {
      const engine = await databases.open();
      const world = await World.open(engine, history.rules);
      try {
        await live(world, history);
        const rules = world.t.core.times();
        expect((await differing(engine, rules)).found).to.deep.equal([]);
        for (const root of await world.t.c.customers.page({ limit: 100 })) {
          const given = { rules, customerTags: root.tags };
          expect(foldPerson(await readStories({ c: world.t.c }, root), given)).to.deep.equal(foldPerson(await wholeStories(world.t.c, root), given));
        }
      } finally {
        await world.t.close();
        await engine.close();
      }
    }), { numRuns: 12, seed: 1380405933, endOnFailure: true });
  });

  it('reads a long conversation in order, page by page', async () => {
    const engine = await databases.open();
    const t = await openTestCore(engine);
    await t.addChannel({ _id: 'chat', kind: 'webchat', name: 'Web chat' });
    await t.receive(chatMessage('1', 'Where is my parcel?', { receivedAt: t.time.now }));
    const [row] = await t.c.conversations.changedAfter(0, 10);
    const [first] = row === undefined ? [] : await t.c.messages.page(row._id, { limit: 1 });
    if (row === undefined || first === undefined) throw new Error('nothing was said');
    for (let seq = 100; seq < 1_300; seq += 1) await t.c.messages.insert({ ...first, _id: `chat:more-${seq}`, seq });
    const read = await readMessages({ c: t.c }, row._id, ['_id', 'seq']);
    expect(read.map(({ seq }) => seq)).to.deep.equal(read.map(({ seq }) => seq).sort((a, b) => a - b));
    expect(read).to.have.length.greaterThan(1_200);
    await t.close();
  });
});

async function wholeStories(c: AllCollections, root: Customer) {
  const rows = await c.conversations.ofCustomers(recordsOf(root), 1_000);
  return Promise.all(rows.map(async (row) => ({ row, messages: await c.messages.page(row._id, { after: 0, limit: 1_000 }) })));
}
