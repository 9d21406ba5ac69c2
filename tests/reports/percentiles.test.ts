import { expect } from 'chai';
import fc from 'fast-check';
import { orderByLength, thenBy } from '../../src/reports/figures/order-by-length.js';
import { estimateAnswered, estimatedPercentiles, nearestRanks } from '../../src/reports/figures/percentiles.js';

/** Lengths and whether each was answered, as the engine sorts them. */
function sorted(waits: readonly (readonly [length: number, isAnswered: boolean])[]) {
  const order = [...waits].sort((a, b) => a[0] - b[0] || Number(b[1]) - Number(a[1]));
  return { lengths: Float64Array.from(order, ([length]) => length), answered: Uint8Array.from(order, ([, isAnswered]) => Number(isAnswered)) };
}

describe('Percentiles', () => {
  it('of the answered are the nearest rank: a value that somebody really waited', () => {
    const ten = Float64Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(nearestRanks(ten)).to.deep.equal({ p50: 5, p90: 9, p95: 10 });
    expect(nearestRanks(Float64Array.from([7]))).to.deep.equal({ p50: 7, p90: 7, p95: 7 });
    expect(nearestRanks(new Float64Array())).to.deep.equal({});
  });

  it('of all are those of the textbook: the remissions under 6-MP (Freireich and others, 1963), with a median of 23 weeks', () => {
    const ended = [6, 6, 6, 7, 10, 13, 16, 22, 23].map((weeks) => [weeks, true] as const);
    const stillGoing = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map((weeks) => [weeks, false] as const);
    const waits = sorted([...ended, ...stillGoing]);
    const survival = new Map<number, number>();
    estimateAnswered(waits, (length, share) => {
      survival.set(length, Number((1 - share).toFixed(4)));
      return true;
    });
    expect([...survival]).to.deep.equal([[6, 0.8571], [7, 0.8067], [10, 0.7529], [13, 0.6902], [16, 0.6275], [22, 0.5378], [23, 0.4482]]);
    expect(estimatedPercentiles(waits)).to.deep.equal({ p50: 23 });
  });

  it('of all equal those of the answered when nobody still waits', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 80 }), (lengths) => {
      const waits = sorted(lengths.map((length) => [length, true] as const));
      expect(estimatedPercentiles(waits)).to.deep.equal(nearestRanks(waits.lengths));
    }));
  });

  it('are absent where fewer than that share can have been answered', () => {
    expect(estimatedPercentiles(sorted([[5, true], [9, false], [9, false]]))).to.deep.equal({});
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
