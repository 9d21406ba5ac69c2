import type { Priority, TargetView } from '../../../lib/shapes.js';
import type { TargetInput } from '../api/targets.js';
import type { TargetKind } from './targets.js';

export const units = { minutes: 1, hours: 60, days: 1_440 } as const;
export type Unit = keyof typeof units;

/** What stands in the editor. */
export interface TargetForm {
  name: string;
  kind: TargetKind;
  amount: string;
  unit: Unit;
  hours: TargetView['hours'];
  teamIds: string[];
  channelIds: string[];
  priorities: Priority[];
  tags: string;
  /** Percent. */
  warnAt: string;
}

const mostMinutes = 525_600;

export function formOf(target: TargetView | undefined): TargetForm {
  if (target === undefined) return { name: '', kind: 'first', amount: '60', unit: 'minutes', hours: 'business', teamIds: [], channelIds: [], priorities: [], tags: '', warnAt: '75' };
  const unit: Unit = target.hours === 'calendar' && target.minutes % units.days === 0 ? 'days' : target.minutes % units.hours === 0 ? 'hours' : 'minutes';
  return { ...target, amount: String(target.minutes / units[unit]), unit, tags: target.customerTags.join(', '), warnAt: String(Math.round(target.warnAtShare * 100)) };
}

/** What is wrong with it, by field; empty when it can be saved. */
export function faultsOf(form: TargetForm): Partial<Record<'name' | 'amount' | 'warnAt', string>> {
  const minutes = minutesOf(form);
  const share = Number(form.warnAt);
  return {
    ...(form.name.trim() === '' ? { name: 'Give it a name: conversations say it.' } : {}),
    ...(minutes === undefined ? { amount: 'A whole number of minutes, up to a year.' } : {}),
    ...(/^\d{2}$/.test(form.warnAt.trim()) && share >= 10 ? {} : { warnAt: 'From 10 to 99.' }),
  };
}

/** Business days have no fixed length, so days count round the clock only. */
export function unitsFor(hours: TargetView['hours']): Unit[] {
  return hours === 'calendar' ? ['minutes', 'hours', 'days'] : ['minutes', 'hours'];
}

export function inputOf(form: TargetForm): Omit<TargetInput, 'on'> {
  const { name, kind, hours, teamIds, channelIds, priorities } = form;
  return {
    name: name.trim(), kind, hours, teamIds, channelIds, priorities, minutes: minutesOf(form) ?? 1, warnAtShare: Number(form.warnAt) / 100,
    customerTags: form.tags.split(',').map((tag) => tag.trim().toLowerCase()).filter((tag) => tag !== ''),
  };
}

function minutesOf({ amount, unit }: Pick<TargetForm, 'amount' | 'unit'>): number | undefined {
  const typed = amount.trim().replace(',', '.');
  const minutes = /^\d{1,6}(\.\d{1,2})?$/.test(typed) ? Number(typed) * units[unit] : 0;
  return Number.isInteger(minutes) && minutes >= 1 && minutes <= mostMinutes ? minutes : undefined;
}
