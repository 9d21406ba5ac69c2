import type { CollectionSpec, Scalar } from '../driver.js';

/** `_id` `state`: where the store stands and who migrates. `_id` `done:<number>`: when a migration ended, for people. */
export interface MigrationState {
  _id: string;
  /** Number of the last migration that has ended. */
  version: number;
  /** Of the one under way. */
  checkpoint?: Record<string, Scalar>;
  /** Who migrates, and until when they need not be heard of. */
  leaseBy?: string;
  leaseUntil?: number;
  name?: string;
  at?: number;
}

export const migrationSpec: CollectionSpec<MigrationState> = { name: 'migrations', indexes: [] };
export const migrationStateId = 'state';
