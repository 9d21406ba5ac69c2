import type { Capabilities } from '../contract.js';

/** Segments of one message. Twilio takes 1,600 characters, which ten segments never exceed. https://www.twilio.com/docs/api/errors/21617 */
export const segmentsMax = 10;
/** Media of one MMS that comes in. https://www.twilio.com/docs/messaging/guides/webhook-request */
export const mediaMax = 10;

/** One request, in ms, and the shorter look at what became of a lost one; together below the worker's 25 s. */
export const requestMs = 10_000;
export const lookMs = 4_000;
/** Until then a further part may be begun: with its looks before and behind it ends within those 25 s. */
export const lastPartMs = 6_000;
/** Messages looked at for a lost one, the newest first. */
export const lookCount = 20;
/** Twilio's times have whole seconds. */
export const timeSlackMs = 5_000;
/** When a number's queue is full (21611), its oldest messages are hours old. https://www.twilio.com/docs/api/errors/21611 */
export const queueFullMs = 10 * 60_000;

export const officialApi = 'https://api.twilio.com';
/** Where media lies, besides the configured API: the global host and regional ones (`api.dublin.ie1.twilio.com`). */
export const mediaHosts = /^api(?:\.[a-z0-9-]{1,30}){0,2}\.twilio\.com$/u;

/** Pages of 100 that back-filling reads at most. */
export const pagesMax = 20;

export const capabilities: Capabilities = {
  textMax: segmentsMax,
  textUnit: 'segment',
  partsMax: 3,
  // Twilio fetches what an MMS carries from a public address; ours are not public.
  fileMax: 0,
  filesPerMessage: 0,
  formats: ['plain'],
  receipts: 'delivered',
  typing: false,
  idempotency: 'none',
  inbound: ['files', 'delivered'],
  outbound: [],
  costs: { perMessage: 'Every segment is charged: 160 characters, or 70 as soon as one is not of the GSM alphabet (an emoji, for one).' },
};
