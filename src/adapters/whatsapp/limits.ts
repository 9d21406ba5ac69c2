import type { Capabilities } from '../contract.js';

const mega = 1024 * 1024;

/** https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages */
export const textMax = 4_096;
export const captionMax = 1_024;
/** Of a message with reply buttons, and with a list. */
export const buttonBodyMax = 1_024;
export const buttonsMax = 3;
export const buttonTitleMax = 20;
export const rowsMax = 10;
export const rowTitleMax = 24;
export const callbackDataMax = 512;

/** What each kind of media takes; whatever fits none goes as a document. https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media */
export const media = {
  image: { types: ['image/jpeg', 'image/png'], max: 5 * mega },
  audio: { types: ['audio/aac', 'audio/mp4', 'audio/mpeg', 'audio/amr', 'audio/ogg'], max: 16 * mega },
  video: { types: ['video/mp4', 'video/3gpp'], max: 16 * mega },
} as const;
export const documentMax = 100 * mega;

export const capabilities: Capabilities = {
  textMax,
  textUnit: 'utf16',
  partsMax: 10,
  fileMax: documentMax,
  filesPerMessage: 10,
  formats: ['plain', 'markdown'],
  receipts: 'read',
  typing: true,
  idempotency: 'none',
  inbound: ['files', 'formatting', 'threads', 'edits', 'deletes', 'reactions', 'delivered', 'read', 'outside'],
  outbound: ['files', 'formatting', 'reactions', 'read', 'typing', 'choices'],
  /** 24 hours after the customer's last message; later only templates that Meta has approved. */
  window: { hours: 24, after: 'template' },
  /** 80 messages in a second for a number; for a pair of numbers one in 6 s on average, in bursts of 45. */
  rates: [{ scope: 'account', count: 40, perMs: 1_000 }, { scope: 'conversation', count: 20, perMs: 60_000 }],
};
