import type { ChannelKind, Json, Millis } from './common.js';

/** A secret as it is stored: AES-256-GCM; `keyId` names the key, so that keys can be rotated. */
export interface SealedSecret {
  keyId: string;
  nonce: string;
  data: string;
}

/** A connected account: "support@…", "the bubble on our shop". Collection `channels`. */
export interface Channel {
  _id: string;
  kind: ChannelKind;
  name: string;
  /** `broken`: the provider refused us for good (password, token); the composer says so. */
  state: 'on' | 'paused' | 'broken';
  stateReason?: string;
  /** New conversations of this channel go to this team. */
  teamId?: string;
  /** Checked by the adapter's own schema; holds no secret. */
  settings: Record<string, Json>;
  secrets: Record<string, SealedSecret>;
  /** What the adapter remembers, e.g. the IMAP cursor. Written by the adapter only. */
  cursor?: Record<string, Json>;
  lastInAt?: Millis;
  lastOutAt?: Millis;
  lastError?: { at: Millis; text: string };
  /** When the provider's token ends, where it says so. */
  tokenExpiresAt?: Millis;
  /** How often something comes in, as a moving mean over the minutes in which something did. */
  rhythm?: { gapMs: Millis; count: number };
  createdAt: Millis;
  /** Disconnected for good: hidden, its secrets forgotten; its conversations stay. */
  removedAt?: Millis;
  changeSeq: number;
}
