import type { Me, Priority, Wall, WallRow } from '../../../lib/shapes.js';
import { lengthWords, type RunningWait } from '../../../lib/time/clock.js';
import { hoursFor } from '../../../lib/time/open-hours.js';

/** The wall as one sentence: "27 people wait, 5 over target; the longest 5 h 12 m." */
export function wallSentence(waiting: Wall['waiting'], now: number): string {
  if (waiting.customers === 0) return 'Nobody waits.';
  const who = waiting.customers === 1 ? 'One customer waits' : `${number(waiting.customers)} customers wait`;
  const over = waiting.over === 0 ? 'nobody over target' : `${number(waiting.over)} over target`;
  return `${who}, ${over}${waiting.longestSince === undefined ? '' : `; the longest ${lengthWords(now - waiting.longestSince)}`}.`;
}

export interface BigNumber {
  key: 'customers' | 'over' | 'withinHour' | 'unassigned';
  name: string;
  value: number;
  /** Below it, quietly. */
  more: string;
  tone: 'plain' | 'warn' | 'bad';
  /** Which definitions say what it means. */
  defined: readonly string[];
}

/** The four figures that are read from across the room. */
export function bigNumbers(waiting: Wall['waiting'], now: number): BigNumber[] {
  const longest = [...(waiting.longestSince === undefined ? [] : [`longest ${lengthWords(now - waiting.longestSince)}`]), ...(waiting.inPublic === 0 ? [] : [`${number(waiting.inPublic)} in public`])].join(', ');
  return [
    { key: 'customers', name: 'Waiting', value: waiting.customers, more: longest || 'for an answer', tone: 'plain', defined: ['wall_waiting', 'wait'] },
    { key: 'over', name: 'Over target', value: waiting.over, more: waiting.over === 0 ? 'nobody is late' : 'their deadline has passed', tone: waiting.over > 0 ? 'bad' : 'plain', defined: ['over_target'] },
    { key: 'withinHour', name: 'Due within the hour', value: waiting.withinHour, more: 'over target unless answered', tone: waiting.withinHour > 0 ? 'warn' : 'plain', defined: ['within_hour'] },
    { key: 'unassigned', name: 'Unassigned', value: waiting.unassigned, more: 'nobody has them yet', tone: 'plain', defined: ['wall_unassigned'] },
  ];
}

/** The wait of a row, as the clock takes it. The target that it is held against stands in the conversation. */
export function rowWait({ conversation, since, dueAt, targetMs, why }: WallRow, me: Pick<Me, 'teams' | 'workspace'>): RunningWait | undefined {
  if (conversation.due !== undefined) return { since, due: conversation.due, hours: hoursFor(me, conversation.teamId) };
  if (dueAt === undefined) return undefined;
  return { since, due: { at: dueAt, warnAt: dueAt, ms: targetMs ?? dueAt - since, hours: 'calendar', name: 'Target', why: why ?? '' } };
}

/** Colleagues with what the wall says of them now: what they had open when the page was loaded is no help in choosing. */
export function withLoads(me: Me, { people }: Pick<Wall, 'people'>): Me {
  const shown = new Map(people.map((person) => [person.id, person]));
  return {
    ...me,
    agents: me.agents.map((agent) => {
      const person = shown.get(agent.id);
      return person === undefined ? agent : { ...agent, load: person.load, presence: person.presence };
    }),
  };
}

/** With whom it lies. */
export function holderWords({ by, holder }: Pick<WallRow, 'by' | 'holder'>): string {
  switch (by) {
    case 'agent':
      return holder?.name ?? 'somebody';
    case 'snoozed':
      return holder === undefined ? 'snoozed' : `snoozed by ${holder.name}`;
    case 'customer':
      return holder === undefined ? 'pending' : `pending, ${holder.name}`;
    case 'bot':
      return 'with the bot';
    case 'unassigned':
      return 'nobody’s';
  }
}

/** One step more urgent; nothing when there is none. */
export function raised(priority: Priority): Priority | undefined {
  const steps: Readonly<Record<Priority, Priority | undefined>> = { low: 'normal', normal: 'high', high: 'urgent', urgent: undefined };
  return steps[priority];
}

function number(value: number): string {
  return value.toLocaleString('en-GB');
}
