import type { ConversationRow } from '../../../lib/shapes.js';
import type { Presence } from '../../../lib/cache/patch.js';
import { firstName } from '../../../lib/initials.js';
import { withoutMarks } from '../../../lib/text/marked.js';

/** The second line of a row: one of these, the most urgent first. */
export type PreviewLine =
  | { kind: 'typing'; text: string }
  | { kind: 'draft'; text: string }
  /** We spoke last. */
  | { kind: 'answered'; text: string }
  | { kind: 'said'; text: string };

const typingLastsMs = 8000;

/** What the second line of the row says. `agentId` is the reader, whose own typing is not told. */
export function previewOf(row: ConversationRow, presence: Presence | undefined, at: { agentId: string; now: number }): PreviewLine {
  const typing = presence?.typing.filter((person) => person.id !== at.agentId && at.now - person.at < typingLastsMs) ?? [];
  const names = typing.map((person) => firstName(person.name));
  if (names.length > 0) return { kind: 'typing', text: `${names.join(' and ')} ${names.length === 1 ? 'is' : 'are'} typing…` };
  if (row.draft !== undefined && row.draft.trim() !== '') return { kind: 'draft', text: row.draft };
  const text = spoken(withoutMarks(row.preview.text, row.channel.kind), row.preview.attachments ?? 0);
  switch (row.preview.by) {
    case 'customer':
      return { kind: 'said', text };
    case 'bot':
      return { kind: 'answered', text: `${row.preview.name}: ${text}` };
    case 'system':
      return { kind: 'said', text };
    default:
      return { kind: 'answered', text };
  }
}

/** Whether the customer said something that nobody in charge has seen. */
export function isUnread(row: ConversationRow): boolean {
  return row.lastInSeq > row.readSeq;
}

function spoken(text: string, attachments: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line !== '') return line;
  if (attachments === 0) return '(no text)';
  return attachments === 1 ? 'File' : `${attachments} files`;
}
