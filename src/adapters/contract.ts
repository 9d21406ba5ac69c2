import type { z } from 'zod';
import type { Channel } from '../inbox/model/channel.js';
import type { Audience, ChannelKind, Json, Millis } from '../inbox/model/common.js';
import type { Attachment, EmailFacts, RejectedBecause } from '../inbox/model/message.js';

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
  /** As the agent wrote it: plain text with light marks (`lib/marks.ts`), which the channel renders in its own way. */
  text: string;
  author: { type: 'agent' | 'bot' | 'system'; name: string };
  /** Written by software: marked so where the channel can (`Auto-Submitted`). */
  isAutomatic: boolean;
  attachments: Attachment[];
  choices?: string[];
  language?: string;
  to: { identityId: string; externalUserId: string; displayName?: string; address?: string };
  threadKey: string;
  /** What `parse` put into the thread's `handle`, the newest one. */
  handle?: Json;
  audience?: Audience;
  /** External ids of the parts that an earlier attempt got accepted, in order: go on behind them. */
  sentParts: string[];
  /** A message that the provider has approved beforehand; `text` is how it reads. */
  template?: { name: string; language: string; values: string[] };
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
  /** `scope: 'account'`: nothing of this account may go out before that. */
  | { result: 'retry'; afterMs?: number; reason: string; scope?: 'account' }
  | { result: 'rejected'; reason: string; because?: RejectedBecause; channelBroken?: boolean }
  | { result: 'unknown'; reason: string };

/** How a channel counts the length of a text; `lib/measure.ts` counts. `weighted`: X. `segment`: SMS, 1 to 10 of them. */
export type TextUnit = 'utf16' | 'codepoint' | 'byte' | 'grapheme' | 'weighted' | 'segment';

/** What a channel carries besides text, in one direction. */
export type Ability = 'files' | 'formatting' | 'threads' | 'edits' | 'deletes' | 'reactions' | 'delivered' | 'read' | 'typing' | 'choices' | 'public' | 'outside';

/** Data that drives what the composer offers, how fast the worker sends, and the table in the README. */
export interface Capabilities {
  /** Of one part; a longer text is split, up to `partsMax` parts. */
  textMax: number;
  textUnit: TextUnit;
  /** Default 1: the composer refuses what is longer. */
  partsMax?: number;
  fileMax: number;
  filesPerMessage: number;
  /** Types that the channel takes, as `image/*` or `application/pdf`; absent: any. */
  fileTypes?: readonly string[];
  formats: readonly ('plain' | 'markdown')[];
  receipts: 'none' | 'delivered' | 'read';
  typing: boolean;
  /** `key`: sending the same message id twice is safe. `same-id`: the receiver may recognise it. `none`: never retry an unknown. */
  idempotency: 'key' | 'same-id' | 'none';
  /** What comes in and what goes out. `outside`: answers that colleagues wrote in the platform's own app are seen. */
  inbound: readonly Ability[];
  outbound: readonly Ability[];
  /** How long after the customer's last message one may answer, and what is left afterwards. Absent: any time. */
  window?: { hours: number; after: 'closed' | 'template' | 'human_tag'; humanHours?: number };
  /** The platform's rates; the worker keeps them without waiting busily. `conversation`: for each recipient. */
  rates?: readonly { scope: 'account' | 'conversation'; count: number; perMs: number }[];
  /** Shown before sending, for a text like this one ("a post with a link costs $0.20"). */
  costs?: { perMessage: string; withLink?: string };
  /** How often something usually happens even on a quiet day, in hours; longer silence on a busy channel is an alarm. Absent: never. */
  heartbeatHours?: number;
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

/** What `deliver` may use besides its arguments. */
export interface DeliveryTools {
  /** Durable when it resolves: call it after each accepted part of a message that goes out in several, before the next one is sent. */
  partSent(externalId: string): Promise<void>;
  /** Bytes of an attachment of this message. */
  readFile(attachment: Attachment): Promise<Buffer>;
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
  deliver(outbound: Outbound, account: Account, tools: DeliveryTools): Promise<DeliveryOutcome>;
}

/** Shown as the channel's health. `broken` stops the channel and tells the composer. */
export interface Health {
  state: 'ok' | 'trouble' | 'broken';
  text?: string;
  /** When the token ends; warned of a week before. */
  tokenExpiresAt?: Millis;
}

/**
 * The one way to the outside: private addresses are refused unless the operator allows them, redirects are checked again,
 * bodies are bounded. Throws `outbound_refused` before anything was sent; other errors may come after.
 */
export type OutboundFetch = (url: string, request: { method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'; headers?: Record<string, string>; body?: string | Uint8Array; timeoutMs?: number; maxBytes?: number; signal?: AbortSignal }) => Promise<{ status: number; headers: Record<string, string | undefined>; body: Buffer }>;

/** Seals and opens the secrets of a channel. The type stands with the ports, so that the store may implement it. */
export type { SecretBox } from '../inbox/ports.js';
