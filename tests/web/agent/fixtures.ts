import type { ConversationRow, MessageView } from '../../../web/src/lib/shapes.js';
import type { RunningWait } from '../../../web/src/lib/time/clock.js';

export const noon = new Date(2026, 10, 18, 12, 0).getTime();

export function row(change: Partial<ConversationRow> & { id: string }): ConversationRow {
  return {
    channel: { id: 'mail', kind: 'email', name: 'support@velowerk.example' },
    customer: { id: 'ines', name: 'Ines Bauer' },
    status: 'open', priority: 'normal', tags: [], lastSeq: 1, lastInSeq: 1, readSeq: 0, lastMessageAt: noon,
    preview: { text: 'The axle is wrong', by: 'customer', name: 'Ines Bauer' },
    changeSeq: 1, createdAt: noon,
    ...change,
  };
}

/** A wait in which an answer is due `ms` after `since`, warned of at three quarters of it. */
export function waitIn(since: number, ms: number, due: Partial<RunningWait['due']> = {}): RunningWait {
  return { since, due: { at: since + ms, warnAt: since + 0.75 * ms, ms, hours: 'calendar', name: 'Answers', why: 'the only target', ...due } };
}

export function message(change: Partial<MessageView> & { id: string }): MessageView {
  return {
    conversationId: 'one', seq: 1, channel: { id: 'mail', kind: 'email', name: 'support@velowerk.example' }, kind: 'in',
    author: { type: 'customer', id: 'ines', name: 'Ines Bauer' }, text: 'Hello', attachments: [], at: noon, receivedAt: noon, hasSource: true,
    ...change,
  };
}
