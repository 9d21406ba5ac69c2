import type { Millis } from '../../inbox/model/common.js';
import type { InboundEvent } from '../../inbox/model/event.js';
import type { Attachment, Message } from '../../inbox/model/message.js';
import type { Account, ChannelAdapter } from '../contract.js';

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
  /** As the browser tells it. */
  timeZone?: string;
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

export function servesVisitors(adapter: ChannelAdapter): adapter is ChannelAdapter & ServesVisitors {
  return 'openPass' in adapter;
}
