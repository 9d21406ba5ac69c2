import { createHash } from 'node:crypto';
import type { Json } from '../../inbox/model/common.js';
import type { IgnoredEvent, InboundEvent, Sender } from '../../inbox/model/event.js';
import { asObject, asText, field } from '../lib/read-json.js';
import type { Names } from './mrkdwn.js';

/** What parsing needs besides the payload. */
export interface ParseFacts {
  channelId: string;
  receivedAt: number;
  verifiedBy: InboundEvent['verifiedBy'];
  /** Empty: every channel. */
  channels: ReadonlySet<string>;
  colleagues: ReadonlySet<string>;
  ownWorkspaceIsUs: boolean;
  mirrorChannels: ReadonlySet<string>;
  /** What is known of members by now; a name that is not known stays an id. */
  personName: (id: string) => string | undefined;
  /** Which of our messages a file was sent with: posts of files carry no metadata. */
  messageOfFile: (id: string) => string | undefined;
}

/** One delivery, opened: the part that every event shares. */
export interface Envelope {
  facts: ParseFacts;
  body: Record<string, unknown>;
  event: Record<string, unknown>;
  /** The workspace that the app is installed in, also when the writer's is another one. */
  teamId: string;
  ownUserId: string | undefined;
  appId: string | undefined;
  names: Names;
  base: { channelId: string; eventId: string; receivedAt: number; verifiedBy: InboundEvent['verifiedBy'] };
}

export function openEnvelope(body: Record<string, unknown>, facts: ParseFacts): Envelope {
  const ownUserId = field(body, 'authorizations', 0, 'is_bot') === false ? undefined : asText(field(body, 'authorizations', 0, 'user_id'));
  const teamId = asText(field(body, 'authorizations', 0, 'team_id')) ?? asText(field(body, 'authorizations', 0, 'enterprise_id')) ?? asText(body['context_team_id']) ?? asText(body['team_id'])
    ?? asText(field(body, 'team', 'id')) ?? 'unknown';
  return {
    facts, body, event: asObject(body['event']) ?? {}, teamId: teamId.replaceAll(':', '_'), ownUserId, appId: asText(body['api_app_id']),
    names: { person: facts.personName, ...(ownUserId === undefined ? {} : { ownUserId }) },
    base: { channelId: facts.channelId, eventId: deliveryId(body), receivedAt: facts.receivedAt, verifiedBy: facts.verifiedBy },
  };
}

/** Slack's id of the delivery; for the few that have none, one that the same bytes give again. */
function deliveryId(body: Record<string, unknown>): string {
  const id = asText(body['event_id']);
  if (id !== undefined && /^[\w:.-]{1,200}$/u.test(id)) return id;
  const action = asText(field(body, 'actions', 0, 'action_ts'));
  const user = asText(field(body, 'user', 'id'));
  if (action !== undefined && user !== undefined) return `action:${user}:${action}`.slice(0, 200);
  return `body:${createHash('sha256').update(JSON.stringify(body)).digest('hex').slice(0, 40)}`;
}

/** Someone in Slack. The same member has the same id whichever event names them. */
export function senderOf(envelope: Envelope, userId: string, name?: string): Sender {
  const displayName = name ?? envelope.facts.personName(userId);
  return { kind: 'slack', scope: envelope.teamId, externalUserId: userId, proof: 'channel', aliases: [], ...(displayName === undefined || displayName === '' ? {} : { displayName }) };
}

/** Seen, and not used. `native` is kept for what nobody here knows. */
export function ignored(envelope: Envelope, reason: string, native?: unknown): IgnoredEvent {
  return { ...envelope.base, type: 'ignored', reason, ...(native === undefined ? {} : { native: native as Json }) };
}

/** A colleague of ours: named in Settings, or a member of our own workspace where that is said to mean it. */
export function isColleague(envelope: Envelope, userId: string, post: Record<string, unknown>): boolean {
  if (envelope.facts.colleagues.has(userId)) return true;
  if (!envelope.facts.ownWorkspaceIsUs) return false;
  const team = asText(post['user_team']) ?? asText(post['source_team']) ?? asText(post['team']);
  return team === envelope.teamId;
}

/** Posted by this very app, whoever asked it to. */
export function isOurs(envelope: Envelope, post: Record<string, unknown>): boolean {
  const user = asText(post['user']);
  if (user !== undefined && user === envelope.ownUserId) return true;
  const app = asText(post['app_id']) ?? asText(field(post, 'bot_profile', 'app_id'));
  return app !== undefined && app === envelope.appId;
}
