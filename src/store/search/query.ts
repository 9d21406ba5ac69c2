import type { Millis } from '../../inbox/model/common.js';

/** Words that must stand in a row. A single one that is not `exact` also matches stems and joined codes. */
export interface Pattern {
  words: readonly string[];
  /** The last word may go on. */
  prefix: boolean;
  /** As written: no stems. */
  exact: boolean;
}

/** One thing asked for: any of these patterns. */
export type TextClause = readonly Pattern[];

export type FilterKind = 'from' | 'in' | 'channel' | 'tag' | 'has';

/** `from:` words of a name or address; `in:`, `channel:` and `tag:` a name or id as typed; `has:` only `attachment`. */
export interface FilterClause {
  kind: FilterKind;
  value: string;
}

/** What a query asks for. Everything in `all` and `filters` must hold, nothing in `none` and `noneOf` may. */
export interface ParsedQuery {
  all: readonly TextClause[];
  none: readonly TextClause[];
  filters: readonly FilterClause[];
  noneOf: readonly FilterClause[];
  /** From this moment on. */
  from?: Millis;
  /** Before this moment. */
  before?: Millis;
  /** What was not understood or left out, in sentences. */
  notices: readonly string[];
  /** Folded words and stems asked for, for highlighting. */
  terms: readonly string[];
}

/** Nothing is asked for: such a query finds nothing. */
export function isEmptyQuery(query: ParsedQuery): boolean {
  return query.all.length + query.none.length + query.filters.length + query.noneOf.length === 0 && query.from === undefined && query.before === undefined;
}
