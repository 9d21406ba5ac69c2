import { expect } from 'chai';
import fc from 'fast-check';
import type { Wait } from '../../src/inbox/model/wait.js';
import type { ReportQuery } from '../../src/reports/api.js';
import { embeddedDatabases } from '../support/engines.js';
import { asking, day, hour, minute, monday, openReportsWorld, week } from './reports-world.js';

const facts = fc.record({
  from: fc.integer({ min: -3 * 24 * 60, max: 9 * 24 * 60 }), took: fc.option(fc.integer({ min: 0, max: 5_000 }), { nil: undefined }), by: fc.constantFrom('ana', 'ben'), teamId: fc.constantFrom('orders', 'workshop'),
  tags: fc.subarray(['refund', 'parcel', 'vip']), language: fc.constantFrom('de', 'en'), known: fc.boolean(), imported: fc.boolean(), dueIn: fc.option(fc.integer({ min: 1, max: 900 }), { nil: undefined }), priority: fc.constantFrom('normal' as const, 'high' as const),
});
const filters = fc.record({
  team: fc.subarray(['orders', 'workshop'], { minLength: 1 }), responder: fc.subarray(['ana', 'ben', 'none'], { minLength: 1 }), tag: fc.subarray(['refund', 'parcel', 'none'], { minLength: 1 }), language: fc.constant<string[]>(['de']), customer: fc.constantFrom('new' as const, 'known' as const), imported: fc.boolean(),
}, { requiredKeys: [] });

describe('Reports over any history', () => {
  const databases = embeddedDatabases();

  it('are the same from columns that followed every change as from columns read anew', async () => {
    await fc.assert(fc.asyncProperty(fc.array(facts, { minLength: 1, maxLength: 25 }), fc.array(fc.tuple(fc.nat(), facts), { maxLength: 15 }), async (waits, changes) => {
      const world = await openReportsWorld(await databases.open());
      const written: Wait[] = [];
      for (const { from, took, dueIn, ...more } of waits) written.push(await world.wait({ ...more, from: monday + from * minute, ...(took === undefined ? {} : { took: took * minute }), ...(dueIn === undefined ? {} : { dueIn: dueIn * minute }) }));
      const query = week({ groupBy: 'tag', time: 'business' });
      for (const [at, { took, teamId, tags, priority }] of changes) {
        await world.reports.report(asking(world.time.now), query);
        const wait = written[at % written.length] as Wait;
        await world.change(wait, { teamId, tags, priority, ...(took === undefined ? { state: 'open' as const } : { state: 'abandoned' as const, to: wait.from + took * minute }) });
        world.time.now += hour;
      }
      const followed = await world.reports.report(asking(world.time.now), query);
      const fresh = await world.open().report(asking(world.time.now), query);
      expect(followed).to.deep.equal(fresh);
      await world.close();
    }), { numRuns: 15 });
  });

  it('hold under filters what each filter alone would leave, in whatever order they are given', async () => {
    const world = await openReportsWorld(await databases.open());
    await fc.assert(fc.asyncProperty(fc.array(facts, { maxLength: 12 }), filters, filters, async (waits, first, second) => {
      for (const { from, took, dueIn, ...more } of waits) await world.wait({ ...more, from: monday + from * minute, ...(took === undefined ? {} : { took: took * minute }), ...(dueIn === undefined ? {} : { dueIn: dueIn * minute }) });
      const ids = async (query: Partial<ReportQuery>): Promise<Set<string>> => {
        const found = new Set<string>();
        for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
          const page = await world.reports.receipts(asking(world.time.now), week(query), { sort: 'oldest', limit: 100, ...(cursor === undefined ? {} : { cursor }) });
          for (const item of page.items) found.add(item.id);
          cursor = page.cursor;
        }
        return found;
      };
      const [one, other] = [await ids(first), await ids(second)];
      const { totals } = await world.reports.report(asking(world.time.now), week(first));
      expect(totals.now.waits).to.equal(one.size);
      const disjoint = Object.keys(first).every((key) => !(key in second));
      if (!disjoint) return;
      const both = [...one].filter((id) => other.has(id)).sort();
      expect([...await ids({ ...first, ...second })].sort()).to.deep.equal(both);
      expect([...await ids({ ...second, ...first })].sort()).to.deep.equal(both);
    }), { numRuns: 20 });
    await world.close();
  });

  it('reckon each business hour of a wait to whoever had it', async () => {
    const world = await openReportsWorld(await databases.open());
    await world.wait({ from: monday, took: 2 * day, segments: [{ from: monday, by: 'unassigned' }, { from: monday + day, by: 'agent', agentId: 'ana' }] });
    const { where, totals } = await world.reports.report(asking(world.time.now), week({ time: 'business' }));
    expect(Object.fromEntries(where.map(({ by, ms }) => [by, ms / hour]))).to.include({ unassigned: 8, agent: 8 });
    expect(totals.now.business.answered.p50).to.equal(16 * hour);
    await world.close();
  });
});
