import type { Capabilities } from '../contract.js';

/** Clocks may differ by this much (Bot Connector authentication, "industry-standard clock-skew is 5 minutes"). */
export const skewMs = 5 * 60_000;
/** Keys are asked for again after a day, and for an unknown one at most once in this time. */
export const keys = { keptMs: 24 * 3_600_000, againMs: 60_000 } as const;
/** Nothing new is begun after this: a request takes 10 s at most, and the worker gives an attempt up after 25. What is left goes out with the next one. */
export const attemptMs = 12_000;
/** Teams takes about 100 KB a message in UTF-16, names and markup included (learn.microsoft.com, "limits and specifications"). */
export const textMax = 10_000;

/** Hosts of channels, each exactly or, with a dot before it, any of its subdomains. Anybody can have a name under trafficmanager.net: Teams' one stands in full. */
export const serviceHosts: readonly string[] = ['.botframework.com', 'smba.trafficmanager.net', 'smba.infra.gcc.teams.microsoft.com', 'smba.infra.gov.teams.microsoft.us', '.botframework.azure.us'];
/** Where Teams keeps files that were sent to a bot; their links carry their own permission. */
export const fileHosts: readonly string[] = ['.sharepoint.com', '.sharepoint.us'];

export const capabilities: Capabilities = {
  textMax,
  textUnit: 'utf16',
  partsMax: 5,
  fileMax: 0,
  filesPerMessage: 0,
  formats: ['markdown'],
  receipts: 'read',
  typing: true,
  idempotency: 'none',
  inbound: ['files', 'formatting', 'threads', 'edits', 'deletes', 'reactions', 'read', 'typing'],
  outbound: ['formatting', 'threads', 'edits', 'deletes', 'typing', 'choices'],
  // learn.microsoft.com, "Optimize your bot with rate limiting in Teams": to one conversation, and 50 a second of an app in a tenant.
  rates: [
    { scope: 'conversation', count: 7, perMs: 1_000 }, { scope: 'conversation', count: 8, perMs: 2_000 },
    { scope: 'conversation', count: 60, perMs: 30_000 }, { scope: 'conversation', count: 1_800, perMs: 3_600_000 },
    { scope: 'account', count: 50, perMs: 1_000 },
  ],
};
