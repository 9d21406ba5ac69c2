import { previewOf } from '../append-message.js';
import { saidFields } from '../clock/facts.js';
import type { Story } from '../clock/recompute.js';
import type { Work } from '../core.js';
import type { Conversation, ConversationStatus } from '../model/conversation.js';
import { shelfOf } from '../model/conversation.js';
import type { Message } from '../model/message.js';
import type { Patch } from '../stores.js';

/** All that is read of an imported message to put it in its place. */
export const placedFields = [...saidFields, 'text', 'attachments', 'unreadable', 'language'] as const;
type Placed = Pick<Message, (typeof placedFields)[number]>;

/** An imported conversation in its final order, and what its row has to take over from that. */
export interface Ordered extends Story {
  patch: Patch<Conversation>;
}

/**
 * Gives the messages of an imported conversation numbers in the order of their time. Lines may stand in a file in any
 * order; nothing refers to the numbers yet, and those that stand right stay. What is moved goes behind the last number
 * first, then to its own, so that no two ever have the same. The row is not written: see `patch`.
 */
export async function putInOrder(work: Pick<Work, 'c'>, story: { row: Conversation; messages: readonly Placed[] }): Promise<Ordered> {
  const sorted = [...story.messages].sort((a, b) => a.at - b.at || a.seq - b.seq);
  const from = sorted.findIndex((message, at) => message.seq !== at + 1);
  if (from >= 0) await renumber(work, sorted, from);
  const messages = from < 0 ? sorted : sorted.map((message, at) => ({ ...message, seq: at + 1 }));
  const patch = patchOf(story.row, messages);
  const { facts, language, status = story.row.status } = patch.set ?? {};
  return { messages, patch, row: { ...story.row, status, ...(facts === undefined ? {} : { facts }), ...(language === undefined ? {} : { language }) } };
}

async function renumber(work: Pick<Work, 'c'>, sorted: readonly Placed[], from: number): Promise<void> {
  const top = sorted.reduce((most, message) => Math.max(most, message.seq), sorted.length);
  const moved = sorted.slice(from);
  for (const [at, message] of moved.entries()) await work.c.messages.change(message._id, { set: { seq: top + 1 + at } });
  for (const [at, message] of moved.entries()) await work.c.messages.change(message._id, { set: { seq: from + 1 + at } });
}

const closingSteps: readonly string[] = ['resolved', 'reopened', 'snoozed', 'status_changed'];

function patchOf(row: Conversation, messages: readonly Placed[]): Patch<Conversation> {
  const [first] = messages;
  const last = messages.at(-1);
  if (first === undefined || last === undefined) return {};
  const lastIn = messages.findLast((message) => message.kind === 'in');
  const said = messages.findLast((message) => message.kind !== 'event');
  const closing = messages.findLast((message) => message.step !== undefined && closingSteps.includes(message.step.type));
  const data = messages.findLast((message) => message.step?.type === 'assigned')?.step?.data ?? {};
  const assigneeId = typeof data['assigneeId'] === 'string' ? data['assigneeId'] : undefined;
  const resolved = closing?.step?.type === 'resolved' && (lastIn === undefined || lastIn.at <= closing.at);
  const language = row.language ?? messages.find((message) => message.kind === 'in' && message.language !== undefined)?.language;
  const status = statusAfter(closing);
  return {
    set: {
      lastSeq: last.seq, readSeq: last.seq, lastInSeq: lastIn?.seq ?? 0, lastMessageAt: last.at, talkedAt: last.at, createdAt: first.at, status, shelf: shelfOf(status),
      facts: { ...row.facts, firstAt: (messages.find((message) => message.kind === 'in') ?? first).at },
      ...(lastIn === undefined ? {} : { lastInAt: lastIn.at }),
      ...(said === undefined ? {} : { preview: { text: previewOf(said), by: said.author.type, name: said.author.name } }),
      ...(resolved ? { resolvedAt: closing.at } : {}),
      ...(assigneeId === undefined ? {} : { assigneeId }),
      ...(typeof data['teamId'] === 'string' ? { teamId: data['teamId'] } : {}),
      ...(language === undefined ? {} : { language }),
    },
    unset: [...(resolved ? [] : ['resolvedAt' as const]), ...(assigneeId === undefined ? ['assigneeId' as const] : [])],
  };
}

/** History rests, unless its last word about it is that it was taken up again. What an agent decided here since then stays. */
function statusAfter(closing: Placed | undefined): ConversationStatus {
  const chosen = closing?.step?.data?.['status'];
  switch (closing?.step?.type) {
    case 'reopened': case 'snoozed': return 'open';
    case 'status_changed': return chosen === 'spam' || chosen === 'pending' || chosen === 'open' ? chosen : 'resolved';
    default: return 'resolved';
  }
}
