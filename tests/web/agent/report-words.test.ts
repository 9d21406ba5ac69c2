import { expect } from 'chai';
import fc from 'fast-check';
import { filterChoices, filterWords, toggled, unfiltered } from '../../../web/src/features/reports/model/filters.js';
import { orderedGroups, orderOf, pressed } from '../../../web/src/features/reports/model/group-rows.js';
import { headline } from '../../../web/src/features/reports/model/headline.js';
import { changeOf, lengthTicks, lengthWords, percent, shareChange } from '../../../web/src/features/reports/model/lengths.js';
import { addDays, beforeWords, daysIn, daysOf, periodNames, spanWords } from '../../../web/src/features/reports/model/period.js';
import { pickWords } from '../../../web/src/features/reports/model/pick-words.js';
import { queryText, reportQuery, reportSearch, waitsAddress, waitsSearch, type ReportSearch } from '../../../web/src/features/reports/model/query.js';
import { receiptScale, timeTicks } from '../../../web/src/features/reports/model/receipt-scale.js';
import { endWords, firstMessage, segmentWords, targetOutcome, waitedWords } from '../../../web/src/features/reports/model/receipt-words.js';
import { reportQuery as asApi, receiptsQuery, recomputeBody } from '../../../src/http/api/requests-reports.js';
import { definitionList, receipt as receiptShape, report as reportShape } from '../../../src/http/api/shapes-reports.js';
import { definitions, receipt, report, reportMe, reportNow } from './report-fixture.js';

const minute = 60_000;
const hour = 60 * minute;
const plain = (text: string | undefined) => text?.replaceAll('\u00a0', ' ');
const at = { now: reportNow, zone: 'Europe/Berlin' };
/** As a browser keeps it: text in, text out. */
const throughAddress = (address: string) => Object.fromEntries(new URL(address, 'http://rapport.example').searchParams);

describe('A report’s address', () => {
  it('asks the API in the API’s own words, whatever stands in it', () => {
    fc.assert(fc.property(fc.dictionary(fc.constantFrom('from', 'to', 'period', 'zone', 'kind', 'time', 'groupBy', 'team', 'tag', 'priority', 'customer', 'imported', 'average', 'order', 'x'), fc.oneof(fc.string(), fc.constantFrom('2026-11-01', 'next', 'team', 'calendar', '1', 'new', 'last7', 'Europe/Madrid', 'high,low'), fc.integer(), fc.boolean())), (raw) => {
      const search = reportSearch({ ...raw, priority: 'high' });
      expect(asApi.safeParse(reportQuery(search, at)).error?.message).to.equal(undefined);
    }));
  });

  it('is read back as it was written', () => {
    const search: ReportSearch = { from: '2026-10-01', to: '2026-10-31', kind: 'any', time: 'calendar', groupBy: 'team', team: 'orders,billing', tag: 'café & co', imported: 0, compare: 'none', zone: 'Asia/Tokyo' };
    const read = waitsSearch(throughAddress(waitsAddress(search, 'cell:1-13')));
    expect(read).to.deep.equal({ ...search, pick: 'cell:1-13' });
  });

  it('leads from a number to its waits with a query that the API takes', () => {
    const address = new URL(waitsAddress({ team: 'orders', heat: 'arrivals', order: '-p90' }, 'target:over;day:2026-11-10'), 'http://rapport.example');
    const { pick, sort: _sort, ...search } = waitsSearch(Object.fromEntries(address.searchParams));
    expect(receiptsQuery.parse({ ...reportQuery(search, at), pick })).to.deep.include({ pick: 'target:over;day:2026-11-10', team: ['orders'] });
    expect(recomputeBody.parse({ query: queryText(reportQuery(search, at)), pick }).query).to.include('team=orders');
  });

  it('falls back to the usual for what makes no sense', () => {
    expect(reportSearch({ from: '2026-02-30', to: '2026-03-01', zone: 'Europe/Nowhere', kind: 'third', imported: 'maybe', order: 'shoe' })).to.deep.equal({});
    expect(reportSearch({ from: '2026-03-09', to: '2026-03-01' })).to.deep.equal({ from: '2026-03-01', to: '2026-03-09' });
  });
});

describe('A report’s period', () => {
  it('is counted in days of the zone, the first and the last included', () => {
    expect(reportQuery({}, at)).to.include({ from: '2026-10-26', to: '2026-11-22' });
    expect(reportQuery({ zone: 'Pacific/Auckland' }, at)).to.include({ from: '2026-10-27', to: '2026-11-23' });
    expect(daysOf('lastWeek', '2026-11-22')).to.deep.equal({ from: '2026-11-09', to: '2026-11-15' });
    expect(daysOf('lastMonth', '2026-03-01')).to.deep.equal({ from: '2026-02-01', to: '2026-02-28' });
  });

  it('never ends before it begins, and never after today', () => {
    fc.assert(fc.property(fc.constantFrom(...periodNames), fc.integer({ min: 0, max: 4_000 }), (name, days) => {
      const today = addDays('2020-01-01', days);
      const period = daysOf(name, today);
      expect(period.from <= period.to && period.to <= today).to.equal(true);
      expect(daysIn(period)).to.be.within(1, 90);
    }));
  });

  it('is said in words', () => {
    expect(spanWords({ from: '2026-11-01', to: '2026-11-15' }, '2026-11-22')).to.equal('1 to 15 Nov');
    expect(spanWords({ from: '2025-12-20', to: '2026-01-04' }, '2026-11-22')).to.equal('20 Dec 2025 to 4 Jan 2026');
    expect(spanWords({ from: '2026-11-10', to: '2026-11-10' }, '2026-11-22')).to.equal('Tue 10 Nov');
    expect(beforeWords({ from: '2026-10-26', to: '2026-11-22' })).to.equal('28 days before');
  });
});

describe('A report in words', () => {
  it('says first what is shown', () => {
    const shown = { query: reportQuery({}, at), me: reportMe, today: '2026-11-22', report: report() };
    expect(headline({}, shown)).to.equal('Last 28 days, all teams, business hours of each team');
    expect(headline({ team: 'orders,billing', tag: 'axle', time: 'calendar' }, { ...shown, query: reportQuery({ time: 'calendar' }, at) })).to.equal('Last 28 days, Orders and Billing, 1 filter, calendar time');
    const lead = { ...reportMe, agent: { ...reportMe.agent, role: 'lead' as const, teamIds: ['orders', 'billing'] } };
    expect(headline({}, { ...shown, me: lead, report: undefined }), 'the list of waits of a lead').to.equal('Last 28 days, Orders and Billing, business hours of each team');
    expect(headline({}, { ...shown, report: report({ scope: { of: 'teams', teamIds: ['workshop'], names: true } }) })).to.include('Workshop');
  });

  it('never tells business hours in days, for a day of work has not 24 of them', () => {
    expect(plain(lengthWords(28 * hour + 10 * minute, 'business'))).to.equal('28 h 10 m');
    expect(plain(lengthWords(28 * hour, 'calendar'))).to.equal('1 d 4 h');
    expect(plain(lengthWords(40_000, 'business'))).to.equal('40 s');
  });

  it('compares in words, and calls a difference under a minute none', () => {
    expect(plain(changeOf(27 * minute, 33 * minute, 'business')?.words)).to.equal('6 m faster');
    expect(changeOf(33 * minute, 27 * minute, 'business')?.tone).to.equal('bad');
    expect(changeOf(33 * minute, 33 * minute + 59_000, 'business')?.words).to.equal('as before');
    expect(changeOf(33, undefined, 'business')).to.equal(undefined);
    expect(shareChange(0.87, 0.84)).to.deep.equal({ tone: 'good', words: '3 points better' });
  });

  it('says 100 % only when it is all, and 0 % only when it is nothing', () => {
    expect([1, 0.999, 0.001, 0].map((share) => plain(percent(share)))).to.deep.equal(['100 %', '99 %', '< 1 %', '0 %']);
  });

  it('draws its scale in round lengths that reach the highest value', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 400 * 24 * 60 }), (minutes) => {
      const ticks = lengthTicks(minutes * minute);
      expect(ticks.length).to.be.within(1, 5);
      expect(ticks[0]).to.be.above(0);
    }));
    expect(lengthTicks(228 * minute)).to.deep.equal([hour, 2 * hour, 3 * hour]);
  });

  it('names a pick as one would say it', () => {
    const words = (pick: string) => plain(pickWords(pick, { search: {}, clock: 'business', names: { me: reportMe } }));
    expect(words('target:over;day:2026-11-10')).to.equal('over target, begun Tue 10 Nov');
    expect(words('cell:1-13')).to.equal('begun Tue 13:00 to 14:00');
    expect(words('bin:0-300000')).to.equal('of 0 to 5 m');
    expect(words('group:lena')).to.equal('answered by Lena Maas');
    expect(words('group:other')).to.equal('answered by somebody of another team');
    expect(words('group:outside%3AVelowerk')).to.equal('answered by Velowerk, outside Rapport');
    expect(words('by:unassigned')).to.equal('that lay with nobody most of the time');
    expect(words('state:answered;waited:0-3600001')).to.equal('answered, within 1 h');
    expect(words('waited:3600000-')).to.equal('of at least 1 h');
    expect(words('group:none')).to.equal('not answered');
    expect(words('no such:thing')).to.equal('');
  });

  it('has fixtures of the shape that the server answers with', () => {
    expect(reportShape.safeParse(report()).error?.message).to.equal(undefined);
    expect(receiptShape.safeParse(receipt()).error?.message).to.equal(undefined);
    expect(definitionList.safeParse({ items: definitions }).error?.message).to.equal(undefined);
  });
});

describe('A report’s filters', () => {
  it('come and go one by one, and leave the rest of the address alone', () => {
    const one = toggled({ kind: 'any' }, 'team:orders');
    const two = toggled(one, 'team:billing');
    expect(two).to.deep.equal({ kind: 'any', team: 'orders,billing' });
    expect(toggled(two, 'team:orders')).to.deep.equal({ kind: 'any', team: 'billing' });
    expect(toggled(toggled(two, 'customer:new'), 'customer:new')).to.deep.equal(two);
    expect(unfiltered(toggled(two, 'imported:0'))).to.deep.equal({ kind: 'any' });
  });

  it('are shown by name, and every word of them can be taken away again', () => {
    const search: ReportSearch = { team: 'orders', responder: 'lena', channel: 'chat', language: 'de', tag: 'axle', priority: 'high', customer: 'new', imported: 1 };
    const words = filterWords(search, { me: reportMe });
    expect(words.map((word) => word.label)).to.deep.equal(['Orders', 'Lena Maas', 'velowerk.example', 'German', '#axle', 'High priority', 'New customers', 'Only imported']);
    expect(words.reduce((rest: ReportSearch, word) => toggled(rest, word.id), search)).to.deep.equal({});
  });

  it('offer no names where names are hidden', () => {
    const hidden = report({ scope: { of: 'everything', teamIds: [], names: false }, groups: [{ key: { id: 'k1', name: 'Agent 3fa2' }, now: report().totals.now }] });
    const people = filterChoices({}, { me: reportMe, report: hidden }, []).filter((choice) => choice.group === 'Who answered');
    expect(people.map((choice) => choice.label)).to.deep.equal(['Agent 3fa2']);
  });
});

describe('The groups of a report', () => {
  it('are put in order by any column, either way, the unknown last', () => {
    const rows = [...report().groups, { key: { id: 'x', name: 'Xaver' }, now: { ...report().totals.now, waits: 1, business: { answered: {}, all: {} } } }];
    const names = (word: string) => orderedGroups(rows, orderOf(word), 'business').map((row) => row.key.id);
    expect(names('p90')).to.deep.equal(['jonas', 'piet', 'ana', 'lena', 'x']);
    expect(names('-p90')).to.deep.equal(['lena', 'ana', 'piet', 'jonas', 'x']);
    expect(names('name')).to.deep.equal(['ana', 'jonas', 'lena', 'piet', 'x']);
    expect(pressed(orderOf('p90'), 'p90')).to.equal('-p90');
  });
});

describe('A receipt', () => {
  it('says the wait in both clocks and how it stands with its target', () => {
    expect(plain(waitedWords(receipt()))).to.equal('waited 5 h 12 m, of it 4 h 31 m in business hours');
    expect(plain(targetOutcome(receipt(), reportNow)?.words)).to.equal('31 m over target');
    expect(endWords(receipt(), reportMe)).to.equal('Answered by Lena Maas for Orders');
    expect(plain(segmentWords(receipt()))).to.equal('unassigned 2 h, with Lena Maas 2 h, snoozed by Lena Maas 1 h 12 m');
    expect(firstMessage(receipt())).to.equal('m1');
  });

  it('is drawn to scale: lengths keep their proportions, nothing stands outside, closed hours are what no open span covers', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 6 }), fc.array(fc.tuple(fc.integer({ min: -2_000, max: 20_000 }), fc.integer({ min: 1, max: 3_000 })), { maxLength: 8 }), (lengths, spans) => {
      const from = receipt().from;
      let end = from;
      const segments = lengths.map((length) => ({ from: end, to: (end += length * minute), by: 'agent' as const }));
      const scale = receiptScale(receipt(0, { to: end, calendarMs: end - from, segments, openSpans: spans.map(([start, length]) => ({ from: from + start * minute, to: from + (start + length) * minute })) }));
      const whole = scale.at(end) - scale.at(from);
      scale.segments.forEach((segment, index) => expect(segment.width / whole).to.be.closeTo(((lengths[index] ?? 0) * minute) / (end - from), 1e-6));
      for (const piece of [...scale.segments, ...scale.open, ...scale.closed]) expect(piece.from >= 0 && piece.from + piece.width <= 1.000001).to.equal(true);
      const closed = Array.from({ length: 40 }, (_, index) => from + ((end - from) * (index + 0.5)) / 40).filter((time) => spans.every(([start, length]) => time < from + start * minute || time > from + (start + length) * minute));
      for (const time of closed) expect(scale.closed.some((piece) => scale.at(time) >= piece.from - 1e-9 && scale.at(time) <= piece.from + piece.width + 1e-9)).to.equal(true);
    }));
  });

  it('shades no hours of a wait of many months, of which only the first ones are told', () => {
    const from = receipt().from;
    const openSpans = Array.from({ length: 400 }, (_, n) => ({ from: from + n * 24 * hour, to: from + n * 24 * hour + 8 * hour }));
    const long = receiptScale(receipt(0, { to: from + 600 * 24 * hour, calendarMs: 600 * 24 * hour, openSpans }));
    expect([long.open, long.closed]).to.deep.equal([[], []]);
    const short = receiptScale(receipt(0, { to: from + 5 * 24 * hour, calendarMs: 5 * 24 * hour, openSpans }));
    expect([short.open.length > 0, short.closed.length > 0]).to.deep.equal([true, true]);
  });

  it('names round times of its zone, also where clocks change', () => {
    const night = { begin: Date.UTC(2026, 9, 24, 22, 0), end: Date.UTC(2026, 9, 25, 4, 0) };
    expect(timeTicks(night, { timeZone: 'Europe/Berlin', most: 8 }).map((tick) => tick.text)).to.include.members(['Sun 25', '04:00']);
    const texts = (days: number) => timeTicks({ begin: Date.UTC(2025, 2, 3, 8), end: Date.UTC(2025, 2, 3, 8) + days * 24 * hour }, { timeZone: 'UTC', most: 6 }).map((tick) => tick.text);
    expect(texts(60)[0]).to.match(/^\d+ Mar$/u);
    expect(texts(629).every((text) => /^\d+ \w+ 202[56]$/u.test(text)), texts(629).join()).to.equal(true);
    fc.assert(fc.property(fc.integer({ min: 0, max: 365 * 24 }), fc.integer({ min: 1, max: 3_000 }), fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata'), (hours, length, timeZone) => {
      const begin = Date.UTC(2026, 0, 1) + hours * hour;
      const ticks = timeTicks({ begin, end: begin + length * minute }, { timeZone, most: 6 });
      expect(ticks.length).to.be.at.most(8);
      expect(ticks.every((tick) => tick.time >= begin && tick.time <= begin + length * minute)).to.equal(true);
    }));
  });
});
