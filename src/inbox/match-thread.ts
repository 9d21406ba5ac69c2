import type { Core, Work } from './core.js';
import type { Millis } from './model/common.js';
import type { Conversation } from './model/conversation.js';
import type { MessageEvent } from './model/event.js';

/** Where a message belongs, and why: which rung of the ladder held. */
export type ThreadMatch =
  | { to: 'known'; conversation: Conversation; rung: string; /** An address we had written to answered with a token or id that only its owner could read. */ provesAddress?: boolean }
  | { to: 'new'; threadKey: string; linkedTo?: { conversationId: string; reason: string } };

const day = 86_400_000;
/** A chat that rested longer than this begins anew, linked to the old one. */
const chatRestsMs = 3 * day;
/** Same person and same subject within this time is the same matter. */
const sameSubjectMs = 7 * day;

/**
 * The ladder: a token we signed → an id of ours that it answers → the thread's own key → same person, same subject,
 * recent → new. An id or a token is believed only from somebody who took part: a stranger who holds one gets a new,
 * linked conversation and sees nothing of the old. Reads only.
 */
export async function matchThread(core: Pick<Core, 'channels' | 'clock'>, work: Pick<Work, 'c'>, event: MessageEvent, customerId: string | undefined): Promise<ThreadMatch> {
  const { thread } = event;
  const writer = addressesOf(event);
  const fromToken = thread.tokenConversationId === undefined ? undefined : await work.c.conversations.get(thread.tokenConversationId);
  if (fromToken !== undefined) return admit(fromToken, writer, { rung: 'reply address', event, customerId, ours: true });
  const held = await work.c.threads.find(`${event.channelId}:${thread.key}`);
  // Where the platform itself says which thread it is, a quoted message of another one moves nothing.
  const quoted = thread.keyIs === 'exact' && held !== undefined ? [] : thread.repliesTo ?? [];
  for (const externalId of quoted) {
    const found = await conversationOf(core, work, event, externalId);
    if (found !== undefined) return admit(found.conversation, writer, { rung: 'answers a message of this conversation', event, customerId, ours: found.ours });
  }
  if (held !== undefined) {
    const conversation = await work.c.conversations.get(held.conversationId);
    if (conversation === undefined) return { to: 'new', threadKey: thread.key };
    if (thread.keyIs === 'exact' && restsTooLong(conversation, core.clock())) {
      return { to: 'new', threadKey: thread.key, linkedTo: { conversationId: conversation._id, reason: 'the earlier conversation was resolved more than three days ago' } };
    }
    return { to: 'known', conversation, rung: thread.keyIs === 'exact' ? 'same thread' : 'same message' };
  }
  const bySubject = customerId === undefined ? undefined : await sameSubject(core, work, event, customerId);
  if (bySubject !== undefined) return { to: 'known', conversation: bySubject, rung: 'same person and subject within a week' };
  return { to: 'new', threadKey: thread.key };
}

function admit(conversation: Conversation, writer: readonly string[], how: { rung: string; event: MessageEvent; customerId: string | undefined; ours: boolean }): ThreadMatch {
  const { rung, event } = how;
  const apart = (reason: string): ThreadMatch => ({ to: 'new', threadKey: event.thread.key, linkedTo: { conversationId: conversation._id, reason } });
  if (conversation.facts.imported === true) return apart('it answers a conversation that was imported, which is history');
  if (event.direction === 'in' && event.email?.auth?.dmarc === 'fail') return apart('it answers that conversation, but its sender address is forged (DMARC failed)');
  const tookPart = conversation.customerId === how.customerId || conversation.participants.some((address) => writer.includes(address));
  if (!tookPart) return apart('it answers that conversation, but its sender took no part in it');
  return { to: 'known', conversation, rung, ...(how.ours ? { provesAddress: true } : {}) };
}

async function conversationOf(core: Pick<Core, 'channels'>, work: Pick<Work, 'c'>, event: MessageEvent, externalId: string): Promise<{ conversation: Conversation; ours: boolean } | undefined> {
  const kind = core.channels().get(event.channelId)?.kind;
  const siblings = [...core.channels().values()].filter((channel) => channel.kind === kind && channel._id !== event.channelId).map((channel) => channel._id);
  for (const channelId of [event.channelId, ...siblings]) {
    const id = `${channelId}:${externalId}`;
    const sent = await work.c.externalIds.get(id);
    const conversationId = sent?.conversationId ?? (await work.c.messages.get(id))?.conversationId;
    const conversation = conversationId === undefined ? undefined : await work.c.conversations.get(conversationId);
    if (conversation !== undefined) return { conversation, ours: sent !== undefined };
  }
  return undefined;
}

async function sameSubject(core: Pick<Core, 'clock'>, work: Pick<Work, 'c'>, event: MessageEvent, customerId: string): Promise<Conversation | undefined> {
  const subject = bareSubject(event.thread.subject);
  if (subject === '' || event.thread.keyIs === 'exact') return undefined;
  const recent = await work.c.conversations.ofCustomers([customerId], 20);
  return recent.find((conversation) => conversation.channelId === event.channelId && conversation.shelf !== 'spam' && conversation.status !== 'resolved' && conversation.facts.imported !== true
    && bareSubject(conversation.subject) === subject && core.clock() - conversation.lastMessageAt < sameSubjectMs);
}

function addressesOf(event: MessageEvent): string[] {
  const sender = event.direction === 'in' ? event.sender : event.recipient ?? event.sender;
  const own = sender.aliases.filter((alias) => alias.type === 'email').map((alias) => alias.value);
  return event.direction === 'in' ? own : [...own, ...(event.thread.participants ?? [])];
}

function restsTooLong(conversation: Conversation, now: Millis): boolean {
  return conversation.status === 'resolved' && now - Math.max(conversation.resolvedAt ?? 0, conversation.lastMessageAt) > chatRestsMs;
}

/** The subject without Re:, Fwd:, AW:, WG:, TR:, RV: and ticket brackets at its beginning. */
export function bareSubject(subject: string | undefined): string {
  let bare = (subject ?? '').trim();
  for (let round = 0; round < 10; round += 1) {
    const shorter = bare.replace(/^(?:re|fwd?|aw|antw|wg|sv|vs|tr|rv|rif|réf?)(?:\[\d{1,3}\])?\s{0,3}:\s{0,5}/iu, '');
    if (shorter === bare) break;
    bare = shorter;
  }
  return bare.toLowerCase();
}
