import { pino } from 'pino';
import type { Config } from '../config.js';
import { AppError } from '../errors.js';
import { recomputePerson } from '../inbox/clock/recompute.js';
import { workInLane } from '../inbox/core.js';
import type { Difference } from '../reports/recompute/compare-person.js';
import { type Progress, recomputeAll } from '../reports/recompute/recompute-all.js';
import { type App, buildApp } from './app.js';
import { openComparing } from './recompute-threads.js';

const differencesSaid = 200;

/**
 * `npm run recompute [-- --repair]`: works every wait out anew from the messages, while no server is at work on the store, and prints what is kept
 * otherwise. With `--repair` what the messages say is written, and a correction is left of each. Exit code 1 when something differs and was not repaired.
 */
export async function recomputeTask(config: Config, options: { repair: boolean }): Promise<void> {
  const app = await buildApp(config, { log: pino({ level: 'warn' }, pino.destination(2)), webRoot: '', publicUrl: config.publicUrl ?? 'http://localhost' }).catch((error: unknown) => {
    throw error instanceof AppError && error.code === 'conflict' ? new AppError('conflict', `${error.message}. Stop the server, then recompute.`, { cause: error }) : error;
  });
  try {
    const begun = performance.now();
    const found = await compare(app, options);
    const seconds = (performance.now() - begun) / 1_000;
    say(`${found.messages} messages and ${found.waits} waits of ${found.customers} customers in ${seconds.toFixed(1)} s (${Math.round(found.messages / seconds)} messages/s).`);
    say(found.different === 0 ? 'All waits are as the messages say.' : `${found.different} waits ${options.repair ? 'differed and were repaired.' : 'differ. Run it with --repair to write what the messages say.'}`);
    if (found.different > 0 && !options.repair) process.exitCode = 1;
  } finally {
    await app.stop();
  }
}

async function compare(app: App, { repair }: { repair: boolean }): Promise<Progress> {
  let said = 0;
  const comparing = await openComparing(app.store, app.core.times());
  return recomputeAll({
    customers: app.core.store.now.customers, comparing,
    onProgress: ({ customers, messages }) => say(`  ${messages} messages of ${customers} customers`),
    onDifference: async (root, differences) => {
      for (const difference of differences) {
        said += 1;
        if (said <= differencesSaid) say(inWords(difference));
        else if (said === differencesSaid + 1) say('  more are not listed');
      }
      if (repair) await workInLane(app.core, `recompute:${root._id}`, (work) => recomputePerson(app.core, work, root._id, 'it was worked out anew from the messages'));
    },
  }).finally(() => comparing.close());
}

function inWords({ waitId, conversationId, field, kept, facts }: Difference): string {
  return `  ${waitId} (conversation ${conversationId}): ${field} is kept as ${kept}, the messages say ${facts}`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
