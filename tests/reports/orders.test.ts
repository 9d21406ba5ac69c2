import { expect } from 'chai';
import fc from 'fast-check';
import type { Wait } from '../../src/inbox/model/wait.js';
import { ColumnTable } from '../../src/reports/columns/column-table.js';
import { KeptOrder } from '../../src/reports/columns/kept-order.js';
import { Scratch } from '../../src/reports/columns/scratch.js';
import { eachEngine } from '../support/engines.js';
import { asking, day, hour, minute, monday, openReportsWorld, type ReportsWorld, week } from './reports-world.js';

const groupings = ['team', 'tag', 'hour'] as const;

eachEngine((_name, open) => {
  describe('The orders that reports count from', () => {
    let world: ReportsWorld;
    beforeEach(async () => {
      world = await openReportsWorld(await open());
      await world.addPeople({ ana: ['orders'], ben: ['returns'] });
    });
    afterEach(() => world.close());

    /** Every part of the report is what an engine says that has just read all of it. */
    async function expectFresh(what: string): Promise<void> {
      const fresh = world.open();
      for (const groupBy of groupings) {
        for (const time of ['calendar', 'business'] as const) {
          const query = week({ groupBy, time, average: true });
          expect(await world.reports.report(asking(world.time.now), query), `${what}, by ${groupBy}`).to.deep.equal(await fresh.report(asking(world.time.now), query));
        }
      }
    }

    const answeredAfter = (wait: Wait, ms: number): Partial<Wait> => ({
      state: 'answered', to: wait.from + ms, answer: { messageId: `chat:a${wait.n}`, conversationId: wait.conversationId, by: 'agent', name: 'ana', agentId: 'ana', channelId: 'chat', teamId: 'orders' },
    });

    it('follow what ends, is reopened, corrected, found to be none, or becomes known late; open waits grow past the ended ones', async () => {
      const waits: Wait[] = [];
      for (let n = 0; n < 12; n += 1) waits.push(await world.wait({ from: monday + n * hour, teamId: n % 2 === 0 ? 'orders' : 'returns', tags: n % 3 === 0 ? ['refund', 'parcel'] : [], ...(n % 4 === 3 ? {} : { took: (n + 1) * 10 * minute, by: 'ana' }) }));
      const [first, second, third, opened] = waits as [Wait, Wait, Wait, Wait];
      await expectFresh('at first');
      const changes: [string, () => Promise<unknown>][] = [
        ['an open wait is answered', () => world.change(opened, answeredAfter(opened, 3 * hour))],
        ['an answer turned out not to have arrived', () => world.change(first, { state: 'open' })],
        ['it is answered after all', () => world.change(first, answeredAfter(first, 25 * minute))],
        ['an answer came earlier than was known', () => world.change(second, answeredAfter(second, 2 * minute))],
        ['a wait is longer than 49 days', () => world.change(second, answeredAfter(second, 60 * day))],
        ['and is not after all', () => world.change(second, answeredAfter(second, 7 * minute))],
        ['nobody needed an answer', () => world.change(third, { state: 'not_needed', notNeeded: { agentId: 'ben', reason: 'said thanks' } })],
        ['a wait was none', () => world.change(third, { void: true })],
        ['its beginning moves back', () => world.change(first, { ...answeredAfter(first, 25 * minute), from: first.from - 5 * minute })],
        ['it began in another week', () => world.change(first, { from: first.from - 7 * day })],
        ['one becomes known late', () => world.wait({ from: monday + minute, took: 11 * minute, by: 'ben' })],
        ['time passes', () => Promise.resolve((world.time.now += 90 * minute))],
        ['an open wait is taken back', () => world.change(waits[7] as Wait, { state: 'abandoned', to: (waits[7] as Wait).from + 4 * minute })],
      ];
      for (const [what, change] of changes) {
        await change();
        await expectFresh(what);
      }
    });

    it('follow conversations that are resolved, reopened or another person’s', async () => {
      const at = (days: number) => ({ firstAt: monday + days * day, held: { at: monday + days * day + hour, by: 'ana' }, touches: 2 });
      const mine = await world.conversation({ customerId: 'ines', facts: at(0) });
      const next = await world.conversation({ customerId: 'ines', facts: at(1) });
      const theirs = await world.conversation({ customerId: 'lea', facts: { firstAt: monday + 2 * day } });
      const { held: _, ...unsolved } = mine.facts;
      const contacts = async () => (await world.reports.report(asking(world.time.now), week())).cases.now.contactsUntilSolved;
      expect(await contacts()).to.deep.equal({ customers: 1, once: 1, median: 1 });
      const change = async (id: string, set: object): Promise<void> => {
        await world.c.conversations.change(id, {}, { set: { ...set, changeSeq: world.next() } });
        await expectFresh(JSON.stringify(set));
      };
      await change(mine._id, { facts: unsolved });
      expect(await contacts()).to.deep.equal({ customers: 1, once: 0, median: 2 });
      await change(theirs._id, { customerId: 'ines', facts: { ...theirs.facts, firstAt: monday + 12 * hour } });
      expect(await contacts()).to.deep.equal({ customers: 1, once: 0, median: 3 });
      await change(next._id, { customerId: 'lea' });
      expect(await contacts()).to.deep.equal({ customers: 1, once: 1, median: 1 });
    });

    it('follow a conversation that turns out to have begun after another one of theirs', async () => {
      const facts = (days: number) => ({ firstAt: monday + days * day, held: { at: monday + days * day + hour, by: 'ana' } });
      const mine = await world.conversation({ customerId: 'ines', facts: facts(0) });
      await world.conversation({ customerId: 'ines', facts: facts(1) });
      const contacts = async () => (await world.reports.report(asking(world.time.now), week())).cases.now.contactsUntilSolved;
      expect(await contacts()).to.deep.equal({ customers: 1, once: 1, median: 1 });
      await world.c.conversations.change(mine._id, {}, { set: { facts: { ...mine.facts, ...facts(2) }, changeSeq: world.next() } });
      // Out of order the first one would seem to be unsolved still when the other began.
      expect(await contacts()).to.deep.equal({ customers: 1, once: 1, median: 1 });
    });

    it('follow customers that are joined into one, and their parting', async () => {
      const customer = async (id: string): Promise<void> => void await world.c.customers.insert({ _id: id, name: id, nameKey: id, joined: [], firstSeenAt: 0, lastSeenAt: 0, conversationCount: 1, mood: [], facts: [], tags: [] });
      for (const id of ['ines', 'lea', 'zoe']) await customer(id);
      await world.conversation({ customerId: 'ines', facts: { firstAt: monday } });
      await world.conversation({ customerId: 'lea', facts: { firstAt: monday } });
      await world.conversation({ customerId: 'zoe', facts: { firstAt: monday + day, held: { at: monday + 2 * day, by: 'ana' } } });
      const contacts = async () => {
        await world.conversation({ customerId: 'ben' });
        world.time.now += minute;
        return (await world.reports.report(asking(world.time.now), week())).cases.now.contactsUntilSolved;
      };
      expect(await contacts()).to.deep.equal({ customers: 1, once: 1, median: 1 });
      await world.c.customers.change('zoe', { set: { joinedInto: 'ines' } });
      expect(await contacts()).to.deep.equal({ customers: 1, once: 0, median: 2 });
      await world.c.customers.change('zoe', { unset: ['joinedInto'] });
      expect(await contacts()).to.deep.equal({ customers: 1, once: 1, median: 1 });
    });

    it('hold lengths of more than 49 days exactly: with whom they lay, and why they were over', async () => {
      await world.wait({ took: 60 * day + 7, by: 'ana', teamId: 'orders', dueIn: hour });
      await world.wait({ took: hour, by: 'ana', teamId: 'orders' });
      world.time.now += 90 * day;
      const { where, breaches, groups, curve } = await world.reports.report(asking(world.time.now), week({ groupBy: 'team' }));
      const agent = 60 * day + 7 + hour;
      expect(where.find(({ by }) => by === 'agent')).to.deep.equal({ by: 'agent', ms: agent, share: 1 });
      expect(groups.map((group) => group.where?.['agent'])).to.deep.equal([agent]);
      expect([breaches, curve.at(-1)]).to.deep.equal([[{ reason: 'agent', count: 1 }], { at: 60 * day + 7, answered: 1, all: 1 }]);
    });
  });
});

describe('An order that is kept', () => {
  it('is the one that sorting everything would give, whatever was written between two looks', () => {
    const write = fc.record({ row: fc.nat({ max: 40 }), value: fc.option(fc.nat({ max: 9 }), { nil: undefined }) });
    fc.assert(fc.property(fc.array(fc.oneof({ weight: 6, arbitrary: write }, { weight: 1, arbitrary: fc.constant('look' as const) }, { weight: 1, arbitrary: fc.constant('forget' as const) }), { maxLength: 120 }), (steps) => {
      const values: (number | undefined)[] = [];
      const compare = (a: number, b: number): number => (values[a] ?? 0) - (values[b] ?? 0) || a - b;
      const order = new KeptOrder({ holds: (row) => values[row] !== undefined, compare, sort: (rows) => rows.slice().sort(compare) });
      const look = (): void => expect([...order.rows(values.length)]).to.deep.equal([...values.keys()].filter((row) => values[row] !== undefined).sort(compare)) as unknown as void;
      for (const step of steps) {
        if (step === 'look') look();
        else if (step === 'forget') order.forget();
        else {
          order.note(step.row);
          values[step.row] = step.value;
        }
      }
      look();
    }), { numRuns: 300 });
  });

  it('is sorted anew, and right, when very many rows were written', () => {
    const values = Float64Array.from({ length: 30_000 }, (_, row) => (row * 7_919) % 30_000);
    const compare = (a: number, b: number): number => (values[a] ?? 0) - (values[b] ?? 0);
    const sorts: number[] = [];
    const order = new KeptOrder({ holds: () => true, compare, sort: (rows) => {
      sorts.push(rows.length);
      return rows.slice().sort(compare);
    } });
    order.rows(values.length);
    for (let row = 0; row < 25_000; row += 1) {
      values[row] = 30_000 - row;
      order.note(row);
    }
    const rows = order.rows(values.length);
    expect(rows.every((row, at) => at === 0 || compare(rows[at - 1] ?? 0, row) <= 0)).to.equal(true);
    values[5] = -1;
    order.note(5);
    expect([order.rows(values.length)[0], sorts]).to.deep.equal([5, [30_000, 30_000, 1]]);
  });
});

describe('A table that keeps an order', () => {
  it('tells it of rows that are written and of blocks that are read', () => {
    const layout = { ms: 'length' } as const;
    const filled = (values: readonly number[]): ColumnTable<typeof layout> => {
      const table = new ColumnTable(layout);
      values.forEach((value, row) => {
        table.touch(row);
        table.setLength('ms', row, value);
      });
      return table;
    };
    const table = filled([3, 1, 2]);
    const compare = (a: number, b: number): number => table.length('ms', a) - table.length('ms', b);
    const order = table.keep(new KeptOrder({ holds: () => true, compare, sort: (rows) => rows.slice().sort(compare) }));
    expect([...order.rows(3)]).to.deep.equal([1, 2, 0]);
    table.touch(1);
    table.setLength('ms', 1, 9);
    expect([...order.rows(3)]).to.deep.equal([2, 0, 1]);
    table.unpackBlock(0, filled([5, 6, 4]).packBlock(0));
    expect([...order.rows(3)]).to.deep.equal([2, 0, 1]);
    table.unpackBlock(0, filled([5, 4, 6]).packBlock(0));
    expect([...order.rows(3)]).to.deep.equal([1, 0, 2]);
  });
});

describe('Room that is used again', () => {
  it('never gives two the same place while both are in use, also when it has run out', () => {
    const scratch = new Scratch();
    for (let round = 0; round < 3; round += 1) {
      scratch.reset();
      const kept = scratch.u32(500_000).fill(1);
      scratch.within(() => scratch.f64(600_000).fill(2));
      const more = [scratch.u8(3).fill(3), scratch.i16(5).fill(4), scratch.f64(2).fill(5), scratch.i32(900_000).fill(6), scratch.u16(7).fill(7)];
      scratch.within(() => scratch.u8(3_000_000).fill(8));
      expect([kept.every((value) => value === 1), ...more.map((array, index) => array.every((value: number) => value === index + 3))]).to.deep.equal([true, true, true, true, true, true]);
    }
    expect(scratch.bytes).to.be.within(4 * 500_000 + 8 * 600_000, 14_000_000);
    scratch.drop();
    expect([scratch.bytes, [...scratch.u8(2).fill(9)]]).to.deep.equal([0, [9, 9]]);
  });

  it('is free again after what it was taken for', () => {
    const scratch = new Scratch();
    scratch.u8(10);
    const first = scratch.within(() => scratch.u32(4).byteOffset);
    expect(scratch.u32(4).byteOffset).to.equal(first);
  });
});
