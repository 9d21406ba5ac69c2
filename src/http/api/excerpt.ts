/** A piece of text around the first hit, cut into parts that are hits and parts that are not. The UI makes nodes of it, never markup. */
export function excerptOf(text: string, terms: readonly string[], around = 90): { text: string; hit: boolean }[] {
  const words = wordsOf(text);
  const isHit = (word: Word) => terms.some((term) => word.folded === term || (term.length >= 3 && word.folded.startsWith(term)));
  const hits = words.filter(isHit);
  const first = hits[0];
  const from = first ? Math.max(0, first.start - around) : 0;
  const to = Math.min(text.length, (first?.end ?? 0) + around * 2);
  return cutAt(text, hits.filter((hit) => hit.start >= from && hit.end <= to), { from: snap(text, from), to: snap(text, to) });
}

interface Word {
  start: number;
  end: number;
  folded: string;
}

const longestSearched = 20_000;

function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  for (const match of text.slice(0, longestSearched).matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    words.push({ start: match.index, end: match.index + match[0].length, folded: fold(match[0]) });
  }
  return words;
}

/** Case and accents are no difference, as in the index. */
function fold(word: string): string {
  return word.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/ß/g, 'ss');
}

function cutAt(text: string, hits: readonly Word[], window: { from: number; to: number }): { text: string; hit: boolean }[] {
  const parts: { text: string; hit: boolean }[] = [];
  let at = window.from;
  for (const hit of hits) {
    if (hit.start > at) parts.push({ text: (at === window.from && at > 0 ? '… ' : '') + text.slice(at, hit.start), hit: false });
    parts.push({ text: text.slice(hit.start, hit.end), hit: true });
    at = hit.end;
  }
  if (at < window.to) parts.push({ text: text.slice(at, window.to) + (window.to < text.length ? ' …' : ''), hit: false });
  return parts;
}

/** Never between the halves of one character. */
function snap(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at + 1 : at;
}
