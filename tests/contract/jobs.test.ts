import { expect } from 'chai';
import fc from 'fast-check';
import type { Jobs } from '../../src/inbox/ports.js';
import { createInProcessJobs } from '../../src/store/jobs/in-process.js';
import { waitFor } from '../support/wait-for.js';

interface Started {
  jobs: Jobs;
  /** What was logged as failed. */
  failures: object[];
  close(): Promise<void>;
}

/** Each implementation adds itself here. */
const implementations: { name: string; start: () => Promise<Started> }[] = [
  {
    name: 'in-process',
    start: () => {
      const failures: object[] = [];
      const jobs = createInProcessJobs({ log: { error: (facts) => failures.push(facts) } });
      return Promise.resolve({ jobs, failures, close: () => jobs.stop() });
    },
  },
];

/** A promise that the test resolves by hand. */
function gate(): { open: () => void; opened: Promise<void> } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
}

for (const { name, start } of implementations) {
  describe(`jobs (${name})`, () => {
    let running: Started;
    beforeEach(async () => {
      running = await start();
    });
    afterEach(() => running.close());

    it('runs a job with its id, also one that was added before its handler', async () => {
      const seen: string[] = [];
      running.jobs.add('apply', 'early');
      running.jobs.handle('apply', (id) => Promise.resolve(void seen.push(id)));
      running.jobs.add('apply', 'late');
      await waitFor(() => seen.length === 2);
      expect(seen).to.deep.equal(['early', 'late']);
    });

    it('keeps the order within a lane and never runs two jobs of one lane at once, whatever their length', async () => {
      const jobList = fc.array(fc.record({ lane: fc.constantFrom('a', 'b', 'c'), turns: fc.nat(4), fails: fc.boolean() }), { minLength: 1, maxLength: 40 });
      await fc.assert(
        fc.asyncProperty(jobList, fc.integer({ min: 1, max: 5 }), async (list, concurrency) => {
          const { jobs, close } = await start();
          const order: number[] = [];
          const busy = new Map<string, number>();
          let most = 0;
          jobs.handle('deliver', (id) => runOne(Number(id)), { concurrency, laneOf: (id) => list[Number(id)]?.lane ?? '' });
          const runOne = async (index: number): Promise<void> => {
            const job = list[index]!;
            order.push(index);
            busy.set(job.lane, (busy.get(job.lane) ?? 0) + 1);
            expect(busy.get(job.lane), 'jobs of one lane at once').to.equal(1);
            most = Math.max(most, [...busy.values()].reduce((sum, n) => sum + n, 0));
            for (let turn = 0; turn < job.turns; turn += 1) await new Promise(setImmediate);
            busy.set(job.lane, 0);
            if (job.fails) throw new Error('a job that fails');
          };
          list.forEach((_, index) => jobs.add('deliver', String(index)));
          await jobs.idle();
          await close();
          expect(order).to.have.length(list.length);
          expect(most).to.be.at.most(concurrency);
          for (const lane of ['a', 'b', 'c']) {
            const ofLane = order.filter((index) => list[index]!.lane === lane);
            expect(ofLane).to.deep.equal([...ofLane].sort((x, y) => x - y));
          }
        }),
        { numRuns: 60 },
      );
    });

    it('uses all of its concurrency when the jobs are of different lanes', async () => {
      const release = gate();
      let under = 0;
      running.jobs.handle('deliver', async () => {
        under += 1;
        await release.opened;
      }, { concurrency: 3, laneOf: (id) => id });
      for (let n = 0; n < 6; n += 1) running.jobs.add('deliver', `job-${n}`);
      await waitFor(() => under === 3);
      await new Promise(setImmediate);
      expect(under).to.equal(3);
      release.open();
      await waitFor(() => under === 6);
    });

    it('does not let a busy lane hold up another one', async () => {
      const release = gate();
      const done: string[] = [];
      running.jobs.handle('apply', async (id) => {
        if (id === 'slow-1') await release.opened;
        done.push(id);
      }, { concurrency: 2, laneOf: (id) => id.split('-')[0]! });
      for (const id of ['slow-1', 'slow-2', 'quick-1', 'quick-2']) running.jobs.add('apply', id);
      await waitFor(() => done.includes('quick-2'));
      expect(done).to.deep.equal(['quick-1', 'quick-2']);
      release.open();
      await waitFor(() => done.length === 4);
      expect(done.slice(2)).to.deep.equal(['slow-1', 'slow-2']);
    });

    it('runs a job again when it is added while it runs, because it may have read before the change', async () => {
      const release = gate();
      let runs = 0;
      running.jobs.handle('index', async () => {
        runs += 1;
        if (runs === 1) await release.opened;
      }, { laneOf: (id) => id });
      running.jobs.add('index', 'message');
      await waitFor(() => runs === 1);
      running.jobs.add('index', 'message');
      release.open();
      await waitFor(() => runs === 2);
    });

    it('logs a job that throws, at once or later, and goes on with the next of the same lane', async () => {
      const done: string[] = [];
      running.jobs.handle('bot_turn', (id) => {
        if (id === 'throws') throw new Error('at once');
        if (id === 'rejects') return Promise.reject(new Error('later'));
        done.push(id);
        return Promise.resolve();
      }, { laneOf: () => 'one' });
      for (const id of ['throws', 'rejects', 'fine']) running.jobs.add('bot_turn', id);
      await waitFor(() => done.length === 1);
      expect(running.failures.map((facts) => ({ ...facts, stack: undefined }))).to.deep.equal([
        { kind: 'bot_turn', id: 'throws', error: 'at once', stack: undefined },
        { kind: 'bot_turn', id: 'rejects', error: 'later', stack: undefined },
      ]);
    });

    it('waits at least the asked delay, and does not count a delayed job as work of now', async () => {
      const added = performance.now();
      let ranAfterMs = 0;
      running.jobs.handle('timer', () => {
        ranAfterMs = performance.now() - added;
        return Promise.resolve();
      });
      running.jobs.add('timer', 'soon', { delayMs: 40 });
      await running.jobs.idle();
      expect(ranAfterMs).to.equal(0);
      await waitFor(() => ranAfterMs > 0);
      expect(ranAfterMs).to.be.at.least(39);
    });

    it('does not run a job early whose delay is longer than a timer of the platform can hold', async () => {
      let ran = false;
      running.jobs.handle('timer', () => Promise.resolve(void (ran = true)));
      running.jobs.add('timer', 'next-month', { delayMs: 40 * 24 * 3600 * 1000 });
      for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
      expect(ran).to.equal(false);
    });

    it('stops: waits for what runs, starts nothing more, takes nothing more', async () => {
      const release = gate();
      const started: string[] = [];
      let ended = false;
      running.jobs.handle('deliver', async (id) => {
        started.push(id);
        await release.opened;
        ended = true;
      }, { concurrency: 1 });
      running.jobs.add('deliver', 'first');
      running.jobs.add('deliver', 'second');
      await waitFor(() => started.length === 1);
      let stopped = false;
      const stopping = running.jobs.stop().then(() => (stopped = true));
      running.jobs.add('deliver', 'third');
      await new Promise(setImmediate);
      expect(stopped).to.equal(false);
      release.open();
      await stopping;
      expect(ended).to.equal(true);
      expect(started).to.deep.equal(['first']);
    });

    it('takes one handler per kind', () => {
      running.jobs.handle('apply', () => Promise.resolve());
      expect(() => running.jobs.handle('apply', () => Promise.resolve())).to.throw('"apply" have a handler already');
    });
  });
}
