import type { TextUnit } from '../contract.js';
import { measure } from './measure.js';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** Where a text is best cut, the best first; the cut comes behind the match. */
const borders = [/\n{2,}/gu, /\n/gu, /[.!?…。！？]\s+/gu, /\s+/gu];

/**
 * A text in parts of at most `max`, cut between paragraphs, lines, sentences or words, else between graphemes. White space
 * at a cut is dropped, nothing else is; no part is empty. A grapheme that is longer than `max` by itself is cut between
 * characters, and given as it is when even one of those does not fit. Pure; each part costs what it is long.
 */
export function splitText(text: string, max: number, unit: TextUnit): string[] {
  const parts: string[] = [];
  // No unit counts more than a link or a cluster of this many UTF-16 units for one: what lies behind can wait.
  const window = 4_000 + max * (unit === 'segment' ? 160 : 12);
  let at = 0;
  while (at < text.length) {
    at += text.slice(at).search(/\S|$/u);
    const ahead = text.slice(at, at + window);
    const whole = at + ahead.length >= text.length;
    if (ahead === '') break;
    const room = whole && measure(ahead, unit) <= max ? ahead.length : fitting(ahead, max, unit);
    const cut = room === ahead.length && whole ? room : cutWithin(ahead, room);
    const part = ahead.slice(0, cut).trimEnd();
    if (part !== '') parts.push(part);
    at += cut;
  }
  return parts;
}

/** How many UTF-16 units of the text fit, at a grapheme border; at least one character. */
function fitting(text: string, max: number, unit: TextUnit): number {
  const sum = additive(unit);
  let end = 0;
  let size = 0;
  for (const { index, segment } of graphemes.segment(text)) {
    const grown = unit === 'grapheme' ? size + 1 : sum ? size + measure(segment, unit) : measure(text.slice(0, index + segment.length), unit);
    if (grown > max) return end > 0 ? end : withinGrapheme(segment, max, unit);
    size = grown;
    end = index + segment.length;
  }
  return end;
}

/** Two pieces together are as long as one and the other: not so where a link counts as a whole, or a character changes the alphabet. */
function additive(unit: TextUnit): boolean {
  return unit !== 'weighted' && unit !== 'segment';
}

function withinGrapheme(grapheme: string, max: number, unit: TextUnit): number {
  let end = 0;
  for (const character of grapheme) {
    if (end > 0 && measure(grapheme.slice(0, end + character.length), unit) > max) break;
    end += character.length;
  }
  return end;
}

function cutWithin(text: string, room: number): number {
  // The white space behind the room may be the border.
  const head = text.slice(0, room + 1);
  for (const border of borders) {
    const cuts = [...head.matchAll(border)].map((match) => match.index + match[0].length).filter((cut) => cut - 1 <= room && cut > room / 2);
    const last = cuts.at(-1);
    if (last !== undefined) return Math.min(last, text.length);
  }
  return room;
}
