import type { Calendar } from '../../src/inbox/model/calendar.js';
import type { ConversationStatus, Priority } from '../../src/inbox/model/conversation.js';
import type { Target } from '../../src/inbox/model/target.js';

/** Plain facts of what happened to some customers, in the order in which they became known. */
export interface Story {
  now: number;
  rules: { calendars: Calendar[]; targets: Target[]; defaultMinutes: number; resolveHoldsMs: number };
  /** Which records are one person, as known now: record → the record it was joined into. A record that is not named stands for itself. */
  joined: Record<string, string>;
  /** Of records. */
  tags: Record<string, string[]>;
  conversations: { id: string; record: string; channelId: string }[];
  facts: Fact[];
}

/** Until when a wait should be answered. */
export interface SlowTarget {
  id: string;
  ms: number;
  hours: 'business' | 'calendar';
  dueAt: number;
}

/** What a word of the customer wants. `software`: an auto-reply, a line of their bot. */
export type Meaning = 'ask' | 'thanks' | 'helped' | 'never_mind' | 'software';

/** Where a conversation lies from a moment on. */
export interface Lies {
  status: ConversationStatus;
  priority: Priority;
  assigneeId?: string;
  teamId?: string;
  snoozedBy?: string;
  /** The bot has handed over, or was never asked, or a human has written. */
  botDone: boolean;
}

/** `at` is always the moment at which it became known. */
export type Fact =
  | { is: 'lies'; at: number; conversation: string; lies: Lies }
  /** `said`: what the provider gave as its time, if anything. */
  | { is: 'word'; at: number; conversation: string; message: string; seq: number; means: Meaning; said?: number }
  | { is: 'deleted'; at: number; message: string }
  | { is: 'bot_word'; at: number; conversation: string }
  /** A human has written an answer in Rapport; what becomes of it is told later. */
  | { is: 'written'; at: number; conversation: string; message: string }
  /** Accepted by its channel at `at`; written before. */
  | { is: 'answer'; at: number; conversation: string; message: string; seq: number; written: number; agentId: string; name: string; teamId?: string; channelId: string }
  | { is: 'outside_answer'; at: number; conversation: string; message: string; seq: number; name: string; said?: number; teamId?: string; channelId: string }
  /** It turned out that this answer did not arrive. */
  | { is: 'bounced'; at: number; message: string }
  /** An agent let the wait of this conversation run on as if that answer had not been given. */
  | { is: 'not_here'; at: number; conversation: string; message: string }
  | { is: 'not_needed'; at: number; conversation: string; agentId: string }
  | { is: 'spam'; at: number; conversation: string; agentId: string }
  /** "No answer needed", the last that was said there, was wrong: it counts as not said. */
  | { is: 'needed'; at: number; conversation: string }
  /** An agent says that thanks was a question. */
  | { is: 'clock_started'; at: number; message: string };

const hour = 3_600_000;

/** §2: the provider's time where it is plausible, else the arrival. */
export function ownTime(arrived: number, said: number | undefined): number {
  if (said === undefined || said < Date.UTC(1990, 0, 1) || said > arrived + hour) return arrived;
  return Math.min(said, arrived);
}
