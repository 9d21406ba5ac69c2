import type { Capabilities } from '../contract.js';
import type { DirectProduct } from '../meta/direct/product.js';

const mega = 1024 * 1024;

/**
 * https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/messaging-api: text up to 1,000 bytes.
 * https://developers.facebook.com/docs/messenger-platform/instagram/features/attachment-upload: images 8 MB, audio, video and PDF 25 MB.
 */
export const product: DirectProduct = { kind: 'instagram', textMax: 1_000, textUnit: 'byte', fileMax: 25 * mega, imageMax: 8 * mega, carriesMetadata: false, nameFields: ['name', 'username'] };

export const capabilities: Capabilities = {
  textMax: product.textMax,
  textUnit: product.textUnit,
  partsMax: 10,
  fileMax: product.fileMax,
  filesPerMessage: 10,
  fileTypes: ['image/png', 'image/jpeg', 'image/gif', 'audio/*', 'video/*', 'application/pdf'],
  formats: ['plain'],
  receipts: 'read',
  typing: true,
  idempotency: 'none',
  inbound: ['files', 'threads', 'edits', 'deletes', 'reactions', 'read', 'outside'],
  outbound: ['files', 'reactions', 'read', 'typing', 'choices'],
  /** As Messenger's: 24 hours; with the HUMAN_AGENT tag a person may answer for 7 days. */
  window: { hours: 24, after: 'human_tag', humanHours: 168 },
  rates: [{ scope: 'account', count: 20, perMs: 1_000 }, { scope: 'conversation', count: 2, perMs: 1_000 }],
};
