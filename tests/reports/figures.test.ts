import { expect } from 'chai';
import { embeddedDatabases } from '../support/engines.js';
import { asking, day, hour, minute, monday, openReportsWorld, type ReportsWorld, week } from './reports-world.js';

describe('A report', () => {
  const databases = embeddedDatabases();
  let world: ReportsWorld;
  beforeEach(async () => {
    world = await openReportsWorld(await databases.open());
    await world.addPeople({ ana: ['orders'], ben: ['orders', 'workshop'], cleo: ['workshop'] });
  });
  afterEach(() => world.close());
  const report = (query = week(), viewer = {}) => world.reports.report(asking(world.time.now, viewer), query);

  it('counts the waits that began in its days by how they ended, and holds the open ones until now', async () => {
    await world.wait({ took: 10 * minute });
    await world.wait({ took: 20 * minute, state: 'answered_by_bot' });
    await world.wait({ took: 5 * minute, state: 'not_needed', notNeeded: { agentId: 'ben', reason: 'only said thanks' } });
    await world.wait({ took: 7 * minute, state: 'abandoned' });
    await world.wait({ from: monday + day });
    await world.wait({ took: minute, void: true, state: 'abandoned' });
    await world.wait({ from: monday - 7 * day, took: hour });
    await world.wait({ from: monday + 7 * day, took: hour });
    const { totals, notNeeded } = await report();
    expect(totals.now).to.include({ waits: 5, answered: 1, answeredByBot: 1, notNeeded: 1, abandoned: 1, open: 1 });
    expect(totals.before).to.include({ waits: 1, answered: 1 });
    expect(notNeeded).to.deep.equal([{ key: { id: 'ben', name: 'Ben' }, count: 1 }]);
  });

  it('gives percentiles of the answered and of all, in both clocks', async () => {
    for (const minutes of [10, 20, 30, 40]) await world.wait({ took: minutes * minute });
    await world.wait({ from: monday + 8 * hour - 15 * minute, took: 45 * minute });
    await world.wait({ from: monday });
    const { totals: { now } } = await report(week({ average: true }));
    expect(now.calendar.answered).to.deep.equal({ p50: 30 * minute, p90: 45 * minute, p95: 45 * minute });
    // Of six one still waits since a week: after each answer 1/6 more are done.
    expect(now.calendar.all).to.deep.equal({ p50: 30 * minute });
    expect(now.calendar.average).to.equal(29 * minute);
    // Of the 45 minutes that began at a quarter to five, fifteen were open.
    expect(now.business.answered).to.deep.equal({ p50: 20 * minute, p90: 40 * minute, p95: 40 * minute });
  });

  it('judges targets at the deadline: also waits that nobody has answered are over it', async () => {
    await world.wait({ took: hour, dueIn: hour });
    await world.wait({ took: hour + 1, dueIn: hour });
    await world.wait({ dueIn: hour });
    await world.wait({ from: monday + 6 * day, dueIn: 9 * day });
    await world.wait({ took: 2 * hour, dueIn: hour, state: 'not_needed', notNeeded: { reason: 'spam' } });
    await world.wait({ took: minute, dueIn: hour, state: 'abandoned' });
    await world.wait({ took: 9 * hour });
    const { totals, breaches } = await report();
    expect(totals.now.target).to.deep.equal({ within: 1, over: 3, undecided: 1, answeredWithin: 1, answeredOver: 1 });
    expect(breaches).to.deep.equal([{ reason: 'unassigned', count: 3 }]);
  });

  it('says where the time went, and with whom those over target lay for most of it', async () => {
    const from = monday;
    await world.wait({ took: 3 * hour, dueIn: hour, segments: [{ from, by: 'bot' }, { from: from + 30 * minute, by: 'agent', agentId: 'ana' }, { from: from + hour, by: 'snoozed', agentId: 'ana' }] });
    await world.wait({ took: hour, dueIn: 30 * minute, segments: [{ from, by: 'unassigned' }, { from: from + 40 * minute, by: 'agent', agentId: 'ben' }] });
    const { where, breaches } = await report();
    expect(Object.fromEntries(where.map(({ by, ms }) => [by, ms / minute]))).to.deep.equal({ bot: 30, unassigned: 40, agent: 50, snoozed: 120, customer: 0 });
    expect(where.find(({ by }) => by === 'snoozed')?.share).to.equal(0.5);
    expect(breaches).to.have.deep.members([{ reason: 'snoozed', count: 1 }, { reason: 'unassigned', count: 1 }]);
  });

  it('names an answer that did not arrive as the reason, once that has turned out', async () => {
    const wait = await world.wait({ took: 3 * hour, dueIn: hour, by: 'ana' });
    expect((await report()).breaches).to.deep.equal([{ reason: 'agent', count: 1 }]);
    await world.c.corrections.insert({ _id: `${wait._id}:9`, waitId: wait._id, conversationId: wait.conversationId, from: wait.from, at: monday + 8 * day, why: 'the answer was not delivered', before: { from: wait.from, state: 'answered' }, after: { from: wait.from, state: 'answered' } });
    await world.change(wait, {});
    world.time.now += 2 * day;
    const after = await report();
    expect(after.breaches).to.deep.equal([{ reason: 'undelivered', count: 1 }]);
    expect(after.corrections).to.deep.equal({ count: 1, newest: [{ at: monday + 8 * day, waitId: wait._id, conversationId: wait.conversationId, why: 'the answer was not delivered' }] });
  });

  it('owes an answer to customers, not to waits: over all channels, whenever they began, two joined records being one', async () => {
    await world.wait({ from: monday - 30 * day, customerId: 'p-one', public: true, dueIn: hour });
    await world.wait({ from: monday, customerId: 'p-one' });
    await world.wait({ from: monday + day, customerId: 'p-two', imported: true });
    await world.wait({ from: monday + day, customerId: 'p-three' });
    await world.c.customers.insert({ _id: 'p-three', name: 'Ines', nameKey: 'ines', joined: [], joinedInto: 'p-one', firstSeenAt: 0, lastSeenAt: 0, conversationCount: 1, mood: [], facts: [], tags: [] });
    expect((await report()).owed).to.deep.equal({ customers: 1, oldestSince: monday - 30 * day, inPublic: 1, overdue: 1 });
    expect((await report(week({ imported: true }))).owed.customers).to.equal(1);
    const list = await world.reports.receipts(asking(world.time.now), week(), { pick: 'owed:1', sort: 'longest', limit: 10 });
    expect([list.total, list.customers], 'the list says whose its waits are').to.deep.equal([3, 1]);
    expect(await world.reports.receipts(asking(world.time.now), week(), { pick: 'state:open', sort: 'longest', limit: 10 })).not.to.have.property('customers');
  });

  it('goes by days, each beside the day of the period before, and by weeks when it is long', async () => {
    await world.wait({ from: monday + day, took: 30 * minute, dueIn: 10 * minute });
    await world.wait({ from: monday + day - 7 * day, took: 10 * minute });
    const { trend } = await report();
    expect(trend.map((point) => [point.day, point.waits])).to.deep.equal([['2026-10-05', 0], ['2026-10-06', 1], ['2026-10-07', 0], ['2026-10-08', 0], ['2026-10-09', 0], ['2026-10-10', 0], ['2026-10-11', 0]]);
    expect(trend[1]).to.deep.include({ answered: 1, over: 1, p50: 30 * minute, before: { waits: 1, p50: 10 * minute, p90: 10 * minute, p95: 10 * minute } });
    const long = await report(week({ from: '2026-06-03', to: '2026-10-11' }));
    expect(long.trend[0]).to.include({ day: '2026-06-01', from: Date.UTC(2026, 5, 3) });
    expect(long.trend.at(-1)).to.include({ day: '2026-10-05', waits: 1 });
  });

  it('counts hours and days by the clock on the wall, also where clocks change', async () => {
    // In Berlin clocks went back on 25 October 2026: 0:30 and 1:30 in UTC are both half past two.
    for (const at of [Date.UTC(2026, 9, 24, 22, 0), Date.UTC(2026, 9, 25, 0, 30), Date.UTC(2026, 9, 25, 1, 30), Date.UTC(2026, 9, 25, 22, 59)]) await world.wait({ from: at, took: minute });
    await world.wait({ from: Date.UTC(2026, 9, 25, 23, 0), took: minute });
    const berlin = await report(week({ from: '2026-10-25', to: '2026-10-25', zone: 'Europe/Berlin', groupBy: 'hour', compare: 'none' }));
    expect(berlin.period.to - berlin.period.from).to.equal(25 * hour);
    expect(berlin.groups.map(({ key, now }) => [key.name, now.waits])).to.deep.equal([['00:00', 1], ['02:00', 2], ['23:00', 1]]);
    expect(berlin.heat.arrivals[6]?.[2]).to.equal(2);
    expect(berlin.heat.waiting[6]?.[2]).to.equal(minute);
    expect(berlin.heat.waiting[0]?.[2]).to.equal(null);
  });

  it('groups by every dimension: credit goes to who answered and the team they acted for, a wait counts in each of its tags', async () => {
    await world.wait({ took: minute, by: 'ana', teamId: 'orders', tags: ['refund', 'parcel'], language: 'de', priority: 'high', known: true });
    await world.wait({ took: minute, by: 'ben', teamId: 'orders', answerTeam: 'workshop', tags: ['parcel'] });
    await world.wait({ from: monday + day, teamId: 'orders' });
    const groups = async (groupBy: NonNullable<Parameters<typeof week>[0]>['groupBy'] & string) => (await report(week({ groupBy, compare: 'none' }))).groups.map(({ key, now }) => `${key.id} ${key.name} ${now.waits}`);
    expect(await groups('team')).to.deep.equal(['orders Team orders 2', 'workshop Team workshop 1']);
    expect(await groups('responder')).to.have.members(['ana Ana 1', 'ben Ben 1', 'none Nobody 1']);
    expect(await groups('tag')).to.deep.equal(['parcel parcel 2', 'none No tag 1', 'refund refund 1']);
    expect(await groups('language')).to.have.members(['de German 1', 'none Not known 2']);
    expect(await groups('priority')).to.deep.equal(['high High 1', 'normal Normal 2']);
    expect(await groups('channel')).to.deep.equal(['chat Shop chat 3']);
    expect(await groups('weekday')).to.deep.equal(['0 Monday 2', '1 Tuesday 1']);
    expect(await groups('customer')).to.deep.equal(['new New customers 2', 'known Known customers 1']);
  });

  it('remarks on the day that stands out, and why', async () => {
    for (const back of [0, 7, 14]) {
      for (let n = 0; n < 5; n += 1) {
        const from = monday + day - back * day + n * minute;
        await world.wait({ from, took: back === 0 ? 4 * hour : 20 * minute, by: back === 0 ? 'ana' : ['ana', 'ben', 'cleo'][n % 3] ?? 'ana', ...(back === 0 ? { segments: [{ from, by: 'unassigned' }] } : {}) });
      }
    }
    const { remark } = await report(week({ from: '2026-09-21' }));
    expect(remark).to.include({ day: '2026-10-06', value: 4 * hour, pick: 'day:2026-10-06' });
    expect(remark?.text).to.equal('Tue 6 Oct: nine of ten were answered within 4 h, on a usual day within 20 m. One person answered, on other Tuesdays 3. 100 % of the time it lay with nobody.');
  });

  it('draws the histogram and the curve from the same waits', async () => {
    for (const minutes of [1, 5, 16, 40]) await world.wait({ took: minutes * minute });
    await world.wait({ from: monday });
    const { histogram, curve } = await report();
    expect(histogram.filter(({ count }) => count > 0)).to.deep.equal([{ from: 0, to: 5 * minute, count: 1 }, { from: 5 * minute, to: 15 * minute, count: 1 }, { from: 15 * minute, to: 30 * minute, count: 1 }, { from: 30 * minute, to: hour, count: 1 }]);
    expect(curve.length).to.be.at.most(60);
    expect(curve.find(({ at }) => at === 5 * minute)).to.deep.equal({ at: 5 * minute, answered: 0.5, all: 0.4 });
    expect(curve.at(-1)?.at).to.equal(40 * minute);
    expect(curve.at(-1)?.answered).to.equal(1);
    expect(curve.at(-1)?.all).to.be.closeTo(0.8, 1e-12);
  });

  it('tells of conversations: resolved when it held for 72 hours, touches, transfers, the bot’s share, contacts until solved', async () => {
    const firstAt = monday;
    world.time.now = monday + 10 * day;
    await world.conversation({ customerId: 'p-x', status: 'resolved', shelf: 'resolved', resolvedAt: monday + day, facts: { firstAt, touches: 2, transfers: 1, reopened: 1, bot: 'handed_over', firstAssignedAt: monday + 5 * minute } });
    await world.conversation({ customerId: 'p-y', status: 'resolved', shelf: 'resolved', resolvedAt: world.time.now - 71 * hour, facts: { firstAt, touches: 4, bot: 'helped' } });
    await world.conversation({ customerId: 'p-z', status: 'open', facts: { firstAt, held: { at: monday + 2 * hour }, bot: 'silent' } });
    // Unsolved, then again after three days on another channel, and solved.
    await world.conversation({ customerId: 'p-w', facts: { firstAt } });
    await world.conversation({ customerId: 'p-w', status: 'resolved', shelf: 'resolved', resolvedAt: monday + 4 * day, facts: { firstAt: monday + 3 * day } });
    const { cases } = await report();
    expect(cases.now).to.deep.include({ conversations: 5, resolved: 3, reopened: 1, transfers: 1, bot: { helped: 1, handedOver: 1, silent: 1 }, touches: { total: 6, median: 0 }, timeToAssign: { p50: 5 * minute, p90: 5 * minute, p95: 5 * minute } });
    expect(cases.now.resolution.calendar).to.deep.equal({ p50: day, p90: day, p95: day });
    expect(cases.now.resolution.business.p50).to.equal(8 * hour);
    expect(cases.now.contactsUntilSolved).to.deep.equal({ customers: 3, once: 2, median: 1 });
  });

  it('refuses periods beyond ten years', async () => {
    const refused = await report(week({ from: '2001-01-01' })).catch((error: unknown) => error);
    expect(refused).to.have.property('code', 'bad_request');
  });
});
