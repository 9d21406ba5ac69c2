/** What goes behind the ? of an address. */
export type Query = Record<string, string | number | boolean | undefined>;

/** Turns a query into `?a=b`; what is undefined is left out. */
export function queryString(query: Query | undefined): string {
  const pairs = Object.entries(query ?? {}).filter((pair): pair is [string, string | number | boolean] => pair[1] !== undefined);
  if (pairs.length === 0) return '';
  return `?${new URLSearchParams(pairs.map(([key, value]): [string, string] => [key, String(value)])).toString()}`;
}
