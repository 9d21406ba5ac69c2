import type { Capabilities } from '../contract.js';

/** Site setting `max_post_length`, default 32,000 (config/site_settings.yml). */
export const textMax = 32_000;
/** Site setting `max_attachment_size_kb`, default 4,096. */
export const fileMax = 4 * 1024 * 1024;
export const requestTimeoutMs = 10_000;
/** 50 posts a page (`LatestPostsQuery`). */
export const backFillPagesMax = 40;

export const capabilities: Capabilities = {
  textMax,
  textUnit: 'codepoint',
  partsMax: 3,
  fileMax,
  filesPerMessage: 10,
  formats: ['plain', 'markdown'],
  receipts: 'none',
  typing: false,
  idempotency: 'none',
  inbound: ['files', 'formatting', 'threads', 'edits', 'deletes', 'reactions', 'public', 'outside'],
  outbound: ['files', 'formatting', 'threads', 'edits', 'deletes', 'reactions', 'public'],
  // config/discourse_defaults.conf: max_admin_api_reqs_per_minute = 60.
  rates: [{ scope: 'account', count: 60, perMs: 60_000 }],
};
