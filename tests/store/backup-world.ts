import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Conversation } from '../../src/inbox/model/conversation.js';
import type { Message } from '../../src/inbox/model/message.js';
import { searchEntry } from '../../src/inbox/append-message.js';
import type { StorePlace } from '../../src/store/backup/tasks.js';
import { openDirectoryBlobs } from '../../src/store/blobs/directory.js';
import { createGridFsBlobs } from '../../src/store/blobs/gridfs.js';
import type { BlobVault } from '../../src/store/blobs/vault.js';
import { collectionSpecs } from '../../src/store/collections/collections.js';
import { conversationSpec } from '../../src/store/collections/conversations.js';
import { messageSpec } from '../../src/store/collections/messages.js';
import type { CollectionSpec, Doc, Engine } from '../../src/store/driver.js';
import { isEmbedded, openEngine } from '../../src/store/engine.js';
import { isMongo } from '../../src/store/mongo/port.js';
import { openEmbeddedSearch } from '../../src/store/search/embedded.js';
import { openMongoSearch } from '../../src/store/search/mongo.js';
import { rebuildSearch } from '../../src/store/search/rebuild.js';
import type { StoreSearch } from '../../src/store/search/store-search.js';
import type { Where } from '../support/engines.js';

const layout = (folder: string): StorePlace['layout'] => ({ folder, database: 'rapport.db', files: 'uploads' });
const log = { error: (facts: object) => process.stderr.write(`${JSON.stringify(facts)}\n`) };

/** A store in a folder of its own, or in a database of its own. */
export class StoreWorld {
  readonly lines: string[] = [];

  private constructor(
    readonly folder: string,
    private readonly where: Where,
  ) {}

  static async make(where: Where): Promise<StoreWorld> {
    return new StoreWorld(await mkdtemp(join(tmpdir(), 'rapport-backup-')), where);
  }

  place(changes: Partial<StorePlace> = {}): StorePlace {
    return {
      layout: layout(this.folder), specs: collectionSpecs, knownVersion: 3, clock: () => Date.UTC(2026, 10, 5, 12), progress: (line) => this.lines.push(line),
      ...(this.where.kind === 'mongo' ? { mongo: { url: this.where.url, database: this.where.database } } : {}), ...changes,
    };
  }

  async open(): Promise<{ engine: Engine; blobs: BlobVault }> {
    const engine = await openEngine({ file: join(this.folder, 'rapport.db'), mongo: this.place().mongo });
    await engine.prepare(collectionSpecs);
    return { engine, blobs: isMongo(engine) ? createGridFsBlobs(engine.db) : await openDirectoryBlobs(join(this.folder, 'uploads')) };
  }

  /** Runs a task on the store and closes it again. */
  async with<R>(task: (store: { engine: Engine; blobs: BlobVault }) => Promise<R>): Promise<R> {
    const store = await this.open();
    try {
      return await task(store);
    } finally {
      await store.engine.close();
    }
  }

  file(name: string): string {
    return join(this.folder, name);
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}

export function openSearch(engine: Engine): Promise<StoreSearch> {
  return isEmbedded(engine) ? openEmbeddedSearch(engine, { log }) : openMongoSearch(engine);
}

/** As the product does it after a restore. */
export async function makeSearch(engine: Engine): Promise<void> {
  const search = await openSearch(engine);
  await rebuildSearch({ engine, search, conversations: conversationSpec, messages: messageSpec, entryOf: (conversation, message) => (message.kind === 'event' ? undefined : searchEntry(conversation, message)) });
  await search.stop();
}

const t0 = Date.UTC(2026, 9, 1);

export const conversationOf = (n: number): Conversation => ({
  _id: `conv${n}`, channelId: 'mail', channelKind: 'email', channelName: 'Hilfe', threadKey: `thread${n}`, customerId: `cust${n}`, identityId: `email:x:kunde${n}@posteo.example`, customerName: `Kunde ${n}`, subject: `Bestellung ${n}`,
  status: 'open', shelf: 'active', owned: false, talkedAt: t0, priority: 'normal', tags: ['Größe', '🚲'], lastSeq: 0, lastInSeq: 0, lastMessageAt: t0, readSeq: 0, ownership: 0, preview: { text: 'x', by: 'customer', name: `Kunde ${n}` }, participants: [], facts: { n, firstAt: t0 + n, known: false, touches: 0, asks: 0, transfers: 0, reopened: 0, waits: 0 }, changeSeq: n, createdAt: t0 + n,
});

export const messageOf = (conversation: number, seq: number): Message => ({
  _id: `mail:<${conversation}.${seq}@posteo.example>`, conversationId: `conv${conversation}`, customerId: `cust${conversation}`, channelId: 'mail', seq, kind: 'in', author: { type: 'customer', name: `Kunde ${conversation}` },
  text: `Nachricht ${seq}: Wo ist Bestellung RE-${conversation}-00${seq}? "quoted" \\ \u2028 👩‍🚀`, at: t0 + conversation * 1000 + seq, receivedAt: t0 + conversation * 1000 + seq, mood: -0.5,
});

/** Writes a message and its conversation's counter in one piece of work, as the product does. */
export async function append(engine: Engine, conversation: number, seq: number): Promise<void> {
  await engine.work(async (driver) => {
    await driver.collection(messageSpec).insert(messageOf(conversation, seq));
    await driver.collection(conversationSpec).change({ _id: `conv${conversation}` }, { $max: { lastSeq: seq } });
  });
}

/** Everything in the store but the state of migrations, by collection and id. */
export async function contentsOf({ engine, blobs }: { engine: Engine; blobs: BlobVault }): Promise<Record<string, unknown>> {
  const contents: Record<string, unknown> = {};
  for (const spec of collectionSpecs as unknown as readonly CollectionSpec<Doc>[]) contents[spec.name] = await engine.durable.collection(spec).find({}, { sort: { _id: 1 }, limit: 100_000 });
  const files: Record<string, string> = {};
  for await (const id of blobs.ids()) files[id] = (await blobs.get(id))?.toString('base64') ?? 'gone';
  contents['(files)'] = Object.fromEntries(Object.entries(files).sort());
  return contents;
}
