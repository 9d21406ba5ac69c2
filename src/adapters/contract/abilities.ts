import type { Json, Millis } from '../../inbox/model/common.js';
import type { InboundEvent, TypingSign } from '../../inbox/model/event.js';
import type { Account, ChannelAdapter, DeliveryOutcome, Health } from '../contract.js';

export interface WebhookRequest {
  method: string;
  headers: Readonly<Record<string, string | undefined>>;
  query: Readonly<Record<string, string | undefined>>;
  rawBody: Buffer;
  receivedAt: Millis;
}

export type WebhookResult =
  | { accepted: true; events: InboundEvent[]; typing?: TypingSign[]; status?: 200 | 202 | 204; body?: string; contentType?: string; headers?: Record<string, string>; health?: Health }
  | { accepted: false; status: 400 | 401 | 403 | 405; code: string; message: string };

/**
 * The provider posts to `/hooks/:channelId`. Verifies the signature over the raw bytes, then parses; no IO but, at most,
 * the provider's public keys, fetched through the guarded client. The answer goes out when `events` are durable.
 */
export interface ReceivesWebhooks {
  receive(request: WebhookRequest, account: Account): WebhookResult | Promise<WebhookResult>;
}

/** Gets a file that lies at the provider, through the guarded client. Called after the event is durable; again, later, when it fails. */
export interface FetchesFiles {
  /** `gone`: never to be had, and why. Throws for what may be had later. At most `maxBytes`, else `gone`. */
  fetchFile(source: Json, account: Account, limits: { maxBytes: number }): Promise<{ bytes: Buffer; mime?: string; name?: string } | { gone: string }>;
}

/** What an agent may do to a message that is there already, or to the thread. Ids are external ones. */
export type MessageAction =
  | { type: 'edit'; target: string; text: string }
  | { type: 'delete'; target: string }
  | { type: 'react'; target: string; emoji: string; on: boolean }
  | { type: 'read'; target: string }
  | { type: 'typing'; on: boolean };

export interface ActionContext {
  threadKey: string;
  handle?: Json;
  to: { identityId: string; externalUserId: string };
}

/** Edits, deletes, reacts, tells that something was read or is being written. May do IO, at most 10 s; doing it twice is the same as once. */
export interface ActsOnMessages {
  readonly actions: readonly MessageAction['type'][];
  act(action: MessageAction, context: ActionContext, account: Account): Promise<DeliveryOutcome>;
}

/** Reads what came while nobody listened, or what a webhook never brought. */
export interface BackFills {
  /** Everything since `since` that the provider still tells, in order; the ledger knows what it has. Emits as it goes. */
  backFill(since: Millis, account: Account, sink: InboundSink): Promise<{ found: number; complete: boolean; note?: string }>;
}

/** Approved messages for the time after the window. */
export interface ListsTemplates {
  templates(account: Account): Promise<{ name: string; language: string; text: string; values: number }[]>;
}

/** Step-by-step instructions for Settings: what to copy where. `{{webhookUrl}}`, `{{verifyToken}}` … are filled in. */
export interface ExplainsSetUp {
  readonly setUp: readonly { title: string; text: string; copy?: { label: string; value: string }[]; link?: string }[];
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
  report(health: Health): void;
  /** Told to browsers, kept nowhere. */
  typing(sign: TypingSign): void;
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
  sendNotice(notice: MailNotice, account: Account): Promise<DeliveryOutcome>;
}

/** A mail outside any conversation. The same `id` is always the same Message-ID. */
export interface MailNotice {
  id: string;
  to: string;
  subject: string;
  text: string;
  /** Absent: made from the text. Sent as it is; whoever makes it escapes what came from outside. */
  html?: string;
  /** Travel with the HTML, which names each as `cid:…`. */
  pictures?: readonly { cid: string; name: string; mime: string; bytes: Uint8Array }[];
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

export function fetchesFiles(adapter: ChannelAdapter): adapter is ChannelAdapter & FetchesFiles {
  return 'fetchFile' in adapter;
}

export function actsOnMessages(adapter: ChannelAdapter): adapter is ChannelAdapter & ActsOnMessages {
  return 'act' in adapter;
}

export function backFills(adapter: ChannelAdapter): adapter is ChannelAdapter & BackFills {
  return 'backFill' in adapter;
}

export function listsTemplates(adapter: ChannelAdapter): adapter is ChannelAdapter & ListsTemplates {
  return 'templates' in adapter;
}

export function explainsSetUp(adapter: ChannelAdapter): adapter is ChannelAdapter & ExplainsSetUp {
  return 'setUp' in adapter;
}

export function sendsNotices(adapter: ChannelAdapter): adapter is ChannelAdapter & SendsNotices {
  return 'sendNotice' in adapter;
}

/** A channel some of whose secrets are better made than typed; absent ones are filled in when the channel is created. */
export interface MakesSecrets {
  /** Field key → a fresh random value. Show it once to whoever creates the channel: it is never sent back later. */
  newSecrets(): Record<string, string>;
}

export function makesSecrets(adapter: ChannelAdapter): adapter is ChannelAdapter & MakesSecrets {
  return 'newSecrets' in adapter;
}
