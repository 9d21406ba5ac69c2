import { createHmac } from 'node:crypto';
import type { Json } from '../../../src/inbox/model/common.js';
import type { Failure, FarEnd, Person, Posted, Received } from '../../contract/fake-platform.js';
import { waitFor } from '../wait-for.js';
import { type Accepted, appId, appToken, botId, botToken, botUser, type SlackPost, startSlackServer, team, type Weather } from './slack-server.js';

export const signingSecret = 'a-signing-secret-of-the-fake-slack';
export const colleague = 'U0COLLEAGUE';
const helpChannel = 'C0HELP';
type Request = Parameters<Parameters<NonNullable<FarEnd['connect']>>[0]>[0];

const failures: Record<Exclude<Failure, 'window_closed'>, Weather> = {
  rate_limited: { status: 429, retryAfter: 2 },
  server_error: { status: 500 },
  blocked: { error: 'restricted_action' },
  token_revoked: { error: 'token_revoked' },
  not_found: { error: 'channel_not_found' },
  too_long: { error: 'msg_too_long' },
  lost_answer: 'lost',
};

interface Place {
  channel: string;
  root?: string;
  /** Who began the thread. */
  by?: string;
}

/**
 * A Slack of our own. `way`: how events reach the product. `places`: conversations are threads of one channel, or direct
 * messages. `server`: its limits and its weather; `verdictOf(slack.accepted, …)` tells what went wrong in it.
 */
export async function startSlack(options: { way: 'http' | 'socket'; places: 'threads' | 'direct'; server?: Parameters<typeof startSlackServer>[0] }): Promise<FarEnd & { slack: Awaited<ReturnType<typeof startSlackServer>> }> {
  const slack = await startSlackServer(options.server);
  const places = new Map<string, Place>();
  const state = { event: 0, post: undefined as ((request: Request) => Promise<{ status: number }>) | undefined };
  slack.channels.set(helpChannel, { name: 'help', kind: 'channel', member: true });
  const direct = options.places === 'direct';

  function placeOf(conversation: string): Place {
    let place = places.get(conversation);
    if (place === undefined) {
      place = { channel: direct ? `D0DM${places.size + 1}` : helpChannel };
      if (direct) slack.channels.set(place.channel, { name: '', kind: 'im', member: true });
      places.set(conversation, place);
    }
    return place;
  }

  function conversationOf(entry: Pick<Accepted, 'channel' | 'threadTs'>): string {
    return [...places].find(([, place]) => place.channel === entry.channel && (direct || place.root === entry.threadTs))?.[0] ?? 'somewhere else';
  }

  function envelope(event: Json): Record<string, Json> {
    state.event += 1;
    return {
      token: 'not-used-any-more', team_id: team, context_team_id: team, context_enterprise_id: null, api_app_id: appId, event, type: 'event_callback', event_id: `Ev0FAKE${state.event}`, event_time: Math.floor(Date.now() / 1_000),
      authorizations: [{ enterprise_id: null, team_id: team, user_id: botUser, is_bot: true, is_enterprise_install: false }], is_ext_shared_channel: false, event_context: `4-fake-${state.event}`,
    };
  }

  async function bring(body: Json): Promise<void> {
    if (options.way === 'socket') return slack.socket.push('events_api', body);
    for (let attempt = 0; attempt < 4; attempt += 1) {
      const request = sign(Buffer.from(JSON.stringify(body)), attempt === 0 ? {} : { 'x-slack-retry-num': String(attempt), 'x-slack-retry-reason': 'http_error' });
      const answer = await state.post?.(request);
      if (answer === undefined || (answer.status >= 200 && answer.status < 300)) return;
    }
  }

  function sign(rawBody: Buffer, more: Record<string, string> = {}, seconds = Math.floor(Date.now() / 1_000)): Request {
    const signature = `v0=${createHmac('sha256', signingSecret).update(`v0:${seconds}:`).update(rawBody).digest('hex')}`;
    return { method: 'POST', query: {}, rawBody, headers: { 'content-type': 'application/json', 'x-slack-request-timestamp': String(seconds), 'x-slack-signature': signature, ...more } };
  }

  async function write(conversation: string, by: Record<string, Json>, content: Record<string, Json>): Promise<Posted> {
    const place = placeOf(conversation);
    const ts = slack.newTs();
    const inThread = !direct && place.root !== undefined;
    const event: Record<string, Json> = {
      type: 'message', ...by, ts, team, channel: place.channel, event_ts: ts, channel_type: direct ? 'im' : 'channel', ...content,
      ...(inThread ? { thread_ts: place.root ?? ts, parent_user_id: place.by ?? '' } : {}),
    };
    if (place.root === undefined) Object.assign(place, { root: ts, by: by['user'] });
    slack.keep(event);
    const body = envelope(event);
    await bring(body);
    return {
      externalId: `${place.channel}:${ts}`, conversation, again: () => bring(body),
      ...(direct ? {} : { underOtherId: () => bring(envelope({ ...mentionOf(event) })) }),
    };
  }

  /** The same post as `app_mention`: another delivery, the same ts. */
  function mentionOf(event: Record<string, Json>): Record<string, Json> {
    const { channel_type: _, ...rest } = event;
    return { ...rest, type: 'app_mention' };
  }

  function change(post: { externalId: string; conversation: string }, subtype: string, content: (old: SlackPost) => Record<string, Json>): Promise<void> {
    const old = slack.posts.get(post.externalId) ?? {};
    const ts = slack.newTs();
    return bring(envelope({ type: 'message', subtype, hidden: true, channel: String(old['channel'] ?? ''), ts, event_ts: ts, channel_type: direct ? 'im' : 'channel', ...content(old) }));
  }

  const says: FarEnd['says'] = ({ conversation, from, text, files = [] }) => {
    const user = userOf(from);
    slack.users.set(user, { name: from.name });
    const attached = files.map((file) => slack.addFile(file));
    return write(conversation, { user }, { text: nativeOf(text), ...(attached.length === 0 ? {} : { subtype: 'file_share', files: attached }), client_msg_id: `c-${slack.newTs()}` });
  };

  return {
    slack,
    settings: {
      slackApiUrl: slack.url, mode: options.way, colleagues: [colleague], mirrorChannels: ['C0TEAM'],
    },
    secrets: { botToken, signingSecret: options.way === 'http' ? signingSecret : '', appToken: options.way === 'socket' ? appToken : '' },
    allow: [slack.host],
    ...(options.way === 'http' ? { connect: (post: (request: Request) => Promise<{ status: number; body: string }>) => void (state.post = post) } : {}),
    ...(options.way === 'socket' ? { connected: async () => void await waitFor(() => slack.socket.standing() > 0, { what: 'a connection in Socket Mode' }) } : {}),
    says,
    saysBack: (received, from) => write(received.conversation, { user: userOf(from) }, { text: slack.accepted.find((entry) => `${entry.channel}:${entry.ts}` === received.externalId)?.text ?? '' }),
    batch: 'Slack delivers one event at a time',
    edits: (post, text) => change(post, 'message_changed', (old) => ({ message: { ...old, text: nativeOf(text), edited: { user: String(old['user']), ts: slack.newTs() } } as Json, previous_message: old as Json })),
    deletes: (post) => change(post, 'message_deleted', (old) => ({ deleted_ts: String(old['ts']), previous_message: old as Json })),
    reacts: (post, by, emoji, on) => {
      const [channel = '', ts = ''] = post.externalId.split(':');
      return bring(envelope({ type: on ? 'reaction_added' : 'reaction_removed', user: userOf(by), reaction: emoji === '👍' ? '+1' : emoji, item_user: botUser, item: { type: 'message', channel, ts }, event_ts: slack.newTs() }));
    },
    receipt: 'Slack tells no app who has read what',
    typing: 'Slack tells no app who is typing',
    outside: direct ? 'nobody else is in a direct message with the app' : (conversation, text) => write(conversation, { user: colleague }, { text: nativeOf(text) }),
    echoes: (order) => {
      const echo = (post: SlackPost) => bring(envelope({ ...post, channel_type: direct ? 'im' : 'channel', event_ts: String(post['ts']) } as Json));
      slack.state.hooks = order === 'before' ? { before: echo, after: undefined } : { before: undefined, after: (post) => void echo(post).catch(() => undefined) };
    },
    botSays: direct ? 'no other bot is in a direct message with the app' : (conversation, text) => write(conversation, {}, { text, subtype: 'bot_message', bot_id: 'B0MONITOR', username: 'Monitoring', app_id: 'A0MONITOR' }),
    unknownKind: async () => {
      await bring(envelope({ type: 'bicycle_bell_rung', channel: helpChannel, event_ts: slack.newTs() }));
      return 'bicycle_bell_rung';
    },
    received: () => slack.accepted.map((entry) => receivedOf(entry, conversationOf(entry))),
    failNext: (failure) => {
      if (failure !== 'window_closed') slack.failNext(failures[failure]);
    },
    ...(options.way === 'http' ? { webhook: webhookOf(sign, envelope) } : {}),
    stop: () => slack.stop(),
  };
}

function webhookOf(sign: (body: Buffer, more?: Record<string, string>, seconds?: number) => Request, envelope: (event: Json) => Json): NonNullable<FarEnd['webhook']> {
  const body = Buffer.from(JSON.stringify(envelope({ type: 'channel_created', channel: { id: 'C0NEW', name: 'new', created: 1_700_000_000, creator: colleague }, event_ts: '1700000000.000100' })));
  const challenge = Buffer.from('{"token":"x","challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P","type":"url_verification"}');
  const unsigned = (request: Request): Request => ({ ...request, headers: { 'content-type': 'application/json', 'x-slack-request-timestamp': request.headers['x-slack-request-timestamp'] } });
  return {
    good: () => sign(body),
    bad: {
      wrong: () => sign(body, { 'x-slack-signature': `v0=${'ab'.repeat(32)}` }),
      missing: () => unsigned(sign(body)),
      'other bytes': () => ({ ...sign(body), rawBody: Buffer.concat([body, Buffer.from(' ')]) }),
      stale: () => sign(body, {}, Math.floor(Date.now() / 1_000) - 301),
    },
    challenge: { request: sign(challenge), answer: '3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P', refused: unsigned(sign(challenge)) },
    sign: (raw) => sign(raw),
    ackWithinMs: 3_000,
  };
}

export function userOf(person: Person): string {
  return `U${person.id.replace(/[^a-z0-9]/giu, '').toUpperCase()}`;
}

/** As Slack's own clients send what somebody typed. */
function nativeOf(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('🚲', ':bike:').replaceAll('👍', ':+1:');
}

function receivedOf(entry: Accepted, conversation: string): Received {
  const text = entry.text.replace(/<([^|<>]+)\|([^<>]*)>/gu, '$2 ($1)').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  return { conversation, text, externalId: `${entry.channel}:${entry.ts}`, files: entry.files.map(({ name, bytes }) => ({ name, bytes })), ...(entry.threadTs === undefined ? {} : { answers: `${entry.channel}:${entry.threadTs}` }) };
}

export { appId, botId, botUser, team };
