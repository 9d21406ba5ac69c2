import { openEngine } from '../../src/store/engine.js';
import { runMigrations } from '../../src/store/migrations/run-migrations.js';
import type { Where } from '../support/engines.js';
import { countUp } from './migration-steps.js';

/** Migrates the given store and kills itself, as a power cut would, at the given step. */
const where = JSON.parse(process.argv[2] ?? '') as Where;
const dieAt = Number(process.argv[3]);
const engine = await openEngine(where.kind === 'embedded' ? { file: where.file } : { file: '', mongo: { url: where.url, database: where.database } });
await engine.prepare([]);
await runMigrations(engine, [countUp({ at: (step) => (step === dieAt ? process.kill(process.pid, 'SIGKILL') : undefined) })], {
  clock: Date.now, newId: () => `child${process.pid}`, log: { info: () => undefined }, leaseMs: 300,
});
await engine.close();
