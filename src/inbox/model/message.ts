import type { Json, Millis } from './common.js';

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
  /** What the provider calls it (e-mail: its Message-ID). */
  ids?: string[];
}

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
    | 'status_changed' | 'priority_changed' | 'tagged' | 'handed_over' | 'joined' | 'join_undone' | 'continued_by_email' | 'bounced' | 'auto_mail';
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
  email?: EmailFacts;
  delivery?: Delivery;
  /** Which rung of the ladder put it into this conversation, in words. */
  matched?: string;
  mood?: number;
  step?: Step;
  /** Quick replies offered by the bot. */
  choices?: string[];
  /** Our id as the client made it, for matching optimistic rows. */
  clientId?: string;
  /** Mentioned agents in a note. */
  mentions?: string[];
}

/** Other names of a message (a provider's id for something we sent). `_id` = `channelId:externalId`. Collection `externalIds`. */
export interface ExternalId {
  _id: string;
  messageId: string;
  conversationId: string;
}
