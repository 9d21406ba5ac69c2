import { AppError } from '../errors.js';
import type { InboxReads, Viewer } from './api.js';
import type { Core } from './core.js';
import { recordsOf } from './clock/person.js';
import type { Customer } from './model/identity.js';
import type { Team } from './model/people.js';
import { maySee, visibleTo } from './permission.js';
import { decodeCursor, encodeCursor } from './read/cursors.js';
import { listConversations, viewCounts } from './read/list.js';
import { messagePage, personPage } from './read/messages.js';
import { personPicture } from './read/person.js';
import { conversationPicture, type PictureDeps } from './read/picture.js';
import { nameKeyOf } from './recognise-sender.js';
import { seenCustomer } from './decide-join.js';

/** A browser that missed more changes than this starts afresh. */
const changesReplayed = 500;
/** Rows are replayed from a little before: a change numbered earlier may have been written later. Seeing a row twice changes nothing. */
const replayOverlap = 20;

export interface ReadDeps extends PictureDeps {
  teams: () => readonly Team[];
}

/** Everything that can be read, each after the one permission check. */
export function createInboxReads(core: Core, deps: ReadDeps): InboxReads {
  const c = core.store.now;
  return {
    list: (viewer, query) => listConversations(core, viewer, query),
    drafts: (viewer) => c.drafts.ofAgent(viewer.agentId),
    conversation: async (viewer, id) => {
      const conversation = await c.conversations.get(id);
      return conversation !== undefined && maySee(viewer, conversation) ? conversation : undefined;
    },
    picture: (viewer, id, options) => conversationPicture(core, deps, viewer, { id, timeline: options.timeline }),
    messages: (viewer, conversationId, query) => messagePage(core, viewer, conversationId, query),
    message: async (viewer, id) => {
      const message = await c.messages.get(id);
      const conversation = message === undefined ? undefined : await c.conversations.get(message.conversationId);
      return conversation !== undefined && maySee(viewer, conversation) ? message : undefined;
    },
    attachment: async (viewer, attachmentId) => {
      const file = await c.files.get(attachmentId);
      if (file === undefined) return undefined;
      if (file.conversationId === undefined) return file.uploadedBy === viewer.agentId ? file.attachment : undefined;
      const conversation = await c.conversations.get(file.conversationId);
      return conversation !== undefined && maySee(viewer, conversation) ? file.attachment : undefined;
    },
    person: async (viewer, customerId) => {
      const found = await personPicture(core, customerId);
      if (found === undefined) return undefined;
      const visible = found.conversations.filter((conversation) => maySee(viewer, conversation));
      if (visible.length === 0 && viewer.role !== 'administrator') return undefined;
      return { ...found, history: found.history.filter((item) => visible.some((conversation) => conversation._id === item.conversationId)) };
    },
    people: (viewer, query) => peoplePage(core, viewer, query),
    timeline: async (viewer, customerId, query) => {
      const root = await seenCustomer({ c }, viewer, customerId);
      return personPage(core, viewer, root._id, query);
    },
    search: (viewer, query) => search(core, viewer, query),
    counts: (viewer) => viewCounts(core, viewer, deps.teams()),
    changedSince: async (viewer, changeSeq) => {
      const rows = await c.conversations.changedAfter(Math.max(0, changeSeq - replayOverlap), changesReplayed + 1);
      const upTo = core.changes.current();
      return { rows: rows.slice(0, changesReplayed).filter((row) => maySee(viewer, row)), upTo, complete: rows.length <= changesReplayed };
    },
    changeSeq: () => core.changes.current(),
    maySee,
    ledger: async (viewer, query) => {
      if (viewer.role !== 'administrator') throw new AppError('forbidden', 'Only administrators see the ledger.');
      const rows = await c.ledger.page({
        limit: query.limit + 1,
        ...(query.channelId === undefined ? {} : { channelId: query.channelId }),
        ...(query.state === undefined ? {} : { state: query.state }),
        ...(query.cursor === undefined ? {} : { after: decodeCursor(query.cursor, ['number', 'string'] as const) }),
      });
      const items = rows.slice(0, query.limit);
      const last = items.at(-1);
      return rows.length > query.limit && last !== undefined ? { items, cursor: encodeCursor([last.receivedAt, last._id]) } : { items };
    },
  };
}

async function peoplePage(core: Core, viewer: Viewer, query: Parameters<InboxReads['people']>[1]): ReturnType<InboxReads['people']> {
  const c = core.store.now;
  const text = query.text?.trim() ?? '';
  if (text.includes('@') || /^\+?\d[\d\s]{5,}$/u.test(text)) {
    const key = text.includes('@') ? `email:${text.toLowerCase()}` : `phone:${text.replace(/\s/gu, '')}`;
    const entries = await c.identities.withAlias(key);
    const roots = await Promise.all(entries.map((entry) => c.customers.get(entry.customerId).then((record) => record?.joinedInto === undefined ? record : c.customers.get(record.joinedInto))));
    const found = [...new Map(roots.flatMap((root) => root === undefined ? [] : [[root._id, root]])).values()];
    return { items: await onlySeen(core, viewer, found) };
  }
  const named = text === '' ? {} : { namePrefix: nameKeyOf(text) };
  const rows = await c.customers.page({ ...named, limit: query.limit + 1, ...(query.cursor === undefined ? {} : { after: decodeCursor(query.cursor, ['any', 'string'] as const) }) });
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  const items = await onlySeen(core, viewer, page);
  return rows.length > query.limit && last !== undefined ? { items, cursor: encodeCursor([text === '' ? last.lastSeenAt : last.nameKey, last._id]) } : { items };
}

async function onlySeen(core: Core, viewer: Viewer, customers: Customer[]): Promise<Customer[]> {
  if (viewer.role === 'administrator') return customers;
  const seen = await Promise.all(customers.map(async (customer) => {
    const conversations = await core.store.now.conversations.ofCustomers(recordsOf(customer), 50);
    return conversations.some((conversation) => maySee(viewer, conversation));
  }));
  return customers.filter((_, index) => seen[index] === true);
}

async function search(core: Core, viewer: Viewer, query: Parameters<InboxReads['search']>[1]): ReturnType<InboxReads['search']> {
  const c = core.store.now;
  const visible = visibleTo(viewer);
  const page = await core.search.query({
    text: query.text, limit: query.limit,
    ...(query.cursor === undefined ? {} : { cursor: query.cursor }),
    ...(visible === undefined ? {} : { visibleTo: { teamIds: [...visible.teamIds], agentId: visible.agentId } }),
  });
  const [messages, conversations] = await Promise.all([
    c.messages.getMany(page.hits.map((hit) => hit.messageId)),
    c.conversations.getMany([...new Set(page.hits.map((hit) => hit.conversationId))]),
  ]);
  const allowed = conversations.filter((conversation) => maySee(viewer, conversation));
  const ids = new Set(allowed.map((conversation) => conversation._id));
  const byId = new Map(messages.map((message) => [message._id, message]));
  const hits = page.hits.filter((hit) => ids.has(hit.conversationId) && byId.has(hit.messageId));
  return { ...page, hits, messages: hits.flatMap((hit) => byId.get(hit.messageId) ?? []), conversations: allowed };
}

