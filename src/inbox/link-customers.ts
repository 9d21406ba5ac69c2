import { AppError } from '../errors.js';
import type { Core, Work } from './core.js';
import type { ClockCore } from './clock/keep.js';
import { rootOf } from './clock/person.js';
import { recomputePerson } from './clock/recompute.js';
import type { AliasEntry, Customer, Join } from './model/identity.js';

/** What joining records needs: clocks follow the person. */
export type LinkCore = ClockCore;

/** The pair's id, the same from both ends. */
export function joinIdOf(a: string, b: string): string {
  return a < b ? `${a}|${b}` : `${b}|${a}`;
}

/**
 * Somebody has this address. Where another person has it too: both sure of it (the channel vouches, or it was verified)
 * joins the records; a typed address only ever suggests. What an agent has decided before stays decided.
 */
export async function linkByAddress(core: LinkCore, work: Work, entry: AliasEntry): Promise<void> {
  for (const other of await work.c.identities.withAlias(entry.key)) {
    if (other.identityId === entry.identityId) continue;
    const [mine, theirs] = await Promise.all([rootOf(work, entry.customerId), rootOf(work, other.customerId)]);
    if (mine === undefined || theirs === undefined || mine._id === theirs._id) continue;
    const address = entry.key.slice(entry.key.indexOf(':') + 1);
    const sure = entry.proof !== 'claimed' && other.proof !== 'claimed';
    const reasons = [reasonFor(address, entry.proof !== 'claimed', other.proof !== 'claimed')];
    await propose(core, work, { mine, theirs, reasons, score: sure ? 1 : 0.7, sure });
  }
}

function reasonFor(address: string, provedHere: boolean, provedThere: boolean): string {
  if (provedHere && provedThere) return `both have proved ${address}`;
  return provedHere || provedThere ? `one has proved ${address}, the other only typed it` : `both typed ${address}`;
}

async function propose(core: LinkCore, work: Work, input: { mine: Customer; theirs: Customer; reasons: string[]; score: number; sure: boolean }): Promise<void> {
  const [into, from] = input.mine.firstSeenAt < input.theirs.firstSeenAt ? [input.mine, input.theirs] : [input.theirs, input.mine];
  const join: Join = { _id: joinIdOf(from._id, into._id), from: from._id, into: into._id, state: 'suggested', by: 'automatic', reasons: input.reasons, score: input.score, at: core.clock() };
  await work.c.joins.insert(join);
  if (input.sure) await applyJoin(core, work, { joinId: join._id, by: 'automatic', from: ['suggested'], reasons: input.reasons });
  work.fx.customer(into._id);
  work.fx.customer(from._id);
}

/**
 * Points one record at the other. Chains are never made: what was joined into the younger root moves to the older one
 * together with it. Returns the root, or `undefined` when the decision had been taken otherwise meanwhile.
 */
export async function applyJoin(core: LinkCore, work: Work, input: { joinId: string; by: string; from: readonly Join['state'][]; reasons?: string[] }): Promise<Customer | undefined> {
  const join = await work.c.joins.decide(input.joinId, input.from, {
    set: { state: 'joined', by: input.by, decidedAt: core.clock(), ...(input.reasons === undefined ? {} : { reasons: input.reasons }) },
  });
  if (join === undefined) return undefined;
  const [from, into] = await Promise.all([rootOf(work, join.from), rootOf(work, join.into)]);
  if (from === undefined || into === undefined || from._id === into._id) return into;
  for (const id of from.joined) {
    await work.c.customers.release(id, from._id);
    await work.c.customers.joinInto(id, into._id);
  }
  await work.c.customers.joinInto(from._id, into._id);
  await recomputePerson(core, work, into._id, 'two records turned out to be one person');
  await renameRows(core, work, into);
  work.fx.customer(into._id);
  work.fx.customer(from._id);
  return work.c.customers.get(into._id);
}

/** Takes a join back: the record stands for itself again, with all that it ever had. */
export async function undoJoin(core: LinkCore, work: Work, input: { joinId: string; by: string }): Promise<Customer> {
  const join = await work.c.joins.decide(input.joinId, ['joined'], { set: { state: 'undone', by: input.by, decidedAt: core.clock() } });
  if (join === undefined) throw new AppError('conflict', 'These records are not joined any more.');
  const [from, into] = await Promise.all([work.c.customers.get(join.from), work.c.customers.get(join.into)]);
  const [leaves, root] = from?.joinedInto !== undefined ? [from, from.joinedInto] : [into, into?.joinedInto];
  if (leaves === undefined || root === undefined) throw new AppError('conflict', 'These records are not joined any more.');
  await work.c.customers.release(leaves._id, root);
  await recomputePerson(core, work, leaves._id, 'two records turned out not to be one person');
  await recomputePerson(core, work, root, 'two records turned out not to be one person');
  const alone = await work.c.customers.get(leaves._id);
  if (alone !== undefined) await renameRows(core, work, alone);
  work.fx.customer(leaves._id);
  work.fx.customer(root);
  return await work.c.customers.get(root) ?? leaves;
}

/** The rows show the person's name; after a join or its undoing they show the right one. */
export async function renameRows(core: Pick<Core, 'changes'>, work: Work, root: Customer): Promise<void> {
  for (const conversation of await work.c.conversations.ofCustomers([root._id, ...root.joined], 200)) {
    if (conversation.customerName === root.name) continue;
    const changed = await work.c.conversations.change(conversation._id, {}, { set: { customerName: root.name, changeSeq: core.changes.next() } });
    if (changed !== undefined) work.fx.conversation(changed.after);
  }
}
