import type { Work } from '../core.js';
import type { Customer } from '../model/identity.js';

/** All records of one person: the root and what was joined into it. */
export function recordsOf(root: Pick<Customer, '_id' | 'joined'>): string[] {
  return [root._id, ...root.joined];
}

/** The person a record belongs to now. */
export async function rootOf(work: Pick<Work, 'c'>, customerId: string): Promise<Customer | undefined> {
  const record = await work.c.customers.get(customerId);
  return record?.joinedInto === undefined ? record : work.c.customers.get(record.joinedInto);
}

/** The person's earliest open wait, anew from the facts. What is open in imported history is nobody's to answer today. */
export async function refreshPersonsClock(work: Work, root: Customer): Promise<void> {
  const open = (await work.c.waits.openOf(recordsOf(root))).filter((wait) => wait.imported !== true);
  const since = open.length === 0 ? undefined : Math.min(...open.map((wait) => wait.from));
  if (since === (await work.c.customers.get(root._id))?.waitingSince) return;
  await work.c.customers.change(root._id, since === undefined ? { unset: ['waitingSince'] } : { set: { waitingSince: since } });
}
