import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../errors.js';
import type { Clock, NewId } from '../../inbox/ports.js';
import type { Collection, Update } from '../driver.js';
import { migrationStateId, type MigrationState } from './state.js';

export interface LeaseOptions {
  clock: Clock;
  newId: NewId;
  log: { info(facts: object, text: string): void };
  alone?: boolean;
  leaseMs?: number;
  /** Somebody else has done it meanwhile. */
  done: () => Promise<boolean>;
}

const defaultLeaseMs = 20_000;
const askAgainMs = 200;

/**
 * The right to migrate, held by one process at a time and kept up by a heartbeat. Every write under it has the holder
 * in its filter, so a process that was stopped for too long and wakes up cannot go on.
 */
export class Lease {
  private readonly heartbeat: NodeJS.Timeout;
  private readonly beats = new Set<Promise<void>>();

  private constructor(
    private readonly states: Collection<MigrationState>,
    private readonly owner: string,
    private readonly clock: Clock,
    private readonly leaseMs: number,
  ) {
    this.heartbeat = setInterval(() => this.beat(), Math.max(20, Math.floor(leaseMs / 4))).unref();
  }

  /** Waits for the lease; `undefined` when there is nothing left to do. */
  static async take(states: Collection<MigrationState>, options: LeaseOptions): Promise<Lease | undefined> {
    const leaseMs = options.leaseMs ?? defaultLeaseMs;
    const owner = options.newId();
    await states.insert({ _id: migrationStateId, version: 0, leaseUntil: 0 });
    let told = false;
    for (;;) {
      const now = options.clock();
      const free = options.alone === true ? {} : { $or: [{ leaseUntil: { $lte: now } }, { leaseUntil: { $exists: false } }] };
      const taken = await states.change({ _id: migrationStateId, ...free }, { $set: { leaseBy: owner, leaseUntil: now + leaseMs } });
      if (taken) return new Lease(states, owner, options.clock, leaseMs);
      if (await options.done()) return undefined;
      if (!told) options.log.info({}, 'another process is migrating the store; waiting for it');
      told = true;
      await sleep(askAgainMs);
    }
  }

  /** Changes the state as its holder. Throws `conflict` when somebody else holds it now. */
  async change(update: Update<MigrationState>): Promise<void> {
    const set = { ...update.$set, leaseUntil: this.clock() + this.leaseMs };
    const changed = await this.states.change({ _id: migrationStateId, leaseBy: this.owner }, { ...update, $set: set });
    if (!changed) throw new AppError('conflict', 'another process has taken over the migration');
  }

  async release(): Promise<void> {
    clearInterval(this.heartbeat);
    await Promise.all(this.beats);
    await this.states.change({ _id: migrationStateId, leaseBy: this.owner }, { $set: { leaseUntil: 0 }, $unset: { leaseBy: true } });
  }

  /** A beat that fails is no matter: the next `change` tells. */
  private beat(): void {
    const beat = this.change({}).catch(() => undefined).finally(() => this.beats.delete(beat));
    this.beats.add(beat);
  }
}
