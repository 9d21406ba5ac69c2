import type { Capabilities } from '../contract.js';
import type { DirectProduct } from '../meta/direct/product.js';

const mega = 1024 * 1024;

/** https://developers.facebook.com/docs/messenger-platform/reference/send-api: text 2,000 characters, attachments 25 MB. */
export const product: DirectProduct = { kind: 'messenger', textMax: 2_000, textUnit: 'utf16', fileMax: 25 * mega, imageMax: 25 * mega, carriesMetadata: true, nameFields: ['first_name', 'last_name', 'name'] };

export const capabilities: Capabilities = {
  textMax: product.textMax,
  textUnit: product.textUnit,
  partsMax: 10,
  fileMax: product.fileMax,
  filesPerMessage: 10,
  formats: ['plain'],
  receipts: 'read',
  typing: true,
  idempotency: 'none',
  inbound: ['files', 'threads', 'edits', 'deletes', 'reactions', 'delivered', 'read', 'outside'],
  outbound: ['files', 'reactions', 'read', 'typing', 'choices'],
  /** https://developers.facebook.com/docs/messenger-platform/policy/policy-overview: 24 hours; with the HUMAN_AGENT tag a person may answer for 7 days. */
  window: { hours: 24, after: 'human_tag', humanHours: 168 },
  /** More than 40 messages in a second block the page's inbox; media 10 a second. Half of the first, for the page, and slowly for each person. */
  rates: [{ scope: 'account', count: 20, perMs: 1_000 }, { scope: 'conversation', count: 2, perMs: 1_000 }],
};
