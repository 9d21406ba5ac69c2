import { rootOf } from '../clock/person.js';
import type { Work } from '../core.js';

/** The tags of the person a record belongs to: what calendars and targets ask for. */
export async function customerTagsOf(work: Pick<Work, 'c'>, customerId: string): Promise<readonly string[]> {
  return (await rootOf(work, customerId))?.tags ?? [];
}
