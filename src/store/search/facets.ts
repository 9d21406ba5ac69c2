import type { SearchEntry } from '../../inbox/ports.js';
import { foldAccents, normalize } from './fold.js';
import { splitWords } from './split.js';

const longestFacet = 200;

/**
 * Facets stand in the same index as words, as terms that begin with `_` and so can never be one. What comes from
 * outside is encoded, so that two different values never give one term.
 */
export const facetTerm = {
  channel: (id: string) => `_c${encode(id)}`,
  team: (id: string) => `_t${encode(id)}`,
  noTeam: '_t',
  assignee: (id: string) => `_u${encode(id)}`,
  tag: (tag: string) => `_g${encode(foldAccents(normalize(tag.trim())))}`,
  fromWord: (word: string) => `_f${word}`,
  attachment: '_a',
  note: '_n',
  /** Every entry that is not a note; with `note` it covers all. */
  message: '_m',
} as const;

/** The facets of one entry, none twice. */
export function facetTermsOf(facets: SearchEntry['facets']): string[] {
  const terms = [facetTerm.channel(facets.channelId), facets.teamId === undefined ? facetTerm.noTeam : facetTerm.team(facets.teamId)];
  if (facets.assigneeId !== undefined) terms.push(facetTerm.assignee(facets.assigneeId));
  if (facets.hasAttachment) terms.push(facetTerm.attachment);
  terms.push(facets.note ? facetTerm.note : facetTerm.message);
  for (const tag of facets.tags) terms.push(facetTerm.tag(tag));
  for (const name of facets.from) for (const word of fromWords(name)) terms.push(facetTerm.fromWord(word));
  return [...new Set(terms)];
}

/** The words of a name or an address, as they stand in `from` facets. */
export function fromWords(name: string): string[] {
  return splitWords(name, longestFacet).map((raw) => foldAccents(raw.text));
}

/** Small letters and digits as they are, anything else as its code between two `_`. */
function encode(value: string): string {
  return value.slice(0, longestFacet).replace(/[^a-z0-9]/gu, (character) => `_${(character.codePointAt(0) ?? 0).toString(16)}_`);
}
