import type { ChannelKind, Millis } from './common.js';

/** A line of the brief. Each statement cites the message it comes from; a click goes there. */
export interface BriefLine {
  kind: 'who' | 'wants' | 'before' | 'open' | 'feels';
  parts: { text: string; cite?: Citation; tone?: 'ok' | 'warn' | 'bad' }[];
}

export interface Citation {
  messageId: string;
  conversationId: string;
  seq: number;
}

export interface Brief {
  lines: BriefLine[];
  /** Newest message it was made from. */
  upToMessageId?: string;
}

/** What the brief, the bot and routing know of earlier conversations. */
export interface PastConversation {
  conversationId: string;
  channelKind: ChannelKind;
  subject?: string;
  status: string;
  startedAt: Millis;
  lastAt: Millis;
  lastAgentId?: string;
}
