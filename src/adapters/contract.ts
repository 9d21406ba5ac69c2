import type { z } from 'zod';
import type { Channel } from '../inbox/model/channel.js';
import type { ChannelKind, Json, Millis } from '../inbox/model/common.js';
import type { InboundEvent } from '../inbox/model/event.js';
import type { Attachment, EmailFacts, Message } from '../inbox/model/message.js';

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
  /**
   * The raw source of the message already taken in under this external id; `undefined` when there is none. Lets an
   * adapter tell a second delivery from another message under a repeated id. Absent: it is not asked.
   */
  sourceOf?(externalId: string): Promise<Buffer | undefined>;
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

/**
 * The one way to the outside: private addresses are refused unless the operator allows them, redirects are checked again,
 * bodies are bounded. Throws `outbound_refused` before anything was sent; other errors may come after.
 */
export type OutboundFetch = (url: string, request: { method: 'GET' | 'POST'; headers?: Record<string, string>; body?: string; timeoutMs?: number }) => Promise<{ status: number; headers: Record<string, string | undefined>; body: Buffer }>;

/** A channel some of whose secrets are better made than typed; absent ones are filled in when the channel is created. */
export interface MakesSecrets {
  /** Field key → a fresh random value. Show it once to whoever creates the channel: it is never sent back later. */
  newSecrets(): Record<string, string>;
}

/** A visitor of a site with our bubble, as their signed token names them. */
export interface VisitorPass {
  channelId: string;
  /** Random, at least 128 bits; also the thread's key. */
  visitorId: string;
  /** The site's own id of this person; only after a valid identity hash. */
  userId?: string;
  name?: string;
  email?: { address: string; proof: 'claimed' | 'channel' };
  language?: string;
  /** The id a site gave without a valid hash: names nobody, but tells when somebody else sits at the same browser. */
  claimedId?: string;
  /** Raised by every claim. */
  revision: number;
}

/** A file of a visitor's conversation, as a signed handle (upload) or link (download) names it. */
export interface VisitorFile {
  channelId: string;
  visitorId: string;
  blobId: string;
  name: string;
  /** As sniffed. */
  mime: string;
  size: number;
}

/** What a visitor's browser may say; every field is checked, `uploads` are handles still to be opened. */
export type VisitorFrame =
  | { type: 'hello'; token: string; cursor?: string }
  | { type: 'message'; clientId: string; text: string; uploads: string[] }
  | { type: 'typing'; on: boolean }
  | { type: 'receipt'; state: 'delivered' | 'read'; conversationId: string; seq: number }
  | { type: 'ping' };

export interface VisitorClaim {
  /** The site's id of the person; counts only with a valid `hash`. */
  id?: string;
  email?: string;
  name?: string;
  /** Hex HMAC-SHA256 with the channel's identity secret over `id`, or over `id` + line feed + `email`. */
  hash?: string;
}

/** One message as the visitor may see it. */
export interface VisitorMessage {
  conversationId: string;
  seq: number;
  by: 'you' | 'agent' | 'bot' | 'company' | 'line';
  /** What they are called towards customers; never an address. */
  name?: string;
  /** With `line`: what happened; the bubble has the words. */
  line?: 'handed_over' | 'resolved' | 'continued_by_email';
  text: string;
  at: Millis;
  clientId?: string;
  choices?: string[];
  attachments?: { name: string; mime: string; size: number; kind: Attachment['kind']; url: string }[];
}

/** The part of a chat channel's settings that its visitors' browsers and the routes need. */
export interface VisitorSettings {
  /** Lower-case origins, `https://*.shop.example` for any subdomain; empty: only our own pages. */
  allowedOrigins: string[];
  companyName?: string;
  greeting?: string;
  accent?: string;
  position: 'right' | 'left';
  /** The first one is taken when the visitor's is none of them. */
  languages: string[];
  continueByEmail: boolean;
}

/**
 * Talks to visitors' browsers through our own routes and socket (`src/http/visitor`). Pure but for random ids: no IO and
 * no clock. `undefined` for whatever is wrong with a token, handle or frame: who asks learns no more than that.
 */
export interface ServesVisitors {
  visitorSettings(account: Account): VisitorSettings;
  newPass(channelId: string, language?: string): VisitorPass;
  sealPass(pass: VisitorPass, now: Millis): string;
  openPass(token: string, channelId: string, now: Millis): VisitorPass | undefined;
  sealFile(file: VisitorFile, use: 'upload' | 'download', now: Millis): string;
  openFile(token: string, use: 'upload' | 'download', now: Millis): VisitorFile | undefined;
  readFrame(input: unknown): VisitorFrame | undefined;
  readClaim(input: unknown): VisitorClaim | undefined;
  /** The pass after a claim; `proven` when its hash was right. Another person's id gives a new visitor id, so that nobody inherits a thread. */
  identify(pass: VisitorPass, claim: VisitorClaim, account: Account): { pass: VisitorPass; proven: boolean };
  /** Ids of the identities this pass speaks for: the visitor's own, and the site's user once proven. */
  identityIds(pass: VisitorPass): string[];
  messageEvent(frame: VisitorFrame & { type: 'message' }, pass: VisitorPass, facts: { receivedAt: Millis; files: VisitorFile[] }): InboundEvent;
  receiptEvent(frame: VisitorFrame & { type: 'receipt' }, pass: VisitorPass, facts: { receivedAt: Millis; threadKey: string }): InboundEvent;
  /** What a claim tells the inbox; one event per identity of the pass. */
  identityEvents(pass: VisitorPass, receivedAt: Millis): InboundEvent[];
  /** `undefined`: not for visitors. */
  show(message: Message, facts: { agentName?: string; companyName: string; fileUrl: (attachment: Attachment) => string }): VisitorMessage | undefined;
}

export function makesSecrets(adapter: ChannelAdapter): adapter is ChannelAdapter & MakesSecrets {
  return 'newSecrets' in adapter;
}
export function servesVisitors(adapter: ChannelAdapter): adapter is ChannelAdapter & ServesVisitors {
  return 'openPass' in adapter;
}

/** Seals and opens the secrets of a channel. The type stands with the ports, so that the store may implement it. */
export type { SecretBox } from '../inbox/ports.js';
