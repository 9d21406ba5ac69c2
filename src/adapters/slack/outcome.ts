import { AppError } from '../../errors.js';
import type { DeliveryOutcome } from '../contract.js';
import { asNumber, asText, field } from '../lib/read-json.js';
import { outcomeOfError } from '../lib/outcomes.js';

type NotSent = Exclude<DeliveryOutcome, { result: 'sent' | 'delivered' }>;
type Because = NonNullable<Extract<DeliveryOutcome, { result: 'rejected' }>['because']>;

/** Slack's error codes by what they mean. https://docs.slack.dev/reference/methods/chat.postMessage#errors */
const meanings: Readonly<Record<Because, readonly string[]>> = {
  auth: [
    'access_denied', 'account_inactive', 'app_uninstalled', 'ekm_access_denied', 'enterprise_is_restricted', 'invalid_auth', 'missing_scope', 'no_permission', 'not_allowed_token_type', 'not_authed', 'org_login_required',
    'team_access_not_granted', 'team_not_found', 'token_expired', 'token_revoked', 'two_factor_setup_required',
  ],
  not_found: ['channel_not_found', 'file_not_found', 'message_not_found', 'thread_not_found', 'user_not_found', 'users_not_found', 'not_reactable'],
  too_long: ['msg_too_long', 'msg_blocks_too_long', 'file_too_large'],
  blocked: [
    'as_user_not_supported', 'cannot_dm_bot', 'cannot_reply_to_message', 'ekm_channel_access_denied', 'is_archived', 'messages_tab_disabled', 'not_in_channel', 'restricted_action', 'restricted_action_non_threadable_channel',
    'restricted_action_read_only_channel', 'restricted_action_thread_locked', 'restricted_action_thread_only_channel', 'slack_connect_blocked_file_type', 'slack_connect_file_link_sharing_blocked',
    'slack_connect_file_upload_sharing_blocked', 'user_disabled', 'cant_dm_bot', 'channel_is_archived', 'cant_update_message', 'cant_delete_message', 'edit_window_closed',
  ],
  invalid: ['invalid_thread_ts', 'invalid_blocks', 'no_text', 'invalid_name', 'too_many_reactions', 'too_many_emoji', 'metadata_too_large', 'invalid_metadata_schema', 'message_limit_exceeded', 'storage_limit_reached'],
  opted_out: [],
  window_closed: [],
};
const retried: readonly string[] = ['ratelimited', 'rate_limited', 'team_added_to_org', 'accesslimited'];
/** "It is possible that some aspect of the operation succeeded", say the documents: the channel has to be looked at. */
const doubtful: readonly string[] = ['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout'];

const advice: Readonly<Record<string, string>> = {
  not_in_channel: 'The app is not in this channel any more: invite it with /invite.',
  is_archived: 'The channel is archived.',
  missing_scope: 'The app lacks a permission',
};

/** How a call ended that did not succeed. `doubtful`: it may have been done all the same. */
export type CallEnd = { outcome: NotSent; doubtful: boolean; code?: string };

/** What an error thrown by the SDK means. Never guesses: what was written and not answered is doubtful. */
export function endOf(error: unknown): CallEnd {
  switch (field(error, 'code')) {
    case 'slack_webapi_platform_error': return endOfCode(asText(field(error, 'data', 'error')) ?? '', asText(field(error, 'data', 'needed')));
    case 'slack_webapi_rate_limited_error': return sure({ result: 'retry', reason: 'Slack asks to wait (429)', afterMs: Math.min(3_600, Math.max(1, asNumber(field(error, 'retryAfter')) ?? 1)) * 1_000 });
    case 'slack_webapi_http_error': return endOfStatus(asNumber(field(error, 'statusCode')) ?? 0);
    default: {
      const original = field(error, 'original');
      return ofOutcome(outcomeOfError(original instanceof Error ? original : error));
    }
  }
}

function endOfCode(code: string, needed: string | undefined): CallEnd {
  if (doubtful.includes(code) || !/^[a-z_]{3,80}$/u.test(code)) return { outcome: { result: 'unknown', reason: `Slack: ${code.slice(0, 80)}` }, doubtful: true, code };
  if (retried.includes(code)) return { ...sure({ result: 'retry', reason: `Slack: ${code}`, afterMs: 5_000 }), code };
  const because = Object.entries(meanings).find(([, codes]) => codes.includes(code))?.[0] as Because | undefined;
  const reason = `${advice[code] ?? `Slack: ${code}`}${needed === undefined ? '' : ` (${needed})`}`;
  return { ...sure({ result: 'rejected', reason, because: because ?? 'invalid', ...(because === 'auth' ? { channelBroken: true } : {}) }), code };
}

/** Slack answers 200 and 429; anything else comes from something in front of it. */
function endOfStatus(status: number): CallEnd {
  if (status >= 500 || status === 408) return { outcome: { result: 'unknown', reason: `Slack answered ${status}` }, doubtful: true };
  return sure({ result: 'rejected', reason: `Slack answered ${status}`, because: 'invalid' });
}

function ofOutcome(outcome: DeliveryOutcome): CallEnd {
  if (outcome.result === 'retry' || outcome.result === 'rejected' || outcome.result === 'unknown') return { outcome, doubtful: outcome.result === 'unknown' };
  throw new AppError('bug', 'an error is no success');
}

function sure(outcome: CallEnd['outcome']): CallEnd {
  return { outcome, doubtful: false };
}

/** The words of an error for a person. */
export function wordsOf(error: unknown): string {
  return endOf(error).outcome.reason;
}
