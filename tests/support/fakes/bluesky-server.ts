import { createHash } from 'node:crypto';
import type { Person } from '../../contract/fake-platform.js';
import { type Call, type Reply, startLoopbackServer } from './loopback-server.js';

export interface Profile {
  did: string;
  handle: string;
  displayName: string;
  labels?: { val: string }[];
}

export interface StoredRecord {
  uri: string;
  cid: string;
  value: { text?: string; createdAt?: string; reply?: { root: Ref; parent: Ref }; facets?: unknown[]; embed?: unknown; subject?: Ref; [key: string]: unknown };
  author: Profile;
}

interface Ref {
  uri: string;
  cid: string;
}

export interface ChatMessage {
  $type: string;
  id: string;
  rev: string;
  text: string;
  facets?: unknown[];
  sender: { did: string };
  sentAt: string;
}

interface Failing {
  status: number;
  error: string;
  message: string;
  headers?: Record<string, string>;
}

const chatService = 'did:web:api.bsky.chat#bsky_chat';

/** One service of the AT Protocol with an account of ours: repositories, notifications and chats as its methods show them. */
export class BlueskyServer {
  readonly records = new Map<string, StoredRecord>();
  readonly notifications: { uri: string; cid: string; author: Profile; reason: string; reasonSubject?: string; record: unknown; isRead: boolean; indexedAt: string }[] = [];
  readonly convos = new Map<string, { id: string; rev: string; members: Profile[]; messages: ChatMessage[] }>();
  readonly log: { $type: string; rev: string; convoId: string; [key: string]: unknown }[] = [];
  readonly blobs = new Map<string, Buffer>();
  readonly images = new Map<string, Buffer>();
  /** What came from us, in order: posts and chat messages. */
  readonly posted: { id: string; text: string; thread: string; answers?: string; files: number[] }[] = [];
  readonly puts: string[] = [];
  readonly told = new Set<string>();
  readonly calls: string[] = [];
  signIns = 0;
  accessJwt = 'access-1';
  failNext: Failing | 'lost_answer' | undefined;
  failSignIn: Failing | undefined;
  /** The app password was made without direct messages. */
  chatsRefused = false;
  beforeAnswer: ((id: string) => Promise<void>) | undefined;
  private tick = 0;
  private server: Awaited<ReturnType<typeof startLoopbackServer>> | undefined;

  readonly me: Profile = { did: 'did:plc:velowerkvelowerkvelowerk', handle: 'velowerk.example', displayName: 'Velowerk' };

  async start(): Promise<void> {
    this.server = await startLoopbackServer((call) => this.answer(call));
  }

  get url(): string {
    return this.server?.url ?? '';
  }

  get host(): string {
    return this.server?.host ?? '';
  }

  stop(): Promise<void> {
    return this.server?.stop() ?? Promise.resolve();
  }

  profile(person: Person, options: { bot?: boolean } = {}): Profile {
    const letters = createHash('sha256').update(person.id).digest('hex').slice(0, 24);
    return { did: `did:plc:${letters}`, handle: `${person.id}.rad.example`, displayName: person.name, ...(options.bot === true ? { labels: [{ val: 'bot' }] } : {}) };
  }

  nextRev(): string {
    this.tick += 1;
    return `rev${String(this.tick).padStart(8, '0')}`;
  }

  put(author: Profile, collection: string, rkey: string, value: StoredRecord['value']): StoredRecord {
    const cid = `bafyrei${createHash('sha256').update(JSON.stringify(value)).digest('hex')}`;
    const record: StoredRecord = { uri: `at://${author.did}/${collection}/${rkey}`, cid, value, author };
    this.records.set(record.uri, record);
    return record;
  }

  post(author: Profile, value: StoredRecord['value']): StoredRecord {
    this.tick += 1;
    return this.put(author, 'app.bsky.feed.post', `3zpost${String(this.tick).padStart(7, '2')}`, { $type: 'app.bsky.feed.post', createdAt: new Date().toISOString(), ...value });
  }

  notify(reason: string, record: { uri: string; cid: string; value: unknown; author: Profile }, reasonSubject?: string): void {
    this.notifications.push({ uri: record.uri, cid: record.cid, author: record.author, reason, record: record.value, isRead: false, indexedAt: new Date().toISOString(), ...(reasonSubject === undefined ? {} : { reasonSubject }) });
  }

  chat(id: string, members: Profile[]): { id: string; rev: string; members: Profile[]; messages: ChatMessage[] } {
    const known = this.convos.get(id) ?? { id, rev: this.nextRev(), members: [this.me, ...members], messages: [] };
    this.convos.set(id, known);
    return known;
  }

  say(convoId: string, sender: Profile, input: { text: string; facets?: unknown[] }): ChatMessage {
    const rev = this.nextRev();
    const message: ChatMessage = { $type: 'chat.bsky.convo.defs#messageView', id: `m${rev}`, rev, sender: { did: sender.did }, sentAt: new Date().toISOString(), ...input };
    const convo = this.convos.get(convoId);
    if (convo === undefined) throw new Error(`no chat ${convoId}`);
    convo.messages.push(message);
    convo.rev = rev;
    this.log.push({ $type: 'chat.bsky.convo.defs#logCreateMessage', rev, convoId, message });
    return message;
  }

  private async answer(call: Call): Promise<Reply> {
    const method = call.path.replace('/xrpc/', '');
    this.calls.push(method);
    if (call.path.startsWith('/img/')) {
      const cid = /\/([^/@]+)@jpeg$/u.exec(call.path)?.[1] ?? '';
      return call.headers.authorization === undefined ? { status: 200, body: this.images.get(cid) ?? Buffer.alloc(0) } : { status: 500, json: { error: 'the token came along' } };
    }
    if (method === 'com.atproto.server.createSession' || method === 'com.atproto.server.refreshSession') return this.signIn(method, call);
    if (call.headers.authorization !== `Bearer ${this.accessJwt}`) return { status: 400, json: { error: 'ExpiredToken', message: 'Token has expired' } };
    if (method.startsWith('chat.') && call.headers['atproto-proxy'] !== chatService) return { status: 501, json: { error: 'MethodNotImplemented', message: 'no service was named' } };
    if (method.startsWith('chat.') && this.chatsRefused) return { status: 401, json: { error: 'InvalidToken', message: 'Bad token scope' } };
    const query = Object.fromEntries(call.query);
    const body = (call.json ?? {}) as Record<string, unknown>;
    return method.startsWith('chat.') ? this.chatMethod(method, query, body) : this.repoMethod(method, { query, body, call });
  }

  private signIn(method: string, call: Call): Reply {
    if (method.endsWith('refreshSession') && !String(call.headers.authorization).startsWith('Bearer refresh-')) return { status: 400, json: { error: 'ExpiredToken', message: 'Token has been revoked' } };
    if (method.endsWith('createSession')) {
      this.signIns += 1;
      if (this.failSignIn !== undefined) return { status: this.failSignIn.status, json: { error: this.failSignIn.error, message: this.failSignIn.message } };
      if ((call.json as { password?: string }).password !== 'abcd-efgh-ijkl-mnop') return { status: 401, json: { error: 'AuthenticationRequired', message: 'Invalid identifier or password' } };
    }
    this.tick += 1;
    this.accessJwt = `access-${this.tick}`;
    return { status: 200, json: { accessJwt: this.accessJwt, refreshJwt: `refresh-${this.tick}`, handle: this.me.handle, did: this.me.did, emailConfirmed: true, active: true } };
  }

  private failing(): Reply | undefined {
    const failing = this.failNext;
    if (failing === undefined || failing === 'lost_answer') return undefined;
    this.failNext = undefined;
    return { status: failing.status, json: { error: failing.error, message: failing.message }, headers: { date: new Date().toUTCString(), ...failing.headers } };
  }

  private async sent(id: string, json: object): Promise<Reply> {
    const lost = this.failNext === 'lost_answer';
    this.failNext = undefined;
    await this.beforeAnswer?.(id);
    return lost ? 'hang_up' : { status: 200, json };
  }

  private async repoMethod(method: string, { query, body, call }: { query: Record<string, string>; body: Record<string, unknown>; call: Call }): Promise<Reply> {
    const ours = `at://${this.me.did}/`;
    switch (method) {
      case 'com.atproto.server.getSession': return { status: 200, json: { handle: this.me.handle, did: this.me.did, emailConfirmed: true, active: true } };
      case 'app.bsky.notification.listNotifications': {
        const from = Number(query['cursor'] ?? 0);
        const limit = Number(query['limit'] ?? 50);
        const page = [...this.notifications].reverse().slice(from, from + limit);
        if (limit > 1) for (const { uri } of page) this.told.add(uri);
        return { status: 200, json: { notifications: page, ...(from + limit < this.notifications.length ? { cursor: String(from + limit) } : {}) } };
      }
      case 'com.atproto.repo.listRecords': {
        const own = [...this.records.values()].filter(({ uri }) => uri.startsWith(`${ours}${query['collection'] ?? ''}/`)).sort((a, b) => (a.uri < b.uri ? 1 : -1)).slice(0, Number(query['limit']));
        for (const { uri } of own) this.told.add(uri);
        return { status: 200, json: { records: own.map(({ uri, cid, value }) => ({ uri, cid, value })) } };
      }
      case 'com.atproto.repo.getRecord': {
        const found = this.records.get(`at://${query['repo']}/${query['collection']}/${query['rkey']}`);
        return found === undefined ? { status: 400, json: { error: 'RecordNotFound', message: 'Could not locate record' } } : { status: 200, json: { uri: found.uri, cid: found.cid, value: found.value } };
      }
      case 'app.bsky.feed.getPosts': return { status: 200, json: { posts: call.query.getAll('uris').flatMap((uri) => this.records.get(uri) ?? []).map(({ uri, cid, author, value }) => ({ uri, cid, author, record: value })) } };
      case 'com.atproto.repo.uploadBlob': {
        const cid = `bafkrei${createHash('sha256').update(call.body).digest('hex')}`;
        this.blobs.set(cid, call.body);
        return { status: 200, json: { blob: { $type: 'blob', ref: { $link: cid }, mimeType: call.headers['content-type'], size: call.body.length } } };
      }
      case 'com.atproto.repo.deleteRecord':
        this.records.delete(`at://${String(body['repo'])}/${String(body['collection'])}/${String(body['rkey'])}`);
        return { status: 200, json: {} };
      case 'com.atproto.repo.putRecord': return this.putRecord(body as { collection: string; rkey: string; record: StoredRecord['value'] });
      default: return { status: 501, json: { error: 'MethodNotImplemented', message: method } };
    }
  }

  private async putRecord(body: { collection: string; rkey: string; record: StoredRecord['value'] }): Promise<Reply> {
    const failing = this.failing();
    if (failing !== undefined) return failing;
    if (!/^[234567abcdefghij][234567a-z]{12}$/u.test(body.rkey)) return { status: 400, json: { error: 'InvalidRequest', message: `not a TID: ${body.rkey}` } };
    const text = body.record.text ?? '';
    if ([...new Intl.Segmenter('en').segment(text)].length > 300) return { status: 400, json: { error: 'InvalidRequest', message: 'Invalid app.bsky.feed.post record: Record/text must not be longer than 300 graphemes' } };
    const uri = `at://${this.me.did}/${body.collection}/${body.rkey}`;
    const isNew = !this.records.has(uri);
    const { cid } = this.put(this.me, body.collection, body.rkey, body.record);
    this.puts.push(uri);
    if (isNew && body.collection === 'app.bsky.feed.post') {
      const images = ((body.record.embed as { images?: { image: { ref: { $link: string } } }[] } | undefined)?.images ?? []).map(({ image }) => this.blobs.get(image.ref.$link)?.length ?? 0);
      this.posted.push({ id: uri, text, thread: body.record.reply?.root.uri ?? uri, files: images, ...(body.record.reply === undefined ? {} : { answers: body.record.reply.parent.uri }) });
    }
    return this.sent(uri, { uri, cid, validationStatus: 'valid' });
  }

  private async chatMethod(method: string, query: Record<string, string>, body: Record<string, unknown>): Promise<Reply> {
    const convo = this.convos.get(query['convoId'] ?? String(body['convoId']));
    if (method === 'chat.bsky.convo.listConvos') return { status: 200, json: { convos: [...this.convos.values()].sort((a, b) => (a.rev < b.rev ? 1 : -1)).slice(0, Number(query['limit'] ?? 50)) } };
    if (method === 'chat.bsky.convo.getLog') {
      const page = this.log.filter(({ rev }) => rev > (query['cursor'] ?? '')).slice(0, 50);
      for (const { rev } of page) this.told.add(rev);
      return { status: 200, json: { cursor: page.at(-1)?.rev ?? query['cursor'] ?? this.nextRev(), logs: page } };
    }
    if (convo === undefined) return { status: 400, json: { error: 'InvalidConvo', message: 'Convo not found' } };
    switch (method) {
      case 'chat.bsky.convo.getConvo': return { status: 200, json: { convo } };
      case 'chat.bsky.convo.getMessages': return { status: 200, json: { messages: [...convo.messages].reverse() } };
      case 'chat.bsky.convo.sendMessage': {
        const failing = this.failing();
        if (failing !== undefined) return failing;
        const message = this.say(convo.id, this.me, body['message'] as { text: string });
        this.posted.push({ id: `chat/${convo.id}/${message.id}`, text: message.text, thread: convo.id, files: [] });
        return this.sent(message.rev, message);
      }
      case 'chat.bsky.convo.addReaction': case 'chat.bsky.convo.removeReaction':
        this.react(convo.id, String(body['messageId']), { by: this.me, emoji: String(body['value']), on: method.includes('add') });
        return { status: 200, json: { message: {} } };
      default: return { status: 501, json: { error: 'MethodNotImplemented', message: method } };
    }
  }

  react(convoId: string, messageId: string, how: { by: Profile; emoji: string; on: boolean }): string {
    const rev = this.nextRev();
    const message = this.convos.get(convoId)?.messages.find(({ id }) => id === messageId);
    this.log.push({ $type: `chat.bsky.convo.defs#log${how.on ? 'Add' : 'Remove'}Reaction`, rev, convoId, message, reaction: { value: how.emoji, sender: { did: how.by.did }, createdAt: new Date().toISOString() } });
    return rev;
  }
}
