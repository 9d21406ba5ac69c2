import { acquireDataLock } from '../../src/store/data-lock.js';

/** Holds the lock on a folder until it is killed. */
await acquireDataLock(process.argv[2] ?? '', 'the server');
process.stdout.write('held\n');
setInterval(() => undefined, 60_000);
