import { attributionLines, headerBlockLines, isPhoneLine, isRule, isSeparator, isSignatureMark } from './quote-marks.js';

export interface SplitText {
  /** What was written for this mail. */
  text: string;
  /** Quoted history and signature. Every line of the mail is in one of the two, in order. */
  quoted: string;
}

/**
 * Parts a plain text into what is new and what is quoted or signature. Answers written between quoted lines keep those
 * lines as their context. A mail that is nothing but quotation is shown whole.
 */
export function splitQuotes(whole: string): SplitText {
  const lines = whole.split('\n');
  const kinds = lines.map((line): Kind => (/^\s{0,3}>/.test(line) ? 'quote' : line.trim() === '' ? 'blank' : 'own'));
  const end = historyStart(lines);
  for (let at = end; at < lines.length; at += 1) kinds[at] = 'folded';
  foldTail(lines, kinds, end);
  foldLead(lines, kinds);
  const text = lines.filter((_, at) => kinds[at] !== 'folded');
  const quoted = lines.filter((_, at) => kinds[at] === 'folded');
  if (text.every((line) => line.trim() === '')) return { text: tidy(lines), quoted: '' };
  return { text: tidy(text), quoted: tidy(quoted) };
}

type Kind = 'quote' | 'blank' | 'own' | 'folded';

/** Where unmarked history begins: from a separator or copied header on, nothing is new. */
function historyStart(lines: readonly string[]): number {
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (isSeparator(line) || headerBlockLines(lines, at) > 0) return withRule(lines, at);
    const count = attributionLines(lines, at);
    if (count > 0 && !isFollowedByMarks(lines, at + count)) return at;
  }
  return lines.length;
}

/** The drawn line and empty lines right before it belong to it. */
function withRule(lines: readonly string[], at: number): number {
  let start = at;
  while (start > 0 && (lines[start - 1] ?? '').trim() === '') start -= 1;
  return start > 0 && isRule(lines[start - 1] ?? '') ? start - 1 : at;
}

function isFollowedByMarks(lines: readonly string[], from: number): boolean {
  for (let at = from; at < Math.min(from + 4, lines.length); at += 1) {
    const line = lines[at] ?? '';
    if (line.trim() !== '') return /^\s{0,3}>/.test(line);
  }
  return false;
}

/** From the end upwards, as long as there is something to fold: quoted blocks with their attribution, phone lines, one signature. */
function foldTail(lines: readonly string[], kinds: Kind[], from: number): void {
  let end = from;
  let signed = false;
  for (;;) {
    while (end > 0 && kinds[end - 1] === 'blank') end -= 1;
    let start = tailStart(lines, kinds, end);
    if (start === end && !signed) {
      signed = true;
      start = signatureStart(lines, kinds, end);
    }
    if (start === end) break;
    end = start;
  }
  for (let at = end; at < from; at += 1) kinds[at] = 'folded';
}

function tailStart(lines: readonly string[], kinds: readonly Kind[], end: number): number {
  if (end === 0) return 0;
  if (kinds[end - 1] === 'own') return isPhoneLine(lines[end - 1] ?? '') ? end - 1 : end;
  let start = end;
  while (start > 0 && (kinds[start - 1] === 'quote' || kinds[start - 1] === 'blank')) start -= 1;
  for (let back = 1; back <= 6 && start - back >= 0; back += 1) {
    const count = attributionLines(lines, start - back);
    if (count > 0 && lines.slice(start - back + count, start).every((line) => line.trim() === '')) return start - back;
  }
  while (kinds[start] === 'blank') start += 1;
  return start;
}

const longestSignature = 30;

function signatureStart(lines: readonly string[], kinds: readonly Kind[], end: number): number {
  for (let at = end - 1; at > 0 && at >= end - longestSignature && kinds[at] !== 'quote'; at -= 1) {
    if (isSignatureMark(lines[at] ?? '')) return at;
  }
  return end;
}

/** A quotation on top with the whole answer below it: the answer is what is new. */
function foldLead(lines: readonly string[], kinds: Kind[]): void {
  let at = 0;
  while (kinds[at] === 'blank') at += 1;
  const count = kinds[at] === 'own' ? attributionLines(lines, at) : 0;
  let end = at + count;
  while (kinds[end] === 'blank') end += 1;
  if (kinds[end] !== 'quote') return;
  while (kinds[end] === 'quote' || kinds[end] === 'blank') end += 1;
  const rest = kinds.slice(end);
  if (!rest.includes('own') || rest.includes('quote')) return;
  for (let each = at; each < end; each += 1) kinds[each] = 'folded';
}

function tidy(lines: readonly string[]): string {
  let start = 0;
  let end = lines.length;
  while (start < end && (lines[start] ?? '').trim() === '') start += 1;
  while (end > start && (lines[end - 1] ?? '').trim() === '') end -= 1;
  return lines.slice(start, end).join('\n');
}
