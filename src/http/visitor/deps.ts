import type { IncomingMessage } from 'node:http';
import type { Account, ChannelAdapter } from '../../adapters/contract.js';
import type { InboundSink } from '../../adapters/contract/abilities.js';
import type { ServesVisitors } from '../../adapters/contract/visitors.js';
import type { VisitorInbox } from '../../inbox/api.js';
import type { BlobStore, Clock, Live } from '../../inbox/ports.js';

/** What visitors are told of the company. */
export interface VisitorWorkspace {
  companyName: string;
  botName: string;
  /** Minutes: what the company aims at. */
  answerTargetMinutes: number;
  /** Minutes: how long an answer usually takes, where it is known; shown instead of the aim. */
  typicalAnswerMinutes?: number;
  opening: { openNow: boolean; opensAt?: number; timeZone: string };
}

export interface VisitorLog {
  info(facts: object, text: string): void;
  warn(facts: object, text: string): void;
  error(facts: object, text: string): void;
}

/** How much one visitor, and one network address, may do. */
export interface VisitorLimits {
  messagesPerMinute: number;
  messagesPerMinuteOfAddress: number;
  newVisitorsPerTenMinutesOfAddress: number;
  uploadsPerTenMinutes: number;
  uploadedMegabytesPerHourOfAddress: number;
  proofsPerHour: number;
  proofsPerHourOfAddress: number;
  /** Typing, receipts, claims. */
  signalsPerMinute: number;
  /** Sockets and long polls held open at once by one visitor. */
  connections: number;
  /** An open socket says hello within this time. */
  helloWithinMs: number;
  /** How often a socket is asked whether it is still there; one that has not answered by the next time is dropped. */
  heartbeatMs: number;
  /** A browser that takes nothing for so long is dropped; it comes back with its cursor. */
  slowAfterMs: number;
}

/** Everything that the visitor's side of web chat needs from outside. */
export interface VisitorDeps {
  webchat: ChannelAdapter & ServesVisitors;
  /** A web chat channel with its secrets opened; `undefined` when there is none. Asked at every request: keep it cheap. */
  findChannel(id: string): Promise<Account | undefined>;
  sink: InboundSink;
  inbox: VisitorInbox;
  live: Live;
  blobs: BlobStore;
  clock: Clock;
  /** Where people reach us, without trailing slash. */
  publicUrl: string;
  /** Opening hours are those of this channel, else of the house. */
  workspace(channelId?: string): Promise<VisitorWorkspace>;
  /** What an agent is called towards customers: first name or display name. */
  agentName(agentId: string): Promise<string | undefined>;
  /** The visitor is writing, or has stopped. */
  typing(who: { conversationId: string; identityId: string; on: boolean }): void;
  log: VisitorLog;
  /** Network address of a request behind trusted proxies; default: the socket's. */
  clientIp?(request: IncomingMessage): string;
  limits?: Partial<VisitorLimits>;
  /** The channel whose bubble the page `/chat` shows; without it there is no such page. */
  chatPageChannel?(): Promise<string | undefined>;
}
