import { expect } from 'chai';
import fc from 'fast-check';
import type { Calendar } from '../../../src/inbox/model/calendar.js';
import type { Target } from '../../../src/inbox/model/target.js';
import { chooseTarget, type Held, rechooseTarget } from '../../../src/inbox/targets/choose-target.js';
import type { TimeRules } from '../../../src/inbox/hours/place.js';

const minute = 60_000;
const hour = 60 * minute;
/** Monday 5 October 2026, 09:00 UTC. */
const monday = Date.UTC(2026, 9, 5, 9);

const weekdays: Calendar = {
  _id: 'default', name: 'Office', createdAt: 0,
  versions: [{ timeZone: 'UTC', blocks: [0, 1, 2, 3, 4].map((day) => ({ day, from: 9 * 60, to: 17 * 60 })), exceptions: [], holidayDays: [], teamIds: [], channelIds: [], customerTags: [] }],
};

function target(id: string, more: Partial<Target> = {}): Target {
  return { _id: id, name: id, kind: 'first', minutes: 30, hours: 'calendar', teamIds: [], channelIds: [], priorities: [], customerTags: [], warnAtShare: 0.5, on: true, createdAt: 0, ...more };
}

function rules(targets: Target[], more: Partial<TimeRules> = {}): TimeRules {
  return { calendars: [weekdays], targets, defaultMinutes: 60, resolveHoldsMs: 72 * hour, ...more };
}

const held: Held = { kind: 'first', priority: 'normal', from: monday, teamId: 'sales', channelId: 'chat', customerTags: ['vip'] };

describe('which target counts', () => {
  const cases: { says: string; targets: Target[]; held?: { [K in keyof Held]?: Held[K] | undefined }; chosen: string | undefined }[] = [
    { says: "takes the whole company's when no target applies", targets: [], chosen: 'default' },
    { says: 'takes the only one that applies', targets: [target('a')], chosen: 'a' },
    { says: 'takes the strictest of several', targets: [target('a'), target('b', { minutes: 10 }), target('c', { minutes: 20 })], chosen: 'b' },
    { says: 'leaves alone what is switched off', targets: [target('a', { minutes: 5, on: false }), target('b')], chosen: 'b' },
    { says: 'leaves alone a target for later answers', targets: [target('a', { kind: 'next', minutes: 5 })], chosen: 'default' },
    { says: 'takes a target for later answers when it is one', targets: [target('a', { kind: 'next', minutes: 5 })], held: { kind: 'next' }, chosen: 'a' },
    { says: 'asks for the team', targets: [target('a', { teamIds: ['billing'] })], chosen: 'default' },
    { says: 'holds a team target against nothing that has no team', targets: [target('a', { teamIds: ['sales'] })], held: { teamId: undefined }, chosen: 'default' },
    { says: 'is met by any of several teams', targets: [target('a', { teamIds: ['billing', 'sales'] })], chosen: 'a' },
    { says: 'asks for the channel', targets: [target('a', { channelIds: ['mailbox'] })], chosen: 'default' },
    { says: 'asks for the priority', targets: [target('a', { priorities: ['urgent', 'high'] })], chosen: 'default' },
    { says: 'is met by one of several priorities', targets: [target('a', { priorities: ['urgent', 'high'] })], held: { priority: 'high' }, chosen: 'a' },
    { says: "asks for the customer's tag, however it is written", targets: [target('a', { customerTags: ['VIP '] })], chosen: 'a' },
    { says: 'is not met by a customer without tags', targets: [target('a', { customerTags: ['vip'] })], held: { customerTags: undefined }, chosen: 'default' },
    { says: 'wants all conditions at once', targets: [target('a', { teamIds: ['sales'], channelIds: ['mailbox'], minutes: 1 }), target('b', { teamIds: ['sales'], channelIds: ['chat'] })], chosen: 'b' },
    { says: 'compares deadlines, not minutes: an hour of business time over a weekend is longer than two days', targets: [target('a', { minutes: 60, hours: 'business' }), target('b', { minutes: 2_880 })], held: { from: monday - 72 * hour + 8 * hour }, chosen: 'b' },
    { says: 'takes the older of two that are alike', targets: [target('b', { createdAt: 2 }), target('a', { createdAt: 3 }), target('c', { createdAt: 1 })], chosen: 'c' },
    { says: 'has none for the whole conversation unless somebody made one', targets: [target('a')], held: { kind: 'final' }, chosen: undefined },
    { says: 'finds the one for the whole conversation', targets: [target('a', { kind: 'final', minutes: 1_440 })], held: { kind: 'final' }, chosen: 'a' },
  ];
  for (const { says, targets, held: more, chosen } of cases) {
    it(says, () => {
      expect(chooseTarget(rules(targets), { ...held, ...more } as Held)?.id).to.equal(chosen);
    });
  }

  it('says why it is this one, with how many applied', () => {
    const three = [target('a'), target('VIP customers', { minutes: 30, hours: 'business' }), target('c', { minutes: 95 })];
    three[0] = target('a', { minutes: 45 });
    expect(chooseTarget(rules(three), held)?.why).to.equal('strictest of 3: VIP customers, 30 m in business hours');
    expect(chooseTarget(rules([target('c', { minutes: 95 })]), held)?.why).to.equal('the only one that applies: c, 1 h 35 m round the clock');
    expect(chooseTarget(rules([]), held)?.why).to.equal("no target of its own applies: the whole company's, 1 h in business hours");
    expect(chooseTarget(rules([target('f', { kind: 'final', minutes: 4_380 })]), { ...held, kind: 'final' })?.why).to.equal('the only one that applies: f, 3 d 1 h round the clock');
  });

  it('warns when the share has passed in the clock of the target', () => {
    const calendar = chooseTarget(rules([target('a', { minutes: 100, warnAtShare: 0.8 })]), held);
    expect(calendar).to.include({ dueAt: monday + 100 * minute, warnAt: monday + 80 * minute, ms: 100 * minute });
    // Four hours from 15:00 on a Monday end on Tuesday at 11:00; three of them on Tuesday at 10:00.
    const business = chooseTarget(rules([target('a', { minutes: 240, hours: 'business', warnAtShare: 0.75 })]), { ...held, from: monday + 6 * hour });
    expect(business).to.include({ dueAt: monday + 26 * hour, warnAt: monday + 25 * hour });
  });

  it('counts round the clock where it never opens again, so that there is a deadline at all', () => {
    const closed: Calendar = { ...weekdays, versions: weekdays.versions.map((version) => ({ ...version, blocks: [] })) };
    const chosen = chooseTarget(rules([target('a', { hours: 'business' })], { calendars: [closed] }), held);
    expect(chosen).to.include({ dueAt: monday + 30 * minute });
  });

  it('never gives a later deadline because one more target was made', () => {
    const some = fc.array(fc.record({ minutes: fc.integer({ min: 1, max: 10_000 }), hours: fc.constantFrom('business' as const, 'calendar' as const), warnAtShare: fc.double({ min: 0.1, max: 0.99, noNaN: true }) }), { minLength: 1, maxLength: 6 });
    fc.assert(fc.property(some, fc.integer({ min: 0, max: 14 * 24 * 60 }), (made, shift) => {
      const targets = made.map((each, index) => target(`t${index}`, each));
      const at = { ...held, from: monday + shift * minute };
      const all = chooseTarget(rules(targets), at);
      const dueAts = targets.map((each) => chooseTarget(rules([each]), at)?.dueAt ?? 0);
      expect(all?.dueAt).to.equal(Math.min(...dueAts));
      expect(all?.warnAt).to.be.within(at.from, all?.dueAt ?? 0);
    }), { numRuns: 60 });
  });
});

describe('choosing the target again', () => {
  const lax = target('lax', { minutes: 240, priorities: ['normal'] });
  const strict = target('strict', { minutes: 30, priorities: ['urgent'] });
  const now = rules([lax, strict]);

  it('takes the stricter one when the priority is raised', () => {
    const current = chooseTarget(now, held);
    expect(rechooseTarget(now, { ...held, priority: 'urgent' }, { current, at: monday + hour })).to.include({ id: 'strict', dueAt: monday + 30 * minute });
  });

  it('takes the laxer one when the priority is lowered in time', () => {
    const current = chooseTarget(now, { ...held, priority: 'urgent' });
    expect(rechooseTarget(now, held, { current, at: monday + 10 * minute })?.id).to.equal('lax');
  });

  it('keeps a target whose deadline has passed: handing the customer on undoes no breach', () => {
    const current = chooseTarget(now, { ...held, priority: 'urgent' });
    expect(rechooseTarget(now, held, { current, at: monday + 31 * minute })?.id).to.equal('strict');
  });
});
