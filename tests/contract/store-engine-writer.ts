import type { CollectionSpec, Doc, Engine } from '../../src/store/driver.js';
import { openEmbedded } from '../../src/store/embedded/engine.js';
import { openMongo } from '../../src/store/mongo/engine.js';
import type { Where } from '../support/engines.js';

/** Run as a process of its own: writes without end, and prints what it was told is durable. Somebody kills it. */
const spec: CollectionSpec<Doc & { n: number; by: string }> = { name: 'written', indexes: [{ name: 'n', keys: { n: 1, _id: 1 } }] };

const where = JSON.parse(process.argv[2] ?? '') as Where;
const round = process.argv[3] ?? '';

function say(ids: readonly string[]): void {
  process.stdout.write(ids.map((id) => `${id}\n`).join(''));
}

async function single(engine: Engine, lane: number): Promise<void> {
  const rows = engine.durable.collection(spec);
  for (let n = 0; ; n++) {
    const _id = `${round}-single-${lane}-${n}`;
    await rows.insert({ _id, n, by: 'insert' });
    const changed = await rows.change({ _id: `${round}-counter-${lane}` }, { $inc: { n: 1 }, $setOnInsert: { by: 'change' } }, { upsert: true });
    say([_id, `${round}-counter-${lane}=${changed?.after.n}`]);
  }
}

async function grouped(engine: Engine, lane: number): Promise<void> {
  for (let n = 0; ; n++) {
    const ids = [0, 1, 2].map((part) => `${round}-work-${lane}-${n}-${part}`);
    await engine.work(async (driver) => {
      for (const _id of ids) await driver.collection(spec).insert({ _id, n, by: 'work' });
    });
    say(ids);
  }
}

async function main(): Promise<void> {
  const engine = where.kind === 'embedded' ? await openEmbedded(where) : await openMongo(where);
  await engine.prepare([spec as never]);
  await Promise.all([single(engine, 0), single(engine, 1), grouped(engine, 0), grouped(engine, 1)]);
}

await main();
