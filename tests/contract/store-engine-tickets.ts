import { AppError } from '../../src/errors.js';
import type { CollectionSpec } from '../../src/store/driver.js';

/** The collection of the hand-written cases: every kind of index, and fields without any. */
export interface Ticket {
  _id: string;
  status?: string;
  rank?: number;
  urgent?: boolean;
  tags?: unknown[];
  owner?: { id?: string; load?: number; seen?: unknown[] };
  key?: string;
  payload?: unknown;
}

export const spec: CollectionSpec<Ticket> = {
  name: 'tickets',
  // What is kept in memory must answer as the table would.
  hot: true,
  indexes: [
    { name: 'status_rank', keys: { status: 1, rank: -1, _id: -1 } },
    { name: 'owner', keys: { 'owner.id': 1 }, where: { 'owner.id': { $exists: true } } },
    { name: 'key', keys: { key: 1 }, unique: true, where: { key: { $exists: true } } },
    { name: 'urgent', keys: { rank: 1 }, where: { urgent: true } },
    { name: 'with_payload', keys: { rank: 1 }, where: { payload: { $exists: true } } },
  ],
};

/** The code a promise rejects with. */
export async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'no error';
  } catch (error) {
    return error instanceof AppError ? error.code : `not an AppError: ${String(error)}`;
  }
}
