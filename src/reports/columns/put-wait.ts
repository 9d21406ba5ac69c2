import type { Wait } from '../../inbox/model/wait.js';
import type { Columns } from './columns.js';
import type { HolderTimes } from './holder-times.js';
import { flag, holderColumns, priorities, states, tagsWord } from './layouts.js';

/** What is known of a wait beside its own document. */
export interface WaitExtras {
  times: HolderTimes;
  /** When it was corrected last, and whether an answer turned out not to have arrived. */
  corrected?: { at: number; undelivered: boolean };
}

/** Writes a wait into its row, in place of what stood there. */
export function putWait(columns: Columns, wait: Wait, extras: WaitExtras): void {
  const { waits: table, words } = columns;
  const row = wait.n;
  table.touch(row);
  const { at } = table;
  at.state[row] = wait.void === true ? 0 : Math.max(0, states.indexOf(wait.state));
  at.from[row] = wait.from;
  putTimes(columns, row, extras.times);
  table.setLength('due', row, wait.target === undefined ? 0 : Math.max(0, wait.target.dueAt - wait.from));
  const answer = wait.state === 'answered' ? wait.answer : undefined;
  at.team[row] = words.team.code(wait.teamId);
  at.credit[row] = words.team.code(answer?.teamId ?? wait.teamId);
  at.responder[row] = words.responder.code(responderWord(answer));
  at.holder[row] = words.responder.code(wait.segments.findLast((segment) => segment.agentId !== undefined)?.agentId);
  at.dismisser[row] = words.responder.code(wait.state === 'not_needed' ? wait.notNeeded?.agentId : undefined);
  at.channel[row] = words.channel.code(wait.channelId);
  at.language[row] = words.language.code(wait.language);
  at.tags[row] = words.tags.code(tagsWord(wait.tags));
  at.customer[row] = words.customer.code(wait.customerId);
  at.priority[row] = Math.max(0, priorities.indexOf(wait.priority));
  at.flags[row] = flagsOf(wait, extras);
  if (extras.corrected === undefined) columns.corrected.delete(row);
  else columns.corrected.set(row, extras.corrected.at);
}

/** The lengths, which of an open wait grow. */
export function putTimes(columns: Columns, row: number, times: HolderTimes): void {
  const { waits: table } = columns;
  table.setLength('calendar', row, sum(times.calendar));
  table.setLength('business', row, sum(times.business));
  for (const clock of ['calendar', 'business'] as const) holderColumns[clock].forEach((name, index) => table.setLength(name, row, times[clock][index] ?? 0));
}

function responderWord(answer: Wait['answer']): string | undefined {
  if (answer === undefined) return undefined;
  return answer.agentId ?? `outside:${answer.name}`;
}

function flagsOf(wait: Wait, extras: WaitExtras): number {
  return (wait.kind === 'next' ? flag.next : 0) | (wait.known ? flag.known : 0) | (wait.imported === true ? flag.imported : 0) | (wait.public === true ? flag.public : 0)
    | (wait.target === undefined ? 0 : flag.target) | (extras.corrected?.undelivered === true ? flag.undelivered : 0);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
