import type { CaseFacts } from '../../inbox/model/wait.js';
import { botParts } from '../columns/layouts.js';
import { choicesOf, readPick } from '../picks/read-pick.js';

export type BotPart = NonNullable<CaseFacts['bot']>;
export const contactKinds = ['once', 'more'] as const;

/** Which conversations of a report a number stands for; every part must hold. See the table in `src/http/api/requests-reports.ts`. */
export interface ConversationPick {
  resolved?: true;
  assigned?: true;
  reopened?: true;
  transfers?: true;
  answers?: true;
  bot?: readonly BotPart[];
  /** Of the rows of conversations that a customer needed until one was solved: those of one, or of more. */
  contacts?: readonly (typeof contactKinds)[number][];
  before?: true;
}

const yes = <P extends object>(part: P) => (value: string): P | undefined => (value === '1' ? part : undefined);
const parts = botParts.flatMap((part) => part ?? []);

/** Throws `bad_request` that names the part which is none. */
export function parseConversationPick(text: string | undefined): ConversationPick {
  return readPick<ConversationPick>(text, {
    resolved: yes({ resolved: true }), assigned: yes({ assigned: true }), reopened: yes({ reopened: true }), transfers: yes({ transfers: true }), answers: yes({ answers: true }),
    bot: (value) => {
      const bot = choicesOf(value, parts);
      return bot === undefined ? undefined : { bot };
    },
    contacts: (value) => {
      const contacts = choicesOf(value, contactKinds);
      return contacts === undefined ? undefined : { contacts };
    },
    period: (value) => (value === 'before' ? { before: true } : undefined),
  });
}
