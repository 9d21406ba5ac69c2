import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Engine } from '../../src/store/driver.js';
import { migrations } from '../../src/store/migrations/list.js';
import { runMigrations, setStoreVersion, storeVersion, type Migration, type MigrationOptions } from '../../src/store/migrations/run-migrations.js';
import { eachEngine } from '../support/engines.js';
import { countedSpec, countUp, rowCount } from './migration-steps.js';

const child = fileURLToPath(new URL('./migration-child.ts', import.meta.url));
let ids = 0;
const options = (changes: Partial<MigrationOptions> = {}): MigrationOptions => ({ clock: Date.now, newId: () => `test${(ids += 1)}`, log: { info: () => undefined }, leaseMs: 300, ...changes });
const empty = (number: number, run: Migration['run'] = () => Promise.resolve()): Migration => ({ number, name: `step ${number}`, run });
const codeOf = (task: Promise<unknown>): Promise<unknown> => task.then(() => 'none', (error: { code: unknown }) => error.code);

function opened(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}

async function filled(engine: Engine): Promise<Engine> {
  await engine.prepare([countedSpec as never]);
  for (let n = 0; n < rowCount; n += 1) await engine.durable.collection(countedSpec).insert({ _id: `row${String(n).padStart(3, '0')}`, value: n });
  return engine;
}

async function expectMigrated(engine: Engine): Promise<void> {
  const rows = await engine.durable.collection(countedSpec).find({}, { sort: { _id: 1 }, limit: 100 });
  expect(rows.map((row) => row.migrated)).to.deep.equal(Array.from({ length: rowCount }, (_, n) => n * 10));
}

function runChild(where: object, dieAt: number): Promise<NodeJS.Signals | null> {
  return new Promise((resolve, reject) => {
    const running = spawn(process.execPath, ['--import', 'tsx', child, JSON.stringify(where), String(dieAt)], { stdio: 'inherit' });
    running.once('error', reject);
    running.once('exit', (_code, signal) => resolve(signal));
  });
}

eachEngine((_name, open, whereIs) => {
  describe('migrations', () => {
    it('run once each, in order, and not again at the next start', async () => {
      const engine = await open();
      const ran: number[] = [];
      const note = (number: number): Migration => empty(number, () => Promise.resolve(void ran.push(number)));
      expect(await runMigrations(engine, [note(1), note(2)], options())).to.equal(2);
      expect(await runMigrations(engine, [note(1), note(2)], options())).to.equal(2);
      expect(await runMigrations(engine, [note(1), note(2), note(3)], options())).to.equal(3);
      expect(ran).to.deep.equal([1, 2, 3]);
      expect(await storeVersion(engine, 3)).to.equal(3);
    });

    it('go on from the last checkpoint after an error', async () => {
      const engine = await filled(await open());
      const failing = countUp({ at: (step) => (step === 12 ? Promise.reject(new Error('pulled the plug')) : undefined) });
      expect(await runMigrations(engine, [failing], options()).catch((error: Error) => error.message)).to.equal('pulled the plug');
      expect(await storeVersion(engine, 1)).to.equal(0);
      const saved: unknown[] = [];
      await runMigrations(engine, [countUp({ saved: (last) => saved.push(last) })], options());
      expect(saved[0], 'the first page was not done again').to.equal('row013');
      await expectMigrated(engine);
    });

    for (const dieAt of [1, 8, 9, 10, 25]) {
      it(`are finished by the next start when the process was killed at write ${dieAt}`, async () => {
        const database = `killed${dieAt}`;
        const engine = await filled(await open({ database }));
        await engine.close();
        expect(await runChild(whereIs(database), dieAt)).to.equal('SIGKILL');
        const again = await open({ database });
        expect(await storeVersion(again, 1)).to.equal(0);
        await runMigrations(again, [countUp()], options());
        await expectMigrated(again);
        expect(await storeVersion(again, 1)).to.equal(1);
      });
    }

    it('are run by one of several processes that start at once, while the others wait for it', async () => {
      const engine = await open();
      let runs = 0;
      let ended = false;
      const slow = empty(1, async (_engine, steps) => {
        runs += 1;
        for (let n = 0; n < 5; n += 1) {
          await new Promise((resolve) => setTimeout(resolve, 40));
          await steps.save({ n });
        }
        ended = true;
      });
      const after = await Promise.all(Array.from({ length: 4 }, () => runMigrations(engine, [slow], options()).then(() => ended)));
      expect(runs).to.equal(1);
      expect(after).to.deep.equal([true, true, true, true]);
    });

    it('are taken over from a process that has gone silent, which then can write no more', async () => {
      const engine = await open();
      let clock = 1_000_000;
      const stalled = opened();
      const started = opened();
      const first = runMigrations(engine, [empty(1, async (_engine, steps) => {
        started.resolve();
        await stalled.promise;
        await steps.save({ from: 'the stalled one' });
      })], options({ clock: () => 1_000_000, leaseMs: 1_000_000 }));
      await started.promise;
      clock += 3_000_000;
      await runMigrations(engine, [empty(1)], options({ clock: () => clock }));
      stalled.resolve();
      expect(await codeOf(first)).to.equal('conflict');
      expect(await storeVersion(engine, 1)).to.equal(1);
    });

    it('need not wait for the lease of a dead process when nobody else can be there', async () => {
      const engine = await open();
      await runMigrations(engine, [empty(1, () => Promise.resolve())], options());
      const dead = engine.durable.collection<{ _id: string; version: number; leaseBy?: string; leaseUntil?: number }>({ name: 'migrations', indexes: [] });
      await dead.change({ _id: 'state' }, { $set: { leaseBy: 'dead', leaseUntil: Date.now() + 3_600_000 } });
      expect(await runMigrations(engine, [empty(1), empty(2)], options({ alone: true }))).to.equal(2);
    });

    it('refuse a store that was written by newer code, and change nothing in it', async () => {
      const engine = await open();
      await setStoreVersion(engine, 7);
      const error = await runMigrations(engine, [empty(1)], options()).then(() => undefined, (reason: { code: string; message: string }) => reason);
      expect(error?.code).to.equal('config_invalid');
      expect(error?.message).to.include('newer Rapport (version 7');
      expect(await storeVersion(engine, 7)).to.equal(7);
    });
  });
});

describe('the list of migrations', () => {
  it('counts from 1 without a gap', () => {
    expect(migrations.map((migration) => migration.number)).to.deep.equal(migrations.map((_, at) => at + 1));
  });
});
