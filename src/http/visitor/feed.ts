import type { Notice } from '../../inbox/ports.js';
import type { Cursor } from './cursor.js';
import { writeCursor } from './cursor.js';
import type { VisitorReply } from './frames.js';
import { recentMessages } from './history.js';
import { VisitorPresenter } from './presenter.js';
import { ownConversations, type OwnConversation, type Visitor, type VisitorContext } from './visitor.js';

const pageSize = 100;

export interface FeedOptions {
  /** Absent: begin with the newest messages. */
  cursor?: Cursor;
  /** Resolves when the browser has taken it; nothing more is read from the store until then. */
  send(reply: VisitorReply): Promise<void>;
  fail(error: unknown): void;
}

/**
 * Everything one browser is told, without gap or double: what it missed since its cursor, then what happens. A notice only
 * wakes it; messages are always read from the store, by `seq`, through the same check as everywhere.
 */
export class VisitorFeed {
  private readonly presenter: VisitorPresenter;
  private readonly sent = new Map<string, number>();
  private readonly own = new Map<string, OwnConversation>();
  private readonly stops: (() => void)[] = [];
  private readonly followed = new Set<string>();
  private lastState = '';
  private started = false;
  private dirty = false;
  private busy = false;
  private stopped = false;

  constructor(private readonly context: VisitorContext, private readonly visitor: Visitor, private readonly options: FeedOptions) {
    this.presenter = new VisitorPresenter(context, visitor);
  }

  /** Sends the state, what was missed and `ready`; then goes on by itself until `stop`. Rejects when the store cannot answer. */
  async start(): Promise<void> {
    for (const identityId of this.visitor.identityIds) this.listen(`identity:${identityId}`);
    for (const own of await ownConversations(this.context, this.visitor)) this.learn(own);
    const more = this.options.cursor === undefined ? await this.begin() : await this.resume(this.options.cursor);
    await this.send({ type: 'ready', cursor: this.cursor(), more });
    this.started = true;
    this.wake();
  }

  /** Where a later feed may go on. */
  cursor(): string {
    return writeCursor(this.sent);
  }

  /** The conversation that a sign of life from this visitor belongs to. */
  newest(): OwnConversation | undefined {
    return this.inOrder().at(-1);
  }

  find(conversationId: string): OwnConversation | undefined {
    return this.own.get(conversationId);
  }

  stop(): void {
    this.stopped = true;
    for (const stop of this.stops.splice(0)) stop();
  }

  private async begin(): Promise<boolean> {
    const conversations = this.inOrder();
    await this.sendState();
    const { messages, more } = await recentMessages(this.context, conversations);
    const oldest = conversations.findIndex(({ row }) => row._id === messages[0]?.conversationId);
    conversations.forEach(({ row }, index) => this.sent.set(row._id, index < oldest ? row.lastSeq : 0));
    for (const message of messages) {
      const shown = await this.presenter.message(message);
      if (shown !== undefined) await this.send({ type: 'message', message: shown });
      this.sent.set(message.conversationId, Math.max(message.seq, this.sent.get(message.conversationId) ?? 0));
    }
    return more;
  }

  private async resume(cursor: Cursor): Promise<boolean> {
    for (const id of this.own.keys()) this.sent.set(id, cursor.get(id) ?? 0);
    await this.sendState();
    for (const own of this.inOrder()) await this.catchUp(own);
    return false;
  }

  private listen(topic: `identity:${string}` | `conversation:${string}`): void {
    this.stops.push(this.context.hub.listen(topic, (notice) => this.hear(notice)));
  }

  private hear(notice: Notice): void {
    if (notice.kind === 'conversation') {
      const identityId = this.visitor.identityIds.find((id) => id === notice.conversation.identityId);
      if (identityId === undefined) return;
      this.learn({ row: notice.conversation, identityId });
      this.wake();
    } else if (notice.kind === 'typing' && this.started) {
      this.tellTyping(notice).catch((error: unknown) => this.options.fail(error));
    }
  }

  private async tellTyping(notice: Notice & { kind: 'typing' }): Promise<void> {
    const name = (await this.presenter.agent(notice.who.id)) ?? (await this.presenter.companyName());
    await this.send({ type: 'typing', name, on: notice.on });
  }

  /** Keeps the newer of two rows: notices may overtake each other. */
  private learn(own: OwnConversation): void {
    const { _id, changeSeq } = own.row;
    if ((this.own.get(_id)?.row.changeSeq ?? -1) > changeSeq) return;
    this.own.set(_id, own);
    if (this.followed.has(_id)) return;
    this.followed.add(_id);
    this.listen(`conversation:${_id}`);
  }

  private wake(): void {
    this.dirty = true;
    if (!this.started || this.busy) return;
    this.busy = true;
    this.pump().catch((error: unknown) => this.options.fail(error)).finally(() => { this.busy = false; });
  }

  private async pump(): Promise<void> {
    while (this.dirty && !this.stopped) {
      this.dirty = false;
      await this.sendState();
      for (const own of this.inOrder()) await this.catchUp(own);
    }
  }

  private async catchUp({ row, identityId }: OwnConversation): Promise<void> {
    let from = this.sent.get(row._id) ?? 0;
    while (from < row.lastSeq && !this.stopped) {
      const page = await this.context.deps.inbox.messages(identityId, row._id, { afterSeq: from, limit: pageSize });
      // A page may be short because some of it is not for visitors: it still covers so many numbers.
      from += pageSize;
      for (const message of [...page].sort((a, b) => a.seq - b.seq)) {
        const shown = await this.presenter.message(message);
        if (shown !== undefined) await this.send({ type: 'message', message: shown });
        this.sent.set(row._id, message.seq);
        from = Math.max(from, message.seq);
      }
    }
  }

  private async sendState(): Promise<void> {
    const state = await this.presenter.state(this.inOrder());
    const text = JSON.stringify(state);
    if (text === this.lastState) return;
    this.lastState = text;
    await this.send(state);
  }

  private async send(reply: VisitorReply): Promise<void> {
    if (!this.stopped) await this.options.send(reply);
  }

  private inOrder(): OwnConversation[] {
    return [...this.own.values()].sort((a, b) => a.row.createdAt - b.row.createdAt || (a.row._id < b.row._id ? -1 : 1));
  }
}

