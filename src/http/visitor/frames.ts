import type { VisitorMessage } from '../../adapters/contract/visitors.js';
import type { ErrorCode } from '../../errors.js';

/** A conversation as far as its visitor needs to know it. */
export interface VisitorConversation {
  id: string;
  startedAt: number;
  /** Up to where somebody in charge has seen it, and up to where the visitor has. */
  seenSeq: number;
  readSeq: number;
}

/** What the visitor's browser is told, over the socket and in the answer to a long poll alike. */
export type VisitorReply =
  /** Everything up to now was sent; `more`: older messages can be asked for. */
  | { type: 'ready'; cursor: string; more: boolean }
  | { type: 'state'; person?: { name: string }; email?: NonNullable<VisitorSession['email']>; conversations: VisitorConversation[] }
  | { type: 'message'; message: VisitorMessage }
  /** The message is durable. */
  | { type: 'ack'; clientId: string }
  | { type: 'typing'; name: string; on: boolean }
  | { type: 'error'; code: ErrorCode; clientId?: string; retryAfterMs?: number }
  | { type: 'pong' };

/** Public settings of a bubble. */
export interface VisitorConfig {
  companyName: string;
  botName: string;
  greeting?: string;
  accent?: string;
  position: 'right' | 'left';
  language: string;
  continueByEmail: boolean;
  opening: { openNow: boolean; opensAt?: number; timeZone: string };
  /** Minutes; `measured` tells whether it is how long answers take, or what is aimed at. */
  answer: { minutes: number; measured: boolean };
  limits: { textMax: number; fileMax: number; filesPerMessage: number };
}

/** The answer to `POST session`, `identify` and `proof/finish`. */
export interface VisitorSession {
  token: string;
  name?: string;
  /** The site vouches for who this is. */
  proven: boolean;
  email?: { address: string; proof: 'claimed' | 'channel' | 'verified' };
  /** Whether there is anything to show or to wait for. */
  hasConversations: boolean;
  config: VisitorConfig;
}
