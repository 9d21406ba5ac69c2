import type { Core } from './core.js';
import type { TypingSign } from './model/event.js';

/** Tells browsers that a customer begins or ends to type. Kept nowhere. */
export async function signTyping(core: Pick<Core, 'store' | 'live'>, sign: TypingSign): Promise<void> {
  const thread = await core.store.now.threads.find(`${sign.channelId}:${sign.threadKey}`);
  const conversation = thread === undefined ? undefined : await core.store.now.conversations.get(thread.conversationId);
  if (conversation === undefined) return;
  core.live.publish({
    kind: 'typing', conversationId: conversation._id, who: { type: 'customer', id: conversation.identityId, name: conversation.customerName }, on: sign.on,
    ...(conversation.teamId === undefined ? {} : { teamId: conversation.teamId }),
    ...(conversation.assigneeId === undefined ? {} : { assigneeId: conversation.assigneeId }),
  });
}
