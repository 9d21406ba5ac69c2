import { AppError } from '../../errors.js';
import type { Clock, NewId } from '../../inbox/ports.js';
import type { Collection, Engine, Scalar } from '../driver.js';
import { migrationSpec, migrationStateId, type MigrationState } from './state.js';
import { Lease } from './lease.js';

/** Where a migration stands; small and flat. */
export type Checkpoint = Record<string, Scalar>;

export interface MigrationSteps {
  /** As last saved; absent at the first start. */
  checkpoint?: Checkpoint;
  /** Durable when it resolves: after a crash `run` is called again with it. Rejects when another process has taken over. */
  save(checkpoint: Checkpoint): Promise<void>;
}

/**
 * One step of the store's shape. Numbers count from 1 without a gap; one that has been released never changes. `run`
 * must bear being started again after a crash at any point: what it did since its last checkpoint it does once more.
 */
export interface Migration {
  number: number;
  name: string;
  run(engine: Engine, steps: MigrationSteps): Promise<void>;
}

export interface MigrationOptions {
  clock: Clock;
  newId: NewId;
  log: { info(facts: object, text: string): void };
  /** Nobody else can be at work on this store (the data folder is locked): a lease that a crash left is not waited for. */
  alone?: boolean;
  /** A process that has not been heard of for so long is taken for dead. Default 20,000. */
  leaseMs?: number;
}

/**
 * Brings the store to the version of this code; resolves with that version. To be called after the collections are
 * prepared and before anything else is done. Of several processes that start at once one migrates, the others wait.
 * Throws `config_invalid` when the store was written by newer code.
 */
export async function runMigrations(engine: Engine, migrations: readonly Migration[], options: MigrationOptions): Promise<number> {
  checkNumbers(migrations);
  const states = await openStates(engine);
  if ((await versionOf(states, migrations.length)) === migrations.length) return migrations.length;
  const lease = await Lease.take(states, { ...options, done: async () => (await versionOf(states, migrations.length)) === migrations.length });
  if (lease === undefined) return migrations.length;
  try {
    const version = await versionOf(states, migrations.length);
    for (const migration of migrations.slice(version)) await runOne(engine, states, migration, lease, options);
    return migrations.length;
  } finally {
    await lease.release();
  }
}

/** The version the store is at; 0 before any migration. Throws `config_invalid` when it is above `known`. */
export async function storeVersion(engine: Engine, known: number): Promise<number> {
  return versionOf(await openStates(engine), known);
}

/** Says that the store is at this version, without running anything: after a restore. */
export async function setStoreVersion(engine: Engine, version: number): Promise<void> {
  const states = await openStates(engine);
  await states.change({ _id: migrationStateId }, { $set: { version }, $unset: { checkpoint: true } }, { upsert: true });
}

async function openStates(engine: Engine): Promise<Collection<MigrationState>> {
  await engine.prepare([migrationSpec as never]);
  return engine.durable.collection(migrationSpec);
}

async function versionOf(states: Collection<MigrationState>, known: number): Promise<number> {
  const version = (await states.findOne({ _id: migrationStateId }))?.version ?? 0;
  if (version > known) {
    throw new AppError('config_invalid', `the store was written by a newer Rapport (version ${version} of its shape; this one knows ${known}): start the newer one, or restore an older backup`, { facts: { version, known } });
  }
  return version;
}

async function runOne(engine: Engine, states: Collection<MigrationState>, migration: Migration, lease: Lease, options: MigrationOptions): Promise<void> {
  const { number, name } = migration;
  const checkpoint = (await states.findOne({ _id: migrationStateId }))?.checkpoint;
  options.log.info({ migration: number, name, resumed: checkpoint !== undefined }, 'migrating the store');
  await migration.run(engine, {
    ...(checkpoint === undefined ? {} : { checkpoint }),
    save: (next) => lease.change({ $set: { checkpoint: next } }),
  });
  await lease.change({ $set: { version: number }, $unset: { checkpoint: true } });
  await states.change({ _id: `done:${number}` }, { $set: { version: number, name, at: options.clock() } }, { upsert: true });
}

function checkNumbers(migrations: readonly Migration[]): void {
  migrations.forEach((migration, at) => {
    if (migration.number !== at + 1) throw new AppError('bug', `migration "${migration.name}" must have the number ${at + 1}`);
  });
}
