import { AppError } from '../../errors.js';

/** The value, or `not_found`: also for what the asking person may not see. */
export function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new AppError('not_found', `There is no such ${what}.`);
  return value;
}
