import { expect } from 'chai';
import type { ReportQuery } from '../../src/reports/api.js';
import { embeddedDatabases } from '../support/engines.js';
import { asking, day, hour, minute, monday, openReportsWorld, type ReportsWorld, week } from './reports-world.js';

describe('Any number of a report', () => {
  let world: ReportsWorld;
  // Before the store is closed: columns are saved at the end.
  after(() => world.close());
  const databases = embeddedDatabases();
  before(async () => {
    world = await openReportsWorld(await databases.open());
    await world.addPeople({ ana: ['orders'], ben: ['workshop'] });
    // A made-up fortnight, the same each time.
    let seed = 7;
    const random = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((seed / 2_147_483_648) * below);
    };
    for (let n = 0; n < 300; n += 1) {
      const from = monday - 7 * day + random(14 * 24 * 60) * minute;
      const state = (['answered', 'answered', 'answered', 'open', 'not_needed', 'abandoned', 'answered_by_bot'] as const)[random(7)] ?? 'open';
      const by = ['ana', 'ben'][random(2)] ?? 'ana';
      const teamId = ['orders', 'workshop'][random(2)] ?? 'orders';
      const holder = (['bot', 'unassigned', 'agent', 'snoozed'] as const)[random(4)] ?? 'bot';
      await world.wait({
        from, state, teamId, tags: [['refund'], ['refund', 'parcel'], []][random(3)] ?? [], kind: random(2) === 0 ? 'first' : 'next', known: random(2) === 0, ...(random(4) === 0 ? {} : { dueIn: (1 + random(8)) * hour }),
        ...(state === 'open' ? {} : { took: random(600) * minute, by }), ...(state === 'not_needed' ? { notNeeded: { agentId: by, reason: 'thanks' } } : {}),
        segments: [{ from, by: holder, agentId: by, teamId }, { from: from + 2 * hour, by: 'agent', agentId: by, teamId }],
      });
    }
  });

  const total = async (query: ReportQuery, pick: string): Promise<number> => (await world.reports.receipts(asking(world.time.now), query, { pick, sort: 'longest', limit: 1 })).total;

  for (const time of ['calendar', 'business'] as const) {
    it(`opens to exactly as many waits as it says, in ${time} time`, async () => {
      const query = week({ time, groupBy: 'tag' });
      const report = await world.reports.report(asking(world.time.now), query);
      const { now, before } = report.totals;
      const expected: [string, number][] = [
        ['', now.waits], ['state:answered', now.answered], ['state:open', now.open], ['state:not_needed|abandoned', now.notNeeded + now.abandoned], ['period:before', before?.waits ?? -1],
        ['target:within', now.target.within], ['target:over', now.target.over], ['target:undecided', now.target.undecided], ['target:over;state:answered', now.target.answeredOver],
        ...report.trend.map(({ day: name, waits }): [string, number] => [`day:${name}`, waits]), ...report.trend.map(({ day: name, over }): [string, number] => [`day:${name};target:over`, over]),
        ...report.heat.arrivals.flatMap((hours, weekday) => hours.map((count, at): [string, number] => [`cell:${weekday}-${at}`, count])),
        ...report.histogram.map(({ from, to, count }): [string, number] => [`bin:${from}-${to ?? ''}`, count]), ...report.breaches.map(({ reason, count }): [string, number] => [`breach:${reason}`, count]),
        ...report.notNeeded.map(({ key, count }): [string, number] => [`not_needed_by:${key.id}`, count]), ...report.groups.map(({ key, now: { waits } }): [string, number] => [`group:${key.id}`, waits]),
        ['week:2026-10-05', now.waits], ['corrected:1', report.corrections.count],
      ];
      for (const [pick, count] of expected) expect(await total(query, pick), pick).to.equal(count);
      const byHolder = await Promise.all(['bot', 'unassigned', 'agent', 'snoozed', 'customer'].map((by) => total(query, `by:${by}`)));
      expect(byHolder.reduce((sum, count) => sum + count, 0)).to.equal(now.waits);
      expect(await total(query, 'waited:0-3600000') + await total(query, 'waited:3600000-')).to.equal(now.waits);
      const owed = await world.reports.receipts(asking(world.time.now), query, { pick: 'owed:1', sort: 'longest', limit: 1 });
      expect(owed.customers, 'the number on the page is of customers').to.equal(report.owed.customers);
      expect(await total(query, 'owed:1')).to.equal((await world.reports.report(asking(world.time.now), week({ from: '2026-09-01' }))).totals.now.open);
    });
  }

  for (const groupBy of ['team', 'responder', 'channel', 'language', 'priority', 'hour', 'weekday', 'customer'] as const) {
    it(`sums up over the groups by ${groupBy}`, async () => {
      const query = week({ groupBy });
      const { totals, groups } = await world.reports.report(asking(world.time.now), query);
      const sum = (value: (figures: typeof totals.now) => number) => groups.reduce((all, { now }) => all + value(now), 0);
      for (const value of [(f: typeof totals.now) => f.waits, (f: typeof totals.now) => f.answered, (f: typeof totals.now) => f.open, (f: typeof totals.now) => f.target.over]) expect(sum(value)).to.equal(value(totals.now));
      for (const { key, now } of groups) expect(await total(query, `group:${key.id}`), key.id).to.equal(now.waits);
    });
  }

  it('pages through its waits without doubles or gaps, in each order, also while open ones grow', async () => {
    for (const sort of ['longest', 'newest', 'oldest'] as const) {
      const seen: string[] = [];
      const lengths: number[] = [];
      let cursor: string | undefined;
      do {
        const page = await world.reports.receipts(asking(world.time.now), week(), { sort, limit: 17, ...(cursor === undefined ? {} : { cursor }) });
        seen.push(...page.items.map((item) => item.id));
        lengths.push(...page.items.map((item) => (sort === 'longest' ? -item.calendarMs : sort === 'newest' ? -item.from : item.from)));
        cursor = page.cursor;
        world.time.now += minute;
      } while (cursor !== undefined);
      expect(new Set(seen).size).to.equal(seen.length);
      expect(seen.length).to.equal(await total(week(), ''));
      if (sort !== 'longest') expect(lengths).to.deep.equal([...lengths].sort((a, b) => a - b));
    }
  });

  it('is refused when it is none of ours', async () => {
    for (const pick of ['state:sleeping', 'nonsense', 'cell:9-1', 'day:2026-13-40', 'constructor:1', 'bin:x-']) {
      const refused = await total(week(), pick).catch((error: unknown) => error);
      expect(refused, pick).to.have.property('code', 'bad_request');
    }
    for (const cursor of ['x', Buffer.from('[1,2,3]').toString('base64url'), Buffer.from('{}').toString('base64url')]) {
      const refused = await world.reports.receipts(asking(world.time.now), week(), { sort: 'longest', limit: 5, cursor }).catch((error: unknown) => error);
      expect(refused).to.have.property('code', 'bad_request');
    }
  });
});
