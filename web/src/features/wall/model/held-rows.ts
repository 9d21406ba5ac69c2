interface Keyed {
  conversation: { id: string };
}

export interface HeldRow<T> {
  row: T;
  /** It waits no longer; it stays in its place as long as somebody works on the rows. */
  gone: boolean;
}

/**
 * The rows while somebody works on one: each stays where it stood in `shown`, with its newest state; new ones come below.
 * Without `held` they are simply the newest.
 */
export function heldRows<T extends Keyed>(shown: readonly T[], next: readonly T[], held: boolean): HeldRow<T>[] {
  if (!held) return next.map((row) => ({ row, gone: false }));
  const fresh = new Map(next.map((row) => [row.conversation.id, row]));
  const known = new Set(shown.map((row) => row.conversation.id));
  return [
    ...shown.map((row) => ({ row: fresh.get(row.conversation.id) ?? row, gone: !fresh.has(row.conversation.id) })),
    ...next.filter((row) => !known.has(row.conversation.id)).map((row) => ({ row, gone: false })),
  ];
}
