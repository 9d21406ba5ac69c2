import type { MessageView } from '../shapes.js';

/**
 * A window on the story of one person: messages of all their conversations without a hole between them, oldest first.
 * `before` and `after` are the server's cursors to what lies outside of it; without `after` it ends at the newest.
 */
export interface Thread {
  messages: MessageView[];
  before?: string;
  after?: string;
}

export interface ThreadPage {
  messages: MessageView[];
  before?: string | undefined;
  after?: string | undefined;
}

/** A window made of one page. */
export function threadOf(page: ThreadPage): Thread {
  return withEnds(inOrder(page.messages), page.before, page.after);
}

/**
 * The newest page, fetched again. Joined to what is there when they overlap; replaces it when there is a hole between
 * them; leaves a window that looks at the past where it is.
 */
export function mergeNewest(thread: Thread | undefined, page: ThreadPage): Thread {
  if (thread === undefined || thread.messages.length === 0) return threadOf(page);
  if (thread.after !== undefined) return thread;
  const known = new Set(thread.messages.map((message) => message.id));
  if (!page.messages.some((message) => known.has(message.id))) return threadOf(page);
  const fresh = new Set(page.messages.map((message) => message.id));
  const first = thread.messages.findIndex((message) => fresh.has(message.id));
  const older = thread.messages.slice(0, first);
  const pending = thread.messages.filter((message) => message.id.startsWith(pendingPrefix) && !page.messages.some((other) => isSame(other, message)));
  const lead = page.messages[0];
  // The page may reach further back than the window did.
  const reachesFurther = older.length === 0 && lead !== undefined && !known.has(lead.id);
  return withEnds([...older, ...inOrder(page.messages), ...pending], reachesFurther || older.length === 0 ? page.before : thread.before, undefined);
}

/** Adds the page before the window. */
export function prependOlder(thread: Thread, page: ThreadPage): Thread {
  return withEnds([...without(page.messages, thread.messages), ...thread.messages], page.before, thread.after);
}

/** Adds the page after the window. */
export function appendNewer(thread: Thread, page: ThreadPage): Thread {
  return withEnds([...thread.messages, ...without(page.messages, thread.messages)], thread.before, page.after);
}

/**
 * Puts one message in its place, or replaces the one with the same id, or the one that was shown before the server knew it
 * (same `clientId`). A window that looks at the past takes changes of what it shows and nothing new.
 */
export function upsert(thread: Thread, message: MessageView): Thread {
  const at = thread.messages.findIndex((other) => isSame(other, message));
  if (at >= 0) {
    const messages = thread.messages.slice();
    const [old] = messages.splice(at, 1, message);
    const moved = old !== undefined && old.seq !== message.seq;
    return { ...thread, messages: moved ? inOrder(messages) : messages };
  }
  if (thread.after !== undefined) return thread;
  let place = thread.messages.length;
  while (place > 0 && comesBefore(message, thread.messages[place - 1])) place -= 1;
  // Older than the window: it will come with its page.
  if (place === 0 && thread.before !== undefined) return thread;
  return { ...thread, messages: thread.messages.toSpliced(place, 0, message) };
}

/** Takes one out: a message that was shown too early and never sent. */
export function withoutMessage(thread: Thread, id: string): Thread {
  return { ...thread, messages: thread.messages.filter((message) => message.id !== id) };
}

/** Highest `seq` shown of one conversation; 0 when there is none. */
export function lastSeqOf(thread: Thread, conversationId: string): number {
  return thread.messages.reduce((most, message) => (message.conversationId === conversationId && Number.isInteger(message.seq) ? Math.max(most, message.seq) : most), 0);
}

/** Marks a message that is shown before the server has confirmed it. */
export const pendingPrefix = 'pending:';

function isSame(one: MessageView, other: MessageView): boolean {
  return one.id === other.id || (one.clientId !== undefined && one.clientId === other.clientId);
}

/** Within a conversation by `seq`, never by clock; between two by arrival. */
function comesBefore(one: MessageView, other: MessageView | undefined): boolean {
  if (other === undefined) return false;
  return one.conversationId === other.conversationId ? one.seq < other.seq : one.receivedAt < other.receivedAt;
}

/** An insertion sort: the server's order is kept wherever the rule above does not say otherwise. */
function inOrder(messages: readonly MessageView[]): MessageView[] {
  const sorted: MessageView[] = [];
  for (const message of messages) {
    let place = sorted.length;
    while (place > 0 && comesBefore(message, sorted[place - 1])) place -= 1;
    sorted.splice(place, 0, message);
  }
  return sorted;
}

function without(messages: readonly MessageView[], known: readonly MessageView[]): MessageView[] {
  const ids = new Set(known.map((message) => message.id));
  return messages.filter((message) => !ids.has(message.id));
}

function withEnds(messages: MessageView[], before: string | undefined, after: string | undefined): Thread {
  return { messages, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
}
