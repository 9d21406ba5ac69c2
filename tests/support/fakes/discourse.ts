import { createHmac } from 'node:crypto';
import type { Failure, FarEnd, Person, Posted, Received } from '../../contract/fake-platform.js';
import { type Member, serialized, type StoredPost } from './discourse-posts.js';
import { type Answer, type Asked, jsonOf, startJsonServer } from './json-server.js';

export const instance = 'https://community.velowerk.example';
export const webhookSecret = 'fake-secret-of-the-community-webhook';
export const apiKey = 'fake0123456789abcdef0123456789abcdef0123456789abcdef0123456789ab';
const rapport: Member = { id: 12, username: 'VelowerkSupport', name: 'Velowerk Support', moderator: true };
const colleague: Member = { id: 3, username: 'jonas_w', name: 'Jonas Weber', admin: true };
const discobot: Member = { id: -2, username: 'discobot', name: 'discobot' };

type Deliver = Parameters<NonNullable<FarEnd['connect']>>[0];

const refusal = (status: number, type: string, words: string): Answer => ({ status, json: { errors: [words], error_type: type } });

/** A Discourse of our own: webhooks on one side, its HTTP API on the other. Conversations are topics, `pm-…` private ones. */
export async function startDiscourse(options: { privateMessages?: boolean } = {}) {
  const posts = new Map<number, StoredPost>();
  const topics = new Map<string, number>();
  const members = new Map<string, Member>();
  const uploads = new Map<string, { name: string; bytes: Buffer }>();
  const likes = new Set<string>();
  const ledger: Received[] = [];
  const calls: { method: string; path: string; query: string; json: Record<string, unknown> | undefined }[] = [];
  const failing: Failure[] = [];
  const memo = new Map<string, Answer>();
  const state = { post: 4_000, delivery: 70_000, clock: Date.now(), echo: undefined as 'before' | 'after' | undefined };
  let deliver: Deliver | undefined;
  const server = await startJsonServer(answer);
  /** Where the site keeps its files: another host, which must never see our key. */
  const leaks: string[] = [];
  const store = await startJsonServer((asked) => {
    if (asked.headers['api-key'] !== undefined) leaks.push(asked.path);
    return { status: 200, bytes: uploads.get(asked.path.slice(1))?.bytes ?? Buffer.alloc(0) };
  });

  const topicOf = (conversation: string): number => {
    const known = topics.get(conversation) ?? 900 + topics.size;
    topics.set(conversation, known);
    return known;
  };
  const conversationOf = (topicId: number): string => [...topics].find(([, id]) => id === topicId)?.[0] ?? '';
  const archetypeOf = (conversation: string): StoredPost['archetype'] => (conversation.startsWith('pm-') ? 'private_message' : 'regular');
  const memberOf = (person: Person): Member => {
    const known = members.get(person.id) ?? { id: 100 + members.size, username: person.id.replaceAll('-', '_'), name: person.name };
    members.set(person.id, known);
    return known;
  };
  const inTopic = (topicId: number): StoredPost[] => [...posts.values()].filter((post) => post.topicId === topicId);
  const byNumber = (topicId: number, number: number | undefined): StoredPost | undefined => inTopic(topicId).find((post) => post.number === number);
  const now = (): string => new Date(state.clock = Math.max(state.clock + 1, Date.now())).toISOString();

  function make(conversation: string, author: Member, more: { raw: string; replyTo?: number; postType?: number }): StoredPost {
    const topicId = topicOf(conversation);
    const at = now();
    const { raw, replyTo, postType = 1 } = more;
    const post: StoredPost = {
      id: state.post += 1, topicId, number: inTopic(topicId).length + 1, author, raw, version: 1, createdAt: at, updatedAt: at, postType, archetype: archetypeOf(conversation), ...(replyTo === undefined ? {} : { replyTo }),
    };
    posts.set(post.id, post);
    return post;
  }

  /** With "retry web hook events" on: a delivery that gets no 2xx is made again, under a new id. */
  async function bring(event: string, body: unknown): Promise<void> {
    const bytes = Buffer.from(JSON.stringify(body));
    for (let attempt = 0; attempt < 4; attempt += 1) {
      const { status } = await (deliver ?? (() => Promise.resolve({ status: 200, body: '' })))(request(bytes, event));
      if (status >= 200 && status < 300) return;
    }
    throw new Error('the webhook took nothing in four attempts');
  }

  function request(body: Buffer, event: string, signature = sign(body)): Parameters<Deliver>[0] {
    const headers = {
      'content-type': 'application/json', 'x-discourse-instance': server.url, 'x-discourse-event-id': String(state.delivery += 1),
      'x-discourse-event-type': event.startsWith('post_liked') ? 'like' : 'post', 'x-discourse-event': event, 'x-discourse-event-signature': signature,
    };
    return { method: 'POST', headers, query: {}, rawBody: body };
  }

  const tell = (event: string, post: StoredPost): Promise<void> => bring(event, { post: serialized(post, byNumber(post.topicId, post.replyTo)) });

  async function write(conversation: string, author: Member, more: { raw: string; replyTo?: number; postType?: number }): Promise<Posted> {
    const post = make(conversation, author, more);
    const body = { post: serialized(post, byNumber(post.topicId, post.replyTo)) };
    await bring('post_created', body);
    return { externalId: String(post.id), conversation, again: () => bring('post_created', body), underOtherId: () => bring('post_created', body) };
  }

  async function answer(asked: Asked): Promise<Answer> {
    if (asked.path === '/site/basic-info.json') return { status: 200, json: { title: 'Velowerk Community' } };
    if (asked.headers['api-key'] !== apiKey) return refusal(403, 'invalid_access', 'You are not permitted to view the requested resource. The API username or key is invalid.');
    const isJson = asked.headers['content-type'] === 'application/json' && asked.body.length > 0;
    calls.push({ method: asked.method, path: asked.path, query: asked.url.search, json: isJson ? jsonOf(asked) : undefined });
    if (asked.method === 'GET') return read(asked);
    if (asked.path === '/uploads.json') return takeUpload(asked);
    if (asked.path === '/posts.json') return takePost(jsonOf(asked));
    return change(asked, Number(/\/(\d+)\.json$/.exec(asked.path)?.[1]));
  }

  function read(asked: Asked): Answer {
    const upload = /^\/uploads\/short-url\/(.+)$/.exec(asked.path)?.[1];
    if (upload !== undefined) return uploads.has(upload) ? { status: 302, headers: { location: `${store.url}/${upload}` } } : refusal(404, 'not_found', 'The requested URL or resource could not be found.');
    if (asked.path === '/session/current.json') return { status: 200, json: { current_user: { id: rapport.id, username: rapport.username } } };
    const isPrivate = asked.path === '/private-posts.json';
    if (isPrivate || asked.path === '/posts.json') {
      const before = Number(asked.url.searchParams.get('before') ?? Number.MAX_SAFE_INTEGER);
      const page = [...posts.values()].filter((post) => post.id < before && (post.archetype === 'private_message') === isPrivate).sort((a, b) => b.id - a.id).slice(0, 50);
      // The lists are those of PostSerializer: they do not say what kind of topic it is.
      return { status: 200, json: { [isPrivate ? 'private_posts' : 'latest_posts']: page.map((post) => ({ ...serialized(post, byNumber(post.topicId, post.replyTo)), topic_archetype: undefined })) } };
    }
    const id = Number(/^\/posts\/(\d+)\.json$/.exec(asked.path)?.[1]);
    return posts.has(id) ? { status: 200, json: { id, actions_summary: [{ id: 2, count: 1, ...(likes.has(`${id}`) ? { acted: true } : {}) }] } } : refusal(404, 'not_found', 'The requested URL or resource could not be found.');
  }

  function takeUpload(asked: Asked): Answer {
    const boundary = /boundary=(\S+)/.exec(asked.headers['content-type'] ?? '')?.[1] ?? '';
    const part = asked.body.toString('latin1').split(`--${boundary}`).find((one) => one.includes('filename=')) ?? '';
    const name = Buffer.from(/filename="([^"]*)"/.exec(part)?.[1] ?? '', 'latin1').toString('utf8');
    const bytes = Buffer.from(part.slice(part.indexOf('\r\n\r\n') + 4).replace(/\r\n$/, ''), 'latin1');
    const short = `up${uploads.size + 1}.${name.split('.').at(-1) ?? 'bin'}`;
    uploads.set(short, { name, bytes });
    return { status: 200, json: { id: uploads.size, url: `/uploads/default/${short}`, original_filename: name, short_url: `upload://${short}` } };
  }

  /** A call that is the same in everything gets the same post for two minutes, and the same words are refused for five. */
  async function takePost(json: Record<string, unknown>): Promise<Answer> {
    const refused = failureAnswer(failing[0]);
    const failure = failing.shift();
    if (refused !== undefined) return refused;
    const key = JSON.stringify(json);
    const same = memo.get(key);
    if (same !== undefined) return same;
    const topicId = Number(json['topic_id']);
    if (!inTopic(topicId).length) return refusal(404, 'not_found', 'The requested URL or resource could not be found.');
    const raw = String(json['raw']);
    if (inTopic(topicId).some((post) => post.author === rapport && post.raw === raw)) return { status: 422, json: { action: 'create_post', errors: ['Body is too similar to what you recently posted'] } };
    const post = make(conversationOf(topicId), rapport, { raw, ...(typeof json['reply_to_post_number'] === 'number' ? { replyTo: json['reply_to_post_number'] } : {}) });
    const answers = byNumber(topicId, post.replyTo);
    const files = [...raw.matchAll(/\(upload:\/\/([\w.]+)\)/g)].map((match) => ({ name: uploads.get(match[1] ?? '')?.name ?? '', bytes: uploads.get(match[1] ?? '')?.bytes.length ?? -1 }));
    ledger.push({ conversation: conversationOf(topicId), text: raw, externalId: String(post.id), files, ...(answers === undefined ? {} : { answers: String(answers.id) }) });
    const said: Answer = { status: 200, json: { id: post.id, topic_id: topicId, post_number: post.number, raw } };
    memo.set(key, said);
    if (state.echo === 'before') await tell('post_created', post);
    if (state.echo === 'after') setImmediate(() => void tell('post_created', post));
    return failure === 'lost_answer' ? 'hang up' : said;
  }

  function change(asked: Asked, id: number): Answer {
    const liked = Number(asked.path === '/post_actions.json' ? jsonOf(asked)['id'] : id);
    if (asked.path === '/post_actions.json') {
      if (likes.has(`${liked}`)) return refusal(403, 'invalid_access', 'You are not permitted to do that.');
      likes.add(`${liked}`);
      return { status: 200, json: { id: liked } };
    }
    if (asked.path.startsWith('/post_actions/')) return likes.delete(`${id}`) ? { status: 200, json: {} } : refusal(404, 'not_found', 'The requested URL or resource could not be found.');
    const post = posts.get(id);
    if (post === undefined) return refusal(404, 'not_found', 'The requested URL or resource could not be found.');
    if (asked.method === 'DELETE') posts.delete(id);
    else post.raw = String((jsonOf(asked)['post'] as { raw: string }).raw);
    return { status: 200, json: asked.method === 'DELETE' ? undefined : { post: { id } } };
  }

  return {
    settings: { baseUrl: server.url, apiUsername: rapport.username, privateMessages: options.privateMessages === true },
    secrets: { apiKey, webhookSecret },
    allow: [server.host, store.host],
    connect: (post: Deliver) => { deliver = post; },
    says: ({ conversation, from, text, files = [] }: Parameters<FarEnd['says']>[0]) => {
      const lines = files.map((file) => {
        const short = `in${uploads.size + 1}.${file.name.split('.').at(-1) ?? 'bin'}`;
        uploads.set(short, file);
        return `[${file.name}|attachment](upload://${short}) (31 Bytes)`;
      });
      return write(conversation, memberOf(from), { raw: [text, ...lines].join('\n') });
    },
    saysBack: (received: Received, from: Person) => write(received.conversation, memberOf(from), { raw: received.text }),
    batch: 'Discourse delivers one post a request',
    edits: async (posted: Posted, text: string) => {
      const post = posts.get(Number(posted.externalId));
      if (post === undefined) throw new Error(`no post ${posted.externalId}`);
      // Within the first minutes the version stays what it was.
      Object.assign(post, { raw: text, updatedAt: now() });
      await tell('post_edited', post);
    },
    deletes: async (posted: Posted) => {
      const post = posts.get(Number(posted.externalId));
      if (post === undefined) throw new Error(`no post ${posted.externalId}`);
      await tell('post_destroyed', { ...post, deletedAt: now() });
    },
    reacts: 'Discourse tells of likes, not of taking them back',
    receipt: 'Discourse tells nobody of reading',
    typing: 'Discourse tells no other system of typing',
    outside: (conversation: string, text: string) => write(conversation, colleague, { raw: text }),
    echoes: (order: 'before' | 'after') => { state.echo = order; },
    botSays: (conversation: string, text: string) => write(conversation, discobot, { raw: text }),
    unknownKind: async () => {
      await bring('chat_message_polished', { chat_message: { id: 5 } });
      return 'chat_message_polished';
    },
    received: () => ledger,
    failNext: (failure: Failure) => void failing.push(failure),
    webhook: {
      good: () => request(Buffer.from('{"ping":"OK"}'), 'ping'),
      bad: {
        wrong: () => request(Buffer.from('{"ping":"OK"}'), 'ping', sign(Buffer.from('{"ping":"OK"}'), 'another secret, as long')),
        missing: () => ({ method: 'POST', headers: { 'x-discourse-event': 'post_created' }, query: {}, rawBody: Buffer.from('{"ping":"OK"}') }),
        'other bytes': () => request(Buffer.from('{"ping": "OK"}'), 'ping', sign(Buffer.from('{"ping":"OK"}'))),
      },
      sign: (body: Buffer) => request(body, 'post_created'),
      ackWithinMs: 20_000,
    },
    stop: async () => {
      await server.stop();
      await store.stop();
    },
    /** For the channel's own tests. */
    posts, calls, likes, leaks, uploads, server, bring, tell, write, colleague, rapport, memberOf,
  } satisfies FarEnd & Record<string, unknown>;
}

export function sign(body: Buffer, secret = webhookSecret): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

function failureAnswer(failure: Failure | undefined): Answer | undefined {
  switch (failure) {
    case 'rate_limited': return { status: 429, json: { errors: ["You've performed this action too many times. Please wait 2 seconds before trying again."], error_type: 'rate_limit', extras: { wait_seconds: 2, time_left: '2 seconds' } }, headers: { 'retry-after': '2' } };
    case 'server_error': return refusal(503, 'read_only', 'The site is in read only mode. Interactions are disabled.');
    case 'blocked': return refusal(403, 'invalid_access', 'You are not permitted to view the requested resource.');
    case 'token_revoked': return refusal(403, 'invalid_access', 'You are not permitted to view the requested resource. The API username or key is invalid.');
    case 'not_found': return refusal(404, 'not_found', 'The requested URL or resource could not be found.');
    case 'too_long': return { status: 422, json: { action: 'create_post', errors: ['Body is limited to 32000 characters; you entered 40000.'] } };
    default: return undefined;
  }
}
