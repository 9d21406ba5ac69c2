import { expect } from 'chai';
import fc from 'fast-check';
import { openEmbedded } from '../../src/store/embedded/engine.js';
import { busyHistories, live } from '../support/histories.js';
import { questions, reportDifferences } from '../support/histories-reports.js';
import { historySeed } from '../support/histories-seed.js';
import { World } from '../support/histories-world.js';

const runs = Math.ceil(Number(process.env['HISTORIES'] ?? 300) / 10);

describe('reports over lived histories', () => {
  it('say what the second opinion says, whatever is asked and however it is grouped', async function () {
    this.timeout(600_000);
    const seed = historySeed('reports over lived histories');
    let counted = 0;
    await fc.assert(fc.asyncProperty(busyHistories, fc.array(questions, { minLength: 1, maxLength: 4 }), async (history, asked) => {
      const engine = await openEmbedded({ file: ':memory:' });
      const world = await World.open(engine, history.rules);
      try {
        await live(world, history);
        const differences = await reportDifferences(world, asked);
        counted += asked.length;
        if (differences.length > 0) throw new Error(`the reports differ:\n  ${differences.join('\n  ')}\nThe story:\n  ${world.told.join('\n  ')}`);
      } finally {
        await world.t.close();
        await engine.close();
      }
    }), { seed, numRuns: runs, interruptAfterTimeLimit: 500_000, markInterruptAsFailure: true });
    expect(counted).to.be.at.least(runs);
  });
});
