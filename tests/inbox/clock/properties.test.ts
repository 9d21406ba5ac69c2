import fc from 'fast-check';
import { embeddedDatabases } from '../../support/engines.js';
import { expectAgreement } from '../../support/histories-compare.js';
import { histories, live } from '../../support/histories.js';
import { World } from '../../support/histories-world.js';

/** More of them by `HISTORIES`, a seed of an earlier run by `HISTORY_SEED`. */
const runs = Number(process.env['HISTORIES'] ?? 300);
const seed = process.env['HISTORY_SEED'];

describe('waits over lived histories', () => {
  const databases = embeddedDatabases();

  it('are what the second opinion says, as kept while it happens and as computed anew', async function () {
    this.timeout(30_000 + runs * 1_000);
    await fc.assert(fc.asyncProperty(histories, async (history) => {
      const engine = await databases.open();
      const world = await World.open(engine, history.rules);
      try {
        await live(world, history);
        await expectAgreement(world);
      } finally {
        await world.t.close();
        await engine.close();
      }
    }), { numRuns: runs, ...(seed === undefined ? {} : { seed: Number(seed) }) });
  });
});
