import { AppError } from '../errors.js';
import type { CustomerPicture, Viewer } from './api.js';
import { addStep } from './add-step.js';
import { type Core, type Work, workInLane } from './core.js';
import { applyJoin, joinIdOf, renameRows, undoJoin } from './link-customers.js';
import type { Customer, Join } from './model/identity.js';
import { maySee } from './permission.js';
import { personPicture } from './read/person.js';
import { nameKeyOf } from './recognise-sender.js';

const joinLane = 'joins';

/** An agent says that two records are one person. */
export async function joinCustomers(core: Core, viewer: Viewer, pair: { customerId: string; otherId: string }, reason: string): Promise<CustomerPicture> {
  await workInLane(core, joinLane, async (work) => {
    const [one, other] = await Promise.all([seenCustomer(work, viewer, pair.customerId), seenCustomer(work, viewer, pair.otherId)]);
    if (one._id === other._id) throw new AppError('bad_request', 'These are one record already.');
    const [into, from] = one.firstSeenAt <= other.firstSeenAt ? [one, other] : [other, one];
    const join: Join = { _id: joinIdOf(one._id, other._id), from: from._id, into: into._id, state: 'suggested', by: viewer.agentId, reasons: [reason], score: 1, at: core.clock() };
    await work.c.joins.insert(join);
    await joined(core, work, viewer, join._id, [reason]);
  });
  return picture(core, pair.customerId);
}

/** Decides a suggestion, or takes a join back. */
export async function decideJoin(core: Core, viewer: Viewer, joinId: string, decision: 'join' | 'reject' | 'undo'): Promise<CustomerPicture> {
  const customerId = await workInLane(core, joinLane, async (work) => {
    const join = await work.c.joins.get(joinId);
    if (join === undefined) throw new AppError('not_found', 'There is no such suggestion.');
    await seenCustomer(work, viewer, join.into);
    if (decision === 'join') await joined(core, work, viewer, joinId);
    else if (decision === 'undo') {
      const root = await undoJoin(core, work, { joinId, by: viewer.agentId });
      await tell(core, work, root, { joinId, undone: true, viewer });
    } else if (await work.c.joins.decide(joinId, ['suggested'], { set: { state: 'rejected', by: viewer.agentId, decidedAt: core.clock() } }) === undefined) {
      throw new AppError('conflict', 'This was decided meanwhile.');
    }
    work.fx.customer(join.into);
    work.fx.customer(join.from);
    return join.into;
  });
  return picture(core, customerId);
}

/** A name an agent typed; the channel's name does not overwrite it. */
export async function renameCustomer(core: Core, viewer: Viewer, customerId: string, name: string): Promise<CustomerPicture> {
  await workInLane(core, joinLane, async (work) => {
    const root = await seenCustomer(work, viewer, customerId);
    const renamed = await work.c.customers.change(root._id, { set: { name, nameKey: nameKeyOf(name) } });
    if (renamed !== undefined) await renameRows(core, work, renamed);
    work.fx.customer(root._id);
  });
  return picture(core, customerId);
}

async function joined(core: Core, work: Work, viewer: Viewer, joinId: string, reasons?: string[]): Promise<void> {
  const root = await applyJoin(core, work, { joinId, by: viewer.agentId, from: ['suggested', 'rejected', 'undone'], ...(reasons === undefined ? {} : { reasons }) });
  if (root === undefined) throw new AppError('conflict', 'This was decided meanwhile.');
  await tell(core, work, root, { joinId, undone: false, viewer });
}

/** The newest conversation says what was done, so that nobody wonders why a story grew. */
async function tell(core: Core, work: Work, root: Customer, what: { joinId: string; undone: boolean; viewer: Viewer }): Promise<void> {
  const [newest] = await work.c.conversations.ofCustomers([root._id, ...root.joined], 1);
  if (newest === undefined) return;
  const agent = await work.c.agents.get(what.viewer.agentId);
  await addStep(core, work, {
    conversation: newest, key: core.newId(), author: { type: 'agent', id: what.viewer.agentId, name: agent?.name ?? 'Agent' },
    step: { type: what.undone ? 'join_undone' : 'joined', data: { joinId: what.joinId } },
  });
}

/** The person behind a record, if this viewer may see any of their conversations. */
export async function seenCustomer(work: Pick<Work, 'c'>, viewer: Viewer, customerId: string): Promise<Customer> {
  const record = await work.c.customers.get(customerId);
  const root = record?.joinedInto === undefined ? record : await work.c.customers.get(record.joinedInto);
  if (root === undefined) throw new AppError('not_found', 'There is no such customer.');
  if (viewer.role === 'administrator') return root;
  const conversations = await work.c.conversations.ofCustomers([root._id, ...root.joined], 200);
  if (!conversations.some((conversation) => maySee(viewer, conversation))) throw new AppError('not_found', 'There is no such customer.');
  return root;
}

/** Everything held about one person, after it was changed. */
export async function picture(core: Core, customerId: string): Promise<CustomerPicture> {
  const found = await personPicture(core, customerId);
  if (found === undefined) throw new AppError('not_found', 'There is no such customer.');
  return found;
}
