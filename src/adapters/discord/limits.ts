import type { Capabilities } from '../contract.js';

/** https://docs.discord.com/developers/resources/message#create-message */
export const textMax = 2_000;
/** https://docs.discord.com/developers/reference#uploading-files: 10 MiB a file, 25 MiB a request. */
export const fileMax = 10 * 1_024 * 1_024;
export const requestFilesMax = 24 * 1_024 * 1_024;
export const filesPerMessage = 10;
/** The most that `GET messages` gives at a time. */
export const pageSize = 100;

export const officialApi = 'https://discord.com/api';
/** Where attachments lie; asked without our token. */
export const fileHosts = ['cdn.discordapp.com', 'media.discordapp.net'] as const;

/** https://docs.discord.com/developers/events/gateway#gateway-intents */
export const intents = {
  guilds: 1 << 0, guildMessages: 1 << 9, guildReactions: 1 << 10, guildTyping: 1 << 11,
  directMessages: 1 << 12, directReactions: 1 << 13, directTyping: 1 << 14, messageContent: 1 << 15,
} as const;

/** Read direct messages only, and the text is given without the privileged intent. */
export function intentsFor(channels: readonly string[]): number {
  const direct = intents.directMessages | intents.directReactions | intents.directTyping;
  if (channels.length === 0) return direct;
  return direct | intents.guilds | intents.guildMessages | intents.guildReactions | intents.guildTyping | intents.messageContent;
}

/** View channels, send messages (also in threads), read history, add reactions, attach files. */
export const permissions = '274878008384';

export const capabilities: Capabilities = {
  textMax,
  // Discord counts characters; UTF-16 units are never fewer, so nothing is refused that we let through.
  textUnit: 'utf16',
  partsMax: 5,
  fileMax,
  filesPerMessage,
  formats: ['plain', 'markdown'],
  receipts: 'none',
  typing: true,
  // `enforce_nonce` holds "for the past few minutes" only: `deliver` uses it at once, a later retry may not rely on it.
  idempotency: 'none',
  inbound: ['files', 'formatting', 'threads', 'edits', 'deletes', 'reactions', 'typing', 'public', 'outside'],
  outbound: ['files', 'formatting', 'threads', 'edits', 'deletes', 'reactions', 'typing', 'public'],
  // 50 a second for all: https://docs.discord.com/developers/topics/rate-limits#global-rate-limit; a channel's bucket is told in headers, 5 in 5 s as seen.
  rates: [{ scope: 'account', count: 50, perMs: 1_000 }, { scope: 'conversation', count: 5, perMs: 5_000 }],
};

/** Pauses, in ms; tests set shorter ones. */
export interface Timing {
  /** After a connection that could not be begun, doubling up to the second. */
  retryMs: number;
  retryMaxMs: number;
  /** Between attempts to connect again within ten minutes, doubling. */
  attemptMs: number;
  attemptMaxMs: number;
  /** Between two IDENTIFYs within an hour, doubling: 1,000 a day, then Discord resets the token. */
  identifyMs: number;
  identifyMaxMs: number;
  /** After a refusal that only a person can mend. */
  refusedMs: number;
  /** How long a goodbye may take. */
  leaveMs: number;
}

export const timing: Timing = {
  retryMs: 1_000, retryMaxMs: 120_000, attemptMs: 1_000, attemptMaxMs: 60_000, identifyMs: 5_000, identifyMaxMs: 600_000, refusedMs: 1_800_000, leaveMs: 2_000,
};

/** So many sign-ins of the day are left alone, for people who test. */
export const identifyReserve = 20;
/** For a request; a delivery's lease is 30 s, and one request may be asked twice. */
export const requestMs = 10_000;
/** The same with files, which is not asked twice. */
export const uploadMs = 22_000;
/** Packets waiting for the store; more, and the connection is closed, to be resumed where it was. */
export const waitingMax = 5_000;
/** Channels and direct messages whose newest message is remembered. */
export const seenMax = 1_000;
