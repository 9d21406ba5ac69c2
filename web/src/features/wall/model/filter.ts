/** What the wall is narrowed to, as the address has it: ids, comma-separated. */
export interface WallFilter {
  team?: string | undefined;
  channel?: string | undefined;
}

/** The ids of one filter. */
export function idsOf(text: string | undefined): string[] {
  return (text ?? '').split(',').filter((id) => id !== '');
}

/** The filter with one id taken in, or taken out when it was in; `undefined` when nothing is left. */
export function toggled(text: string | undefined, id: string): string | undefined {
  const ids = idsOf(text);
  const next = ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id];
  return next.length === 0 ? undefined : next.join(',');
}

/** "All teams", "Orders", "Orders and Billing", "3 teams". */
export function filterWords(text: string | undefined, named: readonly { id: string; name: string }[], what: string): string {
  const ids = idsOf(text);
  const names = ids.map((id) => named.find((other) => other.id === id)?.name ?? 'one that is gone');
  if (names.length === 0) return `All ${what}`;
  return names.length <= 2 ? names.join(' and ') : `${names.length} ${what}`;
}
