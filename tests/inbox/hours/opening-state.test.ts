import { expect } from 'chai';
import fc from 'fast-check';
import { instantOf, isTimeZone, wallTimeAt } from '../../../src/inbox/hours/local-time.js';
import { openingState as stateOf, type OpeningState } from '../../../src/inbox/hours/opening-state.js';
import type { BusinessHours } from '../../../src/inbox/model/people.js';
import { calendar } from './calendars.js';

const clock = (text: string): number => {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return hours * 60 + minutes;
};
const block = (day: number, from: string, to: string): BusinessHours['blocks'][number] => ({ day, from: clock(from), to: clock(to) });
const weekdays = [0, 1, 2, 3, 4].flatMap((day) => [block(day, '09:00', '12:00'), block(day, '13:00', '18:00')]);
const berlin: BusinessHours = { timeZone: 'Europe/Berlin', blocks: weekdays };

const openingState = (hours: BusinessHours, now: number): OpeningState => stateOf([calendar(hours)], {}, now);

/** An instant from a wall time with its offset, e.g. "2026-11-16T10:00+01:00". */
const at = (text: string): number => Date.parse(text);
const shown = (state: OpeningState): object => ({
  openNow: state.openNow,
  ...(state.opensAt === undefined ? {} : { opensAt: new Date(state.opensAt).toISOString() }),
  ...(state.closesAt === undefined ? {} : { closesAt: new Date(state.closesAt).toISOString() }),
});

const states: [string, BusinessHours, string, object][] = [
  ['open in the morning until noon', berlin, '2026-11-16T10:00+01:00', { openNow: true, closesAt: '2026-11-16T11:00:00.000Z' }],
  ['closed at lunch, open at one', berlin, '2026-11-16T12:00+01:00', { openNow: false, opensAt: '2026-11-16T12:00:00.000Z' }],
  ['open from the first minute', berlin, '2026-11-16T13:00+01:00', { openNow: true, closesAt: '2026-11-16T17:00:00.000Z' }],
  ['closed from the last minute', berlin, '2026-11-16T18:00+01:00', { openNow: false, opensAt: '2026-11-17T08:00:00.000Z' }],
  ['closed at the weekend, open on Monday', berlin, '2026-11-21T10:00+01:00', { openNow: false, opensAt: '2026-11-23T08:00:00.000Z' }],
  ['closed early in the morning', berlin, '2026-11-16T03:00+01:00', { openNow: false, opensAt: '2026-11-16T08:00:00.000Z' }],
  ['never open without blocks', { timeZone: 'Europe/Berlin', blocks: [] }, '2026-11-16T10:00+01:00', { openNow: false }],
  ['never open with blocks that end before they begin', { timeZone: 'Europe/Berlin', blocks: [block(0, '18:00', '09:00')] }, '2026-11-16T10:00+01:00', { openNow: false }],
  ['open past midnight when blocks touch', { timeZone: 'Europe/Berlin', blocks: [block(4, '20:00', '24:00'), block(5, '00:00', '02:00')] }, '2026-11-20T23:30+01:00', { openNow: true, closesAt: '2026-11-21T01:00:00.000Z' }],
  ['open on Monday after midnight from Sunday’s block', { timeZone: 'Europe/Berlin', blocks: [block(6, '22:00', '24:00'), block(0, '00:00', '03:00')] }, '2026-11-16T01:00+01:00', { openNow: true, closesAt: '2026-11-16T02:00:00.000Z' }],
  ['open for the longer of two blocks that overlap', { timeZone: 'Europe/Berlin', blocks: [block(0, '09:00', '17:00'), block(0, '10:00', '12:00')] }, '2026-11-16T11:00+01:00', { openNow: true, closesAt: '2026-11-16T16:00:00.000Z' }],
  ['open for ever when it never closes', { timeZone: 'Europe/Berlin', blocks: [0, 1, 2, 3, 4, 5, 6].map((day) => block(day, '00:00', '24:00')) }, '2026-11-16T11:00+01:00', { openNow: true }],
  ['open a week later when only this block of the week has just ended', { timeZone: 'Europe/Berlin', blocks: [block(0, '09:00', '10:00')] }, '2026-11-16T10:00+01:00', { openNow: false, opensAt: '2026-11-23T08:00:00.000Z' }],
  // clocks go forward on 29 March 2026, 02:00 → 03:00
  ['open at nine by the new clock on the day the clocks go forward', { timeZone: 'Europe/Berlin', blocks: [block(6, '09:00', '12:00')] }, '2026-03-29T00:00Z', { openNow: false, opensAt: '2026-03-29T07:00:00.000Z' }],
  ['open from the jump when the block begins in the hour that is left out', { timeZone: 'Europe/Berlin', blocks: [block(6, '02:30', '05:00')] }, '2026-03-29T00:30Z', { openNow: false, opensAt: '2026-03-29T01:00:00.000Z' }],
  ['closed when the whole block falls into the hour that is left out', { timeZone: 'Europe/Berlin', blocks: [block(6, '02:10', '02:50')] }, '2026-03-29T00:30Z', { openNow: false, opensAt: '2026-04-05T00:10:00.000Z' }],
  // clocks go back on 25 October 2026, 03:00 → 02:00
  ['open at nine by the new clock on the day the clocks go back', { timeZone: 'Europe/Berlin', blocks: [block(6, '09:00', '12:00')] }, '2026-10-25T00:00Z', { openNow: false, opensAt: '2026-10-25T08:00:00.000Z' }],
  ['open until the second half past two when the hour comes twice', { timeZone: 'Europe/Berlin', blocks: [block(6, '01:00', '02:30')] }, '2026-10-25T00:15Z', { openNow: true, closesAt: '2026-10-25T01:30:00.000Z' }],
  ['open from the first two o’clock when the hour comes twice', { timeZone: 'Europe/Berlin', blocks: [block(6, '02:00', '04:00')] }, '2026-10-24T23:30Z', { openNow: false, opensAt: '2026-10-25T00:00:00.000Z' }],
  ['right in a zone with a half hour', { timeZone: 'Asia/Kolkata', blocks: [block(0, '09:00', '17:00')] }, '2026-11-16T03:00Z', { openNow: false, opensAt: '2026-11-16T03:30:00.000Z' }],
  ['right where clocks change by half an hour', { timeZone: 'Australia/Lord_Howe', blocks: [block(6, '02:00', '06:00')] }, '2026-10-03T15:00Z', { openNow: false, opensAt: '2026-10-03T15:30:00.000Z' }],
];

describe('Opening hours', () => {
  for (const [name, hours, now, expected] of states) {
    it(`are ${name}`, () => {
      expect(shown(openingState(hours, at(now)))).to.deep.equal(expected);
    });
  }

  it('are open exactly when the wall clock stands in a block, on any day but those when the clock changes', () => {
    const blocks = fc.array(fc.record({ day: fc.integer({ min: 0, max: 6 }), from: fc.integer({ min: 0, max: 1439 }), length: fc.integer({ min: 1, max: 700 }) }), { maxLength: 6 })
      .map((list) => list.map(({ day, from, length }) => ({ day, from, to: Math.min(1440, from + length) })));
    const june = Date.UTC(2026, 5, 1);
    fc.assert(fc.property(blocks, fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Chatham', 'UTC'), fc.integer({ min: 0, max: 30 * 1440 }), (list, timeZone, minutes) => {
      const now = june + minutes * 60_000;
      const parts = Object.fromEntries(new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).formatToParts(now).map((part) => [part.type, part.value]));
      const weekday = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(parts['weekday'] ?? '');
      const minute = Number(parts['hour']) * 60 + Number(parts['minute']);
      const state = openingState({ timeZone, blocks: list }, now);
      expect(state.openNow).to.equal(list.some((each) => each.day === weekday && each.from <= minute && minute < each.to));
      if (state.opensAt !== undefined) expect(openingState({ timeZone, blocks: list }, state.opensAt).openNow).to.equal(true);
      if (state.opensAt !== undefined) expect(openingState({ timeZone, blocks: list }, state.opensAt - 60_000).openNow).to.equal(false);
      if (state.closesAt !== undefined) expect(openingState({ timeZone, blocks: list }, state.closesAt).openNow).to.equal(false);
      if (!state.openNow && list.length > 0) expect(state.opensAt).to.be.greaterThan(now);
    }), { numRuns: 300 });
  });

  it('turn any instant into a wall time and back, through every change of the clock of two years', () => {
    const from = Date.UTC(2026, 0, 1);
    fc.assert(fc.property(fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Casablanca', 'America/Santiago'), fc.integer({ min: 0, max: 2 * 365 * 1440 }), (zone, minutes) => {
      const instant = from + minutes * 60_000;
      const wall = wallTimeAt(instant, zone);
      expect([instantOf(wall, zone, 'first'), instantOf(wall, zone, 'last')]).to.include(instant);
    }), { numRuns: 1_000 });
  });

  it('know a zone from something that is none', () => {
    expect([isTimeZone('Europe/Berlin'), isTimeZone('UTC'), isTimeZone('Mars/Base'), isTimeZone(''), isTimeZone('../etc')]).to.deep.equal([true, true, false, false, false]);
  });
});
