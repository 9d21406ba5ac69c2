import type { Place, TimeRules } from '../hours/place.js';
import { afterOpenMs } from '../hours/open-time.js';
import type { Millis } from '../model/common.js';
import type { Priority } from '../model/conversation.js';
import type { Target } from '../model/target.js';
import type { DueTarget } from '../model/wait.js';
import { lengthInWords } from './length-in-words.js';

export interface Held extends Place {
  kind: Target['kind'];
  priority: Priority;
  from: Millis;
}

/** What of a target is reckoned with, whether it was written down or is the workspace's own. */
type Timing = Pick<Target, 'name' | 'minutes' | 'hours' | 'warnAtShare'> & { id: string };
type Candidate = Omit<DueTarget, 'why'> & { createdAt: Millis };

/** The workspace's own target warns then. */
const defaultShare = 0.75;

/** The target that counts here: of those that apply, the one with the earliest deadline. Of `final` there may be none. Pure. */
export function chooseTarget(rules: TimeRules, held: Held): DueTarget | undefined {
  const candidates = rules.targets.filter((target) => applies(target, held)).map((target) => ({ ...timed(rules, held, { ...target, id: target._id }), createdAt: target.createdAt }));
  const winner = candidates.reduce<Candidate | undefined>((best, each) => (best === undefined || stricter(each, best) ? each : best), undefined);
  if (winner === undefined) return held.kind === 'final' ? undefined : companyTarget(rules, held);
  const { createdAt: _age, ...due } = winner;
  const count = candidates.length;
  return { ...due, why: `${count === 1 ? 'the only one that applies' : `strictest of ${count}`}: ${due.name}, ${targetInWords(due)}` };
}

/**
 * The same again for a wait that has a target already, when team, priority or tags change at `at`. One whose deadline
 * has passed by then stands: a breach is not undone by handing the customer on.
 */
export function rechooseTarget(rules: TimeRules, held: Held, now: { current: DueTarget | undefined; at: Millis }): DueTarget | undefined {
  return now.current !== undefined && now.current.dueAt < now.at ? now.current : chooseTarget(rules, held);
}

/** Whether it is held against the same for the same reason. */
export function sameTarget(one: DueTarget | undefined, other: DueTarget | undefined): boolean {
  return one?.id === other?.id && one?.dueAt === other?.dueAt && one?.warnAt === other?.warnAt && one?.why === other?.why;
}

/** Whether all conditions of this target hold here. */
export function applies(target: Target, held: Omit<Held, 'from'>): boolean {
  return target.on && target.kind === held.kind
    && meets(target.teamIds, held.teamId)
    && meets(target.channelIds, held.channelId)
    && meets(target.priorities, held.priority)
    && (target.customerTags.length === 0 || sharesTag(target.customerTags, held.customerTags ?? []));
}

/** "30 m in business hours": how long, by which clock. */
export function targetInWords(target: Pick<DueTarget, 'ms' | 'hours'>): string {
  return `${lengthInWords(target.ms, target.hours)} ${target.hours === 'business' ? 'in business hours' : 'round the clock'}`;
}

function companyTarget(rules: TimeRules, held: Held): DueTarget {
  const due = timed(rules, held, { id: 'default', name: 'Answer target', minutes: rules.defaultMinutes, hours: 'business', warnAtShare: defaultShare });
  return { ...due, why: `no target of its own applies: the whole company's, ${targetInWords(due)}` };
}

function timed(rules: TimeRules, held: Held, timing: Timing): Omit<DueTarget, 'why'> {
  const ms = timing.minutes * 60_000;
  const { id, name, hours } = timing;
  return { id, name, ms, hours, dueAt: instantAfter(rules, held, { ms, hours }), warnAt: instantAfter(rules, held, { ms: Math.round(ms * timing.warnAtShare), hours }) };
}

/** Where it hardly ever opens the business clock would never get there: calendar time counts, so that there is a deadline at all. */
function instantAfter(rules: TimeRules, held: Held, length: Pick<DueTarget, 'ms' | 'hours'>): Millis {
  const later = held.from + length.ms;
  return length.hours === 'calendar' ? later : afterOpenMs(rules.calendars, held, held.from, length.ms) ?? later;
}

/** The earlier deadline; at the same one the shorter time, then the older target. */
function stricter(one: Candidate, other: Candidate): boolean {
  if (one.dueAt !== other.dueAt) return one.dueAt < other.dueAt;
  if (one.ms !== other.ms) return one.ms < other.ms;
  return one.createdAt === other.createdAt ? one.id < other.id : one.createdAt < other.createdAt;
}

function meets<T>(wanted: readonly T[], has: T | undefined): boolean {
  return wanted.length === 0 || (has !== undefined && wanted.includes(has));
}

function sharesTag(wanted: readonly string[], has: readonly string[]): boolean {
  const folded = new Set(has.map((tag) => tag.trim().toLowerCase()));
  return wanted.some((tag) => folded.has(tag.trim().toLowerCase()));
}
