import type { Priority } from '../../inbox/model/conversation.js';
import type { CaseFacts, HolderKind, WaitState } from '../../inbox/model/wait.js';
import type { ColumnTable } from './column-table.js';

/** Raised whenever what lies in a saved block changes its meaning; blocks of another one are thrown away. */
export const columnsVersion = 1;

/** In the order of their codes; 0 of `state` is a row that counts nowhere. */
export const states: readonly (WaitState | undefined)[] = [undefined, 'open', 'answered', 'answered_by_bot', 'not_needed', 'abandoned'];
export const open = 1;
export const answered = 2;
export const holderKinds: readonly HolderKind[] = ['bot', 'unassigned', 'agent', 'snoozed', 'customer'];
export const priorities: readonly Priority[] = ['low', 'normal', 'high', 'urgent'];
export const botParts: readonly (CaseFacts['bot'])[] = [undefined, 'helped', 'handed_over', 'silent'];

export const flag = { next: 1, known: 2, imported: 4, public: 8, target: 16, undelivered: 32 } as const;
export const caseFlag = { known: 2, imported: 4, resolved: 8, held: 16, assigned: 32 } as const;

const holders = {
  calendarBot: 'length', calendarUnassigned: 'length', calendarAgent: 'length', calendarSnoozed: 'length', calendarCustomer: 'length',
  businessBot: 'length', businessUnassigned: 'length', businessAgent: 'length', businessSnoozed: 'length', businessCustomer: 'length',
} as const;

/** The columns that hold with whom it lay, by clock, in the order of `holderKinds`. */
export const holderColumns = {
  calendar: ['calendarBot', 'calendarUnassigned', 'calendarAgent', 'calendarSnoozed', 'calendarCustomer'],
  business: ['businessBot', 'businessUnassigned', 'businessAgent', 'businessSnoozed', 'businessCustomer'],
} as const;

/**
 * One row a wait, at its number. `team`: the conversation's. `credit`: the team acted for by whoever answered, else `team`.
 * `holder`: the last agent it lay with. `due`: from the beginning. Of an open one the lengths are brought up to date before each report.
 */
export const waitLayout = {
  from: 'f64', calendar: 'length', business: 'length', due: 'length', ...holders,
  team: 'u32', credit: 'u32', responder: 'u32', holder: 'u32', dismisser: 'u32', channel: 'u32', language: 'u32', tags: 'u32', customer: 'u32',
  state: 'u8', priority: 'u8', flags: 'u8',
} as const;

/** One row a conversation, at its number. Lengths count from its first message; `held` is of a resolve that had held before it was opened again. */
export const caseLayout = {
  from: 'f64', resolved: 'length', resolvedBusiness: 'length', held: 'length', heldBusiness: 'length', assigned: 'length',
  team: 'u32', agent: 'u32', channel: 'u32', language: 'u32', tags: 'u32', customer: 'u32', touches: 'u32', transfers: 'u32', reopened: 'u32',
  present: 'u8', priority: 'u8', flags: 'u8', bot: 'u8',
} as const;

export type WaitTable = ColumnTable<typeof waitLayout>;
export type CaseTable = ColumnTable<typeof caseLayout>;
export type DictionaryName = 'team' | 'responder' | 'channel' | 'language' | 'tags' | 'customer';

/** Several tags as one string, the same for the same ones. */
export function tagsWord(tags: readonly string[]): string {
  return tags.length === 0 ? '' : JSON.stringify([...new Set(tags)].sort());
}

export function tagsOfWord(word: string): string[] {
  return word === '' ? [] : JSON.parse(word) as string[];
}
