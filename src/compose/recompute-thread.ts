import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../errors.js';
import { comparePeople } from '../reports/recompute/compare-people.js';
import { openCollections } from '../store/collections/collections.js';
import { conversationSpec } from '../store/collections/conversations.js';
import { messageSpec } from '../store/collections/messages.js';
import { waitSpec } from '../store/collections/waits.js';
import type { CollectionSpec } from '../store/driver.js';
import { openEmbeddedReader } from '../store/embedded/reader.js';
import type { Answer, Given, Question } from './recompute-threads.js';

/** The program of one thread: compares those whose turn it is, question by question, over a connection of its own. It has nothing to write with. */
function run(given: Given, port: NonNullable<typeof parentPort>): void {
  const reader = openEmbeddedReader(given.file, [conversationSpec, messageSpec, waitSpec] as readonly CollectionSpec<never>[]);
  const c = openCollections(reader.driver);
  let before = Promise.resolve();
  port.on('message', (question: Question | 'close') => {
    before = before.then(async () => (question === 'close' ? close() : port.postMessage(await answerTo(question))));
  });

  function close(): void {
    reader.close();
    port.close();
  }

  async function answerTo({ id, people }: Question): Promise<Answer> {
    try {
      return { id, compared: await reader.atOnce(() => comparePeople({ c, rules: given.rules }, people)) };
    } catch (error) {
      const code = error instanceof AppError ? error.code : 'bug';
      return { id, failed: { code, message: error instanceof Error ? error.stack ?? error.message : String(error) } };
    }
  }
}

if (parentPort !== null) run((workerData as { given: Given }).given, parentPort);
