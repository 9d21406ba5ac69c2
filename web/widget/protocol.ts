/** What the server and the bubble say to each other; the server's side is `src/http/visitor/frames.ts`. */
export interface Attachment {
  name: string;
  mime: string;
  size: number;
  kind: 'image' | 'audio' | 'video' | 'file' | 'calendar' | 'mail';
  url: string;
}

export interface Message {
  conversationId: string;
  seq: number;
  by: 'you' | 'agent' | 'bot' | 'company' | 'line';
  name?: string;
  line?: 'handed_over' | 'resolved' | 'continued_by_email';
  text: string;
  at: number;
  clientId?: string;
  choices?: string[];
  attachments?: Attachment[];
}

export interface Conversation {
  id: string;
  startedAt: number;
  seenSeq: number;
  readSeq: number;
}

export type ServerFrame =
  | { type: 'ready'; cursor: string; more: boolean }
  | { type: 'state'; person?: { name: string }; email?: NonNullable<Session['email']>; conversations: Conversation[] }
  | { type: 'message'; message: Message }
  | { type: 'ack'; clientId: string }
  | { type: 'typing'; name: string; on: boolean }
  | { type: 'error'; code: string; clientId?: string; retryAfterMs?: number }
  | { type: 'pong' };

export type ClientFrame =
  | { type: 'hello'; token: string; cursor?: string }
  | { type: 'message'; clientId: string; text: string; uploads: string[] }
  | { type: 'typing'; on: boolean }
  | { type: 'receipt'; state: 'delivered' | 'read'; conversationId: string; seq: number }
  | { type: 'ping' };

export interface Config {
  companyName: string;
  botName: string;
  greeting?: string;
  accent?: string;
  position: 'right' | 'left';
  language: string;
  continueByEmail: boolean;
  opening: { openNow: boolean; opensAt?: number; timeZone: string };
  answer: { minutes: number; measured: boolean };
  limits: { textMax: number; fileMax: number; filesPerMessage: number };
}

export interface Session {
  token: string;
  name?: string;
  proven: boolean;
  email?: { address: string; proof: 'claimed' | 'channel' | 'verified' };
  hasConversations: boolean;
  config: Config;
}

export interface Claim {
  id?: string;
  email?: string;
  name?: string;
  hash?: string;
}

export interface Upload {
  handle: string;
  name: string;
  mime: string;
  size: number;
}
