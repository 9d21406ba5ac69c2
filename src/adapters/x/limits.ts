import type { Capabilities } from '../contract.js';

/** https://docs.x.com/fundamentals/counting-characters: 280 weighted characters for accounts without Premium. */
export const postMax = 280;
/** https://docs.x.com/x-api/direct-messages/manage/introduction: characters of one direct message. */
export const directMax = 10_000;
/** https://docs.x.com/x-api/media/introduction: images of one post; a direct message takes one. */
export const imagesPerPost = 4;
export const imageMax = 5 * 1024 * 1024;
/** What GET /2/users/:id/mentions and /tweets give of an account at all, 100 a page. */
export const backFillPagesMax = 8;
export const requestTimeoutMs = 10_000;

/** Where X keeps pictures and videos. `ton` holds those of direct messages and wants our signature. */
export const mediaHosts: readonly string[] = ['pbs.twimg.com', 'video.twimg.com'];
export const signedMediaHosts: readonly string[] = ['ton.twitter.com', 'ton.x.com'];

export const capabilities: Capabilities = {
  textMax: postMax,
  textUnit: 'weighted',
  partsMax: 5,
  fileMax: imageMax,
  filesPerMessage: imagesPerPost,
  fileTypes: ['image/jpeg', 'image/png', 'image/webp'],
  formats: ['plain'],
  receipts: 'none',
  typing: false,
  idempotency: 'none',
  inbound: ['files', 'threads', 'edits', 'deletes', 'reactions', 'public', 'outside'],
  outbound: ['files', 'threads', 'deletes', 'reactions', 'public'],
  // https://docs.x.com/x-api/fundamentals/rate-limits: POST /2/tweets, for each user.
  rates: [{ scope: 'account', count: 100, perMs: 15 * 60_000 }],
  // https://docs.x.com/x-api/getting-started/pricing: pay per use, the price of creating a post.
  costs: { perMessage: '$0.015', withLink: '$0.20' },
};
