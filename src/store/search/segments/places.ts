import type { DocList } from './term-list.js';

/**
 * Of these documents, which ascend and have all the words, those in which they stand in a row. Looks at the rarest word
 * first. A single word has to have any place at all.
 */
export function standingInRow(words: readonly DocList[], docs: Uint32Array): Uint32Array {
  const order = words.map((list, place) => ({ list, place })).sort((a, b) => a.list.count - b.list.count);
  let left = docs;
  let begins: number[][] | undefined;
  for (const { list, place } of order) {
    const next = beginsOf(list, place, left);
    const both = begins === undefined ? next : next.map((row, at) => row?.filter((begin) => begins?.[at]?.includes(begin)));
    const kept = both.flatMap((row, at) => (row !== undefined && row.length > 0 ? [at] : []));
    begins = kept.map((at) => both[at] ?? []);
    left = Uint32Array.from(kept, (at) => left[at] ?? 0);
  }
  return left;
}

/** For each document where a row would begin that has the word at `place`. */
function beginsOf(list: DocList, place: number, docs: Uint32Array): (number[] | undefined)[] {
  const begins = new Array<number[] | undefined>(docs.length).fill(undefined);
  list.eachPlaces(docs, (at, places) => {
    begins[at] = [...(begins[at] ?? []), ...places.map((one) => one - place)];
  });
  return begins;
}
