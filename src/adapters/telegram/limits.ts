import type { Capabilities } from '../contract.js';

/** UTF-16 units of a message and of a caption, after entities are parsed. https://core.telegram.org/bots/api#sendmessage */
export const textMax = 4_096;
export const captionMax = 1_024;
/** What a bot may send and may get, in bytes. https://core.telegram.org/bots/api#sending-files and #getfile */
export const sendMax = 50 * 1024 * 1024;
export const photoMax = 10 * 1024 * 1024;
export const downloadMax = 20 * 1024 * 1024;

/** Names of fields in `allowed_updates`: all that we use; reactions come only when asked for by name. */
export const allowedUpdates = [
  'message', 'edited_message', 'channel_post', 'edited_channel_post', 'business_connection', 'business_message', 'edited_business_message',
  'deleted_business_messages', 'message_reaction', 'my_chat_member',
] as const;

/** One request, in ms; below the worker's lease of 30 s. Files may take longer than words. */
export const requestMs = 10_000;
export const uploadMs = 20_000;
/** One attempt to deliver; a part that might not end in time is left to the next attempt. The worker's own limit is 25 s. */
export const attemptMs = 24_000;
/** How long Telegram holds an empty `getUpdates`, in seconds, and how much longer we wait for it. */
export const pollSeconds = 25;
export const pollGraceMs = 10_000;
/** At most 100. https://core.telegram.org/bots/api#getupdates */
export const updatesPerPoll = 100;
/** Between two looks at what Telegram says of our webhook, in ms. */
export const webhookCheckMs = 5 * 60_000;

export const capabilities: Capabilities = {
  textMax,
  textUnit: 'utf16',
  partsMax: 5,
  fileMax: sendMax,
  filesPerMessage: 10,
  formats: ['plain', 'markdown'],
  receipts: 'none',
  typing: true,
  idempotency: 'none',
  inbound: ['files', 'formatting', 'threads', 'edits', 'deletes', 'reactions', 'public', 'outside'],
  outbound: ['files', 'formatting', 'threads', 'edits', 'deletes', 'reactions', 'typing', 'choices', 'public'],
  // https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this (a group besides: 20 a minute, told by 429)
  rates: [{ scope: 'account', count: 30, perMs: 1_000 }, { scope: 'conversation', count: 1, perMs: 1_000 }],
};
