import type { Channel } from './model/channel.js';
import type { Json, Millis } from './model/common.js';
import type { Calendar } from './model/calendar.js';
import type { Conversation, ConversationStatus, Draft, Thread } from './model/conversation.js';
import type { LedgerRow } from './model/event.js';
import type { ProofCode, StoredFile } from './model/file.js';
import type { AliasEntry, Customer, Identity, Join } from './model/identity.js';
import type { Delivery, DeliveryState, EarlyEvent, ExternalId, FileFetch, Message } from './model/message.js';
import type { KeptReply, Mirror, MirrorPlace, MirrorThread } from './model/mirror.js';
import type { OutboxRow, Timer } from './model/outbox.js';
import type { Agent, Team, Workspace } from './model/people.js';
import type { ColumnBlock, Digest, ImportState, SavedReport } from './model/report.js';
import type { Target } from './model/target.js';
import type { PresenceStore } from './stores/presence.js';
import type { CorrectionStore, DigestSendStore, SmallStore, WaitStore } from './stores/times.js';
import type { View } from './api.js';

/**
 * What the inbox asks of the store, collection by collection, in the inbox's words. `src/store/collections` implements
 * it once over both engines. A lost race is a returned value; "not there" is `undefined`.
 */
export interface Patch<T> {
  set?: Partial<T>;
  unset?: readonly (keyof T & string)[];
  inc?: { [K in keyof T]?: number };
}

export interface Change<T> {
  before: T;
  after: T;
}

/** Preconditions of a change; all must hold, else nothing changes. */
export interface ConversationGuard {
  lastSeqBelow?: number;
  readSeqBelow?: number;
  /** `null`: nobody is assigned. */
  assigneeId?: string | null;
  status?: readonly ConversationStatus[];
  waitId?: string | null;
}

export interface Visible {
  teamIds: readonly string[];
  agentId: string;
}

export interface ConversationStore {
  get(id: string): Promise<Conversation | undefined>;
  getMany(ids: readonly string[]): Promise<Conversation[]>;
  insert(conversation: Conversation): Promise<'inserted' | 'duplicate'>;
  /** Keeps the view counts and `shelf`/`owned` true. */
  change(id: string, guard: ConversationGuard, patch: Patch<Conversation>): Promise<Change<Conversation> | undefined>;
  list(query: { view: View; agentId: string; visible?: Visible; teamId?: string; channelId?: string; limit: number; after?: readonly [number, string] }): Promise<Conversation[]>;
  changedAfter(changeSeq: number, limit: number): Promise<Conversation[]>;
  /** Those whose newest change has one of these numbers, in no order. */
  withChanges(changeSeqs: readonly number[]): Promise<Conversation[]>;
  newestChangeSeq(): Promise<number>;
  /** With these `facts.n`, in no order. */
  numbered(numbers: readonly number[]): Promise<Conversation[]>;
  /** The highest `facts.n`; 0 when there is none. */
  newestCaseNumber(): Promise<number>;
  /** Imported, and not yet brought into their final state. */
  unsettled(limit: number): Promise<Conversation[]>;
  ofCustomers(customerIds: readonly string[], limit: number): Promise<Conversation[]>;
  /** All of theirs, however many those are, in no order. */
  everyOf(customerIds: readonly string[]): Promise<Conversation[]>;
  /** Of many customers at once with these fields only, in no order. */
  ofEach<K extends keyof Conversation>(customerIds: readonly string[], query: { limit: number; fields: readonly K[] }): Promise<Pick<Conversation, K>[]>;
  waitingOf(customerIds: readonly string[]): Promise<Conversation[]>;
  /** View counts by key, for the keys asked. */
  counts(keys: readonly string[]): Promise<Map<string, number>>;
  recount(): Promise<void>;
}

export interface ThreadStore {
  /** The conversation this thread belongs to now. */
  find(threadId: string): Promise<Thread | undefined>;
  /** First come, first served: gives back whoever holds it after the call. */
  claim(threadId: string, conversationId: string): Promise<Thread>;
  setHandle(threadId: string, handle: Json): Promise<void>;
  /** Moves it on to a newer conversation, if it still is with the older. */
  move(threadId: string, from: string, to: string): Promise<Thread>;
}

export interface MessageStore {
  get(id: string): Promise<Message | undefined>;
  getMany(ids: readonly string[]): Promise<Message[]>;
  insert(message: Message): Promise<'inserted' | 'duplicate'>;
  newestSeq(conversationId: string): Promise<number>;
  /** By `seq`, oldest first. */
  page(conversationId: string, query: { before?: number; after?: number; limit: number }): Promise<Message[]>;
  /** Over all conversations of these customer records, oldest first. */
  timeline(customerIds: readonly string[], query: { before?: { at: Millis; id: string }; after?: { at: Millis; id: string }; limit: number }): Promise<Message[]>;
  bySeq(conversationId: string, seq: number): Promise<Message | undefined>;
  /** By `seq`, oldest first, with these fields only. */
  pageOf<K extends keyof Message>(conversationId: string, query: { after: number; limit: number; fields: readonly K[] }): Promise<Pick<Message, K>[]>;
  /** Everything in these conversations with these fields only, in no order. */
  ofConversations<K extends keyof Message>(conversationIds: readonly string[], query: { limit: number; fields: readonly K[] }): Promise<Pick<Message, K>[]>;
  /** States never go backwards: changes nothing when the message is further already. */
  setDelivery(id: string, delivery: Delivery): Promise<Message | undefined>;
  /** A failed or unknown one goes back to `queued` because an agent says so. */
  requeue(id: string, delivery: Delivery): Promise<Message | undefined>;
  /** Edits, deletions, reactions, files that came later. Call it in the conversation's lane. */
  change(id: string, patch: Patch<Message>): Promise<Message | undefined>;
  /** A part of it was accepted under this name; its state stays. */
  notePart(id: string, externalId: string): Promise<void>;
  /** Messages of ours in this conversation up to `seq` whose delivery is behind `state`. */
  undelivered(conversationId: string, upToSeq: number, states: readonly DeliveryState[]): Promise<Message[]>;
}

export interface CustomerStore {
  get(id: string): Promise<Customer | undefined>;
  getMany(ids: readonly string[]): Promise<Customer[]>;
  /** Records that were joined into another, by id. */
  joinedRecords(query: { after?: string; limit: number }): Promise<Customer[]>;
  insert(customer: Customer): Promise<'inserted' | 'duplicate'>;
  change(id: string, patch: Patch<Customer>): Promise<Customer | undefined>;
  addMood(id: string, mood: Customer['mood'][number], facts: Customer['facts']): Promise<void>;
  /** Points `id` at `into`, if it points nowhere yet. */
  joinInto(id: string, into: string): Promise<boolean>;
  release(id: string, from: string): Promise<boolean>;
  page(query: { namePrefix?: string; limit: number; after?: readonly [number | string, string] }): Promise<Customer[]>;
}

export interface IdentityStore {
  get(id: string): Promise<Identity | undefined>;
  insert(identity: Identity): Promise<'inserted' | 'duplicate'>;
  change(id: string, patch: Patch<Identity>): Promise<Identity | undefined>;
  ofCustomers(customerIds: readonly string[]): Promise<Identity[]>;
  putAlias(entry: AliasEntry): Promise<void>;
  withAlias(key: string): Promise<AliasEntry[]>;
}

export interface JoinStore {
  get(id: string): Promise<Join | undefined>;
  insert(join: Join): Promise<'inserted' | 'duplicate'>;
  /** `undefined` when it is in none of `from` any more. */
  decide(id: string, from: readonly Join['state'][], patch: Patch<Join>): Promise<Join | undefined>;
  ofCustomers(customerIds: readonly string[]): Promise<Join[]>;
}

export interface LedgerStore {
  insert(row: LedgerRow): Promise<'inserted' | 'duplicate'>;
  get(id: string): Promise<LedgerRow | undefined>;
  finish(id: string, patch: Patch<LedgerRow>): Promise<void>;
  /** Before parsing or applying after a restart: counts the process that died while holding it. */
  countDeath(id: string): Promise<LedgerRow | undefined>;
  unfinished(limit: number): Promise<LedgerRow[]>;
  page(query: { channelId?: string; state?: LedgerRow['state']; limit: number; after?: readonly [number, string] }): Promise<LedgerRow[]>;
  /** Drops the full event of rows applied before `before`; returns how many. */
  compact(before: Millis, limit: number): Promise<number>;
}

export interface OutboxStore {
  insert(row: OutboxRow): Promise<'inserted' | 'duplicate'>;
  get(id: string): Promise<OutboxRow | undefined>;
  /** Takes it for sending, if it is queued, due, and nothing older waits in its conversation. */
  take(id: string, now: Millis, leaseMs: number): Promise<OutboxRow | undefined>;
  /** Back to the queue; only with the fence it was taken under. */
  postpone(id: string, fence: number, nextAt: Millis): Promise<boolean>;
  finish(id: string, fence: number): Promise<boolean>;
  due(now: Millis, limit: number): Promise<OutboxRow[]>;
  expired(now: Millis, limit: number): Promise<OutboxRow[]>;
  ofConversation(conversationId: string): Promise<OutboxRow[]>;
  nextDueAt(): Promise<Millis | undefined>;
}

export interface TimerStore {
  /** Sets or moves it. */
  set(timer: Timer): Promise<void>;
  clear(id: string): Promise<void>;
  due(now: Millis, limit: number): Promise<Timer[]>;
  /** Due or not, the earliest first. */
  ofKind(kind: Timer['kind'], limit: number): Promise<Timer[]>;
  /** Removes it, if it still is due at this time. */
  finish(timer: Timer): Promise<boolean>;
  /** Sets it to another time, if it still is as given. */
  move(timer: Timer, to: { dueAt: Millis; ref?: string }): Promise<boolean>;
}

export interface FileStore {
  get(id: string): Promise<StoredFile | undefined>;
  getMany(ids: readonly string[]): Promise<StoredFile[]>;
  insert(file: StoredFile): Promise<'inserted' | 'duplicate'>;
  attach(id: string, messageId: string, conversationId: string): Promise<void>;
}

export interface EarlyStore {
  /** The same again changes nothing. */
  put(row: EarlyEvent): Promise<void>;
  /** In the order they came. */
  of(target: string): Promise<EarlyEvent[]>;
  remove(id: string): Promise<void>;
  /** Drops what has waited in vain; returns how many. */
  forget(before: Millis, limit: number): Promise<number>;
}

export interface FetchStore {
  get(id: string): Promise<FileFetch | undefined>;
  /** The same again changes nothing. */
  insert(row: FileFetch): Promise<void>;
  postpone(id: string, attempts: number, nextAt: Millis): Promise<void>;
  remove(id: string): Promise<void>;
  due(now: Millis, limit: number): Promise<FileFetch[]>;
}

export interface MirrorStore {
  get(id: string): Promise<Mirror | undefined>;
  byThread(thread: MirrorThread): Promise<Mirror | undefined>;
  /** A mirror in this place has no thread yet that we know of. */
  opening(place: MirrorPlace): Promise<boolean>;
  /** In place of an earlier one of the same conversation. */
  begin(mirror: Mirror): Promise<void>;
  /** There is something new in its conversation. */
  wake(id: string): Promise<void>;
  /** For one attempt, if it is due: nobody else takes it before `until`. */
  take(id: string, now: Millis, until: Millis): Promise<Mirror | undefined>;
  /** `undefined` when it was begun anew meanwhile. */
  change(mirror: Pick<Mirror, '_id' | 'round'>, patch: Patch<Mirror>): Promise<Mirror | undefined>;
  /** Nothing more to post, unless it was woken since it was read. */
  rest(mirror: Pick<Mirror, '_id' | 'round' | 'wakes'>): Promise<boolean>;
  due(now: Millis, limit: number): Promise<Mirror[]>;
}

export interface MirrorReplyStore {
  /** The same again changes nothing. */
  put(row: KeptReply): Promise<void>;
  /** In the order they were written. */
  ofThread(threadId: string): Promise<KeptReply[]>;
  postpone(id: string, attempts: number, nextAt: Millis): Promise<void>;
  remove(id: string): Promise<void>;
  due(now: Millis, limit: number): Promise<KeptReply[]>;
}

export interface DraftStore {
  get(conversationId: string, agentId: string): Promise<Draft | undefined>;
  put(draft: Draft): Promise<void>;
  remove(conversationId: string, agentId: string): Promise<void>;
  ofAgent(agentId: string): Promise<Draft[]>;
}

export interface AgentStore {
  get(id: string): Promise<Agent | undefined>;
  all(): Promise<Agent[]>;
  change(id: string, patch: Patch<Agent>): Promise<Agent | undefined>;
}

export interface Collections {
  agents: AgentStore;
  teams: { all(): Promise<Team[]>; get(id: string): Promise<Team | undefined> };
  settings: { workspace(): Promise<Workspace> };
  channels: {
    get(id: string): Promise<Channel | undefined>;
    all(): Promise<Channel[]>;
    change(id: string, patch: Patch<Channel>): Promise<Channel | undefined>;
    setCursor(id: string, cursor: Record<string, Json>): Promise<void>;
  };
  conversations: ConversationStore;
  threads: ThreadStore;
  messages: MessageStore;
  externalIds: { get(id: string): Promise<ExternalId | undefined>; insert(row: ExternalId): Promise<'inserted' | 'duplicate'> };
  waits: WaitStore;
  corrections: CorrectionStore;
  calendars: SmallStore<Calendar>;
  targets: SmallStore<Target>;
  savedReports: SmallStore<SavedReport>;
  digests: SmallStore<Digest>;
  digestSends: DigestSendStore;
  imports: SmallStore<ImportState>;
  columnBlocks: { get(id: string): Promise<ColumnBlock | undefined>; put(block: ColumnBlock): Promise<void>; clear(): Promise<void> };
  early: EarlyStore;
  fetches: FetchStore;
  mirrors: MirrorStore;
  mirrorReplies: MirrorReplyStore;
  customers: CustomerStore;
  identities: IdentityStore;
  joins: JoinStore;
  ledger: LedgerStore;
  outbox: OutboxStore;
  timers: TimerStore;
  files: FileStore;
  drafts: DraftStore;
  presence: PresenceStore;
  proofs: {
    get(identityId: string): Promise<ProofCode | undefined>;
    put(code: ProofCode): Promise<void>;
    countWrong(identityId: string): Promise<number>;
    remove(identityId: string): Promise<void>;
  };
}

/** The store, as the inbox sees it; see `Engine` in `src/store/driver.ts` for what `work` promises. */
export interface InboxStore {
  /** One commit carries everything that is written in one `work` (embedded engine). */
  readonly sharesCommits: boolean;
  /** Every write is durable when its promise resolves. */
  readonly now: Collections;
  work<R>(task: (collections: Collections) => Promise<R>): Promise<R>;
}
