import type { Calendar } from '../../inbox/model/calendar.js';
import type { Customer } from '../../inbox/model/identity.js';
import type { Collections } from '../../inbox/stores.js';

type Reads = { customers: Pick<Collections['customers'], 'getMany'> };

/** The tags of these customers, of the person they are; read only where a calendar counts for some tag. */
export async function tagsOfCustomers(c: Reads, calendars: readonly Calendar[], ids: readonly string[]): Promise<(id: string) => readonly string[]> {
  const matter = calendars.some((calendar) => calendar.versions.some((version) => version.customerTags.length > 0));
  if (!matter) return () => [];
  const known = new Map<string, Customer>();
  for (const customer of await c.customers.getMany([...new Set(ids)])) known.set(customer._id, customer);
  const roots = [...known.values()].flatMap((customer) => customer.joinedInto ?? []).filter((id) => !known.has(id));
  for (const customer of await c.customers.getMany([...new Set(roots)])) known.set(customer._id, customer);
  return (id) => {
    const customer = known.get(id);
    return (customer?.joinedInto === undefined ? customer : known.get(customer.joinedInto))?.tags ?? [];
  };
}
