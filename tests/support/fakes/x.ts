import type { Failure, FarEnd, Person, Posted, Received } from '../../contract/fake-platform.js';
import { type Answer, type Asked, jsonOf, startJsonServer } from './json-server.js';
import { envelope, includedUser, postPayload } from './x-payloads.js';
import { checkOAuth, keys, webhookSignature } from './x-signing.js';

export const account = { id: '1500000000000000001', username: 'VelowerkHilfe', name: 'Velowerk Hilfe' };

type Deliver = Parameters<NonNullable<FarEnd['connect']>>[0];

export interface StoredPost {
  id: string;
  authorId: string;
  conversation: string;
  text: string;
  parentId?: string;
}

const refusal = (status: number, detail: string): Answer => ({ status, json: { title: 'Forbidden', status, detail, type: 'about:blank' } });

/** An X of our own: webhooks of the X Activity API on one side, the API with real OAuth on the other. */
export async function startX(options: { directMessages?: boolean } = {}) {
  const posts = new Map<string, StoredPost>();
  const roots = new Map<string, { rootId: string; lastId: string; customer: Person }>();
  const people = new Map<string, { id: string; person: Person; automated: boolean }>();
  const ledger: (Received & { to?: string })[] = [];
  /** As GET /2/dm_events gives them. */
  const direct: Record<string, unknown>[] = [];
  const calls: { method: string; path: string; query: string; json: unknown }[] = [];
  const media = new Map<string, { name: string; bytes: Buffer }>();
  const failing: Failure[] = [];
  const nonces = new Set<string>();
  const state = { next: 2_090_000_000_000_000_000n, uuid: 0, echo: undefined as 'before' | 'after' | undefined };
  let deliver: Deliver | undefined;
  const server = await startJsonServer(answer);

  const newId = (): string => String(state.next += 4_194_304n);
  const newUuid = (): string => String(3_000_000_000_000_000_000n + BigInt(state.uuid += 1));
  const userId = (person: Person, automated = false): string => {
    const known = people.get(person.id) ?? { id: String(1_600_000_000_000_000_000n + BigInt(people.size + 1)), person, automated };
    people.set(person.id, known);
    return known.id;
  };
  const userOf = (id: string): Record<string, unknown> => {
    const known = [...people.values()].find((one) => one.id === id);
    return includedUser(known === undefined ? account : { id, name: known.person.name, username: known.person.id.replaceAll('-', '_') }, known?.automated === true);
  };

  /** As X does it: a delivery that gets no 2xx is made again. */
  async function bring(event: Record<string, unknown>): Promise<void> {
    const body = Buffer.from(JSON.stringify(event));
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const { status } = await (deliver ?? (() => Promise.resolve({ status: 200, body: '' })))(request(body));
      if (status >= 200 && status < 300) return;
    }
    throw new Error('the webhook took nothing in three attempts');
  }

  function request(body: Buffer, signature = webhookSignature(body)): Parameters<Deliver>[0] {
    return { method: 'POST', headers: { 'content-type': 'application/json', 'x-twitter-webhooks-signature': signature }, query: {}, rawBody: body };
  }

  const event = (type: string, payload: unknown, includes?: unknown): Record<string, unknown> => envelope({ type, payload, includes, uuid: newUuid(), accountId: account.id });

  function root(conversation: string, customer: Person): { rootId: string; lastId: string; customer: Person } {
    const known = roots.get(conversation) ?? { rootId: newId(), lastId: '', customer };
    if (!posts.has(known.rootId)) posts.set(known.rootId, { id: known.rootId, authorId: account.id, conversation, text: 'Ask us anything about your bicycle!' });
    known.lastId ||= known.rootId;
    roots.set(conversation, known);
    return known;
  }

  function payloadOf(post: StoredPost, more: Record<string, unknown> = {}): Record<string, unknown> {
    const parent = post.parentId === undefined ? undefined : posts.get(post.parentId);
    const at = parent === undefined ? undefined : parent.authorId === account.id ? account : { id: parent.authorId, username: String(userOf(parent.authorId)['username']) };
    return { ...postPayload({ id: post.id, authorId: post.authorId, conversationId: roots.get(post.conversation)?.rootId ?? post.id, text: post.text, ...(at === undefined ? {} : { answers: { postId: post.parentId ?? '', ...at } }) }), ...more };
  }

  async function write(conversation: string, from: Person, what: { text: string; automated?: boolean; files?: { name: string; mime: string; bytes: Buffer }[] }): Promise<Posted> {
    const about = root(conversation, from);
    const post: StoredPost = { id: newId(), authorId: userId(from, what.automated), conversation, text: what.text, parentId: about.rootId };
    posts.set(post.id, post);
    if (what.automated !== true) about.lastId = post.id;
    const attached = (what.files ?? []).map((file) => {
      const key = `3_${newId()}`;
      media.set(`/media/${key}/${file.name}`, file);
      return { media_key: key, type: 'photo', url: `${server.url}/media/${key}/${file.name}` };
    });
    const payload = payloadOf(post, attached.length === 0 ? {} : { attachments: { media_keys: attached.map((one) => one.media_key) } });
    const includes = { users: [userOf(post.authorId), userOf(account.id)], tweets: [payload], ...(attached.length === 0 ? {} : { media: attached }) };
    const first = event('post.reply.create', payload, includes);
    await bring(first);
    return { externalId: post.id, conversation, again: () => bring(first), underOtherId: () => bring(event('post.mention.create', payload, includes)) };
  }

  /** A post of the account itself, made in the app, or coming back to the one who made it. */
  async function ownPost(post: StoredPost): Promise<Record<string, unknown>> {
    const made = event('post.create', payloadOf(post), { users: [userOf(account.id), userOf(posts.get(post.parentId ?? '')?.authorId ?? account.id)] });
    await bring(made);
    return made;
  }

  const sending = /^\/2\/(?:tweets|dm_conversations\/with\/(\d+)\/messages)$/;

  async function answer(asked: Asked): Promise<Answer> {
    const signed = checkOAuth(asked, nonces);
    if (!signed.ok) return { status: 401, json: { title: 'Unauthorized', type: 'about:blank', status: 401, detail: 'Unauthorized' } };
    const file = media.get(asked.path);
    if (asked.method === 'GET' && file !== undefined) return { status: 200, bytes: file.bytes };
    calls.push({ method: asked.method, path: asked.path, query: asked.url.search, json: asked.body.length === 0 || asked.path === '/2/media/upload' ? undefined : jsonOf(asked) });
    if (asked.method === 'POST' && asked.path === '/2/media/upload') return upload(jsonOf(asked));
    if (asked.method === 'POST' && sending.test(asked.path)) return send(asked, signed.seconds);
    if (asked.method === 'GET' && asked.path === '/2/users/me') return { status: 200, json: { data: account }, headers: { 'x-access-level': 'read-write-directmessages' } };
    const timeline = /^\/2\/users\/\d+\/(mentions|tweets)$/.exec(asked.path)?.[1];
    if (asked.method === 'GET' && timeline !== undefined) return { status: 200, json: page(asked.url, [...posts.values()].filter((post) => (post.authorId === account.id) === (timeline === 'tweets'))) };
    if (asked.method === 'GET' && asked.path === '/2/dm_events') return { status: 200, json: { data: direct, includes: { users: [...people.values()].map((one) => userOf(one.id)) }, meta: { result_count: direct.length } } };
    const single = /^\/2\/tweets\/(\d+)$/.exec(asked.path)?.[1];
    if (asked.method === 'GET' && single !== undefined) return { status: 200, json: { data: { id: single }, includes: { media: [{ media_key: `7_${single}`, type: 'video', preview_image_url: `${server.url}/media/${single}/preview.jpg`, variants: [{ content_type: 'application/x-mpegURL', url: `${server.url}/media/${single}/list.m3u8` }, { content_type: 'video/mp4', bit_rate: 256_000, url: `${server.url}/media/${single}/small.mp4` }, { content_type: 'video/mp4', bit_rate: 832_000, url: `${server.url}/media/${single}/clip.mp4` }] }] } } };
    if (asked.method === 'DELETE') return posts.delete(asked.path.split('/').at(-1) ?? '') || asked.path.includes('/likes/') ? { status: 200, json: { data: { deleted: true } } } : refusal(404, 'Not Found');
    if (asked.method === 'POST' && asked.path.endsWith('/likes')) return { status: 200, json: { data: { liked: true } } };
    return { status: 404, json: { title: 'Not Found', status: 404 } };
  }

  /** Two posts a page, the newest first; of an edited post only its newest form. */
  function page(url: URL, all: StoredPost[]): Record<string, unknown> {
    const since = Date.parse(url.searchParams.get('start_time') ?? '1970-01-01T00:00:00Z');
    const until = url.searchParams.get('pagination_token');
    const found = all.map((post) => payloadOf(post)).filter((post) => Date.parse(String(post['created_at'])) >= since && (until === null || String(post['id']) < until));
    found.sort((a, b) => (String(a['id']) < String(b['id']) ? 1 : -1));
    const data = found.slice(0, 2);
    return { data, includes: { users: [...new Set(data.map((post) => String(post['author_id'])))].map(userOf) }, meta: { result_count: data.length, ...(found.length > 2 ? { next_token: String(data.at(-1)?.['id']) } : {}) } };
  }

  function upload(json: Record<string, unknown>): Answer {
    const id = newId();
    media.set(id, { name: id, bytes: Buffer.from(String(json['media']), 'base64') });
    return { status: 200, json: { data: { id, media_key: `3_${id}`, size: 1 } } };
  }

  async function send(asked: Asked, seconds: number): Promise<Answer> {
    const failure = failing.shift();
    const refused = failure === undefined ? undefined : failureAnswer(failure, seconds);
    if (refused !== undefined) return refused;
    const json = jsonOf(asked);
    const to = sending.exec(asked.path)?.[1];
    const id = newId();
    const files = ((to === undefined ? (json['media'] as { media_ids?: string[] } | undefined)?.media_ids : (json['attachments'] as { media_id: string }[] | undefined)?.map((one) => one.media_id)) ?? [])
      .map((mediaId) => ({ name: mediaId, bytes: media.get(mediaId)?.bytes.length ?? -1 }));
    const answers = (json['reply'] as { in_reply_to_tweet_id?: string } | undefined)?.in_reply_to_tweet_id;
    const conversation = posts.get(answers ?? '')?.conversation ?? to ?? '';
    const post: StoredPost = { id, authorId: account.id, conversation, text: String(json['text'] ?? ''), ...(answers === undefined ? {} : { parentId: answers }) };
    if (to === undefined) posts.set(id, post);
    ledger.push({ conversation, text: post.text, externalId: to === undefined ? id : `dm:${id}`, files, ...(answers === undefined ? {} : { answers }), ...(to === undefined ? {} : { to }) });
    if (state.echo === 'before') await ownPost(post);
    if (state.echo === 'after') setImmediate(() => void ownPost(post));
    if (failure === 'lost_answer') return 'hang up';
    return { status: 201, json: { data: to === undefined ? { id, text: post.text } : { dm_conversation_id: `${account.id}-${to}`, dm_event_id: id } } };
  }

  return {
    settings: { baseUrl: server.url, directMessages: options.directMessages === true },
    secrets: { ...keys },
    allow: [server.host],
    connect: (post: Deliver) => { deliver = post; },
    says: ({ conversation, from, text, files }: Parameters<FarEnd['says']>[0]) => write(conversation, from, { text, ...(files === undefined ? {} : { files }) }),
    batch: 'X delivers one post a request',
    edits: async (post: Posted, text: string) => {
      const before = posts.get(post.externalId);
      if (before === undefined) throw new Error(`no post ${post.externalId}`);
      const after: StoredPost = { ...before, id: newId(), text };
      posts.set(after.id, after);
      await bring(event('post.reply.create', payloadOf(after, { edit_history_tweet_ids: [before.id, after.id] }), { users: [userOf(after.authorId)] }));
    },
    deletes: 'X tells of the deletions of our own posts only',
    reacts: 'X tells of likes of our own posts only',
    receipt: 'a public post has none',
    typing: 'nobody types in public',
    outside: async (conversation: string, text: string): Promise<Posted> => {
      const about = roots.get(conversation);
      if (about === undefined) throw new Error(`nobody has written in ${conversation}`);
      const post: StoredPost = { id: newId(), authorId: account.id, conversation, text, parentId: about.lastId };
      posts.set(post.id, post);
      const made = await ownPost(post);
      return { externalId: post.id, conversation, again: () => bring(made) };
    },
    echoes: (order: 'before' | 'after') => { state.echo = order; },
    botSays: (conversation: string, text: string) => write(conversation, { id: 'deal-bot', name: 'Deal Bot' }, { text, automated: true }),
    unknownKind: async () => {
      await bring(event('spaces.hologram', { user: { data: userOf(account.id) } }));
      return 'spaces.hologram';
    },
    received: () => ledger,
    failNext: (failure: Failure) => void failing.push(failure),
    webhook: {
      good: () => request(Buffer.from(JSON.stringify(event('follow.follow', {})))),
      bad: {
        wrong: () => request(Buffer.from('{"data":{}}'), webhookSignature('{"data":{}}', 'another secret')),
        missing: () => ({ method: 'POST', headers: {}, query: {}, rawBody: Buffer.from('{"data":{}}') }),
        'other bytes': () => request(Buffer.from('{"data":{} }'), webhookSignature('{"data":{}}')),
      },
      challenge: {
        request: { method: 'GET', headers: {}, query: { crc_token: 'ZmFrZS1jaGFsbGVuZ2UtMDAx' }, rawBody: Buffer.alloc(0) },
        answer: JSON.stringify({ response_token: webhookSignature('ZmFrZS1jaGFsbGVuZ2UtMDAx') }),
        refused: { method: 'GET', headers: {}, query: { crc_token: '{"data":{"event_type":"post.create"}}' }, rawBody: Buffer.alloc(0) },
      },
      sign: (body: Buffer) => request(body),
      ackWithinMs: 10_000,
    },
    stop: () => server.stop(),
    /** For the channel's own tests. */
    posts, direct, media, calls, failing, bring, event, payloadOf, userOf, userId, server,
  } satisfies FarEnd & Record<string, unknown>;
}

function failureAnswer(failure: Failure, seconds: number): Answer | undefined {
  switch (failure) {
    // The reset is a whole second, counted on the clock of whoever asks.
    case 'rate_limited': return { status: 429, json: { title: 'Too Many Requests', detail: 'Too Many Requests', status: 429 }, headers: { 'x-rate-limit-limit': '100', 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': String(seconds + 3) } };
    case 'server_error': return { status: 503, json: { title: 'Service Unavailable', detail: 'Service Unavailable', status: 503 } };
    case 'blocked': return refusal(403, 'You have been blocked from replying to this author.');
    case 'token_revoked': return { status: 401, json: { title: 'Unauthorized', detail: 'Unauthorized', status: 401 } };
    case 'not_found': return refusal(403, 'You attempted to reply to a Tweet that is deleted or not visible to you.');
    case 'too_long': return refusal(400, 'Your Tweet text is too long.');
    default: return undefined;
  }
}
