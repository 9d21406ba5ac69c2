import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Json } from '../../../src/inbox/model/common.js';
import { attachSocketMode } from './slack-socket.js';

export const team = 'T0VELOWERK';
export const appId = 'A0RAPPORT';
export const botUser = 'U0RAPPORT';
export const botId = 'B0RAPPORT';
export const botToken = 'xoxb-100200300-fakeTokenOfVelowerk';
export const appToken = 'xapp-1-A0RAPPORT-fakeAppToken';
export const scopes = 'app_mentions:read,channels:history,channels:read,chat:write,files:read,files:write,groups:history,groups:read,im:history,im:read,im:write,metadata.message:read,mpim:history,mpim:read,reactions:read,reactions:write,users:read,users:read.email';

/**
 * How a call ends instead of well. `reset` and `hang`: nothing was done. `lost` and `hang lost`: it was done, and the
 * connection ends, or stays silent, before the answer. An error code of Slack: `ok: false` with it.
 */
export type Weather = 'reset' | 'hang' | 'lost' | 'hang lost' | { status: number; retryAfter?: number } | { error: string };

/** One thing that Slack accepted, in the order it did. */
export interface Accepted {
  channel: string;
  threadTs: string | undefined;
  ts: string;
  /** As it was sent. */
  text: string;
  /** Id and part from the metadata. */
  id: string | undefined;
  part: number | undefined;
  at: number;
  files: { id: string; name: string; bytes: number }[];
}

export interface SlackPost { [key: string]: Json | undefined }

interface Upload {
  name: string;
  bytes: Buffer | undefined;
  mime: string;
}

/** A call that posts something. */
const posting = new Set(['chat.postMessage', 'files.completeUploadExternal']);

/**
 * Slack's Web API on loopback. `perChannelMs`: a post to a channel sooner after the last one is a 429, as Slack does it
 * with 1,000. `weather`: asked before each posting call. `posted`: told of each accepted post before it is answered.
 */
export async function startSlackServer(options: { perChannelMs?: number; weather?: (call: { method: string; channel: string; number: number }) => Weather | undefined; retryAfterS?: number } = {}) {
  const accepted: Accepted[] = [];
  const calls: { method: string; args: Record<string, string> }[] = [];
  const refused = new Map<string, number>();
  const posts = new Map<string, SlackPost>();
  const users = new Map<string, { name: string; email?: string }>();
  const channels = new Map<string, { name: string; kind: 'channel' | 'im'; member: boolean }>();
  const uploads = new Map<string, Upload>();
  const lastPost = new Map<string, number>();
  const next: Weather[] = [];
  const state = { number: 0, ts: 0, files: 0, token: botToken, hooks: { before: undefined as ((post: SlackPost) => Promise<void>) | undefined, after: undefined as ((post: SlackPost) => void) | undefined } };
  const server = createServer((request, response) => void serve(request, response).catch(() => response.destroy()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const socket = attachSocketMode(server);

  function newTs(): string {
    const now = Date.now() * 1_000;
    state.ts = Math.max(now, state.ts + 1);
    return `${Math.floor(state.ts / 1_000_000)}.${String(state.ts % 1_000_000).padStart(6, '0')}`;
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const path = new URL(request.url ?? '/', `http://${host}`).pathname;
    if (path.startsWith('/upload/')) return takeUpload(response, path.slice('/upload/'.length), body);
    if (path.startsWith('/files/')) return giveFile(request, response, path.split('/')[2] ?? '');
    const method = path.replace(/^\/api\//u, '');
    const args = Object.fromEntries(new URLSearchParams(body.toString('utf8')));
    calls.push({ method, args });
    const authorized = request.headers.authorization === `Bearer ${method === 'apps.connections.open' ? appToken : state.token}`;
    if (!authorized) return give(response, { ok: false, error: 'invalid_auth' });
    const weather = posting.has(method) ? weatherOf(method, args) : undefined;
    if (weather === 'reset') return void request.socket.destroy();
    if (weather === 'hang') return;
    if (typeof weather === 'object') return bad(response, weather);
    const answer = await act(method, args);
    if (weather === 'lost') return void request.socket.destroy();
    if (weather === 'hang lost') return;
    give(response, answer.json);
    answer.afterwards?.();
  }

  function weatherOf(method: string, args: Record<string, string>): Weather | undefined {
    const channel = args['channel'] ?? args['channel_id'] ?? '';
    state.number += 1;
    const planned = next.shift() ?? options.weather?.({ method, channel, number: state.number });
    const tooSoon = options.perChannelMs !== undefined && Date.now() - (lastPost.get(channel) ?? 0) < options.perChannelMs;
    const weather = planned ?? (tooSoon ? { status: 429, retryAfter: options.retryAfterS ?? 1 } : undefined);
    const name = weather === undefined ? 'fine' : typeof weather === 'string' ? weather : 'error' in weather ? weather.error : String(weather.status);
    refused.set(name, (refused.get(name) ?? 0) + 1);
    return weather;
  }

  function bad(response: ServerResponse, weather: { status: number; retryAfter?: number } | { error: string }): void {
    if ('error' in weather) return give(response, { ok: false, error: weather.error });
    response.writeHead(weather.status, { 'content-type': 'application/json', ...(weather.retryAfter === undefined ? {} : { 'retry-after': String(weather.retryAfter) }) });
    response.end('{"ok":false,"error":"ratelimited"}');
  }

  async function act(method: string, args: Record<string, string>): Promise<{ json: Json; afterwards?: () => void }> {
    switch (method) {
      case 'auth.test': return { json: { ok: true, url: 'https://velowerk.slack.com/', team: 'Velowerk', user: 'rapport', team_id: team, user_id: botUser, bot_id: botId } };
      case 'chat.postMessage': return post(args);
      case 'chat.update': return { json: update(args) };
      case 'chat.delete': return { json: posts.delete(`${args['channel']}:${args['ts']}`) ? { ok: true, channel: args['channel'] ?? '', ts: args['ts'] ?? '' } : { ok: false, error: 'message_not_found' } };
      case 'reactions.add': case 'reactions.remove': return { json: react(method, args) };
      case 'conversations.history': case 'conversations.replies': return { json: history(method, args) };
      case 'conversations.info': return { json: channels.has(args['channel'] ?? '') ? { ok: true, channel: { id: args['channel'] ?? '', name: channels.get(args['channel'] ?? '')?.name ?? '', is_member: channels.get(args['channel'] ?? '')?.member ?? false } } : { ok: false, error: 'channel_not_found' } };
      case 'users.conversations': return { json: { ok: true, channels: [...channels].map(([id, channel]) => ({ id, name: channel.name, is_im: channel.kind === 'im' })) } };
      case 'users.info': return { json: userInfo(args['user'] ?? '') };
      case 'files.getUploadURLExternal': return { json: newUpload(args) };
      case 'files.completeUploadExternal': return completeUpload(args);
      case 'files.info': return { json: fileInfo(args['file'] ?? '') };
      case 'apps.connections.open': return { json: { ok: true, url: `ws://${host}/link/?ticket=${Date.now()}` } };
      default: return { json: { ok: false, error: 'unknown_method' } };
    }
  }

  /** Knows of posts in a channel as of a thing of its own: what people wrote is there as well. */
  function keep(post: SlackPost): void {
    posts.set(`${String(post['channel'])}:${String(post['ts'])}`, post);
  }

  async function post(args: Record<string, string>): Promise<{ json: Json; afterwards?: () => void }> {
    const channel = args['channel'] ?? '';
    const ts = newTs();
    const metadata = JSON.parse(args['metadata'] ?? 'null') as { event_type: string; event_payload: { id: string; part: number } } | null;
    const made: SlackPost = { type: 'message', channel, ts, text: args['text'] ?? '', user: botUser, bot_id: botId, app_id: appId, team, bot_profile: { id: botId, app_id: appId, name: 'Rapport', team_id: team }, ...(args['thread_ts'] === undefined ? {} : { thread_ts: args['thread_ts'] }), ...(metadata === null ? {} : { metadata }) };
    note({ channel, threadTs: args['thread_ts'], ts, text: args['text'] ?? '', id: metadata?.event_payload.id, part: metadata?.event_payload.part, at: Date.now(), files: [] }, made);
    await state.hooks.before?.(made);
    return { json: { ok: true, channel, ts, message: made as Json }, afterwards: () => state.hooks.after?.(made) };
  }

  function note(entry: Accepted, made: SlackPost): void {
    lastPost.set(entry.channel, Date.now());
    accepted.push(entry);
    keep(made);
  }

  function update(args: Record<string, string>): Json {
    const post = posts.get(`${args['channel']}:${args['ts']}`);
    if (post === undefined) return { ok: false, error: 'message_not_found' };
    post['text'] = args['text'] ?? '';
    return { ok: true, channel: args['channel'] ?? '', ts: args['ts'] ?? '', text: args['text'] ?? '' };
  }

  function react(method: string, args: Record<string, string>): Json {
    const post = posts.get(`${args['channel']}:${args['timestamp']}`);
    if (post === undefined) return { ok: false, error: 'message_not_found' };
    const ours = (post['ours'] as string[] | undefined) ?? [];
    const name = args['name'] ?? '';
    if (method === 'reactions.add' && ours.includes(name)) return { ok: false, error: 'already_reacted' };
    if (method === 'reactions.remove' && !ours.includes(name)) return { ok: false, error: 'no_reaction' };
    post['ours'] = method === 'reactions.add' ? [...ours, name] : ours.filter((one) => one !== name);
    return { ok: true };
  }

  function history(method: string, args: Record<string, string>): Json {
    const thread = method === 'conversations.replies' ? args['ts'] : undefined;
    const oldest = args['oldest'] ?? '0';
    const found = [...posts.values()].filter((post) => post['channel'] === args['channel'] && String(post['ts']) >= oldest && (thread === undefined ? post['thread_ts'] === undefined || post['thread_ts'] === post['ts'] : post['ts'] === thread || post['thread_ts'] === thread));
    const withCounts = found.map((one) => ({ ...one, reply_count: [...posts.values()].filter((reply) => reply['thread_ts'] === one['ts'] && reply['ts'] !== one['ts']).length }));
    withCounts.sort((a, b) => String((a as SlackPost)['ts']).localeCompare(String((b as SlackPost)['ts'])) * (thread === undefined ? -1 : 1));
    return { ok: true, messages: withCounts as unknown as Json, has_more: false };
  }

  function userInfo(id: string): Json {
    const user = users.get(id);
    return user === undefined ? { ok: false, error: 'user_not_found' } : { ok: true, user: { id, team_id: team, name: user.name, is_bot: false, updated: 1_700_000_000, locale: 'de-DE', is_email_confirmed: true, profile: { real_name: user.name, display_name: user.name, ...(user.email === undefined ? {} : { email: user.email }) } } };
  }

  function newFile(name: string, mime: string, bytes: Buffer | undefined): string {
    state.files += 1;
    const id = `F0FILE${state.files}`;
    uploads.set(id, { name, bytes, mime });
    return id;
  }

  function newUpload(args: Record<string, string>): Json {
    const id = newFile(args['filename'] ?? '', 'application/octet-stream', undefined);
    return { ok: true, file_id: id, upload_url: `http://${host}/upload/${id}` };
  }

  function takeUpload(response: ServerResponse, id: string, body: Buffer): void {
    const upload = uploads.get(id);
    if (upload !== undefined) upload.bytes = body;
    response.writeHead(upload === undefined ? 404 : 200).end(upload === undefined ? '' : `OK - ${body.length}`);
  }

  async function completeUpload(args: Record<string, string>): Promise<{ json: Json; afterwards?: () => void }> {
    const channel = args['channel_id'] ?? '';
    const ts = newTs();
    const files = (JSON.parse(args['files'] ?? '[]') as { id: string; title: string }[]).map((file) => ({ id: file.id, name: file.title, bytes: uploads.get(file.id)?.bytes?.length ?? -1 }));
    const made: SlackPost = { type: 'message', subtype: 'file_share', channel, ts, text: '', user: botUser, bot_id: botId, team, files: files.map((file) => fileObject(file.id)), ...(args['thread_ts'] === undefined ? {} : { thread_ts: args['thread_ts'] }) };
    note({ channel, threadTs: args['thread_ts'], ts, text: '', id: undefined, part: undefined, at: Date.now(), files }, made);
    await state.hooks.before?.(made);
    // Sharing goes on behind the answer: it does not say where the file stands.
    return { json: { ok: true, files: files.map((file) => ({ id: file.id, title: file.name, shares: {} })) }, afterwards: () => state.hooks.after?.(made) };
  }

  function fileObject(id: string): Record<string, Json> {
    const file = uploads.get(id);
    return { id, name: file?.name ?? '', title: file?.name ?? '', mimetype: file?.mime ?? '', size: file?.bytes?.length ?? 0, mode: 'hosted', url_private: `http://${host}/files/${id}/${encodeURIComponent(file?.name ?? '')}`, url_private_download: `http://${host}/files/${id}/download` };
  }

  function fileInfo(id: string): Json {
    if (!uploads.has(id)) return { ok: false, error: 'file_not_found' };
    const at = accepted.find((entry) => entry.files.some((file) => file.id === id));
    return { ok: true, file: { ...fileObject(id), shares: at === undefined ? {} : { private: { [at.channel]: [{ ts: at.ts }] } } } };
  }

  function giveFile(request: IncomingMessage, response: ServerResponse, id: string): void {
    const file = uploads.get(id);
    if (request.headers.authorization !== `Bearer ${state.token}`) response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in to Velowerk</html>');
    else if (file?.bytes === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': file.mime }).end(file.bytes);
  }

  return {
    host, url: `http://${host}/api/`, socket, accepted, calls, refused, posts, users, channels, state, keep, newTs, fileObject,
    addFile: (file: { name: string; mime: string; bytes: Buffer }) => fileObject(newFile(file.name, file.mime, file.bytes)),
    /** The next posting call ends so. */
    failNext: (weather: Weather) => void next.push(weather),
    async stop(): Promise<void> {
      await socket.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export type SlackServer = Awaited<ReturnType<typeof startSlackServer>>;

function give(response: ServerResponse, json: Json): void {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'x-oauth-scopes': scopes }).end(JSON.stringify(json));
}

/** What went wrong between what was to be sent and what Slack has: nothing, when all lists are empty. Texts are unique. */
export function verdictOf(accepted: readonly Accepted[], wanted: ReadonlyMap<string, readonly string[]>): { doubles: string[]; lost: string[]; outOfOrder: string[]; strangers: string[] } {
  const verdict = { doubles: [] as string[], lost: [] as string[], outOfOrder: [] as string[], strangers: [] as string[] };
  const known = new Set([...wanted.values()].flat());
  verdict.strangers.push(...accepted.filter((entry) => !known.has(entry.text)).map((entry) => entry.text));
  for (const [channel, texts] of wanted) {
    const got = accepted.filter((entry) => entry.channel === channel).map((entry) => entry.text);
    verdict.doubles.push(...got.filter((text, at) => got.indexOf(text) !== at));
    verdict.lost.push(...texts.filter((text) => !got.includes(text)));
    const order = [...new Set(got)].map((text) => texts.indexOf(text));
    if (order.some((place, at) => at > 0 && place < (order[at - 1] ?? 0))) verdict.outOfOrder.push(channel);
  }
  return verdict;
}
