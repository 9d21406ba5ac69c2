import { pino } from 'pino';
import type { Config } from '../config.js';
import { AppError } from '../errors.js';
import { searchEntry } from '../inbox/append-message.js';
import { backup, restore, type StorePlace } from '../store/backup/tasks.js';
import { collectionSpecs, openCollections } from '../store/collections/collections.js';
import type { Engine } from '../store/driver.js';
import { isEmbedded } from '../store/engine.js';
import { migrations } from '../store/migrations/list.js';
import { openEmbeddedSearch } from '../store/search/embedded.js';
import { openMongoSearch } from '../store/search/mongo.js';
import { secretId } from '../store/secrets.js';
import { dataLayout, openSecret } from './store.js';

const usage = 'usage: npm run backup -- FILE, npm run restore -- FILE [--replace], npm run import -- FILE [--id NAME], npm run recompute [-- --repair]';

/** `npm run backup -- FILE`, `npm run restore -- FILE`, `npm run import -- FILE` and `npm run recompute`; all print how far they are. */
export async function runTask(config: Config, words: readonly string[]): Promise<void> {
  const [task, ...rest] = words;
  const idAt = rest.indexOf('--id');
  const id = idAt < 0 ? undefined : rest[idAt + 1];
  const file = rest.find((word, at) => !word.startsWith('--') && (idAt < 0 || at !== idAt + 1));
  if (task === 'import' && file !== undefined) {
    await (await import('./import-task.js')).importTask(config, { file, ...(id === undefined ? {} : { id }) });
    return;
  }
  if (task === 'recompute') {
    await (await import('./recompute-task.js')).recomputeTask(config, { repair: rest.includes('--repair') });
    return;
  }
  if ((task !== 'backup' && task !== 'restore') || file === undefined) throw new AppError('config_invalid', usage);
  const say = (line: string): void => {
    process.stdout.write(`${line}\n`);
  };
  const secret = await openSecret(config);
  const place: StorePlace = {
    mongo: config.mongo, layout: dataLayout(config.dataDir), specs: collectionSpecs, knownVersion: migrations.length,
    secretId: secretId(secret.master), clock: Date.now, progress: say,
  };
  if (task === 'backup') {
    const done = await backup(file, place);
    say(`Backed up ${total(done.counts)} documents and ${done.blobs} files to ${done.file} (${(done.bytes / 1_048_576).toFixed(1)} MB).`);
    return;
  }
  const done = await restore(file, { ...place, replace: rest.includes('--replace'), rebuildSearch });
  say(`Restored ${total(done.counts)} documents and ${done.blobs} files.`);
  if (!done.secretFits) say('The secret is another one: please enter the passwords of the channels again.');
}

function total(counts: Record<string, number>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

const pageSize = 500;

/** Search is not in a backup: what it knows is made anew from the messages. */
export async function rebuildSearch(engine: Engine): Promise<void> {
  const search = isEmbedded(engine) ? await openEmbeddedSearch(engine, { log: pino({ level: 'warn' }) }) : await openMongoSearch(engine);
  const c = openCollections(engine.durable);
  await search.clear();
  for (let after = 0; ;) {
    const page = await c.conversations.changedAfter(after, pageSize);
    for (const conversation of page) {
      for (let seq = 0; ;) {
        const messages = await c.messages.page(conversation._id, { after: seq, limit: pageSize });
        const entries = messages.filter((message) => message.kind !== 'event').map((message) => searchEntry(conversation, message));
        if (entries.length > 0) await search.put(entries);
        seq = messages.at(-1)?.seq ?? seq;
        if (messages.length < pageSize) break;
      }
    }
    after = page.at(-1)?.changeSeq ?? after;
    if (page.length < pageSize) break;
  }
  await search.settle();
  await search.stop();
}
