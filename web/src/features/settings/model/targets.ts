import type { Priority, TargetView } from '../../../lib/shapes.js';

export type TargetKind = TargetView['kind'];

interface Named {
  readonly id: string;
  readonly name: string;
}

/** What ids are called. */
export interface Places {
  teams: readonly Named[];
  channels: readonly Named[];
}

export const kinds: readonly { value: TargetKind; label: string; says: string }[] = [
  { value: 'first', label: 'First answer', says: 'first answer' },
  { value: 'next', label: 'Every later answer', says: 'every later answer' },
  { value: 'final', label: 'Until it is solved', says: 'solved' },
];

export const priorityWords: Record<Priority, string> = { low: 'low', normal: 'normal', high: 'high', urgent: 'urgent' };
export const priorities: readonly Priority[] = ['urgent', 'high', 'normal', 'low'];

/** "30 minutes", "1 hour 30 minutes", "3 days" where a day has 24 hours. */
export function lengthWords(minutes: number, hours: TargetView['hours']): string {
  const days = hours === 'calendar' && minutes >= 1_440 ? Math.floor(minutes / 1_440) : 0;
  const rest = minutes - days * 1_440;
  const parts: [number, string][] = [[days, 'day'], [Math.floor(rest / 60), 'hour'], [rest % 60, 'minute']];
  return parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`).join(' ');
}

/** "First answer within 30 minutes, in business hours" */
export function promiseWords(target: Pick<TargetView, 'kind' | 'minutes' | 'hours'>): string {
  const says = kinds.find(({ value }) => value === target.kind)?.says ?? '';
  return `${says.charAt(0).toUpperCase()}${says.slice(1)} within ${lengthWords(target.minutes, target.hours)}, ${target.hours === 'business' ? 'in business hours' : 'round the clock'}`;
}

/** "for customers tagged vip, on Web chat, with priority high or urgent"; "for everybody" without conditions. */
export function forWhomWords(target: Pick<TargetView, 'teamIds' | 'channelIds' | 'priorities' | 'customerTags'>, places: Places): string {
  const parts = [
    target.customerTags.length === 0 ? '' : `for customers tagged ${either(target.customerTags)}`,
    target.teamIds.length === 0 ? '' : `in ${either(namesOf(target.teamIds, places.teams, 'a team that is gone'))}`,
    target.channelIds.length === 0 ? '' : `on ${either(namesOf(target.channelIds, places.channels, 'a channel that is gone'))}`,
    target.priorities.length === 0 ? '' : `with priority ${either(priorities.filter((priority) => target.priorities.includes(priority)).toReversed())}`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'for everybody' : parts.join(', ');
}

/** The strictest first; of two as long the one that runs round the clock. */
export function byStrictness(one: TargetView, other: TargetView): number {
  return one.minutes - other.minutes || Number(one.hours === 'business') - Number(other.hours === 'business') || one.name.localeCompare(other.name);
}

/** A conversation to try targets with. */
export interface Trial {
  teamId: string;
  channelId: string;
  priority: Priority;
  tag: string;
}

/** Those that apply to it, the strictest first. More than one may win where one runs in business hours and a shorter one does not decide it. */
export function applying(targets: readonly TargetView[], kind: TargetKind, trial: Trial): TargetView[] {
  const tag = trial.tag.trim().toLowerCase();
  return targets.filter((target) => target.on && target.kind === kind
    && meets(target.teamIds, trial.teamId) && meets(target.channelIds, trial.channelId) && meets(target.priorities, trial.priority)
    && (target.customerTags.length === 0 || target.customerTags.includes(tag))).toSorted(byStrictness);
}

/** Whether opening hours decide which of the first two ends earlier: a short time in business hours may be longer than a long one round the clock. */
export function dependsOnHours(found: readonly TargetView[]): boolean {
  const [first, ...others] = found;
  return first?.hours === 'business' && others.some((target) => target.hours === 'calendar');
}

function meets(wanted: readonly string[], has: string): boolean {
  return wanted.length === 0 || wanted.includes(has);
}

function namesOf(ids: readonly string[], among: readonly Named[], gone: string): string[] {
  return ids.map((id) => among.find((each) => each.id === id)?.name ?? gone);
}

function either(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;
}
