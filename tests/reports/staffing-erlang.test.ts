import { expect } from 'chai';
import fc from 'fast-check';
import { answeredWithin, inverseLoss, type Queue, serversNeeded, waitProbability } from '../../src/reports/staffing/erlang.js';

/** A hundred thousand contacts come, are served in their order, or give up: told apart by nothing but a clock. */
function simulate(queue: Queue, servers: number, target: number): number {
  let seed = 20_261_122;
  const random = (): number => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const exponential = (mean: number): number => -mean * Math.log(1 - random());
  const freeAt = new Array<number>(servers).fill(0);
  const [warmUp, counted] = [5_000, 100_000];
  let now = 0;
  let inTime = 0;
  for (let contact = 0; contact < warmUp + counted; contact += 1) {
    now += exponential(1 / queue.rate);
    let soonest = 0;
    for (let server = 1; server < servers; server += 1) if ((freeAt[server] ?? 0) < (freeAt[soonest] ?? 0)) soonest = server;
    const begins = Math.max(now, freeAt[soonest] ?? 0);
    if (queue.patience !== undefined && begins - now > exponential(queue.patience)) continue;
    freeAt[soonest] = begins + exponential(queue.handling);
    if (contact >= warmUp && begins - now <= target) inTime += 1;
  }
  return inTime / counted;
}

describe('how many people are needed', () => {
  describe('by Erlang C', () => {
    // Ten Erlang with 14 agents is the example that call-centre textbooks work through; the small ones are fractions worked out by hand.
    const known: { load: number; servers: number; wait: number }[] = [
      { load: 10, servers: 14, wait: 0.1741 },
      { load: 1, servers: 2, wait: 1 / 3 },
      { load: 2, servers: 3, wait: 4 / 9 },
      { load: 5, servers: 6, wait: 0.5875 },
      { load: 20, servers: 25, wait: 0.2091 },
      { load: 10, servers: 10, wait: 1 },
      { load: 12, servers: 10, wait: 1 },
      { load: 0, servers: 3, wait: 0 },
    ];
    for (const { load, servers, wait } of known) {
      it(`${load} Erlang with ${servers} agents: ${Math.round(wait * 1_000) / 10} % have to wait`, () => {
        expect(waitProbability(load, servers)).to.be.closeTo(wait, 0.0005);
      });
    }

    it('10 Erlang, 14 agents, three minutes each: 88.8 % are answered within 20 seconds', () => {
      const queue = { rate: 10 / 180, handling: 180 };
      expect(answeredWithin(queue, 14, 20)).to.be.closeTo(0.888, 0.0005);
      expect(serversNeeded(queue, { share: 0.8, target: 20 })).to.equal(14);
      expect(serversNeeded(queue, { share: 0.9, target: 20 })).to.equal(15);
    });

    it('stays exact where factorials would be too large for a number', () => {
      expect(waitProbability(1_000, 1_030)).to.be.within(0.2, 0.5);
      expect(waitProbability(5, 400)).to.equal(0);
      expect(Number.isFinite(answeredWithin({ rate: 9_000, handling: 1 }, 9_100, 0.01))).to.equal(true);
      expect(1 / inverseLoss(10, 14)).to.be.closeTo(0.0568, 0.0001);
    });
  });

  describe('by Erlang A', () => {
    it('is the textbook’s queue without end where patience is as long as handling: the number there is Poisson', () => {
      // Each contact leaves at the same rate, served or not: those who need not wait are P(Poisson(load) < servers).
      const poissonBelow = (load: number, servers: number): number => {
        let term = Math.exp(-load);
        let sum = 0;
        for (let count = 0; count < servers; count += 1) {
          sum += term;
          term *= load / (count + 1);
        }
        return sum;
      };
      for (const [load, servers] of [[3, 2], [10, 10], [10, 14], [40, 35], [60, 80]] as const) {
        expect(answeredWithin({ rate: load / 300, handling: 300, patience: 300 }, servers, 0), `${load} and ${servers}`).to.be.closeTo(poissonBelow(load, servers), 1e-6);
      }
    });

    it('comes to Erlang C as patience grows', () => {
      const queue = { rate: 10 / 180, handling: 180 };
      expect(answeredWithin({ ...queue, patience: 1e7 }, 14, 20)).to.be.closeTo(answeredWithin(queue, 14, 20), 0.001);
    });

    it('has an answer where more comes than can ever be served', () => {
      const share = answeredWithin({ rate: 2, handling: 10, patience: 30 }, 10, 60);
      // Half of the contacts at most find a server.
      expect(share).to.be.within(0.45, 0.5001);
    });
  });

  describe('against a simulation that knows no formula', () => {
    const cases: { says: string; queue: Queue; servers: number; target: number }[] = [
      { says: 'a quiet hour', queue: { rate: 1 / 10, handling: 8 }, servers: 2, target: 5 },
      { says: 'a busy hour', queue: { rate: 10 / 180, handling: 180 }, servers: 12, target: 60 },
      { says: 'a busy hour whose customers give up', queue: { rate: 10 / 180, handling: 180, patience: 240 }, servers: 9, target: 60 },
      { says: 'far too few people, and short patience', queue: { rate: 1 / 6, handling: 60, patience: 20 }, servers: 4, target: 10 },
    ];
    for (const { says, queue, servers, target } of cases) {
      it(`agrees within two points: ${says}`, () => {
        expect(answeredWithin(queue, servers, target)).to.be.closeTo(simulate(queue, servers, target), 0.02);
      });
    }
  });

  describe('never goes the wrong way', () => {
    const queues = fc.record({ rate: fc.double({ min: 0.001, max: 50, noNaN: true }), handling: fc.double({ min: 0.01, max: 20, noNaN: true }), patience: fc.option(fc.double({ min: 0.05, max: 100, noNaN: true }), { nil: undefined }) })
      .map(({ patience, ...rest }): Queue => (patience === undefined ? rest : { ...rest, patience }));
    const targets = fc.double({ min: 0, max: 60, noNaN: true });
    const slack = 1e-9;

    it('one more agent answers no smaller share, and a longer target holds no smaller one; both between none and all', () => {
      fc.assert(fc.property(queues, fc.integer({ min: 1, max: 400 }), targets, fc.double({ min: 0, max: 30, noNaN: true }), (queue, servers, target, longer) => {
        const share = answeredWithin(queue, servers, target);
        expect(share).to.be.within(-slack, 1 + slack);
        expect(answeredWithin(queue, servers + 1, target)).to.be.at.least(share - 1e-6);
        expect(answeredWithin(queue, servers, target + longer)).to.be.at.least(share - 1e-6);
      }), { numRuns: 150 });
    });

    it('more contacts never need fewer people, and the number given is the smallest that is enough', () => {
      fc.assert(fc.property(queues, targets, fc.double({ min: 0.5, max: 0.99, noNaN: true }), fc.double({ min: 1, max: 3, noNaN: true }), (queue, target, share, times) => {
        const needed = serversNeeded(queue, { share, target });
        expect(answeredWithin(queue, needed, target)).to.be.at.least(share);
        expect(answeredWithin(queue, needed - 1, target)).to.be.below(share);
        expect(serversNeeded({ ...queue, rate: queue.rate * times }, { share, target })).to.be.at.least(needed);
      }), { numRuns: 100 });
    });

    it('nobody is needed where nobody comes', () => {
      expect(serversNeeded({ rate: 0, handling: 10 }, { share: 0.9, target: 60 })).to.equal(0);
    });
  });
});
