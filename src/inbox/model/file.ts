import type { Millis } from './common.js';
import type { Attachment } from './message.js';

/** A stored file and who may have it. `_id` = blob id = attachment id. Collection `files`. */
export interface StoredFile {
  _id: string;
  attachment: Attachment;
  /** The message that carries it; absent while it is only uploaded. */
  messageId?: string;
  conversationId?: string;
  /** Agent who uploaded it. */
  uploadedBy?: string;
  createdAt: Millis;
}

/** A code sent to an address to prove it. `_id` = identity id. Collection `proofs`. */
export interface ProofCode {
  _id: string;
  address: string;
  /** SHA-256 over identity, address and code. */
  codeHash: string;
  wrongTries: number;
  sentAt: Millis[];
  expiresAt: Millis;
}

/** Kept, not counted: how many conversations lie where. `_id` = `open:TEAM`, `waiting:TEAM`, `mine:AGENT` … Collection `viewCounts`. */
export interface ViewCount {
  _id: string;
  n: number;
}

/** State of the bot's dialogs, as botbuilder wants it kept. Collection `botState`. */
export interface BotState {
  _id: string;
  eTag: string;
  /** JSON, so that keys with dots or dollars are data. */
  json: string;
  updatedAt: Millis;
}
