import type { GrammyError } from 'grammy';
import type { RejectedBecause } from '../../inbox/model/message.js';
import type { DeliveryOutcome } from '../contract.js';
import { outcomeOfError } from '../lib/outcomes.js';

/** Telegram's words for what does not pass, the first that fits counts. They are no stable codes; the server's source has them. */
const refusals: readonly { words: RegExp; because: RejectedBecause }[] = [
  { words: /can't initiate conversation|BUSINESS_PEER_(?:USAGE_MISSING|INVALID)/iu, because: 'window_closed' },
  { words: /blocked by the user|user is deactivated|bot was kicked|not a member|have no rights|not enough rights|CHAT_WRITE_FORBIDDEN|USER_IS_BLOCKED|TOPIC_CLOSED|CHAT_RESTRICTED|bot can't send messages/iu, because: 'blocked' },
  { words: /chat not found|thread not found|TOPIC_(?:DELETED|ID_INVALID)|PEER_ID_INVALID|user not found|message to (?:edit|delete|react)[\w ]* not found|MESSAGE_ID_INVALID|business connection not found|BUSINESS_CONNECTION_INVALID|group chat was deleted/iu, because: 'not_found' },
  { words: /too long|request entity too large|file is too big/iu, because: 'too_long' },
];

/** What a failed request means for a message. 5xx in Telegram's own form says that the method failed; any other end is not known. */
export function outcomeOf(error: unknown): DeliveryOutcome {
  if (isApiError(error)) return outcomeOfAnswer(error);
  return outcomeOfError(isHttpError(error) ? error.error : error);
}

function outcomeOfAnswer(error: GrammyError): DeliveryOutcome {
  const reason = `Telegram: ${error.description}`;
  const code = error.error_code;
  if (code === 429) return { result: 'retry', reason, afterMs: (error.parameters.retry_after ?? 1) * 1_000 };
  if (code >= 500) return { result: 'retry', reason };
  // 404 is what a token of the wrong form gets: there is no such method under it.
  if (code === 401 || code === 404) return { result: 'rejected', reason: `${reason}. The bot token is no longer valid.`, because: 'auth', channelBroken: true };
  const because = refusals.find(({ words }) => words.test(error.description))?.because ?? (code === 403 ? 'blocked' : code === 413 ? 'too_long' : 'invalid');
  return { result: 'rejected', reason, because };
}

/** The chat that an old group has become, where an error says so. Nothing was sent then. */
export function movedTo(error: unknown): number | undefined {
  return isApiError(error) ? error.parameters.migrate_to_chat_id : undefined;
}

/** By shape: the class is grammY's, which is not loaded for this. */
export function isApiError(error: unknown): error is GrammyError {
  return error instanceof Error && error.name === 'GrammyError' && 'error_code' in error;
}

function isHttpError(error: unknown): error is Error & { error: unknown } {
  return error instanceof Error && error.name === 'HttpError' && 'error' in error;
}
