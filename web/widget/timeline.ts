import type { Outgoing } from './outbox.js';
import type { Conversation, Message } from './protocol.js';

/** One thing in the list of what was said; `key` stays with it, `look` changes when it must be drawn anew. */
export type Row =
  | { kind: 'day'; key: string; at: number }
  | { kind: 'line'; key: string; line: NonNullable<Message['line']> | 'takes_over'; name?: string }
  | { kind: 'message'; key: string; message: Message; who: boolean; mark?: 'delivered' | 'seen' }
  | { kind: 'outgoing'; key: string; message: Outgoing }
  | { kind: 'choices'; key: string; choices: string[] };

const newGroupAfterMs = 10 * 60 * 1000;

/** What was said, in order, without gap or double, however it arrived. No DOM, no clock. */
export class Timeline {
  private messages = new Map<string, Message>();
  private conversations = new Map<string, Conversation>();
  private outgoing: Outgoing[] = [];
  private sorted: Message[] | undefined;
  private base = new Map<string, number>();

  /** `false` when it was there already. A message of ours takes the place of the one that was on its way. */
  add(message: Message): boolean {
    const key = keyOf(message);
    const isNew = !this.messages.has(key);
    this.messages.set(key, message);
    this.sorted = undefined;
    if (message.clientId !== undefined) this.removeOutgoing(message.clientId);
    return isNew;
  }

  setConversations(conversations: readonly Conversation[]): void {
    for (const conversation of conversations) {
      const known = this.conversations.get(conversation.id);
      this.conversations.set(conversation.id, { ...conversation, readSeq: Math.max(conversation.readSeq, known?.readSeq ?? 0) });
    }
    this.sorted = undefined;
  }

  addOutgoing(message: Outgoing): void {
    if (this.isKnown(message.clientId)) return;
    this.outgoing = [...this.outgoing, message];
  }

  changeOutgoing(clientId: string, state: Outgoing['state']): void {
    this.outgoing = this.outgoing.map((message) => (message.clientId === clientId ? { ...message, state } : message));
  }

  removeOutgoing(clientId: string): void {
    this.outgoing = this.outgoing.filter((message) => message.clientId !== clientId);
  }

  pending(): readonly Outgoing[] {
    return this.outgoing;
  }

  isEmpty(): boolean {
    return this.messages.size === 0 && this.outgoing.length === 0;
  }

  hasOwn(): boolean {
    return this.outgoing.length > 0 || this.inOrder().some((message) => message.by === 'you');
  }

  /** How far the server says it has told everything. */
  caughtUp(cursor: string): void {
    this.base = new Map(cursor.split(',').filter(Boolean).map((part) => [part.slice(0, part.lastIndexOf(':')), Number(part.slice(part.lastIndexOf(':') + 1))]));
  }

  /** `conversationId:seq` of the newest message of each conversation. */
  cursor(): string | undefined {
    const newest = new Map(this.base);
    for (const { conversationId, seq } of this.messages.values()) newest.set(conversationId, Math.max(seq, newest.get(conversationId) ?? 0));
    return newest.size === 0 ? undefined : [...newest].map(([id, seq]) => `${id}:${seq}`).join(',');
  }

  oldest(): Message | undefined {
    return this.inOrder()[0];
  }

  /** Per conversation the newest message from the other side, if the visitor has not read it. */
  unreadEnds(): { conversationId: string; seq: number }[] {
    const ends = new Map<string, number>();
    for (const message of this.unreadMessages()) ends.set(message.conversationId, Math.max(message.seq, ends.get(message.conversationId) ?? 0));
    return [...ends].map(([conversationId, seq]) => ({ conversationId, seq }));
  }

  unread(): number {
    return this.unreadMessages().length;
  }

  markRead(conversationId: string, seq: number): void {
    const known = this.conversations.get(conversationId) ?? { id: conversationId, startedAt: 0, seenSeq: 0, readSeq: 0 };
    this.conversations.set(conversationId, { ...known, readSeq: Math.max(seq, known.readSeq) });
  }

  /** Everything to draw, oldest first. `dayOf` gives equal texts for times on the same day. */
  rows(dayOf: (at: number) => string): Row[] {
    const rows: Row[] = [];
    const messages = this.inOrder();
    const marked = lastOf(messages, (message) => message.by === 'you');
    let previous: Message | undefined;
    let spoken: Message | undefined;
    for (const message of messages) {
      if (previous === undefined || dayOf(previous.at) !== dayOf(message.at)) rows.push({ kind: 'day', key: `day ${keyOf(message)}`, at: message.at });
      // Who takes over says more than that somebody does.
      if (takesOver(message, spoken) && isHandOver(rows.at(-1))) rows.pop();
      if (takesOver(message, spoken)) rows.push({ kind: 'line', key: `over ${keyOf(message)}`, line: 'takes_over', ...(message.name === undefined ? {} : { name: message.name }) });
      rows.push(this.rowOf(message, { previous, isMarked: message === marked && this.outgoing.length === 0 }));
      if (message.by !== 'line' && message.by !== 'you') spoken = message;
      previous = message;
    }
    const choices = this.outgoing.length === 0 ? openChoices(messages) : undefined;
    if (choices !== undefined && previous !== undefined) rows.push({ kind: 'choices', key: `choices ${keyOf(previous)}`, choices });
    for (const message of this.outgoing) rows.push({ kind: 'outgoing', key: `client ${message.clientId}`, message });
    return rows;
  }

  private rowOf(message: Message, near: { previous: Message | undefined; isMarked: boolean }): Row {
    if (message.by === 'line') return { kind: 'line', key: keyOf(message), line: message.line ?? 'handed_over' };
    const { previous } = near;
    const who = message.by !== 'you' && (previous === undefined || previous.by !== message.by || previous.name !== message.name || message.at - previous.at > newGroupAfterMs);
    const seen = (this.conversations.get(message.conversationId)?.seenSeq ?? 0) >= message.seq;
    // A message of ours keeps the key it had on its way, so that it does not blink when it has arrived.
    const key = message.clientId === undefined ? keyOf(message) : `client ${message.clientId}`;
    return { kind: 'message', key, message, who, ...(near.isMarked ? { mark: seen ? 'seen' as const : 'delivered' as const } : {}) };
  }

  private unreadMessages(): Message[] {
    return this.inOrder().filter((message) => message.by !== 'you' && message.by !== 'line' && message.seq > (this.conversations.get(message.conversationId)?.readSeq ?? 0));
  }

  private isKnown(clientId: string): boolean {
    return this.outgoing.some((message) => message.clientId === clientId) || [...this.messages.values()].some((message) => message.clientId === clientId);
  }

  private inOrder(): Message[] {
    const start = (message: Message): number => this.conversations.get(message.conversationId)?.startedAt ?? Number.MAX_SAFE_INTEGER;
    this.sorted ??= [...this.messages.values()].sort((a, b) => start(a) - start(b) || compare(a.conversationId, b.conversationId) || a.seq - b.seq);
    return this.sorted;
  }
}

/** A person begins to speak after somebody else did. */
function takesOver(message: Message, spoken: Message | undefined): boolean {
  return message.by === 'agent' && spoken !== undefined && (spoken.by !== 'agent' || spoken.name !== message.name);
}

function isHandOver(row: Row | undefined): boolean {
  return row?.kind === 'line' && row.line === 'handed_over';
}

/** Quick replies of the last thing said, while nobody has answered it. */
function openChoices(messages: readonly Message[]): string[] | undefined {
  return lastOf(messages, (message) => message.by !== 'line')?.choices;
}

function lastOf<T>(items: readonly T[], test: (item: T) => boolean): T | undefined {
  for (let index = items.length - 1; index >= 0; index -= 1) {
    const item = items[index];
    if (item !== undefined && test(item)) return item;
  }
  return undefined;
}

function keyOf(message: Message): string {
  return `${message.conversationId}:${message.seq}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
