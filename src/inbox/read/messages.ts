import type { InboxReads, MessagePage, Viewer } from '../api.js';
import type { Core } from '../core.js';
import { recordsOf, rootOf } from '../clock/person.js';
import type { Conversation } from '../model/conversation.js';
import type { Message } from '../model/message.js';
import { maySee, seenConversation } from '../permission.js';
import { decodeCursor, encodeCursor } from './cursors.js';

type Query = Parameters<InboxReads['messages']>[2];

function timeCursor(message: Message): string {
  return encodeCursor([message.at, message._id]);
}

function seqCursor(message: Message): string {
  return encodeCursor([message.seq]);
}

/** One page of a conversation, by its own order; oldest first. */
export async function conversationPage(core: Pick<Core, 'store'>, conversation: Conversation, query: Omit<Query, 'timeline'>): Promise<MessagePage> {
  const { messages } = core.store.now;
  if (query.around !== undefined) {
    const target = await messages.get(query.around);
    const seq = target?.conversationId === conversation._id ? target.seq : conversation.lastSeq;
    const half = Math.ceil(query.limit / 2);
    const [older, newer] = await Promise.all([messages.page(conversation._id, { before: seq + 1, limit: half }), messages.page(conversation._id, { after: seq, limit: half })]);
    const found = [...older, ...newer];
    return { messages: found, ...edges(found, { before: older.length === half, after: newer.length === half, cursor: seqCursor }) };
  }
  const [after] = query.after === undefined ? [undefined] : decodeCursor(query.after, ['number'] as const);
  const [before] = query.before === undefined ? [undefined] : decodeCursor(query.before, ['number'] as const);
  const found = await messages.page(conversation._id, { limit: query.limit, ...(after === undefined ? {} : { after }), ...(before === undefined ? {} : { before }) });
  const full = found.length === query.limit;
  return { messages: found, ...edges(found, { before: full && after === undefined, after: full && after !== undefined, cursor: seqCursor }) };
}

/** One page of a person's story over all their conversations that this viewer may see; oldest first. */
export async function personPage(core: Pick<Core, 'store'>, viewer: Viewer, customerId: string, query: Omit<Query, 'timeline'>): Promise<MessagePage> {
  const c = core.store.now;
  const root = await rootOf({ c }, customerId);
  const records = root === undefined ? [customerId] : recordsOf(root);
  const allowed = new Set((await c.conversations.ofCustomers(records, 500)).filter((conversation) => maySee(viewer, conversation)).map((conversation) => conversation._id));
  const visible = (page: Message[]): Message[] => page.filter((message) => allowed.has(message.conversationId));
  if (query.around !== undefined) {
    const target = await c.messages.get(query.around);
    if (target !== undefined) {
      const at = { at: target.at, id: target._id };
      const half = Math.ceil(query.limit / 2);
      const [older, newer] = await Promise.all([c.messages.timeline(records, { before: at, limit: half }), c.messages.timeline(records, { after: at, limit: half })]);
      const found = [...older, target, ...newer];
      return { messages: visible(found), ...edges(found, { before: older.length === half, after: newer.length === half, cursor: timeCursor }) };
    }
  }
  const from = query.after ?? query.before;
  const [at, id] = from === undefined ? [undefined, undefined] : decodeCursor(from, ['number', 'string'] as const);
  const place = at === undefined || id === undefined ? {} : query.after === undefined ? { before: { at, id } } : { after: { at, id } };
  const found = await c.messages.timeline(records, { limit: query.limit, ...place });
  const full = found.length === query.limit;
  return { messages: visible(found), ...edges(found, { before: full && query.after === undefined, after: full && query.after !== undefined, cursor: timeCursor }) };
}

function edges(found: readonly Message[], more: { before: boolean; after: boolean; cursor: (message: Message) => string }): { before?: string; after?: string } {
  const first = found[0];
  const last = found.at(-1);
  return { ...(more.before && first !== undefined ? { before: more.cursor(first) } : {}), ...(more.after && last !== undefined ? { after: more.cursor(last) } : {}) };
}

export async function messagePage(core: Pick<Core, 'store'>, viewer: Viewer, conversationId: string, query: Query): Promise<MessagePage> {
  const conversation = await seenConversation({ c: core.store.now }, viewer, conversationId);
  return query.timeline ? personPage(core, viewer, conversation.customerId, query) : conversationPage(core, conversation, query);
}
