import { expect } from 'chai';
import type { Calendar, CalendarVersion } from '../../src/inbox/model/calendar.js';
import type { Target } from '../../src/inbox/model/target.js';
import { openMs, openStretches } from '../support/slow-hours.js';
import { slowWaits, type SlowWait } from '../support/slow-response-times.js';
import type { Fact, Lies, Story } from '../support/slow-story.js';

/**
 * The second opinion must be right itself: every figure here was worked out by hand from docs/response-times.md. All of it
 * happens in the week of Monday, 5 October 2026; the house is open Monday to Friday, 9 to 17 UTC; an answer is due after 60
 * minutes in open hours, unless a case says otherwise.
 */
const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function on(words: string): number {
  const [day = '', clock = ''] = words.includes(' ') ? words.split(' ') : ['Mon', words];
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return Date.UTC(2026, 9, 5 + days.indexOf(day), hours, minutes);
}

const minutes = (count: number): number => count * 60_000;

const house: CalendarVersion = { timeZone: 'UTC', blocks: [0, 1, 2, 3, 4].map((day) => ({ day, from: 540, to: 1_020 })), exceptions: [], holidayDays: [], teamIds: [], channelIds: [], customerTags: [] };

function calendar(id: string, ...versions: Partial<CalendarVersion>[]): Calendar {
  return { _id: id, name: id, createdAt: 0, versions: versions.map((version) => ({ ...house, ...version })) };
}

function target(id: string, minutesAllowed: number, more: Partial<Target> = {}): Target {
  return { _id: id, name: id, kind: 'first', minutes: minutesAllowed, hours: 'calendar', teamIds: [], channelIds: [], priorities: [], customerTags: [], warnAtShare: 0.75, on: true, createdAt: 0, ...more };
}

let seq = 0;
const word = (at: string, message: string, more: { in?: string; means?: 'thanks' | 'helped' | 'never_mind' | 'software'; said?: number } = {}): Fact => {
  seq += 1;
  return { is: 'word', at: on(at), conversation: more.in ?? 'chat', message, seq, means: more.means ?? 'ask', ...(more.said === undefined ? {} : { said: more.said }) };
};
const answer = (written: string, reached: string, message: string, more: { in?: string; teamId?: string; seq?: number } = {}): Fact => {
  seq += 1;
  return { is: 'answer', at: on(reached), written: on(written), conversation: more.in ?? 'chat', message, seq: more.seq ?? seq, agentId: 'lena', name: 'Lena', channelId: more.in ?? 'chat', ...(more.teamId === undefined ? {} : { teamId: more.teamId }) };
};
const outside = (known: string, said: string, message: string, more: { in?: string } = {}): Fact => ({ is: 'outside_answer', at: on(known), said: on(said), conversation: more.in ?? 'chat', message, seq: (seq += 1), name: 'Pieter', channelId: more.in ?? 'chat' });
const lies = (at: string, more: Partial<Lies> = {}, conversation = 'chat'): Fact => ({ is: 'lies', at: on(at), conversation, lies: { status: 'open', priority: 'normal', botDone: true, ...more } });

function tell(facts: Fact[], more: Partial<Story> = {}): SlowWait[] {
  const rules = { calendars: [calendar('default', {})], targets: [], defaultMinutes: 60, resolveHoldsMs: 72 * 3_600_000 };
  const conversations = [{ id: 'chat', record: 'ines', channelId: 'chat' }, { id: 'mail', record: 'ines', channelId: 'mail' }, { id: 'other', record: 'ben', channelId: 'mail' }];
  return slowWaits({ now: on('Fri 17:00'), rules, joined: {}, tags: {}, conversations, facts, ...more });
}

/** "chat first 10:00-10:20 answered" */
function inWords(waits: readonly SlowWait[]): string[] {
  const clock = (at: number): string => {
    const date = new Date(at);
    const day = days[(date.getUTCDay() + 6) % 7] ?? '';
    return `${day === 'Mon' ? '' : `${day} `}${date.toISOString().slice(11, 16)}`;
  };
  return waits.map((wait) => `${wait.conversation} ${wait.kind} ${clock(wait.from)}-${wait.to === undefined ? '' : clock(wait.to)} ${wait.state}`);
}

const segmentsInWords = (wait: SlowWait | undefined): string[] => (wait?.segments ?? []).map((segment) => `${(segment.to - segment.from) / 60_000} ${segment.by}${segment.agentId === undefined ? '' : ` ${segment.agentId}`}${segment.teamId === undefined ? '' : ` of ${segment.teamId}`}`);

describe('the second opinion on waits', () => {
  it('runs from the first ask to the moment the answer was accepted, not to when it was written', () => {
    expect(inWords(tell([word('10:00', 'a'), word('10:05', 'b'), answer('10:10', '10:20', 'x')]))).to.deep.equal(['chat first 10:00-10:20 answered']);
  });

  it('uses the provider’s time, the arrival instead of the future and of 1980, and the arrival for a clock that is a little fast', () => {
    expect(inWords(tell([word('10:05', 'a', { said: on('10:01') })]))).to.deep.equal(['chat first 10:01- open']);
    expect(inWords(tell([word('10:05', 'a', { said: on('11:06') })]))).to.deep.equal(['chat first 10:05- open']);
    expect(inWords(tell([word('10:05', 'a', { said: Date.UTC(1980, 0, 1) })]))).to.deep.equal(['chat first 10:05- open']);
    expect(inWords(tell([word('10:05', 'a', { said: on('10:30') })]))).to.deep.equal(['chat first 10:05- open']);
  });

  it('begins with no thanks, no auto-reply, no "that helped", no "never mind", and not in spam', () => {
    expect(tell([word('10:00', 'a', { means: 'thanks' }), word('10:01', 'b', { means: 'software' }), word('10:02', 'c', { means: 'helped' }), word('10:03', 'd', { means: 'never_mind' })])).to.deep.equal([]);
    expect(tell([lies('9:59', { status: 'spam' }), word('10:00', 'a')])).to.deep.equal([]);
  });

  it('moves back when an earlier ask arrives late, and keeps being the same wait', () => {
    expect(inWords(tell([word('10:00', 'a'), word('10:30', 'b', { said: on('9:40') }), answer('10:40', '10:40', 'x')]))).to.deep.equal(['chat first 09:40-10:40 answered']);
  });

  it('leaves what arrived after an answer was written to the next wait, from that ask’s own time', () => {
    // x is written at 10:10 and accepted at 10:20; b arrives at 10:15.
    const facts: Fact[] = [word('10:00', 'a'), word('10:15', 'b')];
    const first = facts[0]?.is === 'word' ? facts[0].seq : 0;
    expect(inWords(tell([...facts, answer('10:10', '10:20', 'x', { seq: first + 0.5 })]))).to.deep.equal(['chat first 10:00-10:20 answered', 'chat next 10:15- open']);
  });

  it('of which only the later-known ask is left over begins where that one says', () => {
    // b was written at 9:50 and arrived at 10:15, after x had been written: x answers a alone, 10:00 to 10:20; b waits from 9:50.
    const a = word('10:00', 'a');
    const b = word('10:15', 'b', { said: on('9:50') });
    const x = answer('10:10', '10:20', 'x', { seq: a.is === 'word' ? a.seq + 0.5 : 0 });
    expect(inWords(tell([a, b, x]))).to.deep.equal(['chat next 09:50- open', 'chat first 10:00-10:20 answered']);
  });

  it('is ended by an outside answer at its own time, for the asks written until then', () => {
    expect(inWords(tell([word('10:00', 'a'), word('10:30', 'b'), outside('11:00', '10:10', 'x')]))).to.deep.equal(['chat first 10:00-10:10 answered', 'chat next 10:30- open']);
    expect(inWords(tell([word('10:00', 'a'), outside('11:00', '9:50', 'x')]))).to.deep.equal(['chat first 10:00- open']);
  });

  it('is not ended by an answer that was known before the ask was', () => {
    expect(inWords(tell([outside('10:10', '10:10', 'x'), word('10:20', 'a', { said: on('10:05') })]))).to.deep.equal(['chat first 10:05- open']);
  });

  it('is ended on every channel of the person, and on no other person’s', () => {
    const facts = [word('10:00', 'a'), word('10:05', 'b', { in: 'mail' }), word('10:06', 'c', { in: 'other' }), answer('10:10', '10:11', 'x', { in: 'mail' })];
    expect(inWords(tell(facts))).to.deep.equal(['chat first 10:00-10:11 answered', 'mail first 10:05-10:11 answered', 'other first 10:06- open']);
    expect(inWords(tell(facts, { joined: { ben: 'ines' } }))).to.deep.equal(['chat first 10:00-10:11 answered', 'mail first 10:05-10:11 answered', 'other first 10:06-10:11 answered']);
  });

  it('runs on in one conversation when an agent says that the answer elsewhere was none for it', () => {
    const facts: Fact[] = [word('10:00', 'a'), word('10:05', 'b', { in: 'mail' }), answer('10:10', '10:11', 'x', { in: 'mail' }), word('10:20', 'c'), { is: 'not_here', at: on('10:30'), conversation: 'chat', message: 'x' }];
    expect(inWords(tell(facts))).to.deep.equal(['chat first 10:00- open', 'mail first 10:05-10:11 answered']);
    expect(tell(facts)[0]?.asks).to.deep.equal(['a', 'c']);
  });

  it('stands as if an answer that bounced had not been given', () => {
    const facts: Fact[] = [word('10:00', 'a'), answer('10:10', '10:11', 'x'), word('10:20', 'b'), answer('10:30', '10:31', 'y'), { is: 'bounced', at: on('12:00'), message: 'x' }];
    expect(inWords(tell(facts.slice(0, 4)))).to.deep.equal(['chat first 10:00-10:11 answered', 'chat next 10:20-10:31 answered']);
    expect(inWords(tell(facts))).to.deep.equal(['chat first 10:00-10:31 answered']);
  });

  it('is answered at the second sending when the first one bounced', () => {
    expect(inWords(tell([word('10:00', 'a'), answer('10:10', '10:11', 'x'), { is: 'bounced', at: on('11:00'), message: 'x' }, answer('10:10', '11:30', 'x')]))).to.deep.equal(['chat first 10:00-11:30 answered']);
  });

  it('ends with the bot’s last word when the customer says that it helped, unless a human wrote, too, or the bot spoke before it began', () => {
    const bot = (at: string): Fact => ({ is: 'bot_word', at: on(at), conversation: 'chat' });
    expect(inWords(tell([word('10:00', 'a'), bot('10:01'), bot('10:02'), word('10:09', 'b', { means: 'helped' })]))).to.deep.equal(['chat first 10:00-10:02 answered_by_bot']);
    expect(inWords(tell([bot('10:01'), word('10:03', 'a'), word('10:09', 'b', { means: 'helped' })]))).to.deep.equal(['chat first 10:03- open']);
    // A human has written, and it has not arrived yet.
    expect(inWords(tell([word('10:00', 'a'), bot('10:01'), { is: 'written', at: on('10:02'), conversation: 'chat', message: 'x' }, word('10:09', 'b', { means: 'helped' })]))).to.deep.equal(['chat first 10:00- open']);
  });

  it('ends as not needed at the agent’s word, also by spam, and in that conversation only', () => {
    expect(inWords(tell([word('10:00', 'a'), word('10:01', 'b', { in: 'mail' }), { is: 'not_needed', at: on('10:30'), conversation: 'chat', agentId: 'lena' }, { is: 'spam', at: on('10:40'), conversation: 'mail', agentId: 'otto' }]))).to.deep.equal(['chat first 10:00-10:30 not_needed', 'mail first 10:01-10:40 not_needed']);
  });

  it('runs from the earliest ask that is left when one is deleted, and is abandoned with the last', () => {
    const facts: Fact[] = [word('10:00', 'a'), word('10:10', 'b'), { is: 'deleted', at: on('10:20'), message: 'a' }];
    expect(inWords(tell(facts))).to.deep.equal(['chat first 10:10- open']);
    expect(inWords(tell([...facts, { is: 'deleted', at: on('10:30'), message: 'b' }]))).to.deep.equal(['chat first 10:10-10:30 abandoned']);
    expect(inWords(tell([word('10:00', 'a'), answer('10:05', '10:06', 'x'), { is: 'deleted', at: on('10:20'), message: 'a' }]))).to.deep.equal(['chat first 10:00-10:06 answered']);
  });

  it('is abandoned in words at their own time, for what was asked until then', () => {
    expect(inWords(tell([word('10:00', 'a'), word('10:10', 'b', { means: 'never_mind', said: on('10:08') })]))).to.deep.equal(['chat first 10:00-10:08 abandoned']);
    expect(inWords(tell([word('10:00', 'a'), word('10:09', 'b'), word('10:10', 'c', { means: 'never_mind', said: on('10:08') })]))).to.deep.equal(['chat first 10:09- open']);
  });

  it('begins after all at the thanks’ own time when an agent starts the clock', () => {
    expect(inWords(tell([word('10:00', 'a', { means: 'thanks' }), { is: 'clock_started', at: on('11:00'), message: 'a' }]))).to.deep.equal(['chat first 10:00- open']);
  });

  it('counts first and next in the order of becoming known', () => {
    expect(inWords(tell([word('10:00', 'a'), answer('10:01', '10:02', 'x'), word('10:30', 'b', { said: on('9:30') })]))).to.deep.equal(['chat next 09:30- open', 'chat first 10:00-10:02 answered']);
  });

  it('is cut by who had it: bot, nobody, an agent, asleep, the customer', () => {
    const facts: Fact[] = [
      lies('10:00', { botDone: false }), word('10:00', 'a'), lies('10:05', {}), lies('10:15', { teamId: 'support' }), lies('10:20', { teamId: 'support', assigneeId: 'lena' }),
      lies('10:30', { teamId: 'support', assigneeId: 'lena', status: 'snoozed', snoozedBy: 'otto' }), lies('11:00', { teamId: 'support', assigneeId: 'lena' }),
      lies('11:10', { teamId: 'support', assigneeId: 'lena', status: 'pending' }), lies('11:40', { teamId: 'support', assigneeId: 'lena', status: 'resolved' }), answer('12:00', '12:00', 'x', { teamId: 'support' }),
    ];
    expect(segmentsInWords(tell(facts)[0])).to.deep.equal(['5 bot', '10 unassigned', '5 unassigned of support', '10 agent lena of support', '30 snoozed otto of support', '10 agent lena of support', '30 customer of support', '20 agent lena of support']);
    expect(tell(facts)[0]?.answer).to.deep.equal({ messageId: 'x', conversationId: 'chat', by: 'agent', agentId: 'lena', name: 'Lena', teamId: 'support', channelId: 'chat' });
  });

  it('lies from its beginning with whoever had it when it became known, and not beyond its end', () => {
    expect(segmentsInWords(tell([lies('9:00', { assigneeId: 'otto' }), lies('9:50', { assigneeId: 'lena' }), word('10:00', 'a', { said: on('9:30') }), lies('10:10', { assigneeId: 'otto' }), lies('10:40', { assigneeId: 'lena' }), outside('11:00', '10:20', 'x')])[0])).to.deep.equal(['40 agent lena', '10 agent otto']);
  });

  it('takes open hours segment by segment, by the calendar of the team that had it', () => {
    // Support is open round the clock on Mondays. 16:00 to 19:00 with support: 3 h. 19:00 to Tue 10:00 with the house: Tue 9 to 10, 1 h.
    const calendars = [calendar('default', {}), calendar('support', { teamIds: ['support'], blocks: [{ day: 0, from: 0, to: 1_440 }] })];
    const rules = { calendars, targets: [], defaultMinutes: 60, resolveHoldsMs: 0 };
    const [wait] = tell([lies('15:00', { teamId: 'support' }), word('16:00', 'a'), lies('19:00', {}), answer('Tue 10:00', 'Tue 10:00', 'x')], { rules });
    expect([wait?.calendarMs, wait?.businessMs]).to.deep.equal([minutes(18 * 60), minutes(4 * 60)]);
  });

  it('is due after an hour of open time, and over from then on', () => {
    // Fri 16:30: half an hour on Friday, half an hour on Monday morning the 12th.
    const due = Date.UTC(2026, 9, 12, 9, 30);
    const facts = [word('Fri 16:30', 'a')];
    expect(tell(facts)[0]).to.deep.include({ target: { id: 'default', ms: minutes(60), hours: 'business', dueAt: due } });
    expect(tell(facts)[0]?.breachedAt).to.equal(undefined);
    expect(tell(facts, { now: due + 1 })[0]?.breachedAt).to.equal(due);
    expect(tell([...facts, { ...answer('Fri 16:40', 'Fri 16:40', 'x'), at: due }])[0]?.breachedAt).to.equal(undefined);
    expect(tell([...facts, { ...answer('Fri 16:40', 'Fri 16:40', 'x'), at: due + 1 }])[0]?.breachedAt).to.equal(due);
  });

  it('is held against the strictest target that applies, chosen again with team and priority, but not once it is over', () => {
    const rules = { calendars: [calendar('default', {})], targets: [target('slow', 120), target('team', 45, { teamIds: ['support'] }), target('urgent', 20, { priorities: ['urgent'] }), target('later', 1, { kind: 'next' }), target('off', 1, { on: false })], defaultMinutes: 60, resolveHoldsMs: 0 };
    const dueOf = (facts: Fact[]): string => {
      const wait = tell(facts, { rules })[0];
      return `${wait?.target.id} ${((wait?.target.dueAt ?? 0) - on('10:00')) / 60_000}`;
    };
    expect(dueOf([word('10:00', 'a')])).to.equal('slow 120');
    expect(dueOf([word('10:00', 'a'), lies('10:10', { teamId: 'support' })])).to.equal('team 45');
    expect(dueOf([word('10:00', 'a'), lies('10:10', { teamId: 'support' }), lies('10:15', { teamId: 'support', priority: 'urgent' })])).to.equal('urgent 20');
    expect(dueOf([word('10:00', 'a'), lies('10:10', { teamId: 'support' }), lies('10:44', {})])).to.equal('slow 120');
    expect(dueOf([word('10:00', 'a'), lies('10:10', { teamId: 'support' }), lies('10:46', {})])).to.equal('team 45');
    expect(dueOf([word('10:00', 'a'), lies('10:10', { teamId: 'support' }), lies('10:46', {}), word('10:50', 'b', { said: on('9:50') })])).to.equal('slow 110');
  });

  it('is no longer over when an outside answer before the deadline becomes known', () => {
    expect(tell([word('10:00', 'a'), outside('13:00', '10:59', 'x')])[0]?.breachedAt).to.equal(undefined);
    expect(tell([word('10:00', 'a'), outside('13:00', '11:01', 'x')])[0]?.breachedAt).to.equal(on('11:00'));
  });
});

describe('the second opinion on open hours', () => {
  const spot = { tags: [] };
  const hoursOf = (calendars: Calendar[], from: number, to: number, where: { teamId?: string; channelId?: string; tags: string[] } = { tags: [] }): number => openMs(calendars, where, { from, to }) / 3_600_000;
  const everyDay = (from: number, to: number) => [0, 1, 2, 3, 4, 5, 6].map((day) => ({ day, from, to }));

  it('has five days of eight hours in a week, and none on a holiday, half of it on an exception', () => {
    expect(hoursOf([calendar('default', {})], on('Mon 00:00'), on('Sun 24:00'))).to.equal(40);
    expect(hoursOf([calendar('default', { holidayDays: [{ date: '2026-10-06', name: 'x' }], exceptions: [{ date: '2026-10-07', name: 'y', blocks: [{ from: 540, to: 780 }] }] })], on('Mon 00:00'), on('Sun 24:00'))).to.equal(28);
  });

  it('lets the calendar of a tag win over the channel’s, that over the team’s, that over the default', () => {
    const calendars = [calendar('default', {}), calendar('t', { teamIds: ['support'], blocks: everyDay(0, 60) }), calendar('c', { channelIds: ['chat'], blocks: everyDay(0, 120) }), calendar('v', { customerTags: ['vip'], blocks: everyDay(0, 180) })];
    const inDay = (where: { teamId?: string; channelId?: string; tags: string[] }): number => hoursOf(calendars, on('Mon 00:00'), on('Mon 24:00'), where);
    expect([inDay({ tags: [] }), inDay({ teamId: 'support', tags: [] }), inDay({ teamId: 'support', channelId: 'chat', tags: [] }), inDay({ teamId: 'support', channelId: 'chat', tags: ['vip'] })]).to.deep.equal([8, 1, 2, 3]);
  });

  it('lets a night’s block run on over midnight, but not into a day that is closed on purpose, nor into other hours', () => {
    const night = { blocks: [{ day: 0, from: 22 * 60, to: 26 * 60 }] };
    expect(hoursOf([calendar('default', night)], on('Mon 00:00'), on('Tue 24:00'))).to.equal(4);
    expect(hoursOf([calendar('default', { ...night, holidayDays: [{ date: '2026-10-06', name: 'x' }] })], on('Mon 00:00'), on('Tue 24:00'))).to.equal(2);
    expect(hoursOf([calendar('default', { ...night, exceptions: [{ date: '2026-10-06', name: 'x', blocks: [] }] })], on('Mon 00:00'), on('Tue 24:00'))).to.equal(2);
    // The day has hours of its own: 22 to 2, and 10 to 11.
    expect(hoursOf([calendar('default', { ...night, holidayDays: [{ date: '2026-10-06', name: 'x' }], exceptions: [{ date: '2026-10-06', name: 'y', blocks: [{ from: 600, to: 660 }] }] })], on('Mon 00:00'), on('Tue 24:00'))).to.equal(5);
    // The old week is cut at midnight: 22 to 24; then the new week alone: its Monday night until 0:30, and Tuesday 1 to 3.
    expect(hoursOf([calendar('default', night, { since: '2026-10-06', blocks: [{ day: 0, from: 23 * 60, to: 24 * 60 + 30 }, { day: 1, from: 60, to: 180 }] })], on('Mon 00:00'), on('Tue 24:00'))).to.equal(4.5);
  });

  it('takes of two calendars on one level the one that was made first, and is always open where none counts', () => {
    const early = { ...calendar('z', { teamIds: ['support'], blocks: everyDay(0, 60) }), createdAt: 1 };
    const late = { ...calendar('a', { teamIds: ['support'], blocks: everyDay(0, 120) }), createdAt: 2 };
    expect(hoursOf([late, early], on('Mon 00:00'), on('Mon 24:00'), { teamId: 'support', tags: [] })).to.equal(1);
    expect(hoursOf([late, early], on('Mon 00:00'), on('Mon 24:00'))).to.equal(24);
  });

  it('counts new hours from their date on in their own zone', () => {
    // In Tokyo Tuesday begins on Monday, 15:00 UTC: until then the old week, 9 to 15 UTC; from then on 0 to 3 in Tokyo, 15 to 18 UTC.
    expect(openStretches([calendar('default', {}, { since: '2026-10-06', timeZone: 'Asia/Tokyo', blocks: [{ day: 1, from: 0, to: 180 }] })], spot, { from: on('Mon 00:00'), to: on('Tue 24:00') })).to.deep.equal([{ from: on('Mon 09:00'), to: on('Mon 18:00') }]);
  });

  it('begins with the jump what begins in the left-out hour, and ends the second time what ends in the repeated one', () => {
    // Berlin: 29 March 2026, 2:00 becomes 3:00 (1:00 UTC). 2:30 to 4:00 is 3:00 to 4:00, one hour.
    const spring = Date.UTC(2026, 2, 29);
    expect(openStretches([calendar('default', { timeZone: 'Europe/Berlin', blocks: everyDay(150, 240) })], spot, { from: spring - 3_600_000, to: spring + 20 * 3_600_000 })).to.deep.equal([{ from: spring + 3_600_000, to: spring + 2 * 3_600_000 }]);
    // 25 October 2026, 3:00 becomes 2:00 (1:00 UTC). 1:00 to 2:30 begins at 23:00 UTC the day before and ends the second time, at 1:30 UTC: 2.5 h.
    const autumn = Date.UTC(2026, 9, 25);
    expect(hoursOf([calendar('default', { timeZone: 'Europe/Berlin', blocks: everyDay(60, 150) })], autumn - 3_600_000, autumn + 20 * 3_600_000)).to.equal(2.5);
    // New York: 8 March 2026, 2:00 becomes 3:00 at 7:00 UTC; 0:00 to 6:00 is five hours. 1 November, 2:00 becomes 1:00: seven hours.
    expect(hoursOf([calendar('default', { timeZone: 'America/New_York', blocks: everyDay(0, 360) })], Date.UTC(2026, 2, 8, 5), Date.UTC(2026, 2, 9, 4))).to.equal(5);
    expect(hoursOf([calendar('default', { timeZone: 'America/New_York', blocks: everyDay(0, 360) })], Date.UTC(2026, 10, 1, 4), Date.UTC(2026, 10, 2, 5))).to.equal(7);
    // Sydney: 4 October 2026, 2:00 becomes 3:00 at 16:00 UTC on the 3rd; the night's block from 22:00 to 5:00 is six hours.
    expect(hoursOf([calendar('default', { timeZone: 'Australia/Sydney', blocks: [{ day: 5, from: 22 * 60, to: 29 * 60 }] })], Date.UTC(2026, 9, 3), Date.UTC(2026, 9, 4))).to.equal(6);
  });
});
