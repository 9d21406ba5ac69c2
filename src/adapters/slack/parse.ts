import type { InboundEvent } from '../../inbox/model/event.js';
import { asObject, asText, field } from '../lib/read-json.js';
import { type Envelope, ignored, openEnvelope, type ParseFacts } from './envelope.js';
import { parseChoice } from './parse-choice.js';
import { parseMessage } from './parse-message.js';
import { parsePerson } from './person.js';
import { parseReaction } from './parse-reaction.js';

/** Kinds that Slack sends and that mean nothing to an inbox. */
const unused: ReadonlySet<string> = new Set([
  'app_home_opened', 'app_installed', 'channel_archive', 'channel_created', 'channel_deleted', 'channel_history_changed', 'channel_id_changed', 'channel_left', 'channel_rename', 'channel_shared',
  'channel_unarchive', 'channel_unshared', 'file_change', 'file_created', 'file_deleted', 'file_public', 'file_shared', 'file_unshared', 'group_left', 'im_close', 'im_created', 'im_open', 'link_shared',
  'member_joined_channel', 'member_left_channel', 'message_metadata_deleted', 'message_metadata_posted', 'message_metadata_updated', 'pin_added', 'pin_removed', 'shared_channel_invite_accepted',
  'shared_channel_invite_approved', 'shared_channel_invite_declined', 'shared_channel_invite_received', 'team_join',
]);

/** What one delivery of Slack means: exactly one event, because Slack has no batches. Pure; survives any value. */
export function parse(body: unknown, facts: ParseFacts): InboundEvent[] {
  const envelope = openEnvelope(asObject(body) ?? { body }, facts);
  switch (envelope.body['type']) {
    case 'event_callback': return [parseEvent(envelope)];
    case 'block_actions': return [parseChoice(envelope)];
    case 'app_rate_limited': return [ignored(envelope, 'Slack holds back events: more than 30,000 in an hour')];
    default: return [ignored(envelope, `unknown kind ${kindOf(envelope.body['type'])}`, body)];
  }
}

function parseEvent(envelope: Envelope): InboundEvent {
  const kind = envelope.event['type'];
  switch (kind) {
    case 'message': case 'app_mention': return parseMessage(envelope);
    case 'reaction_added': case 'reaction_removed': return parseReaction(envelope, kind);
    case 'user_change': return parsePerson(envelope);
    case 'tokens_revoked': case 'app_uninstalled': return ignored(envelope, kind);
    default:
      return typeof kind === 'string' && unused.has(kind) ? ignored(envelope, `not used: ${kind}`) : ignored(envelope, `unknown kind ${kindOf(kind)}`, envelope.body);
  }
}

function kindOf(kind: unknown): string {
  return (asText(kind) ?? 'without a name').slice(0, 80);
}

/** What a delivery says about the connection itself; `undefined`: nothing. */
export function healthOf(body: unknown): { state: 'trouble' | 'broken'; text: string } | undefined {
  const kind = field(body, 'event', 'type');
  if (field(body, 'type') === 'app_rate_limited') return { state: 'trouble', text: 'Slack holds back events: more than 30,000 in an hour.' };
  if (kind === 'app_uninstalled') return { state: 'broken', text: 'The app was removed from the workspace. Install it again and renew the token.' };
  if (kind === 'tokens_revoked' && Array.isArray(field(body, 'event', 'tokens', 'bot'))) return { state: 'broken', text: 'The bot token was revoked. Install the app again and renew the token.' };
  return undefined;
}
