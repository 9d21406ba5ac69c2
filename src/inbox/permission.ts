import { AppError } from '../errors.js';
import type { Viewer } from './api.js';
import type { Work } from './core.js';
import type { Conversation } from './model/conversation.js';
import type { Visible } from './stores.js';

/** Whether this viewer may see that conversation: the one check for what is fetched and what is pushed. */
export function maySee(viewer: Viewer, conversation: { teamId?: string; assigneeId?: string }): boolean {
  return viewer.role === 'administrator' || conversation.teamId === undefined || conversation.assigneeId === viewer.agentId || viewer.teamIds.includes(conversation.teamId);
}

/** The same check as a filter; `undefined`: everything. */
export function visibleTo(viewer: Viewer): Visible | undefined {
  return viewer.role === 'administrator' ? undefined : { teamIds: viewer.teamIds, agentId: viewer.agentId };
}

/** The conversation, or `not_found`: what one may not see does not exist. */
export async function seenConversation(work: Pick<Work, 'c'>, viewer: Viewer, id: string): Promise<Conversation> {
  const conversation = await work.c.conversations.get(id);
  if (conversation === undefined || !maySee(viewer, conversation)) throw new AppError('not_found', 'There is no such conversation.');
  return conversation;
}

/** Throws `conflict` in an imported conversation: it is history. What is written there must reach nobody, and nobody has it to do. */
export function refuseHistory(conversation: Pick<Conversation, 'facts'>): void {
  if (conversation.facts.imported === true) throw new AppError('conflict', 'This conversation was imported: it is history. Answer where the customer writes today.', { facts: { rule: 'imported' } });
}
