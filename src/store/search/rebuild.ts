import type { Conversation } from '../../inbox/model/conversation.js';
import type { Message } from '../../inbox/model/message.js';
import type { SearchEntry } from '../../inbox/ports.js';
import type { CollectionSpec, Engine } from '../driver.js';
import type { StoreSearch } from './store-search.js';

const conversationsPerPage = 100;
const messagesPerPage = 500;

/**
 * Forgets the index and makes it anew from all messages; `entryOf` says what is to be found of one (`undefined`:
 * nothing). For a restored store, or when the tokenizer has changed. Returns how many messages are in it.
 */
export async function rebuildSearch(options: {
  engine: Engine;
  search: StoreSearch;
  conversations: CollectionSpec<Conversation>;
  messages: CollectionSpec<Message>;
  entryOf: (conversation: Conversation, message: Message) => SearchEntry | undefined;
}): Promise<number> {
  const { engine, search, entryOf } = options;
  const conversations = engine.durable.collection(options.conversations);
  const messages = engine.durable.collection(options.messages);
  await search.clear();
  let count = 0;
  let last: string | undefined;
  for (;;) {
    const page = await conversations.find({}, { sort: { _id: 1 }, limit: conversationsPerPage, ...(last === undefined ? {} : { after: [last] }) });
    for (const conversation of page) count += await indexOne(conversation);
    await search.settle();
    last = page.at(-1)?._id;
    if (page.length < conversationsPerPage) return count;
  }

  async function indexOne(conversation: Conversation): Promise<number> {
    let seq: number | undefined;
    let indexed = 0;
    for (;;) {
      const page = await messages.find({ conversationId: conversation._id }, { sort: { seq: 1 }, limit: messagesPerPage, ...(seq === undefined ? {} : { after: [seq] }) });
      const entries = page.map((message) => entryOf(conversation, message)).filter((entry) => entry !== undefined);
      if (entries.length > 0) await search.put(entries);
      indexed += entries.length;
      seq = page.at(-1)?.seq;
      if (page.length < messagesPerPage) return indexed;
    }
  }
}
