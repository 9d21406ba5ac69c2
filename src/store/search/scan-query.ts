/** One part of a query as typed. */
export interface Part {
  /** `-` stood before it. */
  negative: boolean;
  /** Lower case, without its colon; `undefined` for plain words. */
  field?: string;
  value: string;
  quoted: boolean;
  /** `*` stood behind it. */
  prefix: boolean;
}

const quotes = /["“”„«»]/g;
const partPattern = /(-?)(?:(\p{L}+):(?=[^\s/]))?(?:"([^"]*)"?|([^\s"]+))(\*?)/gu;

/** Cuts a query into its parts. Every character but spaces ends up in one; an unclosed quote goes to the end. */
export function scanQuery(text: string): Part[] {
  return [...text.replace(quotes, '"').matchAll(partPattern)].map(([, minus, field, phrase, word, star]) => {
    const bare = word ?? '';
    const starred = phrase === undefined && bare.endsWith('*');
    return {
      negative: minus === '-',
      ...(field === undefined ? {} : { field: field.toLowerCase() }),
      value: phrase ?? (starred ? bare.replace(/\*+$/, '') : bare),
      quoted: phrase !== undefined,
      prefix: starred || (phrase !== undefined && star === '*'),
    };
  });
}
