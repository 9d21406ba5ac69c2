import type { ChannelAdapter } from '../../src/adapters/contract.js';
import type { WebhookRequest } from '../../src/adapters/contract/abilities.js';
import type { OutboundFetch } from '../../src/adapters/contract.js';
import type { ChannelKind, Json } from '../../src/inbox/model/common.js';

/** Why a platform has no such thing; printed, and compared with what the adapter's capabilities say. */
export type Lacks = string;

/** What the adapter's factory is given in the suite: what `AdapterDeps` gives it in the product. */
export interface SuiteDeps {
  /** The real guarded client, with the fake's own address allowed. */
  fetch: OutboundFetch;
  clock: () => number;
}

/** One adapter, and the far end it is tried against. */
export interface AdapterUnderTest {
  kind: ChannelKind;
  /** The real server that the far end is, where it is one: without it on this machine the suite is skipped, or fails with `REQUIRE_PEERS=1`. */
  peer?: { name: string; isFound: boolean };
  create(deps: SuiteDeps): ChannelAdapter;
  /** Starts the far end: a fake on loopback with its own ledger, or a real server. */
  start(): Promise<FarEnd>;
  /** Ends of sending that this platform has, and how an adapter has to take them. */
  errors: Partial<Record<Failure, ExpectedEnd | Lacks>>;
  /** Payloads as the platform documents them: what is mutated, and what `parse` is timed with. At least five. */
  samples: Json[];
  /** The adapter's pure `parse` over one payload as it comes from outside (a webhook's JSON body, a gateway frame, a stanza). */
  parse(payload: unknown): unknown;
}

/** How the far end is told to answer the next request that sends something. */
export type Failure =
  /** "Too many requests", with the platform's own way to say when: `retryAfterMs` of `ExpectedEnd`. */
  | 'rate_limited'
  /** A fault on their side, nothing was sent. */
  | 'server_error'
  | 'window_closed' | 'blocked' | 'token_revoked' | 'not_found' | 'too_long'
  /** Accepted, and the connection ends before the answer is there. */
  | 'lost_answer';

export interface ExpectedEnd {
  result: 'retry' | 'rejected' | 'unknown' | 'sent';
  because?: string;
  /** At least; the fake tells it to the adapter. */
  retryAfterMs?: number;
  channelBroken?: boolean;
}

/** One message as the far end has it. */
export interface Received {
  conversation: string;
  /** As a reader of that platform sees it: marks resolved to `*bold*`-like native text, entities unescaped. */
  text: string;
  externalId: string;
  files: { name: string; bytes: number }[];
  /** External id of what it answers, where the platform shows that. */
  answers?: string;
}

/** Something that happened at the far end, ready to be delivered again. */
export interface Posted {
  externalId: string;
  conversation: string;
  /** Delivers the very same delivery once more. */
  again(): Promise<void>;
  /** The same post under another delivery id, where the platform does that. */
  underOtherId?: () => Promise<void>;
}

export interface Person {
  id: string;
  name: string;
}

/**
 * The far end. People do things here; a webhook platform signs, posts and, when it gets no 2xx, posts again; the others
 * push over the adapter's own connection. Everything resolves when the platform has its ack (or the push is out).
 */
export interface FarEnd {
  /** What an administrator types in Settings to connect the account of this far end. */
  settings: Record<string, Json>;
  secrets: Record<string, string>;
  /** Addresses of loopback that the guarded client has to allow: `127.0.0.1:PORT`. */
  allow: string[];
  /** `post` brings a request to the product's `/hooks/:channelId`; called before anything else. Absent for pure connections: it is never called. */
  connect?(post: (request: Omit<WebhookRequest, 'receivedAt'>) => Promise<{ status: number; body: string }>): void;
  /** Resolves when the adapter's own connection stands. Absent where there is none. */
  connected?(): Promise<void>;

  /** A customer writes. The same `conversation` is the same thread. */
  says(what: { conversation: string; from: Person; text: string; files?: { name: string; mime: string; bytes: Buffer }[] }): Promise<Posted>;
  /** The customer sends back what they received, with its formatting as the platform keeps it. Absent where the channel has none. */
  saysBack?(received: Received, from: Person): Promise<Posted>;
  /** Several posts in one delivery; `broken`: one of them, in the middle, is of a shape that nobody knows. */
  batch: ((posts: { conversation: string; from: Person; text: string }[], options: { broken: boolean }) => Promise<Posted[]>) | Lacks;
  edits: ((post: Posted, text: string) => Promise<void>) | Lacks;
  deletes: ((post: Posted) => Promise<void>) | Lacks;
  reacts: ((post: { externalId: string; conversation: string }, by: Person, emoji: string, on: boolean) => Promise<void>) | Lacks;
  /** The customer has received, or read, what we sent. */
  receipt: ((sent: Received, state: 'delivered' | 'read') => Promise<void>) | Lacks;
  typing: ((conversation: string, from: Person, on: boolean) => Promise<void>) | Lacks;
  /** A colleague answers in the platform's own app. */
  outside: ((conversation: string, text: string) => Promise<Posted>) | Lacks;
  /** From now on our own messages come back as events: before the send call gets its answer, or after. */
  echoes: ((order: 'before' | 'after') => void) | Lacks;
  /** A bot, or the platform itself, posts into the conversation. */
  botSays: ((conversation: string, text: string) => Promise<Posted>) | Lacks;
  /** An event of a kind that we do not know; resolves with the name it goes by. */
  unknownKind: (() => Promise<string>) | Lacks;

  /** What was accepted from us, in order. */
  received(): Received[];
  /** The next request that sends something ends so. */
  failNext(failure: Failure): void;

  /** Webhook platforms: requests to try the signature with. */
  webhook?: {
    good(): Omit<WebhookRequest, 'receivedAt'>;
    bad: Record<'wrong' | 'missing' | 'other bytes', () => Omit<WebhookRequest, 'receivedAt'>> & {
      /** Absent where the platform signs no time. */
      stale?: () => Omit<WebhookRequest, 'receivedAt'>;
    };
    /** `undefined`: the platform asks none. */
    challenge?: { request: Omit<WebhookRequest, 'receivedAt'>; answer: string; refused: Omit<WebhookRequest, 'receivedAt'> };
    /** Signs any body as the platform would. */
    sign(body: Buffer): Omit<WebhookRequest, 'receivedAt'>;
    /** The platform's limit for the ack, in ms. */
    ackWithinMs: number;
  };
  stop(): Promise<void>;
}
