import type { ChannelKind, Millis } from './common.js';

/**
 * How sure we are that an address belongs to this person.
 * `claimed`: typed by somebody. `channel`: the channel vouches for it (signed webhook, HMAC, DKIM/DMARC-aligned mail).
 * `verified`: a code or signed link sent to the address came back.
 */
export type Proof = 'claimed' | 'channel' | 'verified';

export interface Alias {
  type: 'email' | 'phone' | 'username' | 'native';
  /** Normalised: lower-case e-mail, E.164 phone. */
  value: string;
  proof: Proof;
}

/** One external account of a person. `_id` = `kind:scope:externalUserId`. Collection `identities`. */
export interface Identity {
  _id: string;
  kind: ChannelKind;
  /** The customer record it was born with; follow `Customer.joinedInto` to find the person. */
  customerId: string;
  displayName?: string;
  proof: Proof;
  aliases: Alias[];
  language?: string;
  /** Where a message to this identity goes when there is no conversation to answer in. */
  channelId: string;
  firstSeenAt: Millis;
  lastSeenAt: Millis;
}

/** Makes aliases findable: one row per alias and identity, `_id` = `type:value|identityId`. Collection `aliases`. */
export interface AliasEntry {
  _id: string;
  /** `type:value` */
  key: string;
  identityId: string;
  customerId: string;
  proof: Proof;
}

/** A person over channels. Collection `customers`. */
export interface Customer {
  _id: string;
  name: string;
  /** The name folded to lower case without accents, for finding by its beginning. */
  nameKey: string;
  /** Set by a join: the person is that record now. A pointer, so that it can be undone. Always points at a root. */
  joinedInto?: string;
  /** On a root: the records joined into it, this one not included. */
  joined: string[];
  language?: string;
  timeZone?: string;
  /** Who answered this person last; the first choice of routing. */
  lastAgentId?: string;
  lastTeamId?: string;
  /** Earliest open wait over all channels. */
  waitingSince?: Millis;
  firstSeenAt: Millis;
  lastSeenAt: Millis;
  conversationCount: number;
  /** One point per rated customer message, newest last, at most 40: -2 (angry) … 2 (delighted). */
  mood: { at: Millis; value: number; messageId: string }[];
  /** What they said about themselves, each with the message it comes from. */
  facts: { text: string; messageId: string }[];
  tags: string[];
}

/** Why two customer records are, or might be, the same person. Collection `joins`, `_id` = `a|b` with a < b. */
export interface Join {
  _id: string;
  from: string;
  into: string;
  state: 'suggested' | 'joined' | 'rejected' | 'undone';
  /** `automatic`, or the agent's id. */
  by: string;
  reasons: string[];
  /** 0 … 1 */
  score: number;
  at: Millis;
  decidedAt?: Millis;
}
