import type { Person, Received } from '../../contract/fake-platform.js';
import { type Call, type Reply, startLoopbackServer } from './loopback-server.js';

export interface Account {
  id: string;
  acct: string;
  username: string;
  display_name: string;
  url: string;
  avatar: string;
  bot: boolean;
}

export interface Status {
  id: string;
  created_at: string;
  edited_at: string | null;
  in_reply_to_id: string | null;
  in_reply_to_account_id: string | null;
  visibility: string;
  spoiler_text: string;
  language: string;
  content: string;
  account: Account;
  mentions: { id: string; acct: string; username: string; url: string }[];
  media_attachments: { id: string; type: string; url: string; meta: object }[];
}

type Failing = { status: number; error: string; headers?: Record<string, string> } | 'lost_answer';

/** A Mastodon server with one account of ours: statuses, notifications and media as its REST API shows them. */
export class MastodonServer {
  readonly statuses: Status[] = [];
  readonly notifications: { id: string; type: string; created_at: string; account?: Account; status?: Status }[] = [];
  readonly posted: { key: string | undefined; status: Status; plain: string }[] = [];
  /** Bodies of changes to our own statuses. */
  readonly edited: { status: string; media_ids?: string[] }[] = [];
  readonly media = new Map<string, { name: string; bytes: Buffer }>();
  /** Ids that were in an answer: the adapter has read them. */
  readonly told = new Set<string>();
  readonly calls: { method: string; path: string; query: string }[] = [];
  /** Given again with the next page, whatever was asked for. */
  readonly replay = new Set<string>();
  token = 'a-token-of-velowerk';
  failNext: Failing | undefined;
  /** Resolves before a posted status is answered. */
  beforeAnswer: ((status: Status) => Promise<void>) | undefined;
  private next = 1_000;
  private readonly keys = new Map<string, Status>();
  private server: Awaited<ReturnType<typeof startLoopbackServer>> | undefined;

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

  newId(): string {
    this.next += 1;
    return String(this.next);
  }

  get me(): Account {
    return this.account({ id: 'velowerk', name: 'Velowerk' }, { local: true });
  }

  account(person: Person, options: { bot?: boolean; local?: boolean } = {}): Account {
    const username = person.id.replaceAll('-', '_');
    const acct = options.local === true ? username : `${username}@rad.example`;
    return { id: `acc-${person.id}`, acct, username, display_name: person.name, url: `https://rad.example/@${username}`, avatar: `${this.url}/avatars/${username}.png`, bot: options.bot === true };
  }

  add(status: Partial<Status> & Pick<Status, 'account' | 'content'>): Status {
    const full: Status = {
      id: this.newId(), created_at: new Date().toISOString(), edited_at: null, in_reply_to_id: null, in_reply_to_account_id: null,
      visibility: 'public', spoiler_text: '', language: 'de', mentions: [], media_attachments: [], ...status,
    };
    this.statuses.push(full);
    return full;
  }

  notify(type: string, facts: { account?: Account; status?: Status }): string {
    const id = this.newId();
    this.notifications.push({ id, type, created_at: new Date().toISOString(), ...facts });
    return id;
  }

  received(): Received[] {
    return this.posted.map(({ status, plain }) => ({
      conversation: '', text: plain.replace(/^@\S+ ?/u, ''), externalId: status.id,
      files: status.media_attachments.map(({ id }) => ({ name: this.media.get(id)?.name ?? '', bytes: this.media.get(id)?.bytes.length ?? 0 })),
      ...(status.in_reply_to_id === null ? {} : { answers: status.in_reply_to_id }),
    }));
  }

  private async answer(call: Call): Promise<Reply> {
    this.calls.push({ method: call.method, path: call.path, query: call.query.toString() });
    const file = /^\/files\/([^/]+)/u.exec(call.path);
    if (file !== null) return call.headers.authorization === undefined ? { status: 200, body: this.media.get(file[1] ?? '')?.bytes ?? Buffer.alloc(0) } : { status: 500, json: { error: 'the token came along' } };
    if (call.headers.authorization !== `Bearer ${this.token}`) return { status: 401, json: { error: 'The access token is invalid' } };
    if (call.path === '/api/v1/accounts/verify_credentials') return { status: 200, json: this.me };
    if (call.path === '/api/v1/apps/verify_credentials') return { status: 200, json: { name: 'Rapport', scopes: ['read', 'write:statuses', 'write:media', 'write:favourites'] } };
    if (call.path === '/api/v2/instance') return { status: 200, json: { domain: 'velowerk.example', thumbnail: { url: `${this.url}/thumb.png` }, configuration: { statuses: { max_characters: 500, max_media_attachments: 4, characters_reserved_per_url: 23 }, media_attachments: { image_size_limit: 16_777_216 } } } };
    if (call.path === '/api/v1/notifications') return { status: 200, json: this.page(this.notifications, call) };
    if (call.path === `/api/v1/accounts/${this.me.id}/statuses`) return { status: 200, json: this.page(this.statuses.filter(({ account }) => account.id === this.me.id), call) };
    if (call.path === '/api/v2/media') return this.takeMedia(call);
    if (call.path === '/api/v1/statuses' && call.method === 'GET') return { status: 200, json: this.statuses.filter(({ id }) => call.query.getAll('id[]').includes(id)) };
    if (call.path === '/api/v1/statuses') return this.post(call);
    return this.one(call);
  }

  private page<T extends { id: string }>(list: T[], call: Call): T[] {
    const [min, max, limit] = [call.query.get('min_id'), call.query.get('max_id'), Number(call.query.get('limit') ?? 20)];
    const page = list.filter(({ id }) => this.replay.delete(id) || (min === null || Number(id) > Number(min)) && (max === null || Number(id) < Number(max)));
    const cut = min === null ? page.slice(-limit) : page.slice(0, limit);
    if (min !== null || limit > 1) for (const { id } of cut) this.told.add(id);
    return cut.reverse();
  }

  private one(call: Call): Reply {
    const match = /^\/api\/v1\/statuses\/([\w-]+)(?:\/(\w+))?$/u.exec(call.path);
    const status = this.statuses.find(({ id }) => id === match?.[1]);
    if (match === null || status === undefined) return { status: 404, json: { error: 'Record not found' } };
    if (match[2] === 'context') return { status: 200, json: { ancestors: this.ancestorsOf(status), descendants: [] } };
    if (call.method === 'DELETE') this.statuses.splice(this.statuses.indexOf(status), 1);
    if (call.method === 'PUT') {
      const body = call.json as { status: string; media_ids?: string[] };
      this.edited.push(body);
      this.change(status, body.status);
    }
    return { status: 200, json: status };
  }

  ancestorsOf(status: Status): Status[] {
    const parent = this.statuses.find(({ id }) => id === status.in_reply_to_id);
    return parent === undefined ? [] : [...this.ancestorsOf(parent), parent];
  }

  change(status: Status, text: string): void {
    status.content = text.startsWith('<') ? text : this.html(text, status.mentions);
    status.edited_at = new Date().toISOString();
  }

  private takeMedia(call: Call): Reply {
    const text = call.body.toString('latin1');
    const name = /filename="([^"]*)"/u.exec(text)?.[1] ?? '';
    const from = text.indexOf('\r\n\r\n') + 4;
    const id = this.newId();
    this.media.set(id, { name, bytes: call.body.subarray(from, text.lastIndexOf('\r\n--')) });
    return { status: 200, json: { id, type: 'image', url: `${this.url}/files/${id}/${name}` } };
  }

  private async post(call: Call): Promise<Reply> {
    const failing = this.failNext;
    this.failNext = undefined;
    if (failing !== undefined && failing !== 'lost_answer') return { status: failing.status, json: { error: failing.error }, headers: { date: new Date().toUTCString(), ...failing.headers } };
    const body = call.json as { status: string; visibility: string; in_reply_to_id?: string; spoiler_text?: string; media_ids?: string[] };
    if ([...new Intl.Segmenter('en').segment(body.status)].length > 520) return { status: 422, json: { error: 'Validation failed: Text character limit of 500 exceeded' } };
    const key = call.headers['idempotency-key'] as string | undefined;
    const known = key === undefined ? undefined : this.keys.get(key);
    if (known !== undefined) return { status: 200, json: known };
    const parent = this.statuses.find(({ id }) => id === body.in_reply_to_id);
    if (body.in_reply_to_id !== undefined && parent === undefined) return { status: 404, json: { error: 'The post you are trying to reply to does not appear to exist.' } };
    const people = [...new Map(this.statuses.map(({ account }) => [account.acct, account])).values()];
    const mentions = people.filter(({ acct }) => new RegExp(`(?<![\\w@])@${acct}(?![\\w@])`, 'u').test(body.status)).map(({ id, acct, username, url }) => ({ id, acct, username, url }));
    const status = this.add({
      account: this.me, content: this.html(body.status, mentions), visibility: body.visibility, spoiler_text: body.spoiler_text ?? '', mentions,
      in_reply_to_id: body.in_reply_to_id ?? null, in_reply_to_account_id: parent?.account.id ?? null,
      media_attachments: (body.media_ids ?? []).map((id) => ({ id, type: 'image', url: `${this.url}/files/${id}/x`, meta: {} })),
    });
    this.posted.push({ key, status, plain: body.status });
    if (key !== undefined) this.keys.set(key, status);
    await this.beforeAnswer?.(status);
    return failing === 'lost_answer' ? 'hang_up' : { status: 200, json: status };
  }

  /** As Mastodon writes it: paragraphs, breaks, mentions and links as anchors. */
  html(text: string, mentions: Status['mentions']): string {
    const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
    const linked = escaped.replace(/https?:\/\/[^\s&]+/gu, (url) => `<a href="${url}" target="_blank" rel="nofollow noopener"><span class="invisible">https://</span><span class="">${url.replace(/^https?:\/\//u, '')}</span></a>`);
    const named = mentions.reduce((all, { acct, username, url }) => all.replaceAll(`@${acct}`, `<span class="h-card" translate="no"><a href="${url}" class="u-url mention">@<span>${username}</span></a></span>`), linked);
    return named.split(/\n{2,}/u).map((paragraph) => `<p>${paragraph.replaceAll('\n', '<br />')}</p>`).join('');
  }
}
