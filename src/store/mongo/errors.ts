import { MongoError, MongoNetworkError, MongoServerError, MongoServerSelectionError, MongoWriteConcernError } from 'mongodb';
import { AppError, messageOf } from '../../errors.js';

// https://www.mongodb.com/docs/manual/reference/error-codes/
const duplicateKey = 11000;
const outOfDisk = 14031;
const badQueries = new Set([2, 9, 14, 28, 40, 52, 66]);

/** A unique index, or `_id`, holds the value already. */
export function isDuplicate(error: unknown): boolean {
  if (!(error instanceof MongoServerError)) return false;
  // FerretDB hands findAndModify's violation through as PostgreSQL words it.
  return error.code === duplicateKey || (error.code === 1 && /violates (?:exclusion|unique) constraint/.test(error.message));
}

/** What the driver threw, as AppError: `conflict`, `disk_full`, `store_unavailable`, or `bug` for a command that does not fit. */
export function mongoStoreError(cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  const code = cause instanceof MongoServerError && typeof cause.code === 'number' ? cause.code : undefined;
  const facts = { mongo: code ?? (cause instanceof Error ? cause.name : 'unknown') };
  if (isDuplicate(cause)) return new AppError('conflict', 'another document holds a unique value of this one', { cause, facts });
  if (code === outOfDisk) return new AppError('disk_full', 'the disk of the database is full', { cause, facts });
  if (code !== undefined && badQueries.has(code)) return new AppError('bug', messageOf(cause), { cause, facts });
  if (cause instanceof MongoError || cause instanceof MongoNetworkError || cause instanceof MongoServerSelectionError || cause instanceof MongoWriteConcernError) {
    return new AppError('store_unavailable', `the database does not answer: ${messageOf(cause)}`, { cause, facts });
  }
  return new AppError('bug', messageOf(cause), { cause, facts });
}
