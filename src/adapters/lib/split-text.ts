import type { TextUnit } from '../contract.js';
import { measure } from './measure.js';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** Where a text is best cut, the best first; the cut comes behind the match. */
const borders = [/\n{2,}/gu, /\n/gu, /[.!?…。！？]\s+/gu, /\s+/gu];

/**
 * A text in parts of at most `max`, cut between paragraphs, lines, sentences or words, else between graphemes. White space
 * at a cut is dropped, nothing else is; no part is empty. A grapheme that is longer than `max` by itself is cut between
 * characters, and given as it is when even one of those does not fit. Pure.
 */
export function splitText(text: string, max: number, unit: TextUnit): string[] {
  const parts: string[] = [];
  let rest = text.trim();
  while (rest !== '' && measure(rest, unit) > max) {
    const room = fitting(rest, max, unit);
    const cut = cutWithin(rest, room);
    const part = rest.slice(0, cut).trimEnd();
    if (part !== '') parts.push(part);
    rest = rest.slice(cut).trimStart();
  }
  if (rest !== '') parts.push(rest);
  return parts;
}

/** How many UTF-16 units of the text fit, at a grapheme border; at least one character. */
function fitting(text: string, max: number, unit: TextUnit): number {
  const ends = bordersUpTo(text, max);
  let low = 0;
  let high = ends.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (measure(text.slice(0, ends[middle]), unit) <= max) low = middle;
    else high = middle - 1;
  }
  const end = ends[low] ?? text.length;
  return measure(text.slice(0, end), unit) <= max ? end : withinGrapheme(text.slice(0, end), max, unit);
}

/** Ends of graphemes. No unit counts a UTF-16 unit of text for less than a 160th, so that not all of a long text is looked at. */
function bordersUpTo(text: string, max: number): number[] {
  const window = text.slice(0, Math.min(text.length, Math.max(64, max * 160)));
  const ends: number[] = [];
  for (const { index, segment } of graphemes.segment(window)) ends.push(index + segment.length);
  return ends;
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
