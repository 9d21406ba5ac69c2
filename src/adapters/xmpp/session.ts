import { randomBytes } from 'node:crypto';
import { AppError } from '../../errors.js';
import type { ConnectionHost } from '../contract/abilities.js';
import type { InboundEvent } from '../../inbox/model/event.js';
import { Archives, type Archived } from './archive.js';
import type { XmppSettings } from './config.js';
import { chatId } from './ids.js';
import { bareJid } from './jid.js';
import type { Link } from './link.js';
import { Memory } from './memory.js';
import { parse, type ParseContext, type Parsed } from './parse.js';
import { followRoom, joinRooms } from './rooms.js';
import { attr, element, ns, type Stanza } from './stanza.js';
import { carbonOf, stanzaIdBy } from './verify.js';

const retryStoreMs = 1_000;
const batchMax = 200;
/** The server's clock may be behind ours. */
const clocksApartMs = 10_000;

interface Pending {
  parsed: Parsed;
  archive?: { room: string; id: string };
}

interface Cursor {
  since?: number;
  /** The last post that is in the ledger: by room, and of the account itself under ''. */
  archives: Record<string, string>;
}

/** What an account says and hears while it is connected: from stanzas to the ledger, in order, and the cursor behind it. */
export class Session {
  readonly memory = new Memory();
  readonly archives = new Archives();
  private readonly pending: Pending[] = [];
  private running: Promise<void> | undefined;
  private count = 0;
  /** Unlike that of every other session. */
  private readonly mark = randomBytes(9).toString('base64url');
  /** Archives that are read up to now: only then does what is said live move their cursor. */
  private readonly caughtUp = new Set<string>();
  private isStopped = false;
  private cursor: Cursor | undefined;
  private wake: (() => void) | undefined;

  constructor(private readonly deps: { channelId: string; settings: XmppSettings; host: ConnectionHost; link: Link; crashAt: (point: string) => void }) {
    deps.link.onStanza = (stanza) => this.heard(stanza);
    deps.link.onLate = (stanza) => this.late(stanza);
  }

  /** After each connection that goes on with nothing: tells that we are here, and reads what was said meanwhile. */
  async begin(): Promise<void> {
    const { link, settings } = this.deps;
    this.caughtUp.clear();
    const since = await this.since();
    await link.request('set', undefined, element('enable', { xmlns: ns.carbons })).catch((error: unknown) => this.note(error, 'copies of what other devices send are not to be had'));
    await link.send(element('presence', {}));
    await joinRooms(link, settings, this.memory);
    await this.backFill(since);
  }

  /** Everything that the archives have and the cursor has not. */
  async backFill(since: number): Promise<{ found: number; complete: boolean; note?: string }> {
    const { settings } = this.deps;
    let found = 0;
    const without: string[] = [];
    for (const room of ['', ...settings.rooms]) {
      try {
        found += await this.readArchive(room, since);
        this.caughtUp.add(room);
      } catch (error) {
        without.push(room === '' ? 'the account' : room);
        this.note(error, 'an archive could not be read');
      }
    }
    return { found, complete: without.length === 0, ...(without.length === 0 ? {} : { note: `No archive to be read of: ${without.join(', ')}.` }) };
  }

  /** Resolves when all that was heard is in the ledger, or given up because of the stop. */
  async stop(): Promise<void> {
    this.isStopped = true;
    this.wake?.();
    await this.running;
  }

  private async readArchive(room: string, since: number): Promise<number> {
    const { link, settings } = this.deps;
    const after = (await this.readCursor()).archives[room];
    return this.archives.read(link, {
      own: settings.jid, from: { since, ...(after === undefined ? {} : { after }) }, ...(room === '' ? {} : { room }),
      onPage: async (page) => {
        const events = page.flatMap((each) => this.archived(each, room));
        if (!(await this.intoLedger(events))) throw new AppError('store_unavailable', 'stopped before the store took it');
        this.deps.crashAt('stored');
        await this.advance({ [room]: page.at(-1)?.id ?? '' });
      },
    });
  }

  private archived(post: Archived, room: string): InboundEvent[] {
    // A room's lines are read from the room's own archive.
    if (room === '' && attr(post.message, 'type') === 'groupchat') return [];
    if (room === '') this.memory.noteMessage(post.message, this.deps.settings.jid);
    return parse(post.message, this.context({ id: post.id, ...(post.at === undefined ? {} : { at: post.at }) })).events;
  }

  private heard(stanza: Stanza): void {
    if (this.archives.take(stanza)) return;
    if (stanza.name === 'presence') this.presence(stanza);
    if (stanza.name !== 'message') return;
    const { settings, host } = this.deps;
    const carbon = carbonOf(stanza, settings.jid);
    const message = carbon === undefined || carbon === 'forged' ? stanza : carbon.message;
    this.memory.noteMessage(message, settings.jid);
    const parsed = parse(stanza, this.context());
    this.noteAuthor(stanza, parsed);
    if (parsed.typing !== undefined) host.typing(parsed.typing);
    if (parsed.events.length === 0) return;
    const room = attr(stanza, 'type') === 'groupchat' ? bareJid(attr(stanza, 'from')) ?? '' : '';
    const id = stanzaIdBy(message, room === '' ? settings.jid : room);
    this.pending.push({ parsed, ...(id === undefined ? {} : { archive: { room, id } }) });
    this.running ??= this.drain();
  }

  /** A retraction is believed of whoever wrote the post; so it is kept who did. */
  private noteAuthor(stanza: Stanza, parsed: Parsed): void {
    const room = attr(stanza, 'type') === 'groupchat' ? bareJid(attr(stanza, 'from')) : undefined;
    const id = room === undefined ? undefined : stanzaIdBy(stanza, room);
    const [event] = parsed.events;
    if (room !== undefined && id !== undefined && event?.type === 'message') this.memory.noteAuthor(room, id, event.direction === 'out' ? 'us' : event.thread.key.slice('room '.length));
  }

  private presence(stanza: Stanza): void {
    const { link, host } = this.deps;
    const from = attr(stanza, 'from');
    // Whoever adds us wants to see that we are there.
    if (attr(stanza, 'type') === 'subscribe' && from !== undefined) void link.send(element('presence', { to: bareJid(from), type: 'subscribed' })).catch((error: unknown) => this.note(error, 'a contact request was not answered'));
    followRoom(stanza, link, this.memory).then((change) => {
      if (change === undefined) return;
      host.log.info({ room: change.room, is: change.is, reason: change.reason }, 'a room');
      if (change.is === 'joined') host.report({ state: 'ok' });
      else host.report({ state: 'trouble', text: change.is === 'left' ? `We were put out of the room ${change.room}.` : `The room ${change.room} does not let us in: ${change.reason ?? ''}.` });
    }, (error: unknown) => this.note(error, 'a room could not be followed'));
  }

  private late(stanza: Stanza): void {
    const { channelId, host } = this.deps;
    const [id, to] = [attr(stanza, 'id'), bareJid(attr(stanza, 'to'))];
    if (id === undefined || to === undefined) return;
    const event: InboundEvent = { type: 'delivery', channelId, eventId: `taken ${to} ${id}`, receivedAt: host.clock(), verifiedBy: 'connection', targets: [chatId('out', to, id)], state: 'sent', reason: 'the server has it' };
    this.pending.push({ parsed: { events: [event] } });
    this.running ??= this.drain();
  }

  private async drain(): Promise<void> {
    while (this.pending.length > 0 && !this.isStopped) {
      const batch = this.pending.slice(0, batchMax);
      if (!(await this.intoLedger(batch.flatMap(({ parsed }) => parsed.events)))) break;
      this.pending.splice(0, batch.length);
      this.deps.crashAt('stored');
      const moved = Object.fromEntries(batch.flatMap(({ archive }) => (archive === undefined || !this.caughtUp.has(archive.room) ? [] : [[archive.room, archive.id]])));
      if (Object.keys(moved).length > 0) await this.advance(moved).catch((error: unknown) => this.note(error, 'the cursor could not be moved'));
      for (const { parsed } of batch) if (parsed.wantsReceipt !== undefined) this.tellArrival(parsed.wantsReceipt);
    }
    this.running = undefined;
  }

  /** "It arrived" is only said of what is durable. */
  private tellArrival(wanted: { to: string; id: string }): void {
    const receipt = element('message', { to: wanted.to, type: 'chat' }, element('received', { xmlns: ns.receipts, id: wanted.id }), element('store', { xmlns: ns.hints }));
    this.deps.link.send(receipt).catch((error: unknown) => this.note(error, 'a receipt could not be sent'));
  }

  /** `false`: stopped before the store took it. */
  private async intoLedger(events: InboundEvent[]): Promise<boolean> {
    for (;;) {
      if (events.length === 0) return true;
      try {
        await this.deps.host.sink(events);
        return true;
      } catch (error) {
        this.note(error, 'the store does not take messages at the moment');
      }
      if (this.isStopped) return false;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, retryStoreMs);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      if (this.isStopped) return false;
    }
  }

  private context(archived?: ParseContext['archived']): ParseContext {
    const { channelId, settings, host } = this.deps;
    this.count += 1;
    return {
      channelId, receivedAt: host.clock(), own: settings.jid, mark: archived === undefined ? `${this.mark}.${this.count}` : `archive ${archived.id}`, order: this.count, roomMessages: settings.roomMessages,
      nickIn: (room) => this.memory.rooms.get(room)?.nick,
      occupant: (room, nick) => this.memory.rooms.get(room)?.people.get(nick),
      wasSent: (id) => this.memory.wasSent(id),
      authorOf: (room, id) => this.memory.authorOf(room, id),
      ...(archived === undefined ? {} : { archived }),
    };
  }

  /** When the account was first connected: nothing older is brought in. */
  private async since(): Promise<number> {
    const cursor = await this.readCursor();
    if (cursor.since === undefined) {
      cursor.since = this.deps.host.clock() - clocksApartMs;
      await this.deps.host.setCursor({ since: cursor.since, archives: cursor.archives });
    }
    return cursor.since;
  }

  private async advance(moved: Record<string, string>): Promise<void> {
    const cursor = await this.readCursor();
    Object.assign(cursor.archives, moved);
    await this.deps.host.setCursor({ since: cursor.since ?? this.deps.host.clock(), archives: { ...cursor.archives } });
  }

  private async readCursor(): Promise<Cursor> {
    if (this.cursor !== undefined) return this.cursor;
    const stored = await this.deps.host.getCursor();
    return (this.cursor ??= { archives: archiveIds(stored), ...(typeof stored['since'] === 'number' ? { since: stored['since'] } : {}) });
  }

  private note(error: unknown, text: string): void {
    const condition = (error as { condition?: unknown }).condition;
    this.deps.host.log.warn({ channelId: this.deps.channelId, reason: typeof condition === 'string' ? condition : String(error) }, text);
  }
}

function archiveIds(cursor: Record<string, unknown>): Record<string, string> {
  const { archives } = cursor;
  return typeof archives === 'object' && archives !== null ? Object.fromEntries(Object.entries(archives).filter((entry): entry is [string, string] => typeof entry[1] === 'string')) : {};
}
