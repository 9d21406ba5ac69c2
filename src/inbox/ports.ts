import type { Channel, SealedSecret } from './model/channel.js';
import type { Millis } from './model/common.js';
import type { Brief } from './model/brief.js';
import type { Conversation } from './model/conversation.js';
import type { Message } from './model/message.js';

export type Clock = () => Millis;
/** 16 characters, sortable by the time of making, unique without coordination. */
export type NewId = () => string;

/** Work to wake up for. Ids only: running one twice changes nothing, losing one only delays (the sweeper finds it in the store). */
export type JobKind = 'apply' | 'deliver' | 'bot_turn' | 'index' | 'timer' | 'fetch_file' | 'mirror';

/** In-process now, bull on Redis later. */
export interface Jobs {
  add(kind: JobKind, id: string, options?: { delayMs?: number }): void;
  /** One handler per kind. Jobs with the same `lane` run one after the other, in the order added. */
  handle(kind: JobKind, handler: (id: string) => Promise<void>, options?: { concurrency?: number; laneOf?: (id: string) => string }): void;
  /** Stops taking jobs and waits for those under way. */
  stop(): Promise<void>;
  /** Resolves when nothing is queued or under way now; for tests and orderly shutdown. */
  idle(): Promise<void>;
}

/** What browsers are told. A notice with a conversation is shown only to those who may see that conversation. */
export type Notice =
  /** `previously`: who had charge of it before this change, when that changed; whoever sees it no more is told so. */
  | { kind: 'conversation'; changeSeq: number; conversation: Conversation; messages: Message[]; previously?: { teamId?: string; assigneeId?: string } }
  | { kind: 'typing'; conversationId: string; teamId?: string; assigneeId?: string; who: { type: 'agent' | 'customer'; id: string; name: string }; on: boolean }
  | { kind: 'viewing'; conversationId: string; teamId?: string; assigneeId?: string; agents: { id: string; name: string }[] }
  | { kind: 'customer'; customerId: string }
  | { kind: 'channel'; channel: Channel }
  | { kind: 'agent'; agentId: string }
  | { kind: 'counts' };

/** In-process now, Redis pub/sub later. Never the only place where something is known. */
export interface Live {
  publish(notice: Notice): void;
  subscribe(listener: (notice: Notice) => void): () => void;
}

/** What may be done at a channel's provider besides sending. Never throws; implemented over the adapters' `ActsOnMessages`. */
export interface ChannelActions {
  can(channelId: string): readonly ('edit' | 'delete' | 'react' | 'read' | 'typing')[];
  act(
    channelId: string,
    action: { type: 'edit'; target: string; text: string } | { type: 'delete'; target: string } | { type: 'react'; target: string; emoji: string; on: boolean } | { type: 'read'; target: string } | { type: 'typing'; on: boolean },
    context: { conversation: Conversation },
  ): Promise<{ ok: true } | { ok: false; reason: string }>;
}

/** Bytes that belong to messages. Durable when `put` resolves; ids are random and say nothing. */
export interface BlobStore {
  put(bytes: Uint8Array | AsyncIterable<Uint8Array>): Promise<{ blobId: string; size: number }>;
  /** `undefined` when there is none. */
  get(blobId: string): Promise<Buffer | undefined>;
  delete(blobId: string): Promise<void>;
}

/** Seals and opens the secrets of a channel. `context` (the channel's id and the field) must be the same at both ends. Implemented in `src/store/secrets.ts`. */
export interface SecretBox {
  seal(plain: string, context: string): SealedSecret;
  open(sealed: SealedSecret, context: string): string;
}

export interface SearchEntry {
  messageId: string;
  conversationId: string;
  at: Millis;
  /** Text to be found, already joined: subject, body, attachment names. */
  text: string;
  language?: string;
  facets: { channelId: string; teamId?: string; assigneeId?: string; from: string[]; tags: string[]; hasAttachment: boolean; note: boolean };
}

export interface SearchQuery {
  /** As typed: words, "phrases", -not, prefix*, from: in: channel: tag: before: after: has:attachment */
  text: string;
  limit: number;
  /** From the last page. */
  cursor?: string;
  /** Only what is in these teams, in no team, or assigned to this agent; absent: everything. */
  visibleTo?: { teamIds: string[]; agentId: string };
}

export interface SearchPage {
  hits: { messageId: string; conversationId: string; at: Millis }[];
  cursor?: string;
  /** What the query was understood as; shown when something was dropped ("nothing to search for", unknown filter). */
  notice?: string;
  /** Folded terms of the query, for highlighting. */
  terms: string[];
}

export interface SearchIndex {
  /** Replaces what was known of the message. */
  put(entries: SearchEntry[]): Promise<void>;
  remove(messageIds: string[]): Promise<void>;
  query(query: SearchQuery): Promise<SearchPage>;
}

/** What the bot does with its turn. Values only; applying them is the inbox's part. */
export type BotAction =
  | { type: 'say'; text: string; choices?: string[] }
  | { type: 'hand_over'; reason: string; brief: Brief }
  | { type: 'note_facts'; language?: string; urgency?: 'low' | 'normal' | 'high'; address?: string; orderNumber?: string };

export interface BotTurn {
  conversation: Conversation;
  message: Message;
  /** Newest last, of this conversation. */
  history: Message[];
  brief: Brief;
  /** May a reply address be missing? True when the customer can be reached on no channel once they leave. */
  needsAddress: boolean;
  companyName: string;
  botName: string;
  opening: { openNow: boolean; opensAt?: Millis; timeZone: string };
  now: Millis;
  /** The workspace's; spoken when the customer's is none the bot speaks. */
  defaultLanguage?: string;
  /** As the customer's browser tells it, for "today at 14:00". */
  customerTimeZone?: string;
  /** The customer has not answered the bot for a while: it asks no more and hands over. `message` is their last one. */
  silent?: boolean;
}

/** The bot, as the inbox sees it. Implemented in `src/bot`. Same turn twice gives the same actions. */
export interface Bot {
  takeTurn(turn: BotTurn): Promise<BotAction[]>;
}
