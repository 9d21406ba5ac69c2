import { expect } from 'chai';
import fc from 'fast-check';
import { foldWords } from '../../../web/src/features/conversation/model/fold-words.js';
import { waitLineOf } from '../../../web/src/features/conversation/model/wait-line.js';
import { clockFace, targetWords, waitOf } from '../../../web/src/lib/time/clock.js';
import { openBetween } from '../../../web/src/lib/time/open-hours.js';
import { message, noon, row, waitIn } from './fixtures.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describe('The customer’s clock', () => {
  it('says how much time is left, and how much it is over', () => {
    const words = (waited: number) => clockFace(waitIn(noon - waited, 4 * hour), noon).words;
    expect(words(0)).to.equal('4 h left');
    expect(words(3 * hour + 22 * minute)).to.equal('38 m left');
    expect(words(4 * hour - 1)).to.equal('< 1 m left');
    expect(words(4 * hour)).to.equal('< 1 m over');
    expect(words(6 * hour)).to.equal('2 h over');
    expect(words(3 * day)).to.equal('2 d 20 h over');
  });

  it('turns amber at the half or when the target warns, whichever comes first, and red at the deadline itself', () => {
    const tone = (waited: number, warnShare: number) => clockFace(waitIn(noon - waited, 4 * hour, { warnAt: noon - waited + warnShare * 4 * hour }), noon).tone;
    expect(tone(2 * hour - 1, 0.75)).to.equal('ok');
    expect(tone(2 * hour, 0.75)).to.equal('warn');
    expect(tone(hour - 1, 0.25)).to.equal('ok');
    expect(tone(hour, 0.25)).to.equal('warn');
    expect(tone(4 * hour - 1, 0.75)).to.equal('warn');
    expect(tone(4 * hour, 0.75)).to.equal('bad');
  });

  it('names the deadline where hours without anybody lie before it, instead of calling them time that is left', () => {
    const evening = noon + 5 * hour;
    const overNight = waitIn(evening, 2 * hour, { hours: 'business', at: noon + 21.5 * hour });
    expect(clockFace(overNight, evening).words).to.equal('due tomorrow 09:30');
    expect(clockFace(overNight, noon + 20 * hour).words).to.equal('1 h 30 m left');
    expect(clockFace(waitIn(evening, 2 * hour, { hours: 'business', at: noon + 5 * day - 2.5 * hour }), evening).words).to.equal('due Mon 09:30');
    expect(clockFace(waitIn(evening, 2 * hour, { hours: 'business', at: noon + 12 * day }), evening).words).to.equal('due Mon 30 Nov 12:00');
    expect(clockFace(waitIn(evening, 16.5 * hour), evening).words).to.equal('16 h 30 m left');
    expect(clockFace(waitIn(evening, 16.5 * hour, { hours: 'business' }), evening).words).to.equal('16 h 30 m left');
  });

  it('fills by the hours in which somebody is there, where only these count', () => {
    const hours = { timeZone: 'Europe/Berlin', blocks: [0, 1, 2, 3, 4].flatMap((weekday) => [{ day: weekday, from: 480, to: 750 }, { day: weekday, from: 810, to: 1080 }]) };
    // Friday 20 November 2026, 17:00 in Berlin; four open hours later it is Monday 11:00.
    const since = Date.UTC(2026, 10, 20, 16);
    const monday = Date.UTC(2026, 10, 23, 10);
    const wait = { ...waitIn(since, 4 * hour, { hours: 'business', at: monday, warnAt: monday - hour }), hours };
    const at = (now: number) => clockFace(wait, now);
    expect(at(since + 30 * minute)).to.include({ share: 0.125, tone: 'ok' });
    expect(at(since + 2 * day)).to.include({ share: 0.25, tone: 'ok' });
    expect(at(monday - 2 * hour)).to.include({ share: 0.5, tone: 'warn', words: '2 h left' });
    expect(at(monday)).to.include({ share: 1, tone: 'bad' });
    expect(at(since).words).to.match(/^due Mon /u);
    expect(clockFace({ ...wait, due: { ...wait.due, hours: 'calendar' } }, since + day).share).to.be.closeTo(24 / 66, 0.001);
  });

  it('names the deadline, too, when a closing lies before it on the same day', () => {
    const hours = { timeZone: 'UTC', blocks: [0, 1, 2, 3, 4, 5, 6].flatMap((weekday) => [{ day: weekday, from: 480, to: 720 }, { day: weekday, from: 780, to: 1080 }]) };
    const eleven = Date.UTC(2026, 10, 18, 11);
    const wait = (at: number) => clockFace({ ...waitIn(eleven, 2 * hour, { hours: 'business', at, warnAt: at }), hours }, eleven).words;
    expect(wait(eleven + 30 * minute)).to.equal('30 m left');
    expect(wait(eleven + 3 * hour)).to.match(/^due \d\d:00$/u);
  });

  it('adds up open hours as a walk minute by minute does, over changes of the clocks and closed weeks', () => {
    const zone = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kathmandu');
    const block = fc.record({ day: fc.nat(6), from: fc.integer({ min: 5, max: 10 }), length: fc.integer({ min: 1, max: 9 }) }).map(({ day: weekday, from, length }) => ({ day: weekday, from: from * 60, to: (from + length) * 60 }));
    fc.assert(fc.property(zone, block, fc.integer({ min: 0, max: 300 }), fc.integer({ min: 1, max: 300 }), (timeZone, one, start, length) => {
      const from = Date.UTC(2026, 2, 20) + start * hour;
      const to = from + length * hour;
      const format = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', hour: 'numeric', minute: 'numeric', hourCycle: 'h23' });
      let walked = 0;
      for (let at = from; at < to; at += 15 * minute) {
        const parts = new Map(format.formatToParts(at).map((part) => [part.type, part.value]));
        const weekday = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(parts.get('weekday') ?? '');
        const time = Number(parts.get('hour')) * 60 + Number(parts.get('minute'));
        if (weekday === one.day && time >= one.from && time < one.to) walked += 15 * minute;
      }
      expect(Math.abs((openBetween({ timeZone, blocks: [one] }, from, to) ?? NaN) - walked)).to.be.at.most(15 * minute);
    }), { numRuns: 60 });
  });

  it('is drawn between empty and full, and full exactly when it is over, whatever times a row carries', () => {
    const time = fc.integer({ min: noon - 400 * day, max: noon + 400 * day });
    fc.assert(fc.property(time, time, time, (since, at, warnAt) => {
      const face = clockFace(waitIn(since, hour, { at, warnAt }), noon);
      expect(face.share).to.be.within(0, 1);
      expect(face.tone === 'bad').to.equal(noon >= at);
      if (face.tone === 'bad') expect(face.share).to.equal(1);
      expect(face.words).to.match(face.tone === 'bad' ? / over$/u : / left$/u);
    }));
  });

  it('is shown only where somebody waits', () => {
    const { due } = waitIn(noon, hour);
    expect(waitOf(row({ id: 'a' }))).to.equal(undefined);
    expect(waitOf(row({ id: 'a', waitingSince: noon - hour, due }))).to.deep.equal({ since: noon - hour, due });
    expect(targetWords({ ms: 4 * hour, hours: 'business' })).to.equal('4 h in business hours');
  });
});

describe('The line that says why nobody waits', () => {
  const at = { agentId: 'lena', now: noon };
  const lena = { type: 'agent' as const, id: 'lena', name: 'Lena Maurer' };
  const ana = { type: 'agent' as const, id: 'ana', name: 'Ana Neto' };

  it('says that a bare acknowledgement was taken for one', () => {
    const line = waitLineOf(row({ id: 'one', acknowledged: 'm9' }), [], at);
    expect(line).to.deep.equal({ kind: 'thanks', words: 'Taken as thanks: nobody waits.', show: { conversationId: 'one', messageId: 'm9' }, start: 'Start the clock' });
  });

  it('says who answered on which other channel, and when', () => {
    const answered = row({ id: 'one', answeredElsewhere: { conversationId: 'two', messageId: 'm5', at: new Date(2026, 10, 18, 9, 11).getTime() } });
    const answer = message({ id: 'm5', conversationId: 'two', kind: 'out', author: ana, channel: { id: 'slack', kind: 'slack', name: 'Slack' } });
    expect(waitLineOf(answered, [answer], at)).to.include({ words: 'Ana answered in Slack at 09:11.', start: 'Still waiting here' });
    expect(waitLineOf(answered, [{ ...answer, author: lena }], at)?.words).to.equal('You answered in Slack at 09:11.');
    expect(waitLineOf(answered, [], { ...at, now: noon + day })?.words).to.equal('Answered in another conversation yesterday 09:11.');
  });

  it('says who said that no answer is needed, with the reason, until either side speaks', () => {
    const question = message({ id: 'm1', seq: 1 });
    const step = message({ id: 'm2', seq: 2, kind: 'event', author: ana, text: '', step: { type: 'not_needed', reason: 'Answered by phone or in person' } });
    expect(waitLineOf(row({ id: 'one' }), [question, step], at)?.words).to.equal('Ana said that no answer is needed: Answered by phone or in person.');
    expect(waitLineOf(row({ id: 'one' }), [question, step, message({ id: 'm3', kind: 'note', author: lena })], at)?.kind).to.equal('not_needed');
    expect(waitLineOf(row({ id: 'one' }), [question, step, message({ id: 'm3', seq: 3 })], at)).to.equal(undefined);
    expect(waitLineOf(row({ id: 'one' }), [question, step, message({ id: 'm3', conversationId: 'two' })], at)?.kind).to.equal('not_needed');
    expect(waitLineOf(row({ id: 'one' }), [question], at)).to.equal(undefined);
  });

  it('is silent while the clock runs', () => {
    const { due } = waitIn(noon, hour);
    expect(waitLineOf(row({ id: 'one', acknowledged: 'm9', waitingSince: noon, due }), [], at)).to.equal(undefined);
  });

  it('leaves warnings and breaches to the story, in quiet words', () => {
    const step = (type: string) => message({ id: type, kind: 'event', author: { type: 'system', name: 'Rapport' }, text: 'nobody has answered within the target: VIP customers, 30 m', step: { type, reason: 'nobody has answered within the target: VIP customers, 30 m', data: { target: 'VIP customers' } } });
    expect(foldWords([step('target_warned'), step('target_breached')])).to.equal('Due soon: VIP customers, over target: VIP customers');
  });
});
