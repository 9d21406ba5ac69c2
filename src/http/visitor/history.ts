import type { VisitorMessage } from '../../adapters/contract/visitors.js';
import { AppError } from '../../errors.js';
import type { Message } from '../../inbox/model/message.js';
import { readCursor } from './cursor.js';
import { VisitorPresenter } from './presenter.js';
import { ownConversations, type OwnConversation, type Visitor, type VisitorContext } from './visitor.js';

const pageSize = 50;

/** The newest messages over these conversations, oldest first; `more`: there may be older ones. */
export async function recentMessages(context: VisitorContext, conversations: readonly OwnConversation[], before?: { conversationId: string; seq: number }): Promise<{ messages: Message[]; more: boolean }> {
  const messages: Message[] = [];
  const until = before === undefined ? conversations.length - 1 : conversations.findIndex(({ row }) => row._id === before.conversationId);
  for (let index = until; index >= 0; index -= 1) {
    const own = conversations[index];
    if (own === undefined) continue;
    let beforeSeq = own.row._id === before?.conversationId ? before.seq : own.row.lastSeq + 1;
    do {
      const limit = pageSize - messages.length;
      if (limit <= 0) return { messages, more: true };
      const page = await context.deps.inbox.messages(own.identityId, own.row._id, { beforeSeq, limit });
      messages.unshift(...[...page].sort((a, b) => a.seq - b.seq));
      // A page may be short because some of it is not for visitors: it still covers so many numbers.
      beforeSeq = Math.min(page[0]?.seq ?? beforeSeq, beforeSeq - limit);
    } while (beforeSeq > 1);
  }
  return { messages, more: false };
}

/** A page of what was said before `conversationId:seq`. A conversation that is not this visitor's does not exist. */
export async function olderMessages(context: VisitorContext, visitor: Visitor, before: string): Promise<{ messages: VisitorMessage[]; more: boolean }> {
  const [position] = readCursor(before) ?? [];
  if (position === undefined) throw new AppError('bad_request', 'not a position');
  const conversations = await ownConversations(context, visitor);
  if (!conversations.some(({ row }) => row._id === position[0])) throw new AppError('not_found', 'not this visitor\'s');
  const { messages, more } = await recentMessages(context, conversations, { conversationId: position[0], seq: position[1] });
  const presenter = new VisitorPresenter(context, visitor);
  const shown: VisitorMessage[] = [];
  for (const message of messages) {
    const view = await presenter.message(message);
    if (view !== undefined) shown.push(view);
  }
  return { messages: shown, more };
}
