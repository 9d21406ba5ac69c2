import type { CustomerPicture } from '../api.js';
import type { Core } from '../core.js';
import { recordsOf, rootOf } from '../clock/person.js';
import type { Conversation } from '../model/conversation.js';
import type { Customer } from '../model/identity.js';

const historyShown = 60;

/** A person with everything that is held about them, given any of their records. */
export async function personPicture(core: Pick<Core, 'store'>, customerId: string): Promise<(CustomerPicture & { conversations: Conversation[] }) | undefined> {
  const c = core.store.now;
  const root = await rootOf({ c }, customerId);
  if (root === undefined) return undefined;
  const records = recordsOf(root);
  const [identities, joins, conversations] = await Promise.all([c.identities.ofCustomers(records), c.joins.ofCustomers(records), c.conversations.ofCustomers(records, historyShown)]);
  const others = new Map<string, Customer>();
  const shown = joins.filter((join) => join.state !== 'rejected' && join.state !== 'undone');
  const otherIds = shown.map((join) => records.includes(join.from) && !(records.includes(join.into) && join.from !== root._id) ? (records.includes(join.into) ? join.from : join.into) : join.from);
  for (const other of await c.customers.getMany([...new Set(otherIds)])) others.set(other._id, other);
  const otherIdentities = await c.identities.ofCustomers([...others.keys()]);
  return {
    customer: root,
    identities,
    joins: shown.flatMap((join, index) => {
      const other = others.get(otherIds[index] ?? '');
      if (other === undefined || (join.state === 'suggested' && records.includes(other._id))) return [];
      const channels = otherIdentities.filter((identity) => identity.customerId === other._id).map((identity) => identity.kind);
      return [{ join, other, channels: [...new Set(channels)] }];
    }),
    history: conversations.map((conversation) => ({
      conversationId: conversation._id,
      channelKind: conversation.channelKind,
      ...(conversation.subject === undefined ? {} : { subject: conversation.subject }),
      status: conversation.status,
      startedAt: conversation.createdAt,
      lastAt: conversation.lastMessageAt,
      preview: conversation.preview.text,
      ...(conversation.assigneeId === undefined ? {} : { assigneeId: conversation.assigneeId, lastAgentId: conversation.assigneeId }),
      ...(conversation.mood === undefined ? {} : { mood: conversation.mood }),
    })),
    conversations,
  };
}
