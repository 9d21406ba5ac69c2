import type { Audience, ChannelKind, Json, Millis } from './common.js';
import type { RejectedBecause } from './message.js';
import type { MirrorPlace } from './mirror.js';
import type { CaseFacts, DueTarget } from './wait.js';

export type ConversationStatus = 'open' | 'pending' | 'snoozed' | 'resolved' | 'spam';
export type Shelf = 'active' | 'snoozed' | 'resolved' | 'spam';
export type Priority = 'low' | 'normal' | 'high' | 'urgent';

/** The ready-to-show list row and the conversation's state in one small document. Collection `conversations`. */
export interface Conversation {
  _id: string;
  channelId: string;
  channelKind: ChannelKind;
  channelName: string;
  /** The thread's key on its channel; with the channel it finds the conversation (collection `threads`). */
  threadKey: string;
  customerId: string;
  identityId: string;
  customerName: string;
  subject?: string;
  status: ConversationStatus;
  /** Where it lies, derived from `status`: open and pending are `active`. */
  shelf: Shelf;
  priority: Priority;
  assigneeId?: string;
  /** Derived: somebody is assigned. */
  owned: boolean;
  teamId?: string;
  /** Why it is where it is: the reason of the last `RouteDecision`, or who assigned it. */
  routeReason?: string;
  tags: string[];
  /** The customer's clock; absent when nobody waits. May be earlier than this conversation (see `waits`). */
  waitingSince?: Millis;
  /** The open wait's id. */
  waitId?: string;
  /** The target of the open wait; absent when nobody waits. */
  due?: DueTarget;
  /** Its deadline passed: the deadline itself. */
  breachedAt?: Millis;
  /** With whom the open wait lies, as last written into it; see `holderOf`. */
  heldBy?: string;
  /** The customer's last word was taken for a bare acknowledgement ("thanks!"): its message. One click starts the clock after all. */
  acknowledged?: string;
  /** The open wait ended here because of an answer on another of the customer's channels. */
  answeredElsewhere?: { conversationId: string; messageId: string; waitId: string; at: Millis };
  /** What reports know of it. */
  facts: CaseFacts;
  /** Sequence number of the newest message. Order is by `seq`, never by time. */
  lastSeq: number;
  /** `seq` of the newest message from the customer (0: none). */
  lastInSeq: number;
  lastMessageAt: Millis;
  /** Highest `seq` that somebody in charge has seen; unread when `lastInSeq` is higher. */
  readSeq: number;
  /** Highest `seq` that the customer has seen, where the channel tells. */
  customerReadSeq?: number;
  /** Raised by every human message. A bot reply made under an older number is dropped (invariant 4). */
  ownership: number;
  /** When somebody last spoke with the customer here, either way; grows strictly. The stale-reply guard compares it. */
  talkedAt: Millis;
  preview: { text: string; by: 'customer' | 'agent' | 'bot' | 'outside' | 'system'; name: string; attachments?: number };
  /** The bot has handed over, or was never asked: it takes no more turns. */
  botDone?: boolean;
  /** Who can read along; absent: nobody but the two sides. */
  audience?: Audience;
  /** When the customer last wrote, by the provider's time; reply windows count from it. */
  lastInAt?: Millis;
  /** Nothing can be sent here until the customer writes again: why. */
  replyBlocked?: { because: RejectedBecause | 'control_taken'; reason: string; at: Millis };
  /** Where the customer's last message came from, when that is another channel than this conversation's. */
  answerOn?: { channelId: string; identityId: string; threadKey: string };
  /** Colleagues follow it there, and may answer. `failed`: the platform takes nothing any more. */
  mirror?: MirrorPlace & { failed?: string };
  language?: string;
  urgency?: 'low' | 'normal' | 'high';
  mood?: number;
  snoozedUntil?: Millis;
  snoozedBy?: string;
  resolvedAt?: Millis;
  /** E-mail: everybody who took part, addresses normalised; an answer by id is accepted only from one of them. */
  participants: string[];
  /** Why a new conversation was opened although it seemed to belong to that one. */
  linkedTo?: { conversationId: string; reason: string };
  /** Imported, and not yet brought into its final state: messages in order, waits. */
  unsettled?: true;
  /** Number of the newest change of this row, growing over the whole workspace; browsers resume from it. */
  changeSeq: number;
  createdAt: Millis;
}

/** `_id` = `channelId:threadKey`. Finds the conversation a thread belongs to. Collection `threads`. */
export interface Thread {
  _id: string;
  conversationId: string;
  /** What the channel needs to answer here; the newest one. */
  handle?: Json;
}

/** What an agent has written and not yet sent. `_id` = `conversationId:agentId`. Collection `drafts`. */
export interface Draft {
  _id: string;
  conversationId: string;
  agentId: string;
  kind: 'reply' | 'note';
  text: string;
  attachmentIds: string[];
  /** The person's newest message when the draft was begun; the stale-reply guard compares with it. */
  seenSeq: number;
  updatedAt: Millis;
}

/** Which shelf a conversation of this status lies on. */
export function shelfOf(status: ConversationStatus): Shelf {
  return status === 'open' || status === 'pending' ? 'active' : status;
}
