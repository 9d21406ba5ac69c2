import type { Capabilities } from '../contract.js';

/** Lexicon app.bsky.feed.post: 300 graphemes and 3,000 bytes. */
export const post = { graphemes: 300, bytes: 3_000 } as const;
/** Lexicon chat.bsky.convo.defs#messageInput: 1,000 graphemes and 10,000 bytes. */
export const directMessage = { graphemes: 1_000, bytes: 10_000 } as const;
/** Lexicon app.bsky.embed.images: four images of up to 2,000,000 bytes. */
export const images = { count: 4, bytes: 2_000_000 } as const;
/** Nothing new is begun after this: a request takes 10 s at most, and the worker gives an attempt up after 25. What is left goes out with the next one. */
export const attemptMs = 12_000;
/** Entries of one page of notifications; 100 is the most that is given. */
export const pageSize = 50;
/** How far a look reaches behind the newest entry it knows: the list is sorted by when the service saw a post, which is not always in order. */
export const overlapMs = 120_000;
/** `createSession`: 30 in 5 minutes, 300 a day. After a refused sign-in nobody asks again for this long. */
export const signInPauseMs = 15 * 60_000;

export const capabilities: Capabilities = {
  textMax: post.graphemes,
  textUnit: 'grapheme',
  partsMax: 8,
  fileMax: images.bytes,
  filesPerMessage: images.count,
  fileTypes: ['image/*'],
  formats: ['plain'],
  receipts: 'none',
  typing: false,
  idempotency: 'key',
  inbound: ['files', 'formatting', 'threads', 'reactions', 'public', 'outside'],
  outbound: ['files', 'threads', 'deletes', 'reactions', 'public'],
  // 5,000 points an hour, three for each record made: 1,666 (docs.bsky.app/docs/advanced-guides/rate-limits).
  rates: [{ scope: 'account', count: 1_600, perMs: 3_600_000 }],
};
