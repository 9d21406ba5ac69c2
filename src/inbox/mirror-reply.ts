import { addStep } from './add-step.js';
import { appendMessage } from './append-message.js';
import type { Applied } from './apply-event.js';
import { type Core, laneOf, type Work, workInLane } from './core.js';
import type { Conversation } from './model/conversation.js';
import type { InboundEvent } from './model/event.js';
import type { Attachment, Author } from './model/message.js';
import { type KeptReply, type Mirror, type MirrorThread, mirrorThreadId } from './model/mirror.js';
import { putReply, thenStatus } from './send-reply.js';

/** A reply whose place is only now becoming a thread waits for it; who wrote it and its files are asked for by the worker. */
export async function keepMirrorReply(core: Core, work: Work, event: InboundEvent): Promise<Applied | undefined> {
  const reply = core.mirrored?.(event);
  if (reply === undefined) return undefined;
  if (reply.text.trim() === '' && reply.files.length === 0) return { state: 'ignored', reason: 'an empty post in a mirrored thread' };
  const thread: MirrorThread = { channelId: event.channelId, place: reply.place, thread: reply.thread };
  const mirror = await work.c.mirrors.byThread(thread);
  const expected = mirror === undefined ? await work.c.mirrors.opening(thread) : mirror.state === 'on';
  if (!expected) return { state: 'ignored', reason: 'written in a thread in which nothing is mirrored any more' };
  await work.c.mirrorReplies.put({ _id: `${event.channelId}:${reply.externalId}`, channelId: event.channelId, threadId: mirrorThreadId(thread), reply, attempts: 0, nextAt: core.clock(), receivedAt: core.clock() });
  if (mirror !== undefined) work.fx.job('mirror', mirror._id);
  return { state: 'applied' };
}

/** What the worker found out about a kept reply. */
export interface ReplyFacts {
  /** A Rapport agent where the address is one's, else somebody outside. */
  author: Author;
  attachments: Attachment[];
  /** Names of files that could not be fetched. */
  missing: string[];
}

/**
 * Makes of a kept reply an answer that goes out as any other, or a note. The same post again, under whatever delivery,
 * finds its message there. What the writer could not know is said in the conversation, and by that in the thread.
 */
export async function applyMirrorReply(core: Core, kept: KeptReply, mirror: Pick<Mirror, '_id' | 'round'>, facts: ReplyFacts): Promise<void> {
  const seen = await core.store.now.conversations.get(mirror._id);
  if (seen === undefined) return core.store.now.mirrorReplies.remove(kept._id);
  await workInLane(core, laneOf(seen), async (work) => {
    const conversation = await work.c.conversations.get(seen._id) ?? seen;
    const now = await work.c.mirrors.get(mirror._id);
    const messageId = `${conversation.channelId}:mirror-${kept._id}`;
    if (await work.c.messages.get(messageId) === undefined) {
      for (const attachment of facts.attachments) await work.c.files.insert({ _id: attachment.id, attachment, messageId, conversationId: conversation._id, createdAt: core.clock() });
      const from: MirrorThread = { channelId: kept.channelId, place: kept.reply.place, thread: kept.reply.thread };
      const row = kept.reply.note ? await note(core, work, conversation, { kept, facts, messageId, from }) : await answer(core, work, conversation, { kept, facts, messageId, from, mirror: now });
      core.crashAt('mirror-reply-written');
      work.fx.conversation(row);
    }
    await work.c.mirrorReplies.remove(kept._id);
  });
}

interface Part {
  kept: KeptReply;
  facts: ReplyFacts;
  messageId: string;
  from: MirrorThread;
}

async function note(core: Core, work: Work, conversation: Conversation, { kept, facts, messageId, from }: Part): Promise<Conversation> {
  const now = core.clock();
  const appended = await appendMessage(core, work, {
    conversation,
    message: {
      _id: messageId, channelId: conversation.channelId, kind: 'note', author: facts.author, text: kept.reply.text, at: now, receivedAt: now, mirroredFrom: from,
      ...(facts.attachments.length === 0 ? {} : { attachments: facts.attachments }),
    },
    patch: () => ({ set: { preview: conversation.preview } }),
  });
  return sayMissing(core, work, appended.conversation, { facts, messageId });
}

async function answer(core: Core, work: Work, conversation: Conversation, part: Part & { mirror: Mirror | undefined }): Promise<Conversation> {
  const { kept, facts, messageId, from } = part;
  const unseen = await unseenWords(work, conversation, part);
  const appended = await putReply(core, work, conversation, { messageId, author: facts.author, text: kept.reply.text, attachments: facts.attachments, more: { mirroredFrom: from } });
  const row = await thenStatus(core, work, appended.conversation, { input: {}, answer: appended.message });
  const after = await sayMissing(core, work, row, { facts, messageId });
  return unseen === undefined ? after : addStep(core, work, { conversation: after, key: `${messageId}:unseen`, step: { type: 'mirrored' }, text: `${facts.author.name} answered in the team’s thread before ${unseen} stood there. It was sent all the same.` });
}

/** What had been said, either way, and did not stand in the thread when the reply was written. */
async function unseenWords(work: Work, conversation: Conversation, { mirror, kept, from }: Part & { mirror: Mirror | undefined }): Promise<string | undefined> {
  if (mirror === undefined) return undefined;
  if (conversation.lastInSeq > mirror.upToSeq || (mirror.inShownAt !== undefined && kept.reply.at < mirror.inShownAt && conversation.lastInSeq > 0)) return `the newest message of ${conversation.customerName}`;
  const newer = await work.c.messages.page(conversation._id, { after: mirror.upToSeq, limit: 50 });
  const other = newer.findLast((message) => message.kind === 'out' && !isFrom(message.mirroredFrom, from));
  return other === undefined ? undefined : `an answer of ${other.author.name}`;
}

async function sayMissing(core: Core, work: Work, conversation: Conversation, { facts, messageId }: Pick<Part, 'facts' | 'messageId'>): Promise<Conversation> {
  if (facts.missing.length === 0) return conversation;
  return addStep(core, work, { conversation, key: `${messageId}:files`, step: { type: 'mirrored' }, text: `Not passed on from the team’s thread, because it could not be fetched: ${facts.missing.join(', ')}` });
}

/** Whether something was written in this very thread. */
export function isFrom(from: MirrorThread | undefined, thread: Partial<MirrorThread>): boolean {
  return from !== undefined && from.channelId === thread.channelId && from.place === thread.place && from.thread === thread.thread;
}
