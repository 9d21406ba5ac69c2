import type { Millis } from './common.js';
import type { Priority } from './conversation.js';

/** With whom a waiting customer's conversation lies. `customer`: it was put to pending, so that the next word is theirs. */
export type HolderKind = 'bot' | 'unassigned' | 'agent' | 'snoozed' | 'customer';

/** A stretch of a wait; it lasts until the next one begins, the last one until the wait ends. */
export interface Segment {
  from: Millis;
  by: HolderKind;
  /** The assignee; of `snoozed`, whoever snoozed it. */
  agentId?: string;
  /** Where it lay; the calendar of that team counts. */
  teamId?: string;
}

/** The target a wait or a conversation is held against, with its deadline. */
export interface DueTarget {
  /** Of the `Target`; `default` when none applies but the workspace's. */
  id: string;
  name: string;
  ms: number;
  hours: 'business' | 'calendar';
  dueAt: Millis;
  /** Whoever has it is warned then. */
  warnAt: Millis;
  /** Why this one and no other, in words: "strictest of 3: VIP customers, 30 m in business hours". */
  why: string;
  /** Of a whole conversation that was opened again after a resolve that had held: it counts from then on. */
  from?: Millis;
}

/** A message of the customer that asks for something and has no answer yet. */
export interface Ask {
  messageId: string;
  at: Millis;
  receivedAt: Millis;
  seq: number;
  /** The provider's time, where it was not believed. */
  givenAt?: Millis;
}

export type WaitState = 'open' | 'answered' | 'answered_by_bot' | 'not_needed' | 'abandoned';

export interface WaitAnswer {
  messageId: string;
  /** Differs from the wait's when it was given on another of the customer's channels. */
  conversationId: string;
  by: 'agent' | 'outside';
  agentId?: string;
  /** As it stood on the answer; names of people outside are known by nothing else. */
  name: string;
  /** The team they acted for. */
  teamId?: string;
  channelId: string;
}

/**
 * One period in which a customer waited: the raw material of response times. `_id` = the message that began it.
 * Collection `waits`. What it says is the present knowledge; each change of something that had been said before leaves a
 * `Correction`. A `void` one turned out not to have been a wait of its own, and counts nowhere.
 */
export interface Wait {
  _id: string;
  /** Its place in the reports' columns: dense, unique, never given twice. */
  n: number;
  /** Number of its newest change, of the same row of numbers as the conversations'. */
  changeSeq: number;
  conversationId: string;
  customerId: string;
  channelId: string;
  /** The conversation's first, or a later one. */
  kind: 'first' | 'next';
  /** The customer had written before this conversation began. */
  known: boolean;
  imported?: boolean;
  /** Others could read along. */
  public?: boolean;
  /** Of the conversation at the wait's end; of an open one, now. */
  teamId?: string;
  priority: Priority;
  language?: string;
  tags: string[];
  from: Millis;
  /** When we learned of it; differs from `from` when the provider's time was used. */
  fromReceivedAt: Millis;
  /** The provider's time was not plausible, so the arrival counts: what it had said. */
  givenAt?: Millis;
  firstSeq: number;
  state: WaitState;
  void?: boolean;
  /** Unanswered; kept while it is open. What asked after the message `asksTo` stands in the conversation only: see `withAllAsks`. */
  asks: Ask[];
  /** Absent: up to the newest of `asks`. */
  asksTo?: number;
  segments: Segment[];
  to?: Millis;
  answer?: WaitAnswer;
  notNeeded?: { agentId?: string; reason: string };
  target?: DueTarget;
  /** How its target came about: chosen at `at`, of a wait that became known at `openedAt`. */
  aimed?: { at: Millis; openedAt: Millis };
  warnedAt?: Millis;
  /** The deadline itself, never the moment at which somebody noticed. */
  breachedAt?: Millis;
  /** Length in open hours; written at the end. Calendar length is `to - from`. */
  businessMs?: number;
}

/** Something that had been said of a wait, or of a conversation, turned out otherwise. Written once, never changed. Collection `corrections`. */
export interface Correction {
  /** `waitId:changeSeq` */
  _id: string;
  waitId: string;
  conversationId: string;
  teamId?: string;
  /** Where the wait begins: whose period changed. */
  from: Millis;
  at: Millis;
  /** "the answer was not delivered", "a message arrived late" */
  why: string;
  before: { from: Millis; to?: Millis; state: WaitState; void?: boolean; agentId?: string };
  after: { from: Millis; to?: Millis; state: WaitState; void?: boolean; agentId?: string };
}

/** What reports know of a conversation as a whole; part of its row. */
export interface CaseFacts {
  /** Its place in the reports' columns: dense, unique, never given twice. */
  n: number;
  /** The customer's first message. */
  firstAt: Millis;
  known: boolean;
  /** The team it was born in; what happened later stands in its steps. */
  firstTeamId?: string;
  imported?: boolean;
  firstAssignedAt?: Millis;
  /** The last agent and the last team that had it. */
  owner?: { agentId?: string; teamId?: string };
  /** Human answers that reached the customer. */
  touches: number;
  /** The customer's messages that asked for something. */
  asks: number;
  /** From one agent, or one team, to another. */
  transfers: number;
  reopened: number;
  /** Waits begun so far. */
  waits: number;
  /** The last resolve that had held when it was reopened. `resolvedAt` of the row is the present one. */
  held?: { at: Millis; by?: string; teamId?: string };
  /** Who resolved it last. */
  resolvedBy?: string;
  /** The bot's part: it helped (the customer said so), handed over, or said nothing. */
  bot?: 'helped' | 'handed_over' | 'silent';
  /** The answer to the whole: from the first message to resolved. */
  target?: DueTarget;
  breachedAt?: Millis;
}
