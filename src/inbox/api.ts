import type { MessageChange } from './act-on-message.js';
import type { Channel } from './model/channel.js';
import type { Millis } from './model/common.js';
import type { Brief, PastConversation } from './model/brief.js';
import type { Conversation, ConversationStatus, Draft, Priority } from './model/conversation.js';
import type { LedgerRow } from './model/event.js';
import type { Customer, Identity, Join } from './model/identity.js';
import type { Attachment, Message } from './model/message.js';
import type { MirrorPlace } from './model/mirror.js';
import type { Agent, Role } from './model/people.js';
import type { SearchPage } from './ports.js';

/**
 * What the inside offers to whoever serves people (`src/http`): reads and actions, each asking first whether this
 * viewer may. What a viewer may not see does not exist for them: `undefined`, or `not_found`.
 */
export interface Viewer {
  agentId: string;
  role: Role;
  teamIds: readonly string[];
}

export type View = 'mine' | 'unassigned' | 'waiting' | 'open' | 'snoozed' | 'resolved' | 'spam';

export interface Page<T> {
  items: T[];
  /** Opaque; absent on the last page. */
  cursor?: string;
}

/** A person with everything that is held about them. */
export interface CustomerPicture {
  /** The root record. */
  customer: Customer;
  /** Of the root and of every record joined into it. */
  identities: Identity[];
  joins: { join: Join; other: Customer; channels: Channel['kind'][] }[];
  history: (PastConversation & { preview: string; assigneeId?: string; mood?: number })[];
}

export interface ReplyTarget {
  to: string;
  cc: string[];
  address?: string;
  channel: Channel;
  /** Why nothing can be sent here, in words. */
  blocked?: string;
}

export interface ConversationPicture {
  conversation: Conversation;
  messages: Message[];
  /** Cursor to older messages. */
  before?: string;
  brief: Brief;
  person: CustomerPicture;
  reply: ReplyTarget;
  draft?: Draft & { attachments: Attachment[] };
  /** Changes whenever anything reaches this person or leaves for them, on any channel. */
  personSeen: number;
}

export interface MessagePage {
  messages: Message[];
  before?: string;
  after?: string;
}

export interface InboxReads {
  list(viewer: Viewer, query: { view: View; teamId?: string; channelId?: string; limit: number; cursor?: string }): Promise<Page<Conversation>>;
  drafts(viewer: Viewer): Promise<Draft[]>;
  conversation(viewer: Viewer, id: string): Promise<Conversation | undefined>;
  /** One call for the whole screen. With `timeline` the messages are the person's, over all conversations. */
  picture(viewer: Viewer, id: string, options: { timeline: boolean }): Promise<ConversationPicture | undefined>;
  /** `around` a message: a page that contains it. */
  messages(viewer: Viewer, conversationId: string, query: { before?: string; after?: string; around?: string; limit: number; timeline: boolean }): Promise<MessagePage>;
  message(viewer: Viewer, id: string): Promise<Message | undefined>;
  /** The message that carries this attachment, if the viewer may see it. */
  attachment(viewer: Viewer, attachmentId: string): Promise<Attachment | undefined>;
  person(viewer: Viewer, customerId: string): Promise<CustomerPicture | undefined>;
  people(viewer: Viewer, query: { text?: string; limit: number; cursor?: string }): Promise<Page<Customer>>;
  timeline(viewer: Viewer, customerId: string, query: { before?: string; limit: number }): Promise<MessagePage>;
  search(viewer: Viewer, query: { text: string; limit: number; cursor?: string }): Promise<SearchPage & { messages: Message[]; conversations: Conversation[] }>;
  counts(viewer: Viewer): Promise<{ mine: number; unassigned: number; waiting: number; open: number; snoozed: number; resolved: number; spam: number; teams: Record<string, number> }>;
  /** Rows changed after `changeSeq`, oldest change first; `complete: false` when there were too many: start afresh. */
  changedSince(viewer: Viewer, changeSeq: number): Promise<{ rows: Conversation[]; upTo: number; complete: boolean }>;
  /** The newest change number. */
  changeSeq(): number;
  /** Whether this viewer may see that conversation: the one check for fetched and pushed. */
  maySee(viewer: Viewer, conversation: { teamId?: string; assigneeId?: string }): boolean;
  ledger(viewer: Viewer, query: { channelId?: string; state?: LedgerRow['state']; limit: number; cursor?: string }): Promise<Page<LedgerRow>>;
}

export interface InboxActions {
  /** Throws `stale_reply` (facts: `personSeen`, `newer`: message ids) when something reached the person after `personSeen`; `force` sends anyway. The same `clientId` twice gives the first one's message. */
  reply(viewer: Viewer, conversationId: string, input: { text: string; attachmentIds: string[]; clientId: string; personSeen?: number; force?: boolean; andStatus?: ConversationStatus; snoozeUntil?: Millis; template?: NonNullable<Message['template']> }): Promise<{ message: Message; conversation: Conversation }>;
  note(viewer: Viewer, conversationId: string, input: { text: string; attachmentIds: string[]; clientId: string; mentions: string[] }): Promise<{ message: Message; conversation: Conversation }>;
  /** `assigneeId: undefined` puts it back. `ifAssignedTo` is the precondition of a claim: `conflict` (facts: `assigneeId`) when somebody was faster. */
  assign(viewer: Viewer, conversationId: string, input: { assigneeId?: string; teamId?: string; ifAssignedTo?: string | null }): Promise<Conversation>;
  snooze(viewer: Viewer, conversationId: string, until: Millis): Promise<Conversation>;
  setStatus(viewer: Viewer, conversationId: string, status: Exclude<ConversationStatus, 'snoozed'>): Promise<Conversation>;
  setPriority(viewer: Viewer, conversationId: string, priority: Priority): Promise<Conversation>;
  setTags(viewer: Viewer, conversationId: string, tags: string[]): Promise<Conversation>;
  setSubject(viewer: Viewer, conversationId: string, subject: string): Promise<Conversation>;
  /** Marks as seen up to `seq`; never goes back. */
  markRead(viewer: Viewer, conversationId: string, seq: number): Promise<Conversation>;
  /** The clock was started by something that needs no answer. */
  noAnswerNeeded(viewer: Viewer, conversationId: string, reason: string): Promise<Conversation>;
  /** The customer waits after all: what was taken for thanks asks, an answer elsewhere was none to this, "no answer needed" is taken back. `conflict` when there is nothing of the kind. */
  startWait(viewer: Viewer, conversationId: string): Promise<Conversation>;
  saveDraft(viewer: Viewer, conversationId: string, input: { kind: 'reply' | 'note'; text: string; attachmentIds: string[]; seenSeq: number } | undefined): Promise<void>;
  /** A failed one, or an `unknown` one whose possible doubling the agent accepts. */
  retryDelivery(viewer: Viewer, messageId: string): Promise<Message>;
  /** Colleagues follow it in a thread there, and may answer from it. `bad_request`: no connected account names that place. */
  startMirror(viewer: Viewer, conversationId: string, to: MirrorPlace): Promise<Conversation>;
  stopMirror(viewer: Viewer, conversationId: string): Promise<Conversation>;
  /** Changes what we sent, takes it back, or reacts: at the provider, then here. `conflict` when the channel cannot or will not. */
  changeMessage(viewer: Viewer, messageId: string, change: MessageChange): Promise<Message>;
  /** Puts bytes into the blob store and remembers who may use them (the uploader) until a message carries them. */
  addUpload(viewer: Viewer, file: { name: string; bytes: AsyncIterable<Uint8Array>; maxBytes: number }): Promise<Attachment>;
  setTyping(viewer: Viewer, conversationId: string, on: boolean): Promise<void>;
  setViewing(viewer: Viewer, conversationId: string, on: boolean): Promise<void>;
  joinCustomers(viewer: Viewer, customerId: string, otherId: string, reason: string): Promise<CustomerPicture>;
  decideJoin(viewer: Viewer, joinId: string, decision: 'join' | 'reject' | 'undo'): Promise<CustomerPicture>;
  renameCustomer(viewer: Viewer, customerId: string, name: string): Promise<CustomerPicture>;
  /** Replaces the person's tags; targets and calendars follow from them. */
  tagCustomer(viewer: Viewer, customerId: string, tags: string[]): Promise<CustomerPicture>;
  replayLedger(viewer: Viewer, ledgerId: string): Promise<LedgerRow>;
  discardLedger(viewer: Viewer, ledgerId: string): Promise<LedgerRow>;
  setPresence(viewer: Viewer, presence: Agent['presence']): Promise<Agent>;
}

/** What the visitor's side of web chat may read and do; everything is bound to one identity, which the signed token names. */
export interface VisitorInbox {
  /** This visitor's conversations, oldest first, the newest 20. */
  conversations(identityId: string): Promise<Conversation[]>;
  /** What the customer may see (never notes, never internal steps), by `seq`. */
  messages(identityId: string, conversationId: string, query: { afterSeq?: number; beforeSeq?: number; limit: number }): Promise<Message[]>;
  identity(identityId: string): Promise<Identity | undefined>;
  /** Sends a six-digit code to the address through a mailbox channel. `no_mailbox` when none is connected; `too_many` after 3 an hour. */
  startProof(identityId: string, address: string, language: string): Promise<'sent' | 'no_mailbox' | 'too_many' | 'failed'>;
  /** The right code makes the address `verified`, and with that joins what belongs together. Five wrong ones end the code. */
  finishProof(identityId: string, code: string): Promise<'verified' | 'wrong' | 'expired'>;
}
