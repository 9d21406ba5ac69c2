import type { z } from 'zod';
import type { CustomerPicture } from '../../inbox/api.js';
import type { Customer, Identity } from '../../inbox/model/identity.js';
import type { customerRow, CustomerView } from './shapes.js';

/** A person with identities, joins and history over all channels. */
export function presentCustomer(picture: CustomerPicture): CustomerView {
  const { customer } = picture;
  return {
    id: customer._id,
    name: customer.name,
    language: customer.language,
    timeZone: customer.timeZone,
    firstSeenAt: customer.firstSeenAt,
    lastSeenAt: customer.lastSeenAt,
    waitingSince: customer.waitingSince,
    conversationCount: customer.conversationCount,
    identities: picture.identities.map((identity) => presentIdentity(identity, customer._id)),
    joins: picture.joins.map(presentJoin),
    history: picture.history.map(presentHistory),
    mood: customer.mood.map(({ at, value, messageId }) => ({ at, value, messageId })),
    facts: customer.facts.map(({ text, messageId }) => ({ text, messageId })),
    tags: customer.tags,
  };
}

export function presentCustomerRow(customer: Customer): z.infer<typeof customerRow> {
  return {
    id: customer._id,
    name: customer.name,
    language: customer.language,
    firstSeenAt: customer.firstSeenAt,
    lastSeenAt: customer.lastSeenAt,
    waitingSince: customer.waitingSince,
    conversationCount: customer.conversationCount,
    tags: customer.tags,
  };
}

function presentIdentity(identity: Identity, rootId: string): CustomerView['identities'][number] {
  return {
    id: identity._id,
    kind: identity.kind,
    displayName: identity.displayName,
    proof: identity.proof,
    aliases: identity.aliases.map(({ type, value, proof }) => ({ type, value, proof })),
    joinedFrom: identity.customerId === rootId ? undefined : identity.customerId,
  };
}

function presentJoin({ join, other, channels }: CustomerPicture['joins'][number]): CustomerView['joins'][number] {
  return {
    id: join._id,
    other: { id: other._id, name: other.name, channels },
    state: join.state,
    by: join.by,
    reasons: join.reasons,
    score: join.score,
    at: join.at,
  };
}

function presentHistory(past: CustomerPicture['history'][number]): CustomerView['history'][number] {
  return {
    conversationId: past.conversationId,
    channelKind: past.channelKind,
    subject: past.subject,
    status: statusOf(past.status),
    startedAt: past.startedAt,
    lastAt: past.lastAt,
    preview: past.preview,
    assigneeId: past.assigneeId,
    mood: past.mood,
  };
}

type Status = CustomerView['history'][number]['status'];
const statuses: readonly Status[] = ['open', 'pending', 'snoozed', 'resolved', 'spam'];

function statusOf(status: string): Status {
  return statuses.find((known) => known === status) ?? 'open';
}
