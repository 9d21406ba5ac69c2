import { previewOf } from '../append-message.js';
import type { Work } from '../core.js';
import type { Millis } from '../model/common.js';
import type { Conversation, ConversationStatus } from '../model/conversation.js';
import type { Message } from '../model/message.js';
import type { Patch } from '../stores.js';

const pageSize = 500;

interface Brief {
  id: string;
  at: Millis;
  seq: number;
}

/** What a conversation is like once everything is in its place. */
interface Whole {
  messages: Brief[];
  firstIn?: Message;
  lastIn?: Message;
  lastSaid?: Message;
  /** The last word about its status, and who had it at the end. */
  closing?: Message;
  assigned?: Message;
  language?: string;
}

/**
 * Gives the messages of an imported conversation numbers in the order of their time, and the row what follows from that.
 * Lines may stand in a file in any order; nothing refers to the numbers yet, and those that stand right stay. What is
 * moved goes behind the last number first, then to its own, so that the order is right at every moment in between.
 */
export async function putInOrder(work: Pick<Work, 'c'>, row: Conversation): Promise<Patch<Conversation>> {
  const whole = await readWhole(work, row._id);
  const sorted = [...whole.messages].sort((a, b) => a.at - b.at || a.seq - b.seq);
  const from = sorted.findIndex((message, at) => message.seq !== at + 1);
  if (from >= 0) await renumber(work, sorted, from);
  const seqOf = new Map(sorted.map((message, at) => [message.id, at + 1]));
  return rowOf(row, { whole, seqOf, count: sorted.length, endAt: sorted.at(-1)?.at ?? row.createdAt, beginAt: sorted[0]?.at ?? row.createdAt });
}

async function readWhole(work: Pick<Work, 'c'>, conversationId: string): Promise<Whole> {
  const whole: Whole = { messages: [] };
  for (let after = 0; ;) {
    const page = await work.c.messages.page(conversationId, { after, limit: pageSize });
    for (const message of page) note(whole, message);
    after = page.at(-1)?.seq ?? after;
    if (page.length < pageSize) return whole;
  }
}

function note(whole: Whole, message: Message): void {
  whole.messages.push({ id: message._id, at: message.at, seq: message.seq });
  const later = (known: Message | undefined): boolean => known === undefined || known.at <= message.at;
  if (message.kind === 'in') {
    if (whole.firstIn === undefined || message.at < whole.firstIn.at) whole.firstIn = message;
    if (later(whole.lastIn)) whole.lastIn = message;
    if (message.language !== undefined) whole.language ??= message.language;
  }
  if (message.kind !== 'event' && later(whole.lastSaid)) whole.lastSaid = message;
  const type = message.step?.type;
  if ((type === 'resolved' || type === 'reopened' || type === 'snoozed' || type === 'status_changed') && later(whole.closing)) whole.closing = message;
  if (type === 'assigned' && later(whole.assigned)) whole.assigned = message;
}

async function renumber(work: Pick<Work, 'c'>, sorted: readonly Brief[], from: number): Promise<void> {
  const top = sorted.reduce((most, message) => Math.max(most, message.seq), sorted.length);
  const moved = sorted.slice(from);
  for (const [at, message] of moved.entries()) await work.c.messages.change(message.id, { set: { seq: top + 1 + at } });
  for (const [at, message] of moved.entries()) await work.c.messages.change(message.id, { set: { seq: from + 1 + at } });
}

function rowOf(row: Conversation, now: { whole: Whole; seqOf: ReadonlyMap<string, number>; count: number; beginAt: Millis; endAt: Millis }): Patch<Conversation> {
  const { whole: { firstIn, lastIn, lastSaid, closing, assigned, language }, seqOf, count } = now;
  const status = statusAfter(closing);
  const resolved = closing?.step?.type === 'resolved' && (lastIn === undefined || lastIn.at <= closing.at);
  const data = assigned?.step?.data ?? {};
  const assigneeId = typeof data['assigneeId'] === 'string' ? data['assigneeId'] : undefined;
  const teamId = typeof data['teamId'] === 'string' ? data['teamId'] : undefined;
  return {
    set: {
      lastSeq: count, readSeq: count, lastInSeq: lastIn === undefined ? 0 : seqOf.get(lastIn._id) ?? 0, lastMessageAt: now.endAt, talkedAt: now.endAt, createdAt: now.beginAt, status,
      ...(lastIn === undefined ? {} : { lastInAt: lastIn.at }),
      ...(lastSaid === undefined ? {} : { preview: { text: previewOf(lastSaid), by: lastSaid.author.type, name: lastSaid.author.name } }),
      ...(resolved ? { resolvedAt: closing.at } : {}),
      ...(assigneeId === undefined ? {} : { assigneeId }),
      ...(teamId === undefined ? {} : { teamId }),
      ...(row.language !== undefined || language === undefined ? {} : { language }),
      facts: { ...row.facts, firstAt: firstIn?.at ?? now.beginAt },
    },
    unset: [...(resolved ? [] : ['resolvedAt' as const]), ...(assigneeId === undefined ? ['assigneeId' as const] : [])],
  };
}

/** History rests, unless its last word about it is that it was taken up again. What an agent decided here since then stays. */
function statusAfter(closing: Message | undefined): ConversationStatus {
  const chosen = closing?.step?.data?.['status'];
  switch (closing?.step?.type) {
    case 'reopened': case 'snoozed': return 'open';
    case 'status_changed': return chosen === 'spam' || chosen === 'pending' || chosen === 'open' ? chosen : 'resolved';
    default: return 'resolved';
  }
}
