export type TextUnit = 'utf16' | 'byte' | 'grapheme';

const words: Readonly<Record<TextUnit, string>> = { utf16: 'characters', byte: 'bytes', grapheme: 'characters' };

/** How long a text is in the unit that the channel counts in. */
export function lengthIn(unit: TextUnit, text: string): number {
  if (unit === 'utf16') return text.length;
  if (unit === 'byte') return new TextEncoder().encode(text).length;
  let count = 0;
  for (const _segment of new Intl.Segmenter().segment(text)) count += 1;
  return count;
}

export interface LengthNotice {
  text: string;
  over: boolean;
}

/** What to say about the length: nothing until two thirds are used. */
export function lengthNotice(text: string, limit: { textMax: number; textUnit: TextUnit }): LengthNotice | undefined {
  // Never shorter than its UTF-16 length divided by the longest cluster that matters: cheap way out for short texts.
  if (text.length * 4 < limit.textMax * 0.66) return undefined;
  const used = lengthIn(limit.textUnit, text);
  if (used < limit.textMax * 0.66) return undefined;
  const number = (value: number) => value.toLocaleString('en-GB');
  return { text: `${number(used)} of ${number(limit.textMax)} ${words[limit.textUnit]}`, over: used > limit.textMax };
}
