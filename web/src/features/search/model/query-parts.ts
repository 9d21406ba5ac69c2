export interface FilterPart {
  /** As it stands in the query. */
  raw: string;
  /** "from ines", "before 2026-03-01" */
  label: string;
}

const filter = /(?<=^|\s)(-?)(from|in|channel|tag|before|after|has):("[^"]*"|\S+)/gi;

/** The filters of a query, to be shown as chips. What is left are the words. */
export function filtersIn(query: string): FilterPart[] {
  return [...query.matchAll(filter)].map((match) => ({
    raw: match[0],
    label: `${match[1] === '-' ? 'not ' : ''}${(match[2] ?? '').toLowerCase()} ${(match[3] ?? '').replaceAll('"', '')}`,
  }));
}

/** The query without one of its filters. */
export function withoutFilter(query: string, raw: string): string {
  const at = query.indexOf(raw);
  if (at < 0) return query;
  return `${query.slice(0, at)}${query.slice(at + raw.length)}`.replace(/\s+/g, ' ').trim();
}

/** The query with a filter begun at its end. */
export function withFilter(query: string, start: string): string {
  return query.trim() === '' ? start : `${query.trim()} ${start}`;
}

/** What can be written, for the help. */
export const syntax: readonly { start: string; example: string; means: string }[] = [
  { start: '"', example: '"wrong axle"', means: 'exactly these words in a row' },
  { start: '-', example: 'fork -refund', means: 'without that word' },
  { start: '', example: 'deliver*', means: 'words that begin so' },
  { start: 'from:', example: 'from:ines', means: 'written by that person' },
  { start: 'in:', example: 'in:orders', means: 'in that team' },
  { start: 'channel:', example: 'channel:email', means: 'on that channel' },
  { start: 'tag:', example: 'tag:refund', means: 'filed under that tag' },
  { start: 'after:', example: 'after:2026-03-01', means: 'since that day' },
  { start: 'before:', example: 'before:2026-04-01', means: 'up to that day' },
  { start: 'has:attachment', example: 'has:attachment', means: 'with a file' },
];
