import type { Json } from '../../../src/inbox/model/common.js';
import type { Failure, Received } from '../../contract/fake-platform.js';
import type { DiscordAnswer, DiscordCall } from './discord-server.js';
import { bot, colleague, type createDiscordWorld, ids, member, type Thing } from './discord-world.js';

export const token = 'MTA3MDAwMDAwMDAwMDAwMDAwMDE.fake.velowerk-support-token';

export interface Taken extends Received {
  /** As it came: escapes and all. */
  content: string;
  body: Thing;
}

const refusal = (status: number, code: number, message: string, more: Thing = {}): DiscordAnswer => ({ status, json: { message, code, ...more } });

const failures: Record<Exclude<Failure, 'lost_answer' | 'window_closed'>, DiscordAnswer> = {
  rate_limited: { status: 429, json: { message: 'You are being rate limited.', retry_after: 2, global: false }, headers: { 'retry-after': '2', 'x-ratelimit-scope': 'user' } },
  server_error: refusal(500, 0, '500: Internal Server Error'),
  blocked: refusal(403, 50_007, 'Cannot send messages to this user'),
  token_revoked: refusal(401, 0, '401: Unauthorized'),
  not_found: refusal(404, 10_003, 'Unknown Channel'),
  too_long: refusal(400, 50_035, 'Invalid Form Body', { errors: { content: { _errors: [{ code: 'BASE_TYPE_BAD_LENGTH', message: 'Must be between 0 and 2000 in length.' }] } } }),
};

/** Discord knows a nonce for a few minutes. */
const nonceMs = 180_000;

/** The REST API of one bot, with a ledger of what it took. `told`: what the gateway is to say about it. */
export function createDiscordRest(options: { world: ReturnType<typeof createDiscordWorld>; gatewayUrl: () => string; conversationOf: (channel: string) => string; told: (t: string, d: Thing) => void }) {
  const { world } = options;
  const ledger: Taken[] = [];
  const calls: DiscordCall[] = [];
  const failNext: (DiscordAnswer | 'lose answer')[] = [];
  const nonces = new Map<string, { at: number; message: Thing }>();
  const buckets = new Map<string, number[]>();
  const state = { remaining: 900, intentFlags: 1 << 19, echoes: 'after' as 'before' | 'after', hidden: new Set<string>(), bucket: true };

  async function answer(call: DiscordCall): Promise<DiscordAnswer> {
    calls.push(call);
    const file = /^\/attachments\/(\d+)\//u.exec(call.path)?.[1];
    if (file !== undefined) return fileAnswer(call, file);
    if (call.authorization !== `Bot ${token}`) return refusal(401, 0, '401: Unauthorized');
    const [, first = '', id = '', third = '', fourth = '', fifth = ''] = call.path.split('/');
    if (call.path === '/users/@me') return { status: 200, json: bot };
    if (call.path === '/applications/@me') return { status: 200, json: { id: ids.bot, name: 'Velowerk', flags: state.intentFlags } };
    if (call.path === '/gateway/bot') return { status: 200, json: { url: options.gatewayUrl(), shards: 1, session_start_limit: { total: 1_000, remaining: state.remaining, reset_after: 14_400_000, max_concurrency: 1 } } };
    if (call.path === '/users/@me/channels') return { status: 200, json: world.direct({ id: call.json['recipient_id'] ?? '' }) };
    if (first === 'guilds' && third === 'threads') return { status: 200, json: { threads: threads(false), members: [] } };
    if (first === 'guilds' && third === 'members') return fourth === colleague['id'] ? { status: 200, json: { user: colleague, ...member([ids.colleagueRole]) } } : { status: 200, json: { user: { id: fourth }, ...member([]) } };
    const channel = world.channels.get(id);
    if (first !== 'channels' || channel === undefined || state.hidden.has(id)) return refusal(channel === undefined ? 404 : 403, channel === undefined ? 10_003 : 50_001, channel === undefined ? 'Unknown Channel' : 'Missing Access');
    if (third === '') return { status: 200, json: channel };
    if (third === 'threads') return { status: 200, json: { threads: threads(true).filter((thread) => (thread as Thing)['parent_id'] === id), members: [], has_more: false } };
    if (third === 'typing') return { status: 204 };
    if (third === 'messages' && fourth === '') return call.method === 'POST' ? take(call, id) : { status: 200, json: history(id, call.query) };
    const message = world.messages.get(fourth);
    if (message === undefined) return refusal(404, 10_008, 'Unknown Message');
    return fifth === 'reactions' ? { status: 204 } : change(call, message);
  }

  function threads(archived: boolean): Json[] {
    return [...world.channels.values()].filter((channel) => channel['type'] === 11 && ((channel['thread_metadata'] as Thing)['archived'] === true) === archived);
  }

  /** Newest first, the oldest `limit` behind `after`. */
  function history(channel: string, query: URLSearchParams): Json[] {
    const after = BigInt(query.get('after') ?? '0');
    return [...world.messages.values()].filter((message) => message['channel_id'] === channel && BigInt(String(message['id'])) > after).slice(0, Number(query.get('limit') ?? '50')).reverse();
  }

  function change(call: DiscordCall, message: Thing): DiscordAnswer {
    if (call.method === 'DELETE') {
      world.messages.delete(String(message['id']));
      return { status: 204 };
    }
    if (call.method === 'PATCH') Object.assign(message, { content: call.json['content'] ?? '', edited_timestamp: new Date().toISOString() });
    return { status: 200, json: message };
  }

  function fileAnswer(call: DiscordCall, id: string): DiscordAnswer {
    const bytes = world.files.get(id);
    const ends = parseInt(call.query.get('ex') ?? '0', 16) * 1_000;
    return bytes === undefined || ends < Date.now() ? { status: 404, json: { message: 'This content is no longer available.' } } : { status: 200, bytes };
  }

  async function take(call: DiscordCall, channel: string): Promise<DiscordAnswer> {
    const failing = failNext.shift();
    if (failing !== undefined && failing !== 'lose answer') return failing;
    const limited = overLimit(channel);
    if (limited !== undefined) return limited;
    const content = String(call.json['content'] ?? '');
    if (content.length > 2_000) return failures.too_long;
    if (content === '' && call.files.length === 0) return refusal(400, 50_006, 'Cannot send an empty message');
    const nonce = String(call.json['nonce'] ?? '');
    if (nonce.length > 25) return refusal(400, 50_035, 'Invalid Form Body', { errors: { nonce: { _errors: [{ code: 'NONCE_TYPE_INCORRECT', message: 'Nonce too long.' }] } } });
    const known = nonces.get(nonce);
    if (call.json['enforce_nonce'] === true && known !== undefined && Date.now() - known.at < nonceMs) return { status: 200, json: known.message, headers: bucketHeaders(channel) };
    const message = accept(call, channel, content);
    nonces.set(nonce, { at: Date.now(), message });
    const guild = world.channels.get(channel)?.['guild_id'];
    const echo = (): void => options.told('MESSAGE_CREATE', { ...message, nonce, ...(guild === undefined ? {} : { guild_id: guild, member: member([]) }) });
    if (state.echoes === 'before') {
      echo();
      await new Promise((resolve) => setTimeout(resolve, 60));
    } else setTimeout(echo, 20);
    return failing === 'lose answer' ? 'hang up' : { status: 200, json: { ...message, nonce }, headers: bucketHeaders(channel) };
  }

  function accept(call: DiscordCall, channel: string, content: string): Thing {
    const answers = (call.json['message_reference'] as Thing | undefined)?.['message_id'];
    const message = world.message(channel, bot, { content, attachments: call.files.map((file) => ({ id: world.newId(), filename: file.name, size: file.bytes, content_type: file.mime, url: 'https://cdn.discordapp.com/attachments/1/2/x' })) });
    ledger.push({
      conversation: options.conversationOf(channel), content, body: call.json, text: content.replace(/\\([^\w\s])/gu, '$1'), externalId: String(message['id']),
      files: call.files.map(({ name, bytes }) => ({ name, bytes })), ...(answers === undefined ? {} : { answers: String(answers) }),
    });
    return message;
  }

  /** Five messages in five seconds and channel. */
  function overLimit(channel: string): DiscordAnswer | undefined {
    const now = Date.now();
    const lately = (buckets.get(channel) ?? []).filter((at) => now - at < 5_000);
    buckets.set(channel, lately);
    const first = lately[0];
    if (state.bucket && first !== undefined && lately.length >= 5) {
      const seconds = (first + 5_000 - now) / 1_000;
      return { status: 429, json: { message: 'You are being rate limited.', retry_after: seconds, global: false }, headers: { 'retry-after': String(Math.ceil(seconds)), 'x-ratelimit-scope': 'user', ...bucketHeaders(channel) } };
    }
    lately.push(now);
    return undefined;
  }

  function bucketHeaders(channel: string): Record<string, string> {
    const lately = buckets.get(channel) ?? [];
    const resetAfter = Math.max(0.001, ((lately[0] ?? Date.now()) + 5_000 - Date.now()) / 1_000);
    return state.bucket ? { 'x-ratelimit-limit': '5', 'x-ratelimit-remaining': String(Math.max(0, 5 - lately.length)), 'x-ratelimit-reset-after': resetAfter.toFixed(3), 'x-ratelimit-bucket': 'messages' } : {};
  }

  return {
    state, ledger, calls, answer,
    failNext: (failure: Failure): void => {
      if (failure === 'window_closed') throw new Error('Discord has no window');
      failNext.push(failure === 'lost_answer' ? 'lose answer' : failures[failure]);
    },
    failNextWith: (given: DiscordAnswer): void => void failNext.push(given),
  };
}
