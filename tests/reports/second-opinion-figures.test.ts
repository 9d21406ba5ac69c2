import { expect } from 'chai';
import { kaplanMeierPercentiles, nearestRank, slowFigures, slowReport } from '../support/slow-report.js';
import type { SlowWait } from '../support/slow-response-times.js';

/** Worked out by hand from docs/response-times.md, §13 to §19; lengths in minutes from Monday, 5 October 2026, 10:00 UTC. */
const minute = 60_000;
const ten = Date.UTC(2026, 9, 5, 10);

function wait(length: number, more: Partial<SlowWait> & { due?: number; at?: number } = {}): SlowWait {
  const { due = 60, at = ten, ...rest } = more;
  const state = more.state ?? 'answered';
  return {
    conversation: 'c', record: 'ines', person: 'ines', channelId: 'chat', kind: 'first', from: at, ...(state === 'open' ? {} : { to: at + length * minute }), state, priority: 'normal', segments: [],
    lay: [{ by: 'agent', calendarMs: length * minute, businessMs: length * minute }], calendarMs: length * minute, businessMs: length * minute, target: { id: 'default', ms: due * minute, hours: 'calendar', dueAt: at + due * minute }, asks: [], ...rest,
  };
}

const query = { from: '2026-10-05', to: '2026-10-06', zone: 'UTC', kind: 'any' as const, time: 'calendar' as const };

describe('the second opinion on figures', () => {
  it('takes percentiles by nearest rank', () => {
    // Ten values: 50 of 100 is the 5th, 90 the 9th, 95 the 10th. Three: the 2nd, the 3rd, the 3rd.
    expect(nearestRank([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])).to.deep.equal({ p50: 5, p90: 9, p95: 10 });
    expect(nearestRank([30, 10, 20])).to.deep.equal({ p50: 20, p90: 30, p95: 30 });
    expect(nearestRank([])).to.deep.equal({});
    expect(nearestRank([7])).to.deep.equal({ p50: 7, p90: 7, p95: 7 });
  });

  it('estimates with those still waiting: each answer takes its part of those who were there', () => {
    // 10 answered of 5 there: 4/5 wait. 20 left. 30 answered of 3: 8/15 wait. 30 left, after the answer. 40 answered of 1: none waits.
    const five = [{ length: 10, answered: true }, { length: 20, answered: false }, { length: 30, answered: true }, { length: 30, answered: false }, { length: 40, answered: true }];
    expect(kaplanMeierPercentiles(five)).to.deep.equal({ p50: 40, p90: 40, p95: 40 });
    // The last one is still waiting: 7/15 were answered by 30, and nothing is known of more.
    expect(kaplanMeierPercentiles([...five.slice(0, 4), { length: 40, answered: false }])).to.deep.equal({});
    // Exactly a half is enough.
    expect(kaplanMeierPercentiles([{ length: 10, answered: true }, { length: 20, answered: false }])).to.deep.equal({ p50: 10 });
    // Without anybody left over it is the nearest rank.
    expect(kaplanMeierPercentiles([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((length) => ({ length, answered: true })))).to.deep.equal({ p50: 5, p90: 9, p95: 10 });
  });

  it('counts within, over and undecided, and what ended otherwise in time in none of them', () => {
    const waits = [wait(60), wait(61), wait(30, { state: 'open' }), wait(90, { state: 'open' }), wait(10, { state: 'not_needed' }), wait(70, { state: 'abandoned' }), wait(10, { state: 'answered_by_bot' })];
    // now: 10:30 for the first open one would be undecided; the second began at 9:30, due at 10:30.
    const figures = slowFigures([...waits.slice(0, 3), wait(90, { state: 'open', at: ten - 61 * minute }), ...waits.slice(4)], ten + 30 * minute);
    expect(figures.target).to.deep.equal({ within: 1, over: 3, undecided: 1, answeredWithin: 1, answeredOver: 1 });
    expect([figures.waits, figures.answered, figures.open, figures.notNeeded, figures.abandoned, figures.answeredByBot]).to.deep.equal([7, 2, 2, 1, 1, 1]);
  });

  it('puts each wait into the day, the hour and the cell of the zone in which it began', () => {
    // 23:30 UTC on Monday is 1:30 on Tuesday in Berlin.
    const late = wait(10, { at: Date.UTC(2026, 9, 5, 23, 30) });
    const report = slowReport([wait(20), late], { ...query, zone: 'Europe/Berlin' }, ten + 24 * 60 * minute);
    expect(report.trend.map((day) => [day.day, day.waits, day.p50])).to.deep.equal([['2026-10-05', 1, 20 * minute], ['2026-10-06', 1, 10 * minute]]);
    expect(report.trend[0]?.from).to.equal(Date.UTC(2026, 9, 4, 22));
    expect([report.heat.arrivals[0]?.[12], report.heat.arrivals[1]?.[1], report.heat.waiting[1]?.[1]]).to.deep.equal([1, 1, 10 * minute]);
    expect(slowReport([wait(20), late], { ...query, to: '2026-10-05', zone: 'Europe/Berlin' }, ten).figures.waits).to.equal(1);
  });

  it('adds up where the time went, and counts customers and not waits that are owed an answer', () => {
    const waits = [wait(30, { lay: [{ by: 'bot', calendarMs: 10 * minute, businessMs: 0 }, { by: 'agent', calendarMs: 20 * minute, businessMs: 5 * minute }] }), wait(10, { state: 'open' }), wait(20, { state: 'open', at: ten - 120 * minute, conversation: 'd' })];
    const report = slowReport(waits, query, ten + 10 * minute);
    expect(report.where).to.deep.equal([{ by: 'bot', ms: 10 * minute, share: 1 / 6 }, { by: 'agent', ms: 50 * minute, share: 5 / 6 }]);
    expect(report.owed).to.deep.equal({ customers: 1, overdue: 1, oldestSince: ten - 120 * minute });
    expect([report.between(0, 30 * minute), report.between(30 * minute, undefined)]).to.deep.equal([0, 1]);
  });
});
