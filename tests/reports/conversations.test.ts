import { expect } from 'chai';
import fc from 'fast-check';
import type { Asking, ReportQuery } from '../../src/reports/api.js';
import { createReports } from '../../src/reports/create-reports.js';
import type { CaseFigures, ConversationPage, ConversationsQuery, Reports } from '../../src/reports/shapes.js';
import { openEmbedded } from '../../src/store/embedded/engine.js';
import { embeddedDatabases } from '../support/engines.js';
import { busyHistories, live } from '../support/histories.js';
import { historySeed } from '../support/histories-seed.js';
import { World } from '../support/histories-world.js';
import { asking, day, hour, minute, monday, openReportsWorld, type ReportsWorld, week } from './reports-world.js';

type Sums = ConversationPage['sums'] & { total: number };

/** Each number of the block, and what its list has to come to. */
function numbersOf(cases: CaseFigures): [pick: string, of: keyof Sums, expected: number][] {
  const { contactsUntilSolved: contacts, bot } = cases;
  return [
    ['', 'total', cases.conversations], ['', 'reopened', cases.reopened], ['', 'transfers', cases.transfers], ['', 'touches', cases.touches.total], ['resolved:1', 'total', cases.resolved],
    ['reopened:1', 'reopened', cases.reopened], ['transfers:1', 'transfers', cases.transfers], ['answers:1', 'touches', cases.touches.total],
    ['contacts:once', 'customers', contacts.once], ['contacts:once|more', 'customers', contacts.customers],
    ['bot:helped', 'total', bot.helped], ['bot:handed_over', 'total', bot.handedOver], ['bot:silent', 'total', bot.silent], ['bot:helped|handed_over|silent', 'total', bot.helped + bot.handedOver + bot.silent],
  ];
}

/** Everything on the list, page by page, and what its first page said of all. */
async function listed(reports: Reports, who: Asking, query: ReportQuery, page: Partial<ConversationsQuery> = {}): Promise<ConversationPage> {
  const items: ConversationPage['items'] = [];
  let first: ConversationPage | undefined;
  let cursor: string | undefined;
  do {
    const next: ConversationPage = await reports.conversations(who, query, { sort: 'newest', limit: 7, ...page, ...(cursor === undefined ? {} : { cursor }) });
    first ??= next;
    items.push(...next.items);
    cursor = next.cursor;
  } while (cursor !== undefined);
  return { ...first, items };
}

function disagreements(pick: string, list: ConversationPage): string[] {
  const sum = (of: 'reopened' | 'transfers' | 'touches') => list.items.reduce((all, item) => all + item[of], 0);
  const found = { total: list.items.length, reopened: sum('reopened'), transfers: sum('transfers'), touches: sum('touches'), distinct: new Set(list.items.map(({ id }) => id)).size };
  const expected = { total: list.total, reopened: list.sums.reopened, transfers: list.sums.transfers, touches: list.sums.touches, distinct: list.total };
  return JSON.stringify(found) === JSON.stringify(expected) ? [] : [`${pick}: the items are ${JSON.stringify(found)}, but it says ${JSON.stringify(expected)}`];
}

/** Where a list does not come to the number that opens it, now and before. */
async function differences(reports: Reports, who: Asking, query: ReportQuery): Promise<string[]> {
  const { cases } = await reports.report(who, query);
  const found: string[] = [];
  for (const [figures, more] of [[cases.now, []], [cases.before, ['period:before']]] as const) {
    if (figures === undefined) continue;
    for (const [of, sum, expected] of numbersOf(figures)) {
      const pick = [of, ...more].filter((part) => part !== '').join(';');
      const list = await listed(reports, who, query, { pick });
      const got: Sums = { total: list.total, ...list.sums };
      if (got[sum] !== expected) found.push(`${pick}: ${sum} ${got[sum]}, on the page ${expected}`);
      found.push(...disagreements(pick, list));
    }
  }
  return found;
}

describe('Any number of the block Conversations', () => {
  let world: ReportsWorld;
  // Before the store is closed: columns are saved at the end.
  after(() => world.close());
  const databases = embeddedDatabases();
  const lead = { agentId: 'lea', role: 'lead' as const, teamIds: ['orders'] };
  before(async () => {
    world = await openReportsWorld(await databases.open());
    await world.addPeople({ lea: ['orders'], ana: ['orders'], ben: ['workshop'] });
    world.time.now = monday + 20 * day;
    let seed = 11;
    const random = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((seed / 2_147_483_648) * below);
    };
    for (let n = 0; n < 160; n += 1) {
      const firstAt = monday - 7 * day + random(16 * 24 * 60) * minute;
      const isResolved = random(3) > 0;
      const by = ['ana', 'ben'][random(2)] ?? 'ana';
      const bot = ([undefined, 'helped', 'handed_over', 'silent'] as const)[random(4)];
      await world.conversation({
        customerId: `p-${random(60)}`, teamId: ['orders', 'workshop'][random(2)] ?? 'orders', assigneeId: by, tags: random(3) === 0 ? ['refund'] : [],
        ...(isResolved ? { status: 'resolved' as const, shelf: 'resolved' as const, resolvedAt: firstAt + random(14 * 24) * hour } : {}),
        facts: {
          firstAt, touches: random(4), transfers: Math.max(0, random(5) - 2), reopened: Math.max(0, random(5) - 3), known: random(2) === 0, ...(bot === undefined ? {} : { bot }),
          ...(isResolved ? { resolvedBy: by } : {}), ...(random(3) === 0 ? {} : { firstAssignedAt: firstAt + random(300) * minute }), ...(random(6) === 0 ? { held: { at: firstAt + random(100) * hour, by } } : {}),
        },
      });
    }
  });

  it('opens to exactly what it says, now and before, whatever is asked and whoever asks', async () => {
    const queries: Partial<ReportQuery>[] = [{}, { time: 'business' }, { team: ['orders'] }, { responder: ['ben'] }, { tag: ['refund'] }, { customer: 'known' }, { zone: 'Pacific/Auckland', from: '2026-10-07', to: '2026-10-08' }];
    for (const query of queries) expect(await differences(world.reports, asking(world.time.now), week(query)), JSON.stringify(query)).to.deep.equal([]);
    for (const who of [lead, { agentId: 'ben', role: 'agent' as const, teamIds: ['workshop'] }]) expect(await differences(world.reports, asking(world.time.now, who), week()), who.agentId).to.deep.equal([]);
    const { now } = (await world.reports.report(asking(world.time.now), week())).cases;
    for (const [pick, of, expected] of numbersOf(now)) expect(expected, `${pick} ${of} is worth a look`).to.be.above(0);
  });

  it('opens to the very lengths that its percentiles are taken of', async () => {
    const who = asking(world.time.now);
    const { now } = (await world.reports.report(who, week())).cases;
    const nearest = (lengths: number[], share: number) => lengths.sort((a, b) => a - b)[Math.ceil(lengths.length * share) - 1];
    const resolved = (await listed(world.reports, who, week(), { pick: 'resolved:1' })).items;
    for (const [share, name] of [[0.5, 'p50'], [0.9, 'p90']] as const) {
      expect(nearest(resolved.flatMap((item) => item.resolved?.calendarMs ?? []), share)).to.equal(now.resolution.calendar[name]);
      expect(nearest(resolved.flatMap((item) => item.resolved?.businessMs ?? []), share)).to.equal(now.resolution.business[name]);
      expect(nearest((await listed(world.reports, who, week(), { pick: 'assigned:1' })).items.flatMap((item) => item.assignedMs ?? []), share)).to.equal(now.timeToAssign[name]);
    }
    expect(nearest((await listed(world.reports, who, week())).items.map((item) => item.touches), 0.5)).to.equal(now.touches.median);
  });

  it('tells of contacts as they are counted: the conversations of a customer up to the one that solved it, together and in order', async () => {
    for (const sort of ['newest', 'oldest', 'longest'] as const) {
      const { items } = await listed(world.reports, asking(world.time.now), week(), { pick: 'contacts:once|more', sort });
      const rows: string[][] = [];
      for (const item of items) {
        if (item.contacts?.place === 1) rows.push([]);
        rows.at(-1)?.push(`${item.customer.id} ${item.contacts?.place} of ${item.contacts?.of}`);
      }
      expect(rows.some((row) => row.length > 1)).to.equal(true);
      for (const row of rows) expect(row).to.deep.equal(row.map((_, at) => `${row[0]?.split(' ')[0]} ${at + 1} of ${row.length}`));
    }
    const more = await listed(world.reports, asking(world.time.now), week(), { pick: 'contacts:more' });
    expect(more.items.every((item) => (item.contacts?.of ?? 0) > 1)).to.equal(true);
  });

  it('comes in the order asked for, and what was never resolved last', async () => {
    const who = asking(world.time.now);
    const newest = (await listed(world.reports, who, week())).items.map((item) => item.firstAt);
    expect(newest).to.deep.equal([...newest].sort((a, b) => b - a));
    const oldest = (await listed(world.reports, who, week(), { sort: 'oldest' })).items.map((item) => item.firstAt);
    expect(oldest).to.deep.equal([...newest].reverse());
    const longest = (await listed(world.reports, who, week({ time: 'business' }), { sort: 'longest' })).items.map((item) => item.resolved?.businessMs ?? -1);
    expect(longest).to.deep.equal([...longest].sort((a, b) => b - a)).and.to.include(-1);
    const taken = (await listed(world.reports, who, week(), { sort: 'longest', pick: 'assigned:1' })).items.map((item) => item.assignedMs);
    expect(taken).to.deep.equal([...taken].sort((a = 0, b = 0) => b - a)).and.to.have.length.above(10);
  });

  it('names the part of a pick that is none, and refuses a cursor that is none', async () => {
    for (const part of ['resolved:0', 'state:open', 'nonsense', 'bot:asleep', 'bot:helped|helped', 'contacts:twice', 'contacts:', 'period:after', 'constructor:1']) {
      const refused = await listed(world.reports, asking(world.time.now), week(), { pick: `transfers:1;${part}` }).catch((error: unknown) => error);
      expect(refused, part).to.deep.include({ code: 'bad_request', facts: { part } });
    }
    const refused = await world.reports.conversations(asking(world.time.now), week(), { sort: 'newest', limit: 5, cursor: 'x' }).catch((error: unknown) => error);
    expect(refused).to.have.property('code', 'bad_request');
  });

  it('is cut to what the asking person may see, also by a cursor made elsewhere, and names no colleague', async () => {
    const theirs = await listed(world.reports, asking(world.time.now), week({ team: ['workshop'] }));
    const seen = await listed(world.reports, asking(world.time.now, lead), week());
    expect(theirs.total).to.be.above(0);
    expect(seen.items.filter((item) => item.teamId !== 'orders')).to.deep.equal([]);
    const boss = await world.reports.conversations(asking(world.time.now), week(), { sort: 'newest', limit: 1 });
    const crept = await world.reports.conversations(asking(world.time.now, lead), week(), { sort: 'newest', limit: 100, cursor: boss.cursor ?? '' });
    expect(crept.items.filter((item) => item.teamId !== 'orders')).to.deep.equal([]);
    expect((await listed(world.reports, asking(world.time.now, lead), week({ team: ['workshop'] }))).total).to.equal(0);
    expect((await listed(world.reports, asking(world.time.now, { ...lead, teamIds: [] }), week())).total).to.equal(0);
    const hidden = asking(world.time.now, {}, { agentsSeeOwn: true, hideNames: true });
    expect(JSON.stringify(await listed(world.reports, hidden, week()))).not.to.match(/"(ana|ben|Ana|Ben)"/);
    expect((await listed(world.reports, hidden, week({ responder: ['ben'] }))).total).to.equal(0);
    const own = await listed(world.reports, asking(world.time.now, { agentId: 'ben', role: 'agent', teamIds: ['workshop'] }), week());
    expect(own.total).to.equal((await listed(world.reports, asking(world.time.now), week({ responder: ['ben'] }))).total).and.to.be.above(0);
  });

  it('goes on where it was while more conversations come in', async () => {
    const who = asking(world.time.now);
    const before = (await listed(world.reports, who, week())).items.map(({ id }) => id);
    const first = await world.reports.conversations(who, week(), { sort: 'newest', limit: 20 });
    await world.conversation({ customerId: 'p-1', teamId: 'orders', facts: { firstAt: monday + 7 * day - 10 * hour } });
    const rest = await listed(world.reports, asking(world.time.now + minute), week(), { cursor: first.cursor ?? '', limit: 500 });
    expect([...first.items, ...rest.items].map(({ id }) => id)).to.deep.equal(before);
  });
});

describe('The conversations behind a report over lived histories', () => {
  it('come to the numbers of the report', async function () {
    this.timeout(600_000);
    const seed = historySeed('conversations over lived histories');
    const runs = Math.ceil(Number(process.env['HISTORIES'] ?? 300) / 20);
    let compared = 0;
    await fc.assert(fc.asyncProperty(busyHistories, async (history) => {
      const engine = await openEmbedded({ file: ':memory:' });
      const lived = await World.open(engine, history.rules);
      const { t } = lived;
      const reports = createReports({ c: t.c, times: t.core.times, channels: t.core.channels, clock: () => lived.now, log: { info: () => undefined, warn: () => undefined } });
      try {
        await live(lived, history);
        const dayOf = (count: number): string => new Date(history.rules.start + count * day).toISOString().slice(0, 10);
        const found = await differences(reports, asking(lived.now), { ...week(), from: dayOf(1), to: dayOf(30) });
        compared += 1;
        if (found.length > 0) throw new Error(`the lists differ:\n  ${found.join('\n  ')}\nThe story:\n  ${lived.told.join('\n  ')}`);
      } finally {
        await reports.stop();
        await t.close();
        await engine.close();
      }
    }), { seed, numRuns: runs, interruptAfterTimeLimit: 500_000, markInterruptAsFailure: true });
    expect(compared).to.be.at.least(1);
  });
});
