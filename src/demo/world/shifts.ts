import type { Millis } from '../../inbox/model/common.js';
import { localTime, minute } from './days.js';
import type { Random } from './random.js';

export interface Block {
  from: Millis;
  to: Millis;
  state: 'online' | 'away';
}

interface Shift {
  days: readonly number[];
  /** Minutes of the day; `lunch` is when they set themselves to away. */
  from: number;
  to: number;
  lunch?: readonly [number, number];
}

const [monday, tuesday, wednesday, thursday, friday, saturday] = [0, 1, 2, 3, 4, 5];
const at = (hour: number, minutes = 0): number => hour * 60 + minutes;

/** When everybody usually has Rapport open. On Mondays, when the weekend's questions lie there, the lead and the workshop begin late; Fridays are thin after three, Saturdays are one person's. */
const shifts: Readonly<Record<string, readonly Shift[]>> = {
  'demo-agent-ruth': [{ days: [monday, tuesday, thursday], from: at(9), to: at(12, 15) }, { days: [wednesday, friday], from: at(13, 30), to: at(15, 30) }],
  'demo-agent-lena': [{ days: [monday], from: at(9, 15), to: at(15), lunch: [at(12, 30), at(13, 10)] }, { days: [tuesday, wednesday, thursday, friday], from: at(8, 30), to: at(15), lunch: [at(12, 30), at(13, 10)] }],
  'demo-agent-jonas': [{ days: [monday, tuesday, wednesday, thursday], from: at(8, 30), to: at(17), lunch: [at(12), at(12, 45)] }, { days: [friday], from: at(8, 30), to: at(14, 30) }],
  'demo-agent-sylvie': [{ days: [monday, tuesday, thursday, friday], from: at(9, 30), to: at(18), lunch: [at(13), at(13, 45)] }, { days: [saturday], from: at(10), to: at(12, 30) }],
  'demo-agent-ana': [{ days: [monday], from: at(9, 10), to: at(17, 30), lunch: [at(12, 30), at(13, 30)] }, { days: [tuesday, wednesday, thursday], from: at(8, 30), to: at(17, 30), lunch: [at(12, 30), at(13, 30)] }, { days: [friday], from: at(8, 30), to: at(15) }],
  'demo-agent-pieter': [{ days: [tuesday, wednesday, thursday, friday], from: at(9), to: at(18), lunch: [at(12, 30), at(13, 30)] }],
};

/** The day's shift of one person, a few minutes this way or that. `noon` is any instant of that day in the firm's zone. */
export function shiftOn(agentId: string, noon: Millis, random: Random): Block[] {
  const local = localTime(noon);
  const midnight = noon - (noon % minute) - local.minute * minute;
  return (shifts[agentId] ?? []).filter((shift) => shift.days.includes(local.day)).flatMap(({ from, to, lunch }): Block[] => {
    const begin = midnight + (from + random.between(-6, 9)) * minute;
    const end = midnight + (to + random.between(-10, 14)) * minute;
    if (lunch === undefined) return [{ from: begin, to: end, state: 'online' }];
    const [out, back] = lunch.map((time) => midnight + (time + random.between(-8, 8)) * minute) as [Millis, Millis];
    return [{ from: begin, to: out, state: 'online' }, { from: out, to: back, state: 'away' }, { from: back, to: end, state: 'online' }];
  });
}
