import { expect } from 'chai';
import fc from 'fast-check';
import { currentVersion, formOf, obstacle, versionInput, type Version } from '../../../web/src/features/settings/model/calendar-form.js';
import { dateWords, stateWords, weekWords, whereWords } from '../../../web/src/features/settings/model/calendar-words.js';
import { endAfter, minuteText } from '../../../web/src/features/settings/model/hours.js';

const weekdays = [0, 1, 2, 3, 4].map((day) => ({ day, from: 540, to: 1_020 }));
const version: Version = { timeZone: 'Europe/Berlin', blocks: weekdays, exceptions: [{ date: '2026-12-24', name: 'Eve', blocks: [{ from: 540, to: 720 }] }], holidays: { country: 'DE', region: 'BY' }, holidayDays: [], teamIds: ['t'], channelIds: [], customerTags: ['vip'] };
const now = Date.parse('2026-11-23T12:00:00Z');

describe('The form of opening hours', () => {
  const form = formOf('Workshop', version, { timeZone: 'UTC', from: { kind: 'today' } });

  it('says what the version says, and sends it back unchanged', () => {
    const { holidayDays: _days, ...rest } = version;
    expect(versionInput(form)).to.deep.equal(rest);
    expect(versionInput({ ...form, from: { kind: 'always' } })).to.deep.equal({ ...rest, since: null });
    expect(versionInput({ ...form, from: { kind: 'day', day: '2027-01-01' }, tags: ' vip, gold ,, vip', country: '', region: 'BY' })).to.deep.include({ since: '2027-01-01', customerTags: ['vip', 'gold'] }).and.not.to.have.property('holidays');
  });

  it('begins new hours with an office’s week in the house’s zone', () => {
    const fresh = formOf('', undefined, { timeZone: 'Europe/Berlin', from: { kind: 'always' } });
    expect(weekWords(fresh.hours)).to.equal('Mon–Fri 09:00–17:00');
    expect(fresh.hours.timeZone).to.equal('Europe/Berlin');
  });

  it('says what keeps it from being saved', () => {
    expect(obstacle(form)).to.equal(undefined);
    expect(obstacle({ ...form, name: ' ' })).to.equal('It needs a name.');
    expect(obstacle({ ...form, hours: { ...form.hours, blocks: [] } })).to.equal('It needs at least one open hour a week.');
    expect(obstacle({ ...form, from: { kind: 'day', day: '' } })).to.equal('Choose the day from which it holds.');
    const [eve] = form.exceptions;
    if (eve === undefined) throw new Error('no exception');
    expect(obstacle({ ...form, exceptions: [eve, { ...eve, key: 1 }] })).to.equal('2026-12-24 stands there twice.');
    expect(obstacle({ ...form, exceptions: [{ ...eve, date: '' }] })).to.equal('A day that differs has no date yet.');
  });

  it('reads an end that is earlier on the clock as one on the day after', () => {
    expect([endAfter(540, 1_020), endAfter(1_320, 120), endAfter(1_320, 1_440), endAfter(0, 1_440), endAfter(540, 540)]).to.deep.equal([1_020, 1_560, 1_440, 1_440, 1_980]);
    fc.assert(fc.property(fc.integer({ min: 0, max: 1_439 }), fc.integer({ min: 1, max: 1_440 }), (from, shown) => {
      const to = endAfter(from, shown);
      expect(to > from && to - from <= 1_440 && minuteText(to) === minuteText(shown)).to.equal(true);
    }));
  });

  it('begins with the version that is in force, by its own clock', () => {
    const later = { ...version, since: '2026-11-24', timeZone: 'Pacific/Auckland' };
    expect(currentVersion([version, later], now)).to.equal(later);
    expect(currentVersion([version, { ...later, timeZone: 'UTC' }], now)).to.equal(version);
    expect(currentVersion([later], Date.parse('2020-01-01T00:00:00Z'))).to.equal(later);
  });
});

describe('Opening hours in words', () => {
  it('put days with the same hours together', () => {
    expect(weekWords({ timeZone: 'UTC', blocks: [...weekdays.flatMap(({ day }) => [{ day, from: 780, to: 1_080 }, { day, from: 540, to: 720 }]), { day: 5, from: 1_320, to: 1_560 }] })).to.equal('Mon–Fri 09:00–12:00, 13:00–18:00; Sat 22:00–02:00');
  });

  it('say whether it is open and until when, by the calendar’s clock', () => {
    expect(stateWords({ openNow: true, changesAt: Date.parse('2026-11-23T16:00:00Z') }, 'Europe/Berlin', now)).to.equal('Open until 17:00');
    expect(stateWords({ openNow: false, changesAt: Date.parse('2026-11-24T08:00:00Z') }, 'Europe/Berlin', now)).to.equal('Closed until Tue 09:00');
    expect(stateWords({ openNow: false, changesAt: Date.parse('2027-01-04T08:00:00Z') }, 'Europe/Berlin', now)).to.equal('Closed until 4 Jan 09:00');
    expect([stateWords({ openNow: true }, 'UTC', now), stateWords({ openNow: false }, 'UTC', now)]).to.deep.equal(['Always open', 'Closed']);
  });

  it('name where they count', () => {
    expect(whereWords({ ...version, channelIds: ['gone'] }, { teams: [{ id: 't', name: 'Workshop' }], channels: [] })).to.equal('Workshop, something that was removed, customers tagged vip');
    expect(dateWords('2026-12-25')).to.equal('Fri 25 December 2026');
  });
});
