import type { VisitorFile, VisitorFrame } from '../../adapters/contract/visitors.js';
import { AppError } from '../../errors.js';
import type { VisitorReply } from './frames.js';
import { countedAs, ownConversations, type OwnConversation, type Visitor, type VisitorContext } from './visitor.js';

/** The message is in the ledger when this resolves; the same client id twice is one message. */
export async function takeMessage(context: VisitorContext, visitor: Visitor, frame: VisitorFrame & { type: 'message' }): Promise<VisitorReply> {
  const { deps } = context;
  await context.limits.message(countedAs(visitor));
  await assertOn(context, visitor);
  const files = frame.uploads.map((handle) => openUpload(context, visitor, handle));
  await deps.sink([deps.webchat.messageEvent(frame, visitor.pass, { receivedAt: deps.clock(), files })]);
  return { type: 'ack', clientId: frame.clientId };
}

/** What this visitor's browser has received or shown; never more than there is. */
export async function takeReceipt(context: VisitorContext, visitor: Visitor, frame: VisitorFrame & { type: 'receipt' }, known?: OwnConversation): Promise<void> {
  const { deps } = context;
  await context.limits.signal(countedAs(visitor));
  const own = known ?? (await ownConversations(context, visitor)).find(({ row }) => row._id === frame.conversationId);
  if (own === undefined) throw new AppError('not_found', 'not this visitor\'s');
  const seq = Math.min(frame.seq, own.row.lastSeq);
  if (seq < 1 || (frame.state === 'read' && seq <= (own.row.customerReadSeq ?? 0))) return;
  await deps.sink([deps.webchat.receiptEvent({ ...frame, seq }, visitor.pass, { receivedAt: deps.clock(), threadKey: own.row.threadKey })]);
}

export async function takeTyping(context: VisitorContext, visitor: Visitor, frame: VisitorFrame & { type: 'typing' }, known?: OwnConversation): Promise<void> {
  await context.limits.signal(countedAs(visitor));
  const own = known ?? (await ownConversations(context, visitor)).at(-1);
  if (own !== undefined) context.deps.typing({ conversationId: own.row._id, identityId: own.identityId, on: frame.on });
}

/** A channel that was switched off a moment ago takes nothing more, also from sockets that are still open. */
async function assertOn(context: VisitorContext, visitor: Visitor): Promise<void> {
  const account = await context.deps.findChannel(visitor.pass.channelId);
  if (account?.channel.state !== 'on') throw new AppError('gone', 'channel is not on');
}

function openUpload(context: VisitorContext, visitor: Visitor, handle: string): VisitorFile {
  const file = context.deps.webchat.openFile(handle, 'upload', context.deps.clock());
  if (file === undefined || file.channelId !== visitor.pass.channelId || file.visitorId !== visitor.pass.visitorId) {
    throw new AppError('not_found', 'not an upload of this visitor');
  }
  return file;
}
