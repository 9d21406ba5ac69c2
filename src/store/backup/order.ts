import type { CollectionSpec, Doc } from '../driver.js';

/**
 * The order in which a living store is read, so that what is written meanwhile leaves nothing half: the ledger first (an
 * event that is not applied in it is applied again, which changes nothing), then messages, and conversations last (their
 * counters may be ahead of their messages, never behind).
 */
const first = ['ledger', 'outbox', 'messages'];
const last = ['customers', 'conversations'];

export function backupOrder(specs: readonly CollectionSpec<never>[]): CollectionSpec<Doc>[] {
  const rank = (name: string): number => (first.includes(name) ? first.indexOf(name) - first.length : last.includes(name) ? last.indexOf(name) + 1 : 0);
  return ([...specs] as unknown as CollectionSpec<Doc>[]).filter((spec) => spec.name !== 'migrations').sort((a, b) => rank(a.name) - rank(b.name));
}
