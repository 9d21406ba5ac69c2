import type { Millis } from '../../inbox/model/common.js';
import type { SearchQuery } from '../../inbox/ports.js';
import { facetTerm, fromWords } from './facets.js';
import { isEmptyQuery, type FilterClause, type ParsedQuery, type Pattern, type TextClause } from './query.js';

/** A query in terms of the index: everything that both engines, and the check in memory, have to answer alike. */
export interface Plan {
  all: readonly TextClause[];
  /** An entry for which all clauses of one of these groups hold is left out. */
  none: readonly (readonly TextClause[])[];
  /** From this moment on. */
  from?: Millis;
  /** Before this moment. */
  before?: Millis;
}

/** Ids of the channels or teams that somebody may mean by what they typed: an id, a name. None: there is no such thing. */
export type ResolveName = (kind: 'channel' | 'team', typed: string) => readonly string[];

/** Takes what was typed as the id itself. */
export const namesAreIds: ResolveName = (_kind, typed) => [typed];

const notesWords = new Set(['note', 'notes']);

/** Puts words, filters and permission into one plan; `undefined` when nothing was asked for or nothing can match. */
export function makePlan(parsed: ParsedQuery, visibleTo: SearchQuery['visibleTo'], resolve: ResolveName): { plan?: Plan; notices: string[] } {
  if (isEmptyQuery(parsed)) return { notices: [...parsed.notices, 'There is nothing to search for.'] };
  const notices = [...parsed.notices];
  const all = [...parsed.all];
  const none: (readonly TextClause[])[] = parsed.none.map((clause) => [clause]);
  let impossible = parsed.from !== undefined && parsed.before !== undefined && parsed.from >= parsed.before;
  for (const filter of parsed.filters) {
    const clauses = clausesOf(filter, resolve);
    if (isImpossible(clauses)) {
      notices.push(unknownName(filter));
      impossible = true;
    }
    all.push(...clauses);
  }
  for (const filter of parsed.noneOf) {
    const clauses = clausesOf(filter, resolve);
    if (isImpossible(clauses)) notices.push(unknownName(filter));
    else none.push(clauses);
  }
  if (impossible) return { notices };
  if (visibleTo) all.push(visibleClause(visibleTo));
  if (all.length === 0) all.push(anyOf([facetTerm.message, facetTerm.note]));
  return {
    plan: { all, none, ...(parsed.from === undefined ? {} : { from: parsed.from }), ...(parsed.before === undefined ? {} : { before: parsed.before }) },
    notices,
  };
}

/** All of these must hold. An empty clause can not. */
function clausesOf(filter: FilterClause, resolve: ResolveName): TextClause[] {
  const { kind, value } = filter;
  switch (kind) {
    case 'has':
      return [anyOf([facetTerm.attachment])];
    case 'tag':
      return [anyOf([facetTerm.tag(value)])];
    case 'channel':
      return [anyOf(resolve('channel', value).map(facetTerm.channel))];
    case 'in':
      if (notesWords.has(value.toLowerCase())) return [anyOf([facetTerm.note])];
      return [anyOf([...resolve('team', value).map(facetTerm.team), ...resolve('channel', value).map(facetTerm.channel)])];
    case 'from': {
      const words = fromWords(value);
      if (words.length === 0) return [[]];
      return words.map((word, at) => [{ words: [facetTerm.fromWord(word)], prefix: at === words.length - 1 && value.endsWith('*'), exact: false }]);
    }
  }
}

function isImpossible(clauses: readonly TextClause[]): boolean {
  return clauses.some((clause) => clause.length === 0);
}

function unknownName(filter: FilterClause): string {
  return `Nothing here is called "${filter.kind}:${filter.value}".`;
}

function visibleClause(visibleTo: NonNullable<SearchQuery['visibleTo']>): TextClause {
  return anyOf([facetTerm.noTeam, ...visibleTo.teamIds.map(facetTerm.team), facetTerm.assignee(visibleTo.agentId)]);
}

function anyOf(terms: readonly string[]): Pattern[] {
  return [...new Set(terms)].map((term) => ({ words: [term], prefix: false, exact: false }));
}
