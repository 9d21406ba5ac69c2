import { searchEntry } from '../inbox/append-message.js';
import type { Core } from '../inbox/core.js';

const pageSize = 200;

/** After tags, team or assignee changed: what search knows of the conversation's messages is made anew, page by page. */
export async function indexConversation(core: Core, conversationId: string): Promise<void> {
  const conversation = await core.store.now.conversations.get(conversationId);
  if (conversation === undefined) return;
  let after = 0;
  for (;;) {
    const page = await core.store.now.messages.page(conversationId, { after, limit: pageSize });
    const entries = page.filter((message) => message.kind !== 'event').map((message) => searchEntry(conversation, message));
    if (entries.length > 0) await core.search.put(entries);
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return;
    after = last.seq;
  }
}
