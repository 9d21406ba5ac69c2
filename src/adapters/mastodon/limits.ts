import type { Capabilities } from '../contract.js';

/** Characters of a status where the server does not say otherwise (`configuration.statuses` of /api/v2/instance). */
export const textDefault = 500;
/** Every link counts as this many (`characters_reserved_per_url`). */
export const urlDefault = 23;
/** Media of one status: `max_media_attachments`. */
export const mediaMax = 4;
/** `image_size_limit` of a server as it is delivered: 16 MiB. Videos may be larger; they are not sent from here. */
export const fileMax = 16 * 1024 * 1024;
/** Statuses that one `GET /api/v1/statuses?id[]=` may ask for. */
export const askedAtOnce = 20;
/** Posts of customers that are looked at again for changes, and for how long. */
export const watched = { count: 40, forMs: 24 * 3_600_000, everyRounds: 4 } as const;
/** A key is known for an hour (docs.joinmastodon.org, "Idempotency-Key"): the outbox's tenth attempt comes about 17 minutes after the first. */
export const attemptsUnderKey = 10;
/** Nothing new is begun after this: a request takes 10 s at most, and the worker gives an attempt up after 25. What is left goes out with the next one. */
export const attemptMs = 12_000;
/** Notifications and statuses of one page; 40 is the most that is given. */
export const pageSize = 40;

export const capabilities: Capabilities = {
  textMax: textDefault,
  textUnit: 'grapheme',
  partsMax: 8,
  fileMax,
  filesPerMessage: mediaMax,
  fileTypes: ['image/*', 'video/mp4', 'audio/*'],
  formats: ['plain'],
  receipts: 'none',
  typing: false,
  idempotency: 'key',
  inbound: ['files', 'formatting', 'threads', 'edits', 'deletes', 'reactions', 'public', 'outside'],
  outbound: ['files', 'threads', 'edits', 'deletes', 'reactions', 'public'],
  // 300 requests in 5 minutes for everything (docs.joinmastodon.org/api/rate-limits); a third of them is left for looking.
  rates: [{ scope: 'account', count: 200, perMs: 300_000 }],
};
