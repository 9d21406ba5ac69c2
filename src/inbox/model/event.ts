import type { ChannelKind, Json, Millis } from './common.js';
import type { Alias, Proof } from './identity.js';
import type { EmailFacts } from './message.js';

/** Who wrote, as the channel tells it. */
export interface Sender {
  /** `kind:scope:externalUserId` becomes the identity's id. */
  kind: ChannelKind;
  scope: string;
  externalUserId: string;
  displayName?: string;
  proof: Proof;
  aliases: Alias[];
  language?: string;
}

/** What the channel knows of the thread. The inbox climbs the ladder: token, ids, thread key, else a new conversation. */
export interface ThreadHints {
  /** Stable key of the thread on its channel; used to open a conversation, and to find it where the channel has threads. */
  key: string;
  /** `exact`: the key alone finds the conversation (web chat, Slack). `weak`: the key only names a new one (e-mail). */
  keyIs: 'exact' | 'weak';
  /** A reply token that was verified by the adapter: the conversation's id. */
  tokenConversationId?: string;
  /** External ids this message answers, the closest first. */
  repliesTo?: string[];
  subject?: string;
  /** Everybody on the message, normalised; the sender must already be one to be let in by id. */
  participants?: string[];
}

/** A file that the adapter has already put into the blob store. */
export interface InboundAttachment {
  blobId: string;
  name: string;
  mime: string;
  size: number;
  contentId?: string;
  inline?: boolean;
}

interface EventBase {
  channelId: string;
  /** Unique in the channel: the ledger's key. Never made from a clock. */
  eventId: string;
  /** The provider's time, if it gave one. */
  occurredAt?: Millis;
  receivedAt: Millis;
  verifiedBy: 'signature' | 'token' | 'session' | 'mailbox';
  rawBlobId?: string;
  /** The native payload where it is small and there is no blob. */
  native?: Json;
}

export interface MessageEvent extends EventBase {
  type: 'message';
  externalId: string;
  /** `out`: written by a colleague outside Rapport (Sent folder, native app). It stops the clock and silences the bot. */
  direction: 'in' | 'out';
  sender: Sender;
  /** With `out`: the customer it went to. */
  recipient?: Sender;
  thread: ThreadHints;
  text: string;
  quoted?: string;
  attachments?: InboundAttachment[];
  email?: EmailFacts;
  auto?: string[];
  /** Could not be parsed: why. It is shown as unreadable, with its source. */
  unreadable?: string;
  clientId?: string;
}

/** The customer has received or seen everything up to this message. */
export interface ReceiptEvent extends EventBase {
  type: 'receipt';
  state: 'delivered' | 'read';
  threadKey: string;
  upToSeq: number;
}

/** The provider tells what became of something we sent; a bounce is one. */
export interface DeliveryEvent extends EventBase {
  type: 'delivery';
  /** External ids it may be about, the surest first. */
  targets: string[];
  state: 'sent' | 'delivered' | 'read' | 'failed' | 'delayed';
  reason: string;
}

/** The customer has told, or proved, who they are. */
export interface IdentityEvent extends EventBase {
  type: 'identity';
  sender: Sender;
}

/** Seen, and deliberately not used. */
export interface IgnoredEvent extends EventBase {
  type: 'ignored';
  reason: string;
}

/** What one adapter hands to the inbox. Plain JSON: it is stored in the ledger as it is. */
export type InboundEvent = MessageEvent | ReceiptEvent | DeliveryEvent | IdentityEvent | IgnoredEvent;

/** Collection `ledger`, `_id` = `channelId:eventId`. Every event ends as applied, ignored or failed. */
export interface LedgerRow {
  _id: string;
  channelId: string;
  state: 'received' | 'applied' | 'ignored' | 'failed';
  reason?: string;
  attempts: number;
  /** How often a process died while holding it; 2 = poison, set aside. */
  deaths: number;
  receivedAt: Millis;
  doneAt?: Millis;
  messageId?: string;
  /** Dropped some time after it was applied; the message and its source stay. */
  event?: InboundEvent;
}
