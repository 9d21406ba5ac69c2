import type { RejectedBecause } from '../../inbox/model/message.js';
import type { DeliveryOutcome } from '../contract.js';
import { outcomeOfError } from '../lib/outcomes.js';
import { DiscordRefusal } from './api.js';

/** JSON error codes that we know what to do about. https://docs.discord.com/developers/topics/opcodes-and-status-codes#json */
const permanent: Readonly<Record<number, { because?: RejectedBecause; text: string }>> = {
  10003: { because: 'not_found', text: 'The channel is not there any more.' },
  10008: { because: 'not_found', text: 'The message is not there any more.' },
  10013: { because: 'not_found', text: 'There is no such user.' },
  40005: { because: 'too_long', text: 'The files are too large for Discord.' },
  50001: { text: 'The bot may not see this channel: give it “View Channel” there.' },
  50007: { because: 'blocked', text: 'They do not take direct messages from the bot: they have blocked it, closed their messages, or left the server.' },
  50013: { text: 'The bot may not write here: give it “Send Messages” (in threads: “Send Messages in Threads”).' },
  50083: { text: 'The thread is put away; a moderator has to open it again.' },
  50278: { because: 'blocked', text: 'They share no server with the bot any more, so it cannot write to them.' },
  160005: { text: 'The thread is locked; a moderator has to unlock it.' },
};
/** Refused now, and worth trying later: opening direct messages too fast, slow mode, a busy resource. */
const passing = new Set([20016, 20028, 40003, 40062, 110000, 130000]);

/** What an error of the API means for what we wanted to send. 5xx are answers before anything was done, but for 504. */
export function outcomeOf(error: unknown): DeliveryOutcome {
  if (!(error instanceof DiscordRefusal)) return outcomeOfError(error);
  const { status, code, message: reason } = error;
  if (status === 401) return { result: 'rejected', because: 'auth', channelBroken: true, reason: 'Discord does not accept the bot token: reset it in the Developer Portal and put the new one into Settings.' };
  if (status === 429) return { result: 'retry', reason, ...(error.retryAfterMs === undefined ? {} : { afterMs: Math.ceil(error.retryAfterMs) }), ...(error.isGlobal ? { scope: 'account' } : {}) };
  if (status === 504) return { result: 'unknown', reason };
  if (status >= 500 || status === 408 || passing.has(code)) return { result: 'retry', reason };
  const known = permanent[code];
  if (known !== undefined) return { result: 'rejected', reason: known.text, ...(known.because === undefined ? {} : { because: known.because }) };
  if (status === 413 || error.fieldErrors.includes('BASE_TYPE_BAD_LENGTH') || error.fieldErrors.includes('BASE_TYPE_MAX_LENGTH')) return { result: 'rejected', because: 'too_long', reason };
  return { result: 'rejected', because: status === 404 ? 'not_found' : 'invalid', reason };
}
