import { measure } from '../../../../../src/adapters/lib/measure.js';
import type { ConversationDetail } from '../../../lib/shapes.js';

export type TextUnit = ConversationDetail['reply']['textUnit'];

const words: Readonly<Record<TextUnit, string>> = { utf16: 'characters', codepoint: 'characters', byte: 'bytes', grapheme: 'characters', weighted: 'characters', segment: 'text messages' };

/** How long a text is in the unit that the channel counts in: the very count by which the channel splits and refuses. */
export function lengthIn(unit: TextUnit, text: string): number {
  return measure(text, unit);
}

export interface LengthNotice {
  text: string;
  over: boolean;
}

/** What to say about the length: nothing until two thirds are used. */
export function lengthNotice(text: string, limit: { textMax: number; textUnit: TextUnit; partsMax?: number }): LengthNotice | undefined {
  // Never shorter than its UTF-16 length divided by the longest cluster that matters: cheap way out for short texts.
  if (limit.textUnit !== 'segment' && text.length * 4 < limit.textMax * 0.66) return undefined;
  const used = lengthIn(limit.textUnit, text);
  if (used < limit.textMax * 0.66) return undefined;
  const { partsMax = 1 } = limit;
  if (partsMax > 1 && used > limit.textMax && used <= limit.textMax * partsMax) return { text: `goes out in ${Math.ceil(used / limit.textMax)} messages`, over: false };
  const number = (value: number) => value.toLocaleString('en-GB');
  return { text: `${number(used)} of ${number(limit.textMax)} ${words[limit.textUnit]}`, over: used > limit.textMax * partsMax };
}
