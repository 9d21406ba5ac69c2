import type { ChannelKind, ConversationRow, MessageView } from '../../../lib/shapes.js';
import { calendarDay } from '../../../lib/time/format.js';

/** What the thread is made of, top to bottom. */
export type StoryItem =
  | { kind: 'separator'; key: string; channel: { kind: ChannelKind; name: string }; at: number; conversationId: string; begins: boolean }
  /** Below it is what nobody in charge had seen when the conversation was opened. */
  | { kind: 'unseen'; key: string }
  /** The bot's and the system's steps in a row. */
  | { kind: 'fold'; key: string; messages: readonly MessageView[] }
  /** `continued`: by the same person just after the one above. */
  | { kind: 'message'; key: string; message: MessageView; continued: boolean };

const continuesMs = 4 * 60_000;

/** One story over channels: a hairline where the channel, the conversation or the day changes, steps folded. */
export function storyOf(messages: readonly MessageView[], options: { unseenAfter?: { conversationId: string; seq: number } } = {}): StoryItem[] {
  const items: StoryItem[] = [];
  const begun = new Set<string>();
  let previous: MessageView | undefined;
  let day = '';
  let unseen = options.unseenAfter;
  for (const message of messages) {
    // Steps alone do not make a day worth a line.
    if (previous === undefined || changesPlace(previous, message) || (!isStep(message) && calendarDay(message.at) !== day)) {
      day = calendarDay(message.at);
      const begins = !begun.has(message.conversationId);
      items.push({ kind: 'separator', key: `at ${message.id}`, channel: message.channel, at: message.at, conversationId: message.conversationId, begins });
    }
    begun.add(message.conversationId);
    if (unseen !== undefined && message.kind === 'in' && message.conversationId === unseen.conversationId && message.seq > unseen.seq) {
      items.push({ kind: 'unseen', key: 'unseen' });
      unseen = undefined;
    }
    add(items, message, previous);
    previous = message;
  }
  return items;
}

/** Where a message stands in the story; -1 when it is not in it. */
export function indexOfMessage(items: readonly StoryItem[], messageId: string): number {
  return items.findIndex((item) => (item.kind === 'message' ? item.message.id === messageId : item.kind === 'fold' && item.messages.some((message) => message.id === messageId)));
}

/** A first guess of how tall an item is, in pixels; it is measured as soon as it is shown. */
export function guessHeight(item: StoryItem | undefined): number {
  if (item === undefined) return 40;
  if (item.kind !== 'message') return 34;
  const lines = item.message.text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 64)), 0);
  return 36 + Math.min(lines, 40) * 20 + (item.message.attachments.length > 0 ? 130 : 0);
}

/** Steps are of the bot or the system; what a bot says is one, too. */
export function isStep(message: MessageView): boolean {
  return message.kind === 'event' || (message.kind === 'out' && message.author.type === 'bot');
}

/** Whether a message is by the house: an agent, the bot, or somebody who answered outside of Rapport. */
export function isOurs(message: MessageView): boolean {
  return message.kind === 'out';
}

function changesPlace(one: MessageView, other: MessageView): boolean {
  return one.channel.id !== other.channel.id || one.conversationId !== other.conversationId;
}

function add(items: StoryItem[], message: MessageView, previous: MessageView | undefined): void {
  const last = items.at(-1);
  if (isStep(message)) {
    if (last?.kind === 'fold') items[items.length - 1] = { ...last, messages: [...last.messages, message] };
    else items.push({ kind: 'fold', key: `steps ${message.id}`, messages: [message] });
    return;
  }
  const continued =
    last?.kind === 'message' && previous !== undefined && previous.kind === message.kind && previous.author.type === message.author.type &&
    previous.author.id === message.author.id && previous.author.name === message.author.name && message.at - previous.at < continuesMs && message.email === undefined;
  items.push({ kind: 'message', key: message.clientId ?? message.id, message, continued });
}

/** The number of a conversation's row that the story begins to be unread after; `undefined` when all of it was seen. */
export function unseenMark(row: ConversationRow): { conversationId: string; seq: number } | undefined {
  return row.lastInSeq > row.readSeq ? { conversationId: row.id, seq: row.readSeq } : undefined;
}
