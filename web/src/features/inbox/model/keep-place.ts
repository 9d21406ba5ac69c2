interface Row {
  id: string;
}

/**
 * The list as it is to be shown: like `next`, but the row that is being worked on stays where it was, even when it has left
 * the view or would have moved. `held` is that row as it is now, wherever it was found.
 */
export function keepPlace<T extends Row>(shown: readonly T[], next: readonly T[], held: T | undefined): readonly T[] {
  if (held === undefined) return next;
  const was = shown.findIndex((row) => row.id === held.id);
  if (was < 0) return next;
  const rest = next.filter((row) => row.id !== held.id);
  const current = next.find((row) => row.id === held.id) ?? held;
  const above = new Set(shown.slice(0, was).map((row) => row.id));
  const neighbour = rest.findLastIndex((row) => above.has(row.id));
  const place = neighbour >= 0 ? neighbour + 1 : was === 0 ? newOnTop(rest, shown) : Math.min(was, rest.length);
  return rest.toSpliced(place, 0, current);
}

/** Rows that are new and stand above everything that was shown: they come in above the held one too. */
function newOnTop<T extends Row>(rest: readonly T[], shown: readonly T[]): number {
  const known = new Set(shown.map((row) => row.id));
  const first = rest.findIndex((row) => known.has(row.id));
  return first < 0 ? 0 : first;
}

/** How many rows further down the row now is that stood at `index` before; what to scroll by so that nothing moves. */
export function shiftOf(before: readonly Row[], after: readonly Row[], index: number): number {
  const place = new Map(after.map((row, at) => [row.id, at]));
  for (let at = index; at < before.length; at += 1) {
    const now = place.get(before[at]?.id ?? '');
    if (now !== undefined) return now - at;
  }
  return 0;
}

/** The row `step` places from the selected one; the first or last when nothing is selected. */
export function neighbourOf<T extends Row>(rows: readonly T[], selectedId: string | undefined, step: 1 | -1): T | undefined {
  const at = rows.findIndex((row) => row.id === selectedId);
  if (at < 0) return step === 1 ? rows[0] : rows.at(-1);
  return rows[at + step];
}
