import fc from 'fast-check';
import { openEmbedded } from '../../../src/store/embedded/engine.js';
import type { Engine } from '../../../src/store/driver.js';
import { eachEngine } from '../../support/engines.js';
import { expectAgreement } from '../../support/histories-compare.js';
import { type History, histories, live } from '../../support/histories.js';
import { historySeed } from '../../support/histories-seed.js';
import { judgedAnew, liveUnsteady, type UnsteadyHistory, unsteadyHistories } from '../../support/histories-unsteady.js';
import { World } from '../../support/histories-world.js';

/** More of them by `HISTORIES`. */
const runs = Number(process.env['HISTORIES'] ?? 300);

/** Shrinking takes its time: a story that is short is worth waiting for. */
const longest = 600_000 + runs * 500;

async function agrees(engine: Engine, history: History): Promise<void> {
  const world = await World.open(engine, history.rules);
  try {
    await live(world, history);
    await expectAgreement(world);
  } finally {
    await world.t.close();
    await engine.close();
  }
}

async function staysAsItIs(engine: Engine, history: UnsteadyHistory): Promise<void> {
  const world = await World.open(engine, history.rules);
  try {
    await liveUnsteady(world, history);
    const found = await judgedAnew(world);
    if (found.length > 0) throw new Error(`worked out anew, waits are others:\n  ${found.join('\n  ')}\nThe story:\n  ${world.told.join('\n  ')}`);
  } finally {
    await world.t.close();
    await engine.close();
  }
}

describe('waits over lived histories', () => {
  it('are what the second opinion says, as kept while it happens and as computed anew', async function () {
    this.timeout(longest);
    const seed = historySeed('waits over lived histories');
    await fc.assert(fc.asyncProperty(histories, async (history) => agrees(await openEmbedded({ file: ':memory:' }), history)), { seed, numRuns: runs, interruptAfterTimeLimit: longest - 60_000, markInterruptAsFailure: true });
  });

  it('stay what they are when they are worked out anew, however targets and tags have changed meanwhile', async function () {
    this.timeout(longest);
    const seed = historySeed('waits under targets that change');
    await fc.assert(fc.asyncProperty(unsteadyHistories, async (history) => staysAsItIs(await openEmbedded({ file: ':memory:' }), history)), { seed, numRuns: Math.ceil(runs / 6), interruptAfterTimeLimit: longest - 60_000, markInterruptAsFailure: true });
  });

  eachEngine((name, open) => {
    it('are the same there', async function () {
      this.timeout(longest);
      const seed = historySeed(`waits over lived histories on ${name}`);
      await fc.assert(fc.asyncProperty(histories, async (history) => agrees(await open(), history)), { seed, numRuns: Math.ceil(runs / 40), interruptAfterTimeLimit: longest - 60_000, markInterruptAsFailure: true });
    });
  });
});
