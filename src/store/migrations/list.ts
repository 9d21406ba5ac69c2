import { responseTimes } from './response-times.js';
import type { Migration } from './run-migrations.js';

/** Every migration there ever was, in order. The store's version is the number of the last one. */
export const migrations: readonly Migration[] = [responseTimes];
