import { AppError } from '../../src/errors.js';
import type { CollectionSpec, Doc } from '../../src/store/driver.js';
import { openEmbedded } from '../../src/store/embedded/engine.js';

/** Run as a process that may write small files only (`ulimit -f`): writes until it is refused, and tells how it went. */
const spec: CollectionSpec<Doc & { n: number; text: string }> = { name: 'rows', indexes: [{ name: 'n', keys: { n: 1, _id: 1 } }] };

async function main(): Promise<void> {
  const engine = await openEmbedded({ file: process.argv[2] ?? '' });
  await engine.prepare([spec as never]);
  const rows = engine.durable.collection(spec);
  let acknowledged = 0;
  let code = '';
  while (code === '' && acknowledged < 10_000) {
    try {
      await rows.insert({ _id: `row-${acknowledged}`, n: acknowledged, text: 'x'.repeat(5_000) });
      acknowledged++;
    } catch (error) {
      code = error instanceof AppError ? error.code : String(error);
    }
  }
  const readable = await rows.count({});
  // A last small write may still find room.
  let writable = true;
  for (let probes = 0; writable && probes < 100; probes++) writable = await engine.writable();
  process.stdout.write(JSON.stringify({ acknowledged, code, readable, writable }));
  process.exit(0);
}

await main();
