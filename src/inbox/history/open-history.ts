import type { Core, Work } from '../core.js';
import type { Conversation } from '../model/conversation.js';
import type { Identity } from '../model/identity.js';
import { rootOf } from '../clock/person.js';
import { nameOf } from '../recognise-sender.js';
import type { HistoryLine } from './line.js';

/** What the conversation of these lines is called on its channel: a name that no channel gives. */
export function historyKey(key: string): string {
  return `history/${key}`;
}

/**
 * The conversation that lines with this key belong to. It is always one of its own, found under a name that no channel
 * uses: what comes in live never lands in it, and nothing imported lands in a live one. Where the thread lives on in the
 * inbox it is linked to that.
 */
export async function openHistory(core: Pick<Core, 'newId' | 'changes' | 'numbers' | 'clock'>, work: Pick<Work, 'c'>, input: { first: HistoryLine; identity: Identity }): Promise<Conversation> {
  const { first } = input;
  const threadId = `history/${first.channel._id}:${first.key}`;
  const known = await work.c.threads.find(threadId);
  const held = known === undefined ? undefined : await work.c.conversations.get(known.conversationId);
  if (held !== undefined) return held;
  const mine = known ?? await work.c.threads.claim(threadId, core.newId());
  const conversation = await freshRow(core, work, { ...input, id: mine.conversationId });
  if (await work.c.conversations.insert(conversation) === 'duplicate') return await work.c.conversations.get(conversation._id) ?? conversation;
  await work.c.customers.change(conversation.customerId, { inc: { conversationCount: 1 } });
  return conversation;
}

async function freshRow(core: Pick<Core, 'changes' | 'numbers'>, work: Pick<Work, 'c'>, input: { first: HistoryLine; identity: Identity; id: string }): Promise<Conversation> {
  const { first: { channel, key, at, team }, identity, id } = input;
  const root = await rootOf(work, identity.customerId);
  const name = root?.name ?? nameOf(identity);
  const live = await work.c.threads.find(`${channel._id}:${key}`);
  // As for what comes in live; a conversation of no team would be everybody's to see.
  const teamId = team?._id ?? channel.teamId;
  return {
    _id: id,
    channelId: channel._id,
    channelKind: channel.kind,
    channelName: channel.name,
    threadKey: historyKey(key),
    customerId: identity.customerId,
    identityId: identity._id,
    customerName: name,
    status: 'resolved',
    shelf: 'resolved',
    priority: 'normal',
    owned: false,
    ...(teamId === undefined ? {} : { teamId }),
    tags: [],
    facts: { n: core.numbers.cases.next(), firstAt: at, known: false, imported: true, touches: 0, asks: 0, transfers: 0, reopened: 0, waits: 0, ...(teamId === undefined ? {} : { firstTeamId: teamId, owner: { teamId } }) },
    lastSeq: 0,
    lastInSeq: 0,
    lastMessageAt: at,
    readSeq: 0,
    ownership: 1,
    talkedAt: at,
    preview: { text: '', by: 'customer', name },
    botDone: true,
    replyBlocked: { because: 'not_found', reason: 'This conversation was imported: it is history. Answer where the customer writes today.', at },
    ...(identity.language === undefined ? {} : { language: identity.language }),
    participants: [],
    ...(live === undefined ? {} : { linkedTo: { conversationId: live.conversationId, reason: 'it goes on there; this is the imported part' } }),
    unsettled: true,
    changeSeq: core.changes.next(),
    createdAt: at,
  };
}
