import { expect } from 'chai';
import { startPollLoop } from '../../../src/adapters/lib/poll-loop.js';
import { AppError } from '../../../src/errors.js';
import { waitFor } from '../../support/wait-for.js';

describe('the loop of a channel that is asked', () => {
  it('goes on after an error, waits as long as it was told, and ends when it is stopped', async () => {
    let rounds = 0;
    const failures: unknown[] = [];
    const times: number[] = [];
    const loop = startPollLoop({
      everyMs: 5, failed: (error) => failures.push(error),
      round: () => {
        rounds += 1;
        times.push(performance.now());
        return rounds === 2 ? Promise.reject(new AppError('too_many', 'later', { facts: { afterMs: 120 } })) : Promise.resolve();
      },
    });
    await waitFor(() => rounds >= 3);
    expect(failures.length).to.equal(1);
    expect((times[2] ?? 0) - (times[1] ?? 0)).to.be.greaterThan(110);
    await loop.stop();
    const stoppedAt = rounds;
    await new Promise((resolve) => setImmediate(resolve));
    expect(rounds).to.equal(stoppedAt);
  });

  it('begins at once when it is poked', async () => {
    let rounds = 0;
    const loop = startPollLoop({ everyMs: 600_000, failed: () => undefined, round: () => Promise.resolve(void (rounds += 1)) });
    await waitFor(() => rounds === 1);
    loop.poke();
    await waitFor(() => rounds === 2);
    await loop.stop();
  });
});
