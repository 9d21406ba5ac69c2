import type { Report } from '../../../lib/shapes.js';
import { changeOf, count, counted, lengthWords, percent } from './lengths.js';
import type { ConversationSort } from './query.js';

/** A number of the conversations, and the pick of those it is counted from. */
export interface CaseNumber {
  words: string;
  pick: string;
  sort?: ConversationSort;
  /** How many there are to show, or how often; nothing is opened where it is 0. */
  of: number;
}

export interface CaseLine {
  name: string;
  value: CaseNumber;
  /** What stands after it; numbers among words. */
  more: (string | CaseNumber)[];
  about: string;
}

/** What came of the conversations, line by line. */
export function caseLines({ cases: { now, before }, time: clock }: Report): CaseLine[] {
  const { resolved, conversations, contactsUntilSolved: contacts, touches } = now;
  const half = now.resolution[clock].p50;
  const taken = now.timeToAssign.p50;
  const change = changeOf(half, before?.resolution[clock].p50, clock);
  const was = (value: number | undefined, pick: string): CaseNumber[] => (value === undefined ? [] : [{ words: `before: ${count(value)}`, pick: `${pick};period:before`, of: value }]);
  const bot = now.bot.helped + now.bot.handedOver + now.bot.silent;
  return [
    {
      name: 'Resolved, half within', about: 'resolution', value: { words: half === undefined ? 'none yet' : lengthWords(half, clock), pick: 'resolved:1', sort: 'longest', of: resolved },
      more: [
        { words: count(resolved), pick: 'resolved:1', of: resolved }, ' of ', { words: count(conversations), pick: '', of: conversations },
        ...(change === undefined ? [] : [', ', { words: change.words, pick: 'resolved:1;period:before', sort: 'longest' as const, of: before?.resolved ?? 0 }]),
      ],
    },
    { name: 'Taken by somebody, half within', about: 'time_to_assign', value: { words: taken === undefined ? 'none yet' : lengthWords(taken, 'calendar'), pick: 'assigned:1', sort: 'longest', of: taken === undefined ? 0 : conversations }, more: ['calendar time'] },
    { name: 'Opened again', about: 'reopened', value: { words: count(now.reopened), pick: 'reopened:1', of: now.reopened }, more: was(before?.reopened, 'reopened:1') },
    { name: 'Passed on', about: 'transfers', value: { words: count(now.transfers), pick: 'transfers:1', of: now.transfers }, more: was(before?.transfers, 'transfers:1') },
    {
      name: 'Answers each', about: 'touches', value: { words: touches.median === undefined ? '0' : count(touches.median), pick: '', of: conversations },
      more: ['half have at most that; ', { words: `${count(touches.total)} in all`, pick: 'answers:1', of: touches.total }],
    },
    {
      name: 'Solved at the first contact', about: 'contacts_until_solved', value: { words: contacts.customers === 0 ? 'none yet' : percent(contacts.once / contacts.customers), pick: 'contacts:once', of: contacts.once },
      more: ['of ', { words: counted(contacts.customers, 'customer'), pick: 'contacts:once|more', of: contacts.customers }],
    },
    ...(bot === 0 ? [] : [{
      name: 'The bot helped', about: 'bots_share', value: { words: percent(now.bot.helped / bot), pick: 'bot:helped', of: now.bot.helped },
      more: [{ words: `${count(now.bot.handedOver)} handed over`, pick: 'bot:handed_over', of: now.bot.handedOver }, ', ', { words: `${count(now.bot.silent)} without a word of it`, pick: 'bot:silent', of: now.bot.silent }],
    }]),
  ];
}
