import type { z } from 'zod';
import type { Channel, SealedSecret } from '../inbox/model/channel.js';
import type { ChannelKind, Json, Millis } from '../inbox/model/common.js';
import type { InboundEvent } from '../inbox/model/event.js';
import type { Attachment, EmailFacts } from '../inbox/model/message.js';

/** A channel with its settings checked and its secrets opened. Lives in memory only; never logged. */
export interface Account {
  channel: Channel;
  /** What the adapter's `settings` schema made of `channel.settings` and the opened secrets. */
  settings: unknown;
}

/** What goes out: everything that rendering needs, resolved beforehand, so that `render` can be pure. */
export interface Outbound {
  messageId: string;
  conversationId: string;
  seq: number;
  /** 1 for the first attempt. */
  attempt: number;
  text: string;
  author: { type: 'agent' | 'bot' | 'system'; name: string };
  /** Written by software: marked so where the channel can (`Auto-Submitted`). */
  isAutomatic: boolean;
  attachments: Attachment[];
  choices?: string[];
  language?: string;
  to: { identityId: string; externalUserId: string; displayName?: string; address?: string };
  threadKey: string;
  subject?: string;
  /** The newest message from the customer in this conversation: what is being answered. */
  answers?: { messageId: string; externalId: string; at: Millis; name: string; text: string; email?: EmailFacts };
  /** E-mail: all Message-IDs of the conversation, oldest first. */
  references?: string[];
  /** E-mail: further recipients, derived from the message answered. */
  cc?: string[];
  companyName: string;
}

/** How a delivery ended. Never guessed: when the request was written and no answer came, it is `unknown`. */
export type DeliveryOutcome =
  | { result: 'sent' | 'delivered'; externalIds?: string[]; reason?: string }
  | { result: 'retry'; afterMs?: number; reason: string }
  | { result: 'rejected'; reason: string; channelBroken?: boolean }
  | { result: 'unknown'; reason: string };

/** Data that drives what the composer offers. */
export interface Capabilities {
  textMax: number;
  textUnit: 'utf16' | 'byte' | 'grapheme';
  fileMax: number;
  filesPerMessage: number;
  formats: readonly ('plain' | 'markdown')[];
  receipts: 'none' | 'delivered' | 'read';
  typing: boolean;
  /** `key`: sending the same message id twice is safe. `same-id`: the receiver may recognise it. `none`: never retry an unknown. */
  idempotency: 'key' | 'same-id' | 'none';
}

/** One field of a channel's settings, so that the UI and the API can show it. */
export interface SettingField {
  key: string;
  label: string;
  help?: string;
  type: 'text' | 'password' | 'number' | 'switch' | 'list' | 'choice';
  choices?: string[];
  required: boolean;
  default?: string | number | boolean;
  /** Encrypted at rest, never sent back. */
  secret?: boolean;
  group?: string;
}

/**
 * What every channel is. At most eight members; any further ability is an interface of its own below, found by its type guard.
 */
export interface ChannelAdapter {
  readonly kind: ChannelKind;
  readonly title: string;
  readonly capabilities: Capabilities;
  readonly fields: readonly SettingField[];
  /** Checks settings and opened secrets together. */
  readonly settings: z.ZodType;
  /** Sends one message. May do IO. Called with at most one message per conversation at a time, under a lease of 30 s. */
  deliver(outbound: Outbound, account: Account): Promise<DeliveryOutcome>;
}

export interface WebhookRequest {
  method: string;
  headers: Readonly<Record<string, string | undefined>>;
  query: Readonly<Record<string, string | undefined>>;
  rawBody: Buffer;
  receivedAt: Millis;
}

export type WebhookResult =
  | { accepted: true; events: InboundEvent[]; body?: string; contentType?: string }
  | { accepted: false; status: 400 | 401 | 405; code: string; message: string };

/** The provider posts to `/hooks/:channelId`. Pure: verifies the signature over the raw bytes, then parses. */
export interface ReceivesWebhooks {
  receive(request: WebhookRequest, account: Account): WebhookResult;
}

/** Takes events into the ledger; resolves when they are durable. Throws `store_unavailable` when they are not. */
export type InboundSink = (events: InboundEvent[]) => Promise<void>;

/** What an adapter that holds a connection may use of its host. */
export interface ConnectionHost {
  sink: InboundSink;
  /** Stores bytes durably before resolving; the same bytes may be stored twice. */
  putBlob(bytes: Uint8Array | AsyncIterable<Uint8Array>, facts: { name: string; mime?: string }): Promise<{ blobId: string; size: number; mime: string }>;
  getCursor(): Promise<Record<string, Json>>;
  /** Durable when it resolves. Store first, then advance the cursor. */
  setCursor(cursor: Record<string, Json>): Promise<void>;
  /** Shown as the channel's health. `broken` stops the channel and tells the composer. */
  report(health: { state: 'ok' | 'trouble' | 'broken'; text?: string }): void;
  clock: () => Millis;
  log: { info(facts: object, text: string): void; warn(facts: object, text: string): void };
}

/** Keeps a connection to its provider (IMAP, gateways). One holder per channel. */
export interface HoldsConnection {
  /** Resolves at once; connects, and reconnects for ever with backoff, until `stop` (which resolves when all is put down). */
  open(account: Account, host: ConnectionHost): { stop(): Promise<void>; poke(): void };
}

export interface ConnectionReport {
  ok: boolean;
  /** One row per step, in order: "IMAP sign-in", "Sent folder found" … A failed one says what to do. */
  steps: { name: string; ok: boolean; detail: string }[];
}

/** "Test connection" in Settings. May do IO; changes nothing at the provider. At most 20 s. */
export interface TestsConnection {
  test(settings: unknown): Promise<ConnectionReport>;
}

/** Can write to an address outside any conversation: codes that prove an address, invitations. */
export interface SendsNotices {
  sendNotice(notice: { id: string; to: string; subject: string; text: string }, account: Account): Promise<DeliveryOutcome>;
}

export function receivesWebhooks(adapter: ChannelAdapter): adapter is ChannelAdapter & ReceivesWebhooks {
  return 'receive' in adapter;
}
export function holdsConnection(adapter: ChannelAdapter): adapter is ChannelAdapter & HoldsConnection {
  return 'open' in adapter;
}
export function testsConnection(adapter: ChannelAdapter): adapter is ChannelAdapter & TestsConnection {
  return 'test' in adapter;
}
export function sendsNotices(adapter: ChannelAdapter): adapter is ChannelAdapter & SendsNotices {
  return 'sendNotice' in adapter;
}

/** Seals and opens the secrets of a channel. Implemented in `src/store/secrets.ts`. */
export interface SecretBox {
  seal(plain: string, context: string): SealedSecret;
  open(sealed: SealedSecret, context: string): string;
}
