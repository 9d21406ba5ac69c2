import type { Audience, ChannelKind, Json, Millis } from './common.js';
import type { Alias, Proof } from './identity.js';
import type { EmailFacts, RejectedBecause } from './message.js';

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
  /** As their browser or their profile tells it; a name that is a zone. */
  timeZone?: string;
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
  /** Who can read along; absent: nobody but the two sides. */
  audience?: Audience;
  /** What the channel needs to answer here (a service URL, a visibility, a business connection); the newest one counts. Holds no secret. */
  handle?: Json;
}

/** A file that lies at the provider; fetched after the event is durable, by the adapter's `fetchFile`. */
export interface RemoteFile {
  name: string;
  /** As declared; what is shown is sniffed from the content. */
  mime?: string;
  size?: number;
  /** What `fetchFile` needs: a media id, or a URL whose host the adapter checks again. Never shown to a browser. */
  source: Json;
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
  /** `connection`: it came over a connection that we opened ourselves and signed in on. */
  verifiedBy: 'signature' | 'token' | 'session' | 'mailbox' | 'connection';
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
  remoteFiles?: RemoteFile[];
  /** Further ids that the provider uses for the same post (an album's parts, a revision). */
  otherIds?: string[];
  /** With `out`: the id of our own message, as the platform carried it for us. An echo changes nothing but what we know of the sending. */
  echoOf?: string;
  /** It stands in the conversation and asks nobody: a bot of theirs, a system line ("joined the channel"). Starts no clock. */
  silent?: string;
  email?: EmailFacts;
  auto?: string[];
  /** Could not be parsed: why. It is shown as unreadable, with its source. */
  unreadable?: string;
  clientId?: string;
}

/** The customer has received or seen everything up to a message, as the channel can say it: one of the three. */
export interface ReceiptEvent extends EventBase {
  type: 'receipt';
  state: 'delivered' | 'read';
  threadKey: string;
  upToSeq?: number;
  /** External id of the newest message that it is about. */
  upToId?: string;
  /** Everything that was sent up to this time. */
  upToTime?: Millis;
}

/** A post was changed by its author. What stood there before is kept. */
export interface EditEvent extends EventBase {
  type: 'edit';
  /** External id of the post. */
  target: string;
  threadKey: string;
  /** Grows, or at least differs, with every change of the post: the platform's edit time or version. */
  revision: string;
  text: string;
}

/** A post was taken back. Its text stays for those who must answer for it, marked as deleted. */
export interface DeleteEvent extends EventBase {
  type: 'delete';
  target: string;
  threadKey: string;
  by: 'author' | 'provider';
}

export interface ReactionEvent extends EventBase {
  type: 'reaction';
  target: string;
  threadKey: string;
  /** `set`: the only one of this person from now on; with no `emoji` all of theirs are gone. */
  op: 'add' | 'remove' | 'set';
  /** The character where there is one, else `:name:`. */
  emoji?: string;
  by: Sender;
}

/** Something about the thread itself. */
export interface ThreadEvent extends EventBase {
  type: 'thread';
  threadKey: string;
  change:
    /** The platform calls it otherwise from now on. */
    | { op: 'rekey'; to: string; reason: string }
    /** The person wants no more messages here, or wants them again. */
    | { op: 'opt_out' | 'opt_in'; reason: string }
    /** Another application answers here now, or we do again. */
    | { op: 'control_taken' | 'control_passed'; reason: string };
}

/** The provider tells what became of something we sent; a bounce is one. */
export interface DeliveryEvent extends EventBase {
  type: 'delivery';
  /** External ids it may be about, the surest first. */
  targets: string[];
  state: 'sent' | 'delivered' | 'read' | 'failed' | 'delayed';
  reason: string;
  /** With `failed`, where the platform says why in a way that we know. */
  because?: RejectedBecause;
}

/** The customer has told, or proved, who they are. */
export interface IdentityEvent extends EventBase {
  type: 'identity';
  sender: Sender;
}

/** Seen, and deliberately not used; a kind that we do not know is one, with `native` kept. */
export interface IgnoredEvent extends EventBase {
  type: 'ignored';
  reason: string;
}

/** Somebody begins or ends to type. Never in the ledger: told to browsers and forgotten. */
export interface TypingSign {
  channelId: string;
  threadKey: string;
  on: boolean;
}

/** What one adapter hands to the inbox. Plain JSON: it is stored in the ledger as it is. */
export type InboundEvent =
  | MessageEvent | EditEvent | DeleteEvent | ReactionEvent | ReceiptEvent | DeliveryEvent | IdentityEvent | ThreadEvent | IgnoredEvent;

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
