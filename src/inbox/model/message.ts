import type { Json, Millis } from './common.js';
import type { MirrorThread } from './mirror.js';

export interface Author {
  type: 'customer' | 'agent' | 'bot' | 'system' | 'outside';
  /** Identity id of a customer, agent id of an agent. */
  id?: string;
  name: string;
}

export interface Attachment {
  /** Random; the name in storage and in URLs. The original name is only data. */
  id: string;
  name: string;
  /** As sniffed from the content; what was declared is never trusted. */
  mime: string;
  size: number;
  kind: 'image' | 'audio' | 'video' | 'file' | 'calendar' | 'mail';
  contentId?: string;
  inline?: boolean;
  width?: number;
  height?: number;
  /** Not here yet, or not to be had: then `reason` says why. Absent: stored. */
  state?: 'pending' | 'failed';
  reason?: string;
}

/** What a post said before it was changed. */
export interface Revision {
  revision: string;
  text: string;
  /** When it was replaced. */
  until: Millis;
}

/** One person's reaction. */
export interface Reaction {
  emoji: string;
  /** Identity id, or `agent:ID`. */
  by: string;
  name: string;
}

/** A file of a message that still lies at the provider. `_id` = the attachment's id. Collection `fetches`; deleted when it is here, or given up. */
export interface FileFetch {
  _id: string;
  messageId: string;
  conversationId: string;
  channelId: string;
  name: string;
  source: Json;
  attempts: number;
  nextAt: Millis;
}

/** A change that came before the post it is about. `_id` = `channelId:target:eventId`. Collection `early`. */
export interface EarlyEvent {
  _id: string;
  /** `channelId:target` */
  target: string;
  event: Json;
  at: Millis;
}

/**
 * `queued` → `sending` → `sent` → `delivered` → `read`, or `failed` (for good), or `unknown` (may have been sent; never
 * retried blindly). States never go backwards.
 */
export type DeliveryState = 'queued' | 'sending' | 'sent' | 'delivered' | 'read' | 'failed' | 'unknown';

export interface Delivery {
  state: DeliveryState;
  at: Millis;
  attempts: number;
  /** The provider's own words. */
  reason?: string;
  nextAttemptAt?: Millis;
  /** What the provider calls it (e-mail: its Message-ID); one for each part that was accepted, in order. */
  ids?: string[];
  /** Why it failed, where the provider says so in a way that we know; drives what the composer offers. */
  because?: RejectedBecause;
}

/** `blocked`: they do not want us. `opted_out`: they said STOP. `window_closed`: the platform lets nobody write first. `auth`: our token. */
export type RejectedBecause = 'window_closed' | 'blocked' | 'opted_out' | 'auth' | 'not_found' | 'too_long' | 'invalid';

/** Addresses and ids of a mail, as data. Recipients of a reply derive from the message answered and nothing else. */
export interface EmailFacts {
  messageId: string;
  inReplyTo?: string;
  references: string[];
  from: string;
  to: string[];
  cc: string[];
  replyTo?: string;
  /** Outlook's Thread-Index as received; an answer carries it on, or Outlook shows two threads. */
  threadIndex?: string;
  subject: string;
  /** SPF/DKIM/DMARC as checked; shown. */
  auth?: { dmarc: 'pass' | 'fail' | 'none'; detail: string };
  /** HTML part as received, in the blob store; sanitised when shown. */
  htmlBlobId?: string;
}

/** What an `event` message tells: the bot's and the system's steps, each with its reason. */
export interface Step {
  type:
    | 'conversation_opened' | 'reopened' | 'linked' | 'routed' | 'assigned' | 'team_changed' | 'snoozed' | 'woken' | 'resolved'
    | 'status_changed' | 'priority_changed' | 'tagged' | 'handed_over' | 'joined' | 'join_undone' | 'continued_by_email' | 'bounced' | 'auto_mail'
    | 'not_needed' | 'wait_started' | 'wait_resumed'
    | 'opted_out' | 'opted_in' | 'control_taken' | 'control_passed' | 'rekeyed' | 'mirrored'
    | 'target_warned' | 'target_breached';
  reason?: string;
  data?: Record<string, Json>;
}

/**
 * One message. `_id` = `channelId:externalId`, so that the same post can exist only once.
 * Unique also on (conversationId, seq). Collection `messages`.
 */
export interface Message {
  _id: string;
  conversationId: string;
  customerId: string;
  channelId: string;
  seq: number;
  kind: 'in' | 'out' | 'note' | 'event';
  author: Author;
  /** What to show first: without quoted history and signature. */
  text: string;
  /** Quoted history and signature, folded in the UI. text + quoted = all that was written. */
  quoted?: string;
  language?: string;
  attachments?: Attachment[];
  /** The provider's time where plausible, else arrival. */
  at: Millis;
  receivedAt: Millis;
  /** The raw source in the blob store (e-mail), or as JSON. */
  rawBlobId?: string;
  /** Marked by software, with the reasons; never answered, never starts a clock. */
  auto?: string[];
  unreadable?: string;
  /** The provider's time, where it was not believed: what it had said. */
  givenAt?: Millis;
  /** A customer's word that asks for nothing: thanks, or that the bot helped, or that the question is taken back. Absent: it asks. */
  means?: 'thanks' | 'helped' | 'taken_back';
  /** The team an answer was written for: the conversation's then. */
  forTeamId?: string;
  email?: EmailFacts;
  delivery?: Delivery;
  /** When its channel accepted it: the moment from which it counts as an answer, unless it fails afterwards. */
  reachedAt?: Millis;
  /** Which rung of the ladder put it into this conversation, in words. */
  matched?: string;
  mood?: number;
  step?: Step;
  /** It was sent from a template that the provider had approved. */
  template?: { name: string; language: string; values: string[] };
  /** Quick replies offered by the bot. */
  choices?: string[];
  /** Our id as the client made it, for matching optimistic rows. */
  clientId?: string;
  /** Earlier texts, oldest first, at most 20. */
  revisions?: Revision[];
  /** Number of the newest revision that was applied; an older one changes nothing. */
  revision?: string;
  /** Taken back: when, and by whom. The text stays. */
  deleted?: { at: Millis; by: 'author' | 'provider' | 'agent' };
  reactions?: Reaction[];
  /** Stands in the conversation and asks nobody: why. */
  silent?: string;
  /** It was written in this thread of a team's channel, where it need not be shown again. */
  mirroredFrom?: MirrorThread;
  /** Mentioned agents in a note. */
  mentions?: string[];
}

/** Other names of a message (a provider's id for something we sent). `_id` = `channelId:externalId`. Collection `externalIds`. */
export interface ExternalId {
  _id: string;
  messageId: string;
  conversationId: string;
}
