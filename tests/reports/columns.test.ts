import { expect } from 'chai';
import type { Wait } from '../../src/inbox/model/wait.js';
import { Follower } from '../../src/reports/columns/follower.js';
import { ColumnTable, rowsPerBlock } from '../../src/reports/columns/column-table.js';
import { eachEngine } from '../support/engines.js';
import { asking, day, hour, minute, monday, openReportsWorld, type ReportsWorld, week } from './reports-world.js';

eachEngine((_name, open) => {
  describe("The columns of reports", () => {
    let world: ReportsWorld;
    beforeEach(async () => {
      world = await openReportsWorld(await open());
    });
    afterEach(() => world.close());
    const totals = async (reports = world.reports) => (await reports.report(asking(world.time.now), week())).totals.now;

    it('know of every change that was written before the report was asked for', async () => {
      const wait = await world.wait({});
      expect(await totals()).to.include({ waits: 1, open: 1 });
      await world.change(wait, { state: 'answered', to: monday + 5 * minute, answer: { messageId: 'chat:a', conversationId: wait.conversationId, by: 'agent', name: 'Ana', agentId: 'ana', channelId: 'chat' } });
      await world.wait({ took: 7 * minute });
      const after = await totals();
      expect(after).to.include({ waits: 2, answered: 2, open: 0 });
      expect(after.calendar.answered.p95).to.equal(7 * minute);
      await world.change(wait, { void: true, state: 'abandoned' });
      expect(await totals()).to.include({ waits: 1, abandoned: 0 });
    });

    it('find a change that took its number before others and was written after them', async () => {
      const late = world.next();
      await world.wait({ took: minute });
      expect((await totals()).waits).to.equal(1);
      await world.wait({ took: minute, changeSeq: late });
      expect((await totals()).waits).to.equal(2);
    });

    it('start from saved blocks with the same figures, and catch up with what changed since', async () => {
      const first = await world.wait({ teamId: 'orders', tags: ['refund'] });
      await world.wait({ took: 90 * day, by: 'outside', language: 'de' });
      await world.conversation({ facts: { touches: 3 } });
      const before = await world.reports.report(asking(world.time.now), week({ groupBy: 'tag' }));
      await world.reports.stop();
      expect((await world.c.columnBlocks.get('head'))?.version).to.be.a('number');

      world.time.now += hour;
      const again = world.open();
      const same = await again.report(asking(before.now), week({ groupBy: 'tag' }));
      expect(same).to.deep.equal(before);
      const later = await again.report(asking(world.time.now), week());
      expect(later.where.find(({ by }) => by === 'unassigned')?.ms).to.equal((before.where.find(({ by }) => by === 'unassigned')?.ms ?? 0) + hour);

      await again.stop();
      await world.change(first, { state: 'abandoned', to: monday + hour });
      expect(await totals(world.open())).to.include({ waits: 2, abandoned: 1, open: 0 });
    });

    it('throw blocks away that know more than the store: a backup was restored', async () => {
      await world.wait({ took: minute });
      await totals();
      await world.reports.stop();
      const head = await world.c.columnBlocks.get('head');
      if (head === undefined) throw new Error('nothing was saved');
      await world.c.columnBlocks.put({ ...head, facts: { ...head.facts, waits: 1_000_000 } });
      expect((await totals(world.open())).waits).to.equal(1);
      await world.wait({ took: minute });
      expect((await totals()).waits).to.equal(2);
    });

    it('read everything anew when a block is missing', async () => {
      await world.wait({ took: minute });
      await totals();
      await world.reports.stop();
      const block = await world.c.columnBlocks.get('waits:0');
      if (block === undefined) throw new Error('nothing was saved');
      await world.c.columnBlocks.put({ ...block, data: block.data.slice(0, 400) });
      expect((await totals(world.open())).waits).to.equal(1);
    });
  });
});

describe('A table of columns', () => {
  it('keeps lengths of years exactly, over packing and unpacking', () => {
    const table = new ColumnTable({ at: 'f64', ms: 'length', code: 'u32', flags: 'u8' });
    const row = rowsPerBlock + 5;
    table.touch(row);
    table.at.at[row] = 1.5;
    table.setLength('ms', row, 700 * day);
    table.touch(3);
    table.setLength('ms', 3, 12);
    const copy = new ColumnTable({ at: 'f64', ms: 'length', code: 'u32', flags: 'u8' });
    for (const block of table.dirty) expect(copy.unpackBlock(block, table.packBlock(block))).to.equal(true);
    expect([copy.length('ms', row), copy.length('ms', 3), copy.at.at[row]]).to.deep.equal([700 * day, 12, 1.5]);
    table.setLength('ms', row, 7);
    expect([...table.lengths('ms', Uint32Array.from([3, row]))]).to.deep.equal([12, 7]);
  });
});

describe('Following changes', () => {
  it('takes rows of one number that lie on both sides of a page', async () => {
    const rows = Array.from({ length: 450 }, (_, n) => ({ _id: `w${n}`, changeSeq: Math.floor(n / 3) + 1 }));
    const taken = new Set<string>();
    const follower = new Follower({
      changedAfter: (changeSeq: number, limit: number) => Promise.resolve(rows.filter((row) => row.changeSeq > changeSeq).slice(0, limit)),
      withChanges: () => Promise.resolve([]),
    }, { clock: () => 0, take: (page: Pick<Wait, '_id' | 'changeSeq'>[]) => {
      for (const row of page) taken.add(row._id);
      return Promise.resolve();
    } });
    await follower.catchUp();
    expect(taken.size).to.equal(450);
    expect(follower.newest).to.equal(150);
  });
});
