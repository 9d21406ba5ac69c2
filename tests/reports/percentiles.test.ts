import { expect } from 'chai';
import fc from 'fast-check';
import { orderByLength, thenBy } from '../../src/reports/columns/order-by-length.js';
import { Scratch } from '../../src/reports/columns/scratch.js';
import { curveOf } from '../../src/reports/figures/distribution.js';
import { nearestRank, nearestRanks } from '../../src/reports/figures/nearest-ranks.js';
import { estimatesByPart, nearestByPart } from '../../src/reports/figures/percentiles.js';
import type { SortedWaits } from '../../src/reports/figures/selection.js';
import { kaplanMeierPercentiles, nearestRank as slowRanks } from '../support/slow-report.js';

type Waits = readonly (readonly [length: number, isAnswered: boolean, ...parts: number[]])[];

/** As the engine has them in order. */
function sorted(waits: Waits): SortedWaits {
  const places = waits.map((_, place) => place).sort((a, b) => (waits[a]?.[0] ?? 0) - (waits[b]?.[0] ?? 0) || Number(waits[b]?.[1]) - Number(waits[a]?.[1]));
  return {
    order: Uint32Array.from(places, (place) => 2 * place + Number(waits[place]?.[1])), answered: Uint32Array.from(places.filter((place) => waits[place]?.[1] === true)),
    lengthOf: (place) => waits[place]?.[0] ?? NaN,
  };
}

const one = (waits: Waits) => ({ parts: 1, of: new Int16Array(waits.length) });
const estimates = (waits: Waits) => estimatesByPart(sorted(waits), one(waits), Int32Array.of(waits.length))[0];
const nearest = (waits: Waits) => nearestByPart(sorted(waits), one(waits), Int32Array.of(waits.filter(([, isAnswered]) => isAnswered).length))[0];
const scratch = new Scratch();
const anyWait = fc.tuple(fc.integer({ min: 0, max: 30 }), fc.boolean());

describe('Percentiles', () => {
  it('of the answered are the nearest rank: a value that somebody really waited', () => {
    const ten = [7, 2, 9, 4, 10, 6, 1, 8, 3, 5];
    expect(nearestRanks(Float64Array.from(ten), scratch)).to.deep.equal({ p50: 5, p90: 9, p95: 10 });
    expect(nearest(ten.map((length) => [length, true]))).to.deep.equal({ p50: 5, p90: 9, p95: 10 });
    expect(nearestRanks(Float64Array.from([7]), scratch)).to.deep.equal({ p50: 7, p90: 7, p95: 7 });
    expect(nearestRanks(new Float64Array(), scratch)).to.deep.equal({});
    expect(nearest([[7, false]])).to.deep.equal({});
  });

  it('are found among values of any size, without sorting them, as if they were sorted', () => {
    fc.assert(fc.property(fc.array(fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 2 ** 41 })), { minLength: 1, maxLength: 200 }), fc.double({ min: 0, max: 1, noNaN: true }), (values, share) => {
      expect(nearestRanks(Float64Array.from(values), scratch)).to.deep.equal(slowRanks(values));
      expect(nearestRank(Float64Array.from(values), share, scratch)).to.equal([...values].sort((a, b) => a - b)[Math.max(0, Math.ceil(share * values.length - 1e-9) - 1)]);
    }));
  });

  it('of all are those of the textbook: the remissions under 6-MP (Freireich and others, 1963), with a median of 23 weeks', () => {
    const ended = [6, 6, 6, 7, 10, 13, 16, 22, 23].map((weeks) => [weeks * 3_600_000, true] as const);
    const stillGoing = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map((weeks) => [weeks * 3_600_000, false] as const);
    const waits = [...ended, ...stillGoing];
    expect(estimates(waits)).to.deep.equal({ p50: 23 * 3_600_000 });
    const survival = new Map(curveOf(sorted(waits)).map(({ at, all }) => [at / 3_600_000, Number((1 - all).toFixed(4))]));
    expect([6, 7, 9, 10, 14, 16, 22, 23].map((weeks) => survival.get(weeks))).to.deep.equal([0.8571, 0.8067, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482]);
  });

  it('of all equal those of the answered when nobody still waits', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 80 }), (lengths) => {
      const waits = lengths.map((length) => [length, true] as const);
      expect(estimates(waits)).to.deep.equal(nearestRanks(Float64Array.from(lengths), scratch));
    }));
  });

  it('are absent where fewer than that share can have been answered', () => {
    expect(estimates([[5, true], [9, false], [9, false]])).to.deep.equal({});
  });

  it('of many parts at once are those of each part by itself, also where a wait is in several or in none', () => {
    const partsOf = [[], [0], [1], [2], [0, 2], [2, 1, 0]];
    const codes = [-1, 0, 1, 2, -2, -3];
    fc.assert(fc.property(fc.array(fc.tuple(anyWait, fc.nat({ max: 5 })), { maxLength: 120 }), (rows) => {
      const waits = rows.map(([wait]) => wait);
      const partition = { parts: 3, of: Int16Array.from(rows, ([, kind]) => codes[kind] ?? -1), several: [[0, 2], [2, 1, 0]] };
      const members = [0, 1, 2].map((part) => rows.filter(([, kind]) => partsOf[kind]?.includes(part)).map(([wait]) => wait));
      expect(estimatesByPart(sorted(waits), partition, Int32Array.from(members, ({ length }) => length))).to.deep.equal(members.map((mine) => kaplanMeierPercentiles(mine.map(([length, answered]) => ({ length, answered })))));
      const answered = members.map((mine) => mine.flatMap(([length, isAnswered]) => (isAnswered ? [length] : [])));
      expect(nearestByPart(sorted(waits), partition, Int32Array.from(answered, ({ length }) => length))).to.deep.equal(answered.map((lengths) => slowRanks(lengths)));
    }), { numRuns: 300 });
  });
});

describe('The order of waits', () => {
  it('is by length, answered ones first at one length, for few and for many, short and years long', () => {
    const wait = fc.tuple(fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 2 ** 41 })), fc.boolean());
    fc.assert(fc.property(fc.array(wait, { maxLength: 60 }), fc.integer({ min: 1, max: 80 }), (waits, times) => {
      const many = Array.from({ length: times }, () => waits).flat();
      const lengths = Float64Array.from(many, ([length]) => length);
      const order = orderByLength(lengths, (place) => many[place]?.[1] === true);
      const expected = many.map((_, place) => place).sort((a, b) => (lengths[a] ?? 0) - (lengths[b] ?? 0) || Number(many[b]?.[1]) - Number(many[a]?.[1]) || a - b);
      expect([...order]).to.deep.equal(expected);
    }), { numRuns: 60 });
  });

  it('by a second key keeps the order of the first', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 2 ** 31 })), { maxLength: 100 }), (rows) => {
      const first = orderByLength(Float64Array.from(rows, ([value]) => value), () => true);
      const order = thenBy(first, Uint32Array.from(rows, ([, key]) => key));
      expect([...order]).to.deep.equal([...first].sort((a, b) => (rows[a]?.[1] ?? 0) - (rows[b]?.[1] ?? 0) || first.indexOf(a) - first.indexOf(b)));
    }), { numRuns: 60 });
  });
});
