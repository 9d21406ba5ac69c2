import type { AliasEntry, Customer, Identity, Join } from '../../inbox/model/identity.js';
import type { CustomerStore, IdentityStore, JoinStore, Patch } from '../../inbox/stores.js';
import type { Collection, CollectionSpec, Driver, Filter } from '../driver.js';
import { toUpdate } from './patch.js';

export const customerSpec: CollectionSpec<Customer> = {
  name: 'customers',
  hot: true,
  indexes: [
    { name: 'roots_recent', keys: { lastSeenAt: -1, _id: -1 } },
    { name: 'names', keys: { nameKey: 1, _id: 1 } },
    { name: 'joined', keys: { _id: 1, joinedInto: 1 }, where: { joinedInto: { $exists: true } } },
  ],
};

export const identitySpec: CollectionSpec<Identity> = { name: 'identities', hot: true, indexes: [{ name: 'customer', keys: { customerId: 1 } }] };

export const aliasSpec: CollectionSpec<AliasEntry> = { name: 'aliases', indexes: [{ name: 'key', keys: { key: 1 } }] };

export const joinSpec: CollectionSpec<Join> = {
  name: 'joins',
  indexes: [{ name: 'from', keys: { from: 1 } }, { name: 'into', keys: { into: 1 } }],
};

const moodKept = 40;
const factsKept = 30;

/** Persons over channels. A join is a pointer from one record to another, never a merge of rows. */
export class Customers implements CustomerStore {
  private readonly rows: Collection<Customer>;

  constructor(driver: Driver) {
    this.rows = driver.collection(customerSpec);
  }

  get(id: string): Promise<Customer | undefined> {
    return this.rows.findOne({ _id: id });
  }

  getMany(ids: readonly string[]): Promise<Customer[]> {
    return ids.length === 0 ? Promise.resolve([]) : this.rows.find({ _id: { $in: ids } }, { limit: ids.length });
  }

  joinedRecords(query: { after?: string; limit: number }): Promise<Customer[]> {
    return this.rows.find({ joinedInto: { $exists: true } }, { sort: { _id: 1 }, limit: query.limit, ...(query.after === undefined ? {} : { after: [query.after] }) });
  }

  insert(customer: Customer): Promise<'inserted' | 'duplicate'> {
    return this.rows.insert(customer);
  }

  async change(id: string, patch: Patch<Customer>): Promise<Customer | undefined> {
    return (await this.rows.change({ _id: id }, toUpdate(patch)))?.after;
  }

  async addMood(id: string, mood: Customer['mood'][number], facts: Customer['facts']): Promise<void> {
    const customer = await this.get(id);
    if (customer === undefined) return;
    if (mood.value !== 0 && !customer.mood.some((point) => point.messageId === mood.messageId)) {
      await this.rows.change({ _id: id }, { $set: { mood: [...customer.mood, mood].slice(-moodKept) } });
    }
    const fresh = facts.filter((fact) => !customer.facts.some((known) => known.text === fact.text));
    if (fresh.length > 0) await this.rows.change({ _id: id }, { $set: { facts: [...customer.facts, ...fresh].slice(-factsKept) } });
  }

  async joinInto(id: string, into: string): Promise<boolean> {
    if (await this.rows.change({ _id: id, joinedInto: { $exists: false } }, { $set: { joinedInto: into } }) === undefined) return false;
    await this.rows.change({ _id: into }, { $addToSet: { joined: id } });
    return true;
  }

  async release(id: string, from: string): Promise<boolean> {
    if (await this.rows.change({ _id: id, joinedInto: from }, { $unset: { joinedInto: true } }) === undefined) return false;
    await this.rows.change({ _id: from }, { $pull: { joined: id } });
    return true;
  }

  page(query: { namePrefix?: string; limit: number; after?: readonly [number | string, string] }): Promise<Customer[]> {
    const filter: Filter<Customer> = { joinedInto: { $exists: false } };
    const after = query.after === undefined ? {} : { after: query.after };
    if (query.namePrefix === undefined) return this.rows.find(filter, { sort: { lastSeenAt: -1, _id: -1 }, limit: query.limit, ...after });
    filter.nameKey = { $gte: query.namePrefix, $lt: `${query.namePrefix}\uffff` };
    return this.rows.find(filter, { sort: { nameKey: 1, _id: 1 }, limit: query.limit, ...after });
  }
}

/** External accounts of persons, and the addresses that make them findable. */
export class Identities implements IdentityStore {
  private readonly rows: Collection<Identity>;
  private readonly aliases: Collection<AliasEntry>;

  constructor(driver: Driver) {
    this.rows = driver.collection(identitySpec);
    this.aliases = driver.collection(aliasSpec);
  }

  get(id: string): Promise<Identity | undefined> {
    return this.rows.findOne({ _id: id });
  }

  insert(identity: Identity): Promise<'inserted' | 'duplicate'> {
    return this.rows.insert(identity);
  }

  async change(id: string, patch: Patch<Identity>): Promise<Identity | undefined> {
    return (await this.rows.change({ _id: id }, toUpdate(patch)))?.after;
  }

  async ofCustomers(customerIds: readonly string[]): Promise<Identity[]> {
    const found = await this.rows.find({ customerId: { $in: customerIds } }, { limit: 200 });
    return found.sort((a, b) => a.firstSeenAt - b.firstSeenAt);
  }

  async putAlias(entry: AliasEntry): Promise<void> {
    await this.aliases.change({ _id: entry._id }, {
      $set: { proof: entry.proof }, $setOnInsert: { key: entry.key, identityId: entry.identityId, customerId: entry.customerId },
    }, { upsert: true });
  }

  withAlias(key: string): Promise<AliasEntry[]> {
    return this.aliases.find({ key }, { limit: 50 });
  }
}

/** Decisions about who is the same person, with their reasons. */
export class Joins implements JoinStore {
  private readonly rows: Collection<Join>;

  constructor(driver: Driver) {
    this.rows = driver.collection(joinSpec);
  }

  get(id: string): Promise<Join | undefined> {
    return this.rows.findOne({ _id: id });
  }

  insert(join: Join): Promise<'inserted' | 'duplicate'> {
    return this.rows.insert(join);
  }

  async decide(id: string, from: readonly Join['state'][], patch: Patch<Join>): Promise<Join | undefined> {
    return (await this.rows.change({ _id: id, state: { $in: from } }, toUpdate(patch)))?.after;
  }

  async ofCustomers(customerIds: readonly string[]): Promise<Join[]> {
    const [from, into] = await Promise.all([
      this.rows.find({ from: { $in: customerIds } }, { limit: 100 }),
      this.rows.find({ into: { $in: customerIds } }, { limit: 100 }),
    ]);
    return [...new Map([...from, ...into].map((join) => [join._id, join])).values()];
  }
}
