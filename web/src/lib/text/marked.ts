import { parseMarks, plainMarks } from '../../../../src/adapters/lib/marks.js';
import type { ChannelKind } from '../shapes.js';

/** Where signs in a text are signs and nothing else. */
const plainKinds: readonly ChannelKind[] = ['email', 'webchat', 'webhook', 'sms'];

/** Whether what is said on this kind of channel may carry light formatting. */
export function hasMarks(kind: ChannelKind): boolean {
  return !plainKinds.includes(kind);
}

/** One line of a message without its formatting signs. */
export function withoutMarks(text: string, kind: ChannelKind): string {
  return hasMarks(kind) ? plainMarks(parseMarks(text)) : text;
}
