import { previewOf, searchEntry } from './append-message.js';
import type { Applied } from './apply-event.js';
import type { Core, Work } from './core.js';
import { askDeleted } from './clock/keep.js';
import { findByExternalId, keepForLater } from './early-events.js';
import type { Conversation } from './model/conversation.js';
import type { DeleteEvent, EditEvent, ReactionEvent } from './model/event.js';
import type { Message, Reaction } from './model/message.js';
import { identityIdOf } from './recognise-sender.js';
import type { Patch } from './stores.js';

const revisionsKept = 20;
const reactionsKept = 200;

/** A post was changed. What stood there before is kept; an older revision, or the same again, changes nothing. */
export async function applyEdit(core: Core, work: Work, event: EditEvent): Promise<Applied> {
  const message = await findByExternalId(work, event.channelId, event.target);
  if (message === undefined) return keepForLater(core, work, event, event.target);
  if (message.revision !== undefined && !isNewer(event.revision, message.revision)) return { state: 'ignored', reason: 'an older revision than the one shown' };
  if (message.text === event.text) return { state: 'applied', messageId: message._id };
  const before = { revision: message.revision ?? '', text: message.text, until: event.occurredAt ?? event.receivedAt };
  return changeMessage(core, work, message, {
    set: { text: event.text, revision: event.revision, revisions: [...message.revisions ?? [], before].slice(-revisionsKept) },
  });
}

/** Numbers by value ("1700000000.0001"), anything else by its letters. */
function isNewer(revision: string, than: string): boolean {
  const [a, b] = [Number(revision), Number(than)];
  return Number.isFinite(a) && Number.isFinite(b) ? a > b : revision > than;
}

/** A post was taken back: marked, its text kept. Where nothing else is asked, they wait no more. */
export async function applyDelete(core: Core, work: Work, event: DeleteEvent): Promise<Applied> {
  const message = await findByExternalId(work, event.channelId, event.target);
  if (message === undefined) return keepForLater(core, work, event, event.target);
  if (message.deleted !== undefined) return { state: 'applied', messageId: message._id };
  const at = event.receivedAt;
  const applied = await changeMessage(core, work, message, { set: { deleted: { at, by: event.by } } });
  const conversation = await work.c.conversations.get(message.conversationId);
  if (conversation?.waitId !== undefined && message.kind === 'in') work.fx.conversation(await askDeleted(core, work, conversation, { message, at }));
  return applied;
}

export async function applyReaction(core: Core, work: Work, event: ReactionEvent): Promise<Applied> {
  const message = await findByExternalId(work, event.channelId, event.target);
  if (message === undefined) return keepForLater(core, work, event, event.target);
  const by = identityIdOf(event.by);
  const reactions = reactionsAfter(message.reactions ?? [], { by, name: event.by.displayName ?? event.by.externalUserId, op: event.op, ...(event.emoji === undefined ? {} : { emoji: event.emoji }) });
  return changeMessage(core, work, message, { set: { reactions } });
}

/** Each person's each emoji once. Without an emoji `set` and `remove` take back all of theirs. Pure. */
export function reactionsAfter(reactions: readonly Reaction[], change: { by: string; name: string; op: ReactionEvent['op']; emoji?: string }): Reaction[] {
  const { by, name, op, emoji } = change;
  const others = reactions.filter((reaction) => reaction.by !== by || (op !== 'set' && emoji !== undefined && reaction.emoji !== emoji));
  return op === 'remove' || emoji === undefined ? others : [...others, { emoji: emoji.slice(0, 64), by, name }].slice(-reactionsKept);
}

/** Changes a message that stands in its place already, and what is shown and found of it. */
export async function changeMessage(core: Pick<Core, 'search' | 'store' | 'changes' | 'clock'>, work: Work, message: Message, patch: Patch<Message>): Promise<{ state: 'applied'; messageId: string }> {
  const after = await work.c.messages.change(message._id, patch);
  const conversation = await work.c.conversations.get(message.conversationId);
  if (after === undefined || conversation === undefined) return { state: 'applied', messageId: message._id };
  if (after.text !== message.text || after.attachments !== message.attachments) await work.fx.index(core, searchEntry(conversation, after));
  const changed = await work.c.conversations.change(conversation._id, {}, { set: { ...rowAfter(core, conversation, message, after), changeSeq: core.changes.next() } });
  work.fx.conversation(changed?.after ?? conversation, after);
  return { state: 'applied', messageId: message._id };
}

/** What a customer changes counts as something said: an answer written before it is stale. */
function rowAfter(core: Pick<Core, 'clock'>, conversation: Conversation, before: Message, after: Message): Partial<Conversation> {
  const said = after.kind === 'in' && (after.text !== before.text || after.deleted !== before.deleted);
  const shown = conversation.preview.text === previewOf(before) && conversation.preview.by === before.author.type;
  return {
    ...(said ? { talkedAt: Math.max(core.clock(), conversation.talkedAt + 1) } : {}),
    ...(shown ? { preview: { ...conversation.preview, text: after.deleted === undefined ? previewOf(after) : 'Message deleted' } } : {}),
  };
}
