import { expect } from 'chai';
import fc from 'fast-check';
import { afterOpenMs, openMsBetween, openSpans } from '../../../src/inbox/hours/open-time.js';
import type { Place } from '../../../src/inbox/hours/place.js';
import type { Calendar, CalendarVersion } from '../../../src/inbox/model/calendar.js';
import { afterOpen, openMs, openStretches } from '../../support/slow-hours.js';
import { calendar, everyDay, on, version, weekdays } from './calendars.js';

const hourMs = 3_600_000;
const span = (from: string, to: string) => ({ from: Date.parse(from), to: Date.parse(to) });
const hours = (calendars: readonly Calendar[], from: string, to: string, place: Place = {}): number => openMsBetween(calendars, place, span(from, to)) / hourMs;
const nights = (timeZone: string): Calendar[] => [calendar({ timeZone, blocks: on([5], '22:00-30:00') })];

describe('Open time', () => {
  const berlin = [calendar({ timeZone: 'Europe/Berlin', blocks: on(weekdays, '09:00-12:00', '13:00-18:00') })];
  const counted: [string, readonly Calendar[], string, string, number][] = [
    ['leaves out the lunch break', berlin, '2026-11-16T10:00+01:00', '2026-11-16T15:00+01:00', 4],
    ['leaves out nights', berlin, '2026-11-16T17:00+01:00', '2026-11-17T10:00+01:00', 2],
    ['leaves out the weekend', berlin, '2026-11-20T17:00+01:00', '2026-11-23T10:00+01:00', 2],
    ['is nothing for a span without length', berlin, '2026-11-16T10:00+01:00', '2026-11-16T10:00+01:00', 0],
    ['is nothing for a span that ends before it begins', berlin, '2026-11-16T15:00+01:00', '2026-11-16T10:00+01:00', 0],
    ['counts a whole year', berlin, '2025-01-01T00:00+01:00', '2026-01-01T00:00+01:00', 261 * 8],
    ['counts once where blocks overlap or touch', [calendar({ timeZone: 'UTC', blocks: on([0], '09:00-12:00', '11:00-13:00', '13:00-14:00', '10:00-11:00') })], '2026-11-16T00:00Z', '2026-11-17T00:00Z', 5],
    ['runs on over midnight into the next day', [calendar({ timeZone: 'UTC', blocks: on([6], '22:00-26:00') })], '2026-11-15T23:00Z', '2026-11-16T05:00Z', 3],
    // clocks go forward: a night from 22:00 to 06:00 is an hour shorter
    ['is an hour less in Berlin’s night when clocks go forward', nights('Europe/Berlin'), '2026-03-28T12:00Z', '2026-03-29T12:00Z', 7],
    ['is an hour less in New York’s night when clocks go forward', nights('America/New_York'), '2026-03-07T12:00Z', '2026-03-08T18:00Z', 7],
    ['is half an hour less on Lord Howe when clocks go forward', nights('Australia/Lord_Howe'), '2026-10-03T00:00Z', '2026-10-04T06:00Z', 7.5],
    // clocks go back: it is an hour longer
    ['is an hour more in Berlin’s night when clocks go back', nights('Europe/Berlin'), '2026-10-24T12:00Z', '2026-10-25T12:00Z', 9],
    ['is an hour more in New York’s night when clocks go back', nights('America/New_York'), '2026-10-31T12:00Z', '2026-11-01T18:00Z', 9],
    ['is half an hour more on Lord Howe when clocks go back', nights('Australia/Lord_Howe'), '2026-04-04T00:00Z', '2026-04-05T06:00Z', 8.5],
    ['begins with the jump where the beginning is left out', [calendar({ timeZone: 'Europe/Berlin', blocks: on([6], '02:30-05:00') })], '2026-03-29T00:00Z', '2026-03-29T12:00Z', 2],
    ['is nothing where the whole block is left out', [calendar({ timeZone: 'Europe/Berlin', blocks: on([6], '02:00-03:00') })], '2026-03-29T00:00Z', '2026-03-29T12:00Z', 0],
    ['runs to the second time where the end comes twice', [calendar({ timeZone: 'Europe/Berlin', blocks: on([6], '01:00-02:30') })], '2026-10-24T22:00Z', '2026-10-25T12:00Z', 2.5],
    ['ends as the repeated hour begins where it ends with that hour', [calendar({ timeZone: 'Europe/Berlin', blocks: on([6], '01:00-02:00') })], '2026-10-24T22:00Z', '2026-10-25T12:00Z', 1],
    ['is nothing on a day that a zone left out', [calendar({ timeZone: 'Pacific/Apia', blocks: on([4], '09:00-17:00') })], '2011-12-29T00:00Z', '2011-12-31T12:00Z', 0],
  ];
  for (const [what, calendars, from, to, expected] of counted) {
    it(what, () => {
      expect(hours(calendars, from, to)).to.equal(expected);
    });
  }

  const house = version({ timeZone: 'Europe/Berlin', blocks: on(everyDay, '09:00-17:00', '20:00-26:00') });
  const one = (facts: Partial<CalendarVersion>): Calendar[] => [calendar({ ...house, ...facts })];
  const holiday = { holidayDays: [{ date: '2026-12-25', name: 'Christmas Day' }] };

  it('is nothing on a holiday, and the night before it ends at midnight', () => {
    expect(hours(one(holiday), '2026-12-25T00:00+01:00', '2026-12-26T00:00+01:00')).to.equal(0);
    expect(hours(one(holiday), '2026-12-24T20:00+01:00', '2026-12-25T12:00+01:00')).to.equal(4);
    expect(hours(one({}), '2026-12-24T20:00+01:00', '2026-12-25T12:00+01:00')).to.equal(9);
    expect(hours(one(holiday), '2026-12-26T00:00+01:00', '2026-12-27T00:00+01:00')).to.equal(12);
  });

  it('follows an exception instead of the week, and instead of a holiday', () => {
    const closed = { exceptions: [{ date: '2026-12-24', name: 'Eve', blocks: [] }] };
    expect(hours(one(closed), '2026-12-24T00:00+01:00', '2026-12-25T00:00+01:00')).to.equal(0);
    expect(hours(one(closed), '2026-12-23T20:00+01:00', '2026-12-24T12:00+01:00')).to.equal(4);
    const sale = { ...holiday, exceptions: [{ date: '2026-12-25', name: 'Sale', blocks: [{ from: 600, to: 720 }] }] };
    expect(hours(one(sale), '2026-12-25T02:00+01:00', '2026-12-26T00:00+01:00')).to.equal(2);
    expect(hours(one(sale), '2026-12-25T00:00+01:00', '2026-12-25T02:00+01:00')).to.equal(2);
  });

  it('changes with the version in the middle of a wait, at midnight of the new version’s own zone', () => {
    const changed = [calendar(house, { versions: [house, version({ since: '2026-11-18', timeZone: 'America/New_York', blocks: on(everyDay, '09:00-10:00') })] })];
    // until 06:00 in Berlin, which is midnight in New York
    expect(hours(changed, '2026-11-17T20:00+01:00', '2026-11-18T12:00+01:00')).to.equal(6);
    expect(hours(changed, '2026-11-17T09:00+01:00', '2026-11-19T00:00-05:00')).to.equal(8 + 6 + 1);
    expect(openSpans(changed, {}, span('2026-11-17T23:00+01:00', '2026-11-18T18:00+01:00')).map(({ from, to }) => [new Date(from).toISOString(), new Date(to).toISOString()])).to.deep.equal([
      ['2026-11-17T22:00:00.000Z', '2026-11-18T01:00:00.000Z'], ['2026-11-18T14:00:00.000Z', '2026-11-18T15:00:00.000Z'],
    ]);
  });

  it('is that of a tag before the channel’s, the channel’s before the team’s, the team’s before the default', () => {
    const daily = (to: string, where: Partial<CalendarVersion>, _id: string): Calendar => calendar({ timeZone: 'UTC', blocks: on(everyDay, `00:00-${to}`), ...where }, { _id, createdAt: to.length });
    const all = [daily('01:00', {}, 'default'), daily('02:00', { teamIds: ['workshop'] }, 'a'), daily('03:00', { channelIds: ['chat'] }, 'b'), daily('04:00', { customerTags: ['VIP'] }, 'c')];
    const day = (place: Place): number => hours(all, '2026-11-16T00:00Z', '2026-11-17T00:00Z', place);
    expect([day({}), day({ teamId: 'other', channelId: 'mail', customerTags: ['new'] })]).to.deep.equal([1, 1]);
    expect([day({ teamId: 'workshop' }), day({ teamId: 'workshop', channelId: 'chat' }), day({ teamId: 'workshop', channelId: 'chat', customerTags: ['new', 'vip'] })]).to.deep.equal([2, 3, 4]);
  });

  it('is that of the team only from the day on which its calendar begins', () => {
    const all = [calendar({ timeZone: 'UTC', blocks: on(everyDay, '00:00-01:00') }), calendar({ since: '2026-11-17', timeZone: 'UTC', blocks: on(everyDay, '00:00-12:00'), teamIds: ['workshop'] }, { _id: 'workshop' })];
    expect(hours(all, '2026-11-16T00:00Z', '2026-11-18T00:00Z', { teamId: 'workshop' })).to.equal(13);
  });

  it('of two that claim the same is that of the calendar that was made first', () => {
    const made = (_id: string, createdAt: number, to: string): Calendar => calendar({ timeZone: 'UTC', blocks: on(everyDay, `00:00-${to}`), teamIds: ['workshop'] }, { _id, createdAt });
    expect(hours([made('a', 2, '02:00'), made('b', 1, '01:00')], '2026-11-16T00:00Z', '2026-11-17T00:00Z', { teamId: 'workshop' })).to.equal(1);
  });

  it('is all the time where no calendar counts', () => {
    expect(hours([], '2026-11-14T00:00Z', '2026-11-16T00:00Z')).to.equal(48);
    expect(hours([calendar({ timeZone: 'UTC', blocks: on([0], '09:00-10:00'), teamIds: ['workshop'] }, { _id: 'a' })], '2026-11-14T00:00Z', '2026-11-16T00:00Z')).to.equal(48);
  });

  it('is used up at the end of a block, not at the opening after it', () => {
    const after = (from: string, length: number): string | undefined => {
      const at = afterOpenMs(berlin, {}, Date.parse(from), length * hourMs);
      return at === undefined ? undefined : new Date(at).toISOString();
    };
    expect(after('2026-11-16T10:00+01:00', 2)).to.equal('2026-11-16T11:00:00.000Z');
    expect(after('2026-11-16T10:00+01:00', 2.5)).to.equal('2026-11-16T12:30:00.000Z');
    expect(after('2026-11-21T10:00+01:00', 1)).to.equal('2026-11-23T09:00:00.000Z');
    expect(after('2026-11-21T10:00+01:00', 0)).to.equal('2026-11-21T09:00:00.000Z');
    expect(after('2026-11-21T10:00+01:00', 100_000)).to.equal(undefined);
  });
});

const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'America/Havana', 'Asia/Kathmandu', 'America/Santiago'];
const first = Date.UTC(2025, 8, 1);
const days = 420;
const date = fc.integer({ min: 0, max: days }).map((day) => new Date(first + day * 24 * hourMs).toISOString().slice(0, 10));
const block = fc.record({ from: fc.integer({ min: 0, max: 1_439 }), length: fc.integer({ min: 1, max: 1_440 }) }).map(({ from, length }) => ({ from, to: Math.min(2_880, from + length) }));
const anyVersion = fc.record({
  timeZone: fc.constantFrom(...zones), blocks: fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), block).map(([day, each]) => ({ day, ...each })), { minLength: 1, maxLength: 8 }),
  exceptions: fc.uniqueArray(fc.record({ date, name: fc.constant('x'), blocks: fc.array(block, { maxLength: 2 }) }), { selector: (each) => each.date, maxLength: 20 }),
  holidayDays: fc.array(date.map((each) => ({ date: each, name: 'x' })), { maxLength: 20 }),
  teamIds: fc.subarray(['orders', 'workshop']), channelIds: fc.subarray(['chat']), customerTags: fc.subarray(['vip', 'Gold']),
});
const anyCalendars = fc.array(fc.tuple(fc.uniqueArray(fc.tuple(fc.option(date, { nil: '' }), anyVersion), { selector: ([since]) => since, minLength: 1, maxLength: 3 }), fc.integer({ min: 0, max: 2 })), { minLength: 1, maxLength: 3 })
  .map((list): Calendar[] => list.map(([dated, createdAt], index) => ({
    _id: index === 0 ? 'default' : `calendar-${index}`, name: 'x', createdAt,
    versions: [...dated].sort(([a], [b]) => (a < b ? -1 : 1)).map(([since, each]) => (since === '' ? each : { ...each, since })),
  })));
const anyPlace = fc.record({ teamId: fc.constantFrom('orders', 'workshop', 'nobody'), channelId: fc.constantFrom('chat', 'mail'), customerTags: fc.subarray(['VIP', 'gold', 'other']) });
const anySpan = fc.record({ start: fc.integer({ min: 0, max: days * 1_440 }), minutes: fc.integer({ min: 0, max: 40 * 1_440 }), odd: fc.integer({ min: 0, max: 59_999 }) })
  .map(({ start, minutes, odd }) => ({ from: first + start * 60_000 + odd, to: first + (start + minutes) * 60_000 }));

describe('Open time of any calendars, in any place', () => {
  it('is what walking the clock minute by minute finds', () => {
    fc.assert(fc.property(anyCalendars, anyPlace, anySpan, (calendars, place, each) => {
      const spot = { ...place, tags: place.customerTags };
      expect(openMsBetween(calendars, place, each)).to.equal(openMs(calendars, spot, each));
    }), { numRuns: 300 });
  });

  it('lies in spans that are apart, within what was asked, and as long together', () => {
    fc.assert(fc.property(anyCalendars, anyPlace, anySpan, (calendars, place, each) => {
      const spans = openSpans(calendars, place, each);
      expect(spans.every(({ from, to }, index) => from < to && from >= each.from && to <= each.to && from > (spans[index - 1]?.to ?? -Infinity))).to.equal(true);
      expect(spans.reduce((sum, { from, to }) => sum + to - from, 0)).to.equal(openMsBetween(calendars, place, each));
      expect(spans).to.deep.equal(openStretches(calendars, { ...place, tags: place.customerTags }, each));
    }), { numRuns: 150 });
  });

  it('is used up where as much of it has passed, and not a moment earlier', () => {
    fc.assert(fc.property(anyCalendars, anyPlace, anySpan, fc.integer({ min: 1, max: 40 * hourMs }), (calendars, place, { from }, ms) => {
      const at = afterOpenMs(calendars, place, from, ms);
      const slow = afterOpen(calendars, { ...place, tags: place.customerTags }, from, ms);
      if (slow !== undefined) expect(at).to.equal(slow);
      if (at === undefined) return;
      expect(openMsBetween(calendars, place, { from, to: at })).to.equal(ms);
      expect(openMsBetween(calendars, place, { from, to: at - 1 })).to.equal(ms - 1);
    }), { numRuns: 150 });
  });

  it('adds up, wherever a span is cut', () => {
    fc.assert(fc.property(anyCalendars, anyPlace, anySpan, fc.double({ min: 0, max: 1, noNaN: true }), (calendars, place, { from, to }, share) => {
      if (to <= from) return;
      const cut = Math.floor(from + (to - from) * share);
      expect(openMsBetween(calendars, place, { from, to: cut }) + openMsBetween(calendars, place, { from: cut, to })).to.equal(openMsBetween(calendars, place, { from, to }));
    }), { numRuns: 300 });
  });
});
