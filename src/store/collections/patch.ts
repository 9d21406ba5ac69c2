import type { Patch } from '../../inbox/stores.js';
import type { Update } from '../driver.js';

/** The inbox's patch in the driver's words. Fields that are `undefined` in `set` are left alone. */
export function toUpdate<T>(patch: Patch<T>): Update<T> {
  const update: Update<T> = {};
  if (patch.set !== undefined) {
    const set = Object.entries(patch.set).filter(([, value]) => value !== undefined);
    if (set.length > 0) update.$set = Object.fromEntries(set) as NonNullable<Update<T>['$set']>;
  }
  if (patch.unset !== undefined && patch.unset.length > 0) {
    update.$unset = Object.fromEntries(patch.unset.map((field) => [field, true])) as NonNullable<Update<T>['$unset']>;
  }
  if (patch.inc !== undefined) update.$inc = patch.inc as NonNullable<Update<T>['$inc']>;
  return update;
}
