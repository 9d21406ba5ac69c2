import { expect } from 'chai';
import fc from 'fast-check';
import { matches, type IndexedEntry } from '../../src/store/search/match.js';
import type { Plan } from '../../src/store/search/plan.js';
import type { Pattern } from '../../src/store/search/query.js';
import { membersOf, newBits, setBit } from '../../src/store/search/segments/bitmap.js';
import { toBinary } from '../../src/store/search/segments/bytes.js';
import { buildSegment } from '../../src/store/search/segments/build.js';
import { findInSegments } from '../../src/store/search/segments/find.js';
import { Merge } from '../../src/store/search/segments/merge.js';
import { chooseMerge, levelOf } from '../../src/store/search/segments/merge-policy.js';
import { Segment } from '../../src/store/search/segments/segment.js';
import type { SegmentBlob } from '../../src/store/search/segments/writer.js';

/** Blobs in memory: what the database would hold. */
class Shelf {
  private readonly blobs = new Map<string, Buffer>();
  private next = 1;

  add(ids: Float64Array, blobs: readonly SegmentBlob[]): Segment {
    const id = this.next++;
    for (const { seq, data } of blobs) this.blobs.set(`${id}/${seq}`, data);
    return new Segment({ id, size: ids.length, low: ids[0] ?? 0, high: ids.at(-1) ?? 0 }, (segment, seq) => this.blobs.get(`${segment}/${seq}`));
  }

  build(rows: readonly (readonly [number, IndexedEntry])[]): Segment {
    const sorted = [...rows].sort(([a], [b]) => a - b);
    const ids = Float64Array.from(sorted, ([id]) => id);
    return this.add(ids, buildSegment(ids, sorted.map(([, entry]) => entry)));
  }

  merge(segments: readonly Segment[], stepMs: number): Segment | undefined {
    const merge = new Merge([...segments].sort((a, b) => a.low - b.low));
    const blobs: SegmentBlob[] = [];
    while (!merge.work(performance.now() + stepMs, 3)) blobs.push(...merge.take());
    blobs.push(...merge.finish());
    return merge.ids.length === 0 ? undefined : this.add(merge.ids, blobs);
  }
}

const vocabulary = ['a', 'ab', 'abc', 'b', 'ä', 'größe', '漢字', '漢', '字', '𠀀', '𠀀x', '\uffee', 'z'.repeat(64)];
const facets = ['_ca', '_cb', '_m', '_n'];
const entry: fc.Arbitrary<IndexedEntry> = fc.record({
  at: fc.constant(0),
  words: fc.array(fc.constantFrom(...vocabulary), { maxLength: 9 }),
  extras: fc.subarray([...facets, 'ab', 'größ', 'stem']),
});
const pattern: fc.Arbitrary<Pattern> = fc.oneof(
  fc.record({ words: fc.constantFrom(...vocabulary, ...facets, 'stem', 'none').map((word) => [word]), prefix: fc.boolean(), exact: fc.boolean() }),
  fc.record({ words: fc.array(fc.constantFrom(...vocabulary), { minLength: 2, maxLength: 3 }), prefix: fc.boolean(), exact: fc.constant(true) }),
);
const clause = fc.array(pattern, { minLength: 1, maxLength: 3 });
const plan: fc.Arbitrary<Plan> = fc.record({ all: fc.array(clause, { minLength: 1, maxLength: 3 }), none: fc.array(fc.array(clause, { minLength: 1, maxLength: 2 }), { maxLength: 2 }) });

describe('segments of the search index', () => {
  it('answer every plan as looking at each entry does, before and after merging, with documents removed', () => {
    const rows = fc.uniqueArray(fc.tuple(fc.nat(2 ** 41).map((n) => n * 1000), entry), { selector: ([id]) => id, maxLength: 60 });
    fc.assert(
      fc.property(rows, fc.array(plan, { minLength: 1, maxLength: 5 }), fc.infiniteStream(fc.nat(99)), (list, plans, dice) => {
        const shelf = new Shelf();
        const throwDice = (): number => dice.next().value as number;
        const parts: [number, IndexedEntry][][] = [[], [], [], []];
        for (const row of list) parts[throwDice() % (list.length > 30 ? 4 : 2)]?.push(row);
        let segments = parts.filter((part) => part.length > 0).map((part) => shelf.build(part));
        const living = new Map(list);
        const remove = (): void => {
          for (const segment of segments) {
            segment.ids.forEach((id, doc) => {
              if (throwDice() >= 15 || !living.delete(id)) return;
              setBit((segment.gone ??= newBits(segment.size)), doc);
              segment.goneCount += 1;
            });
          }
        };
        const check = (): void => {
          for (const one of plans) {
            const expected = [...living].filter(([, entry]) => matches(one, entry)).map(([id]) => id).sort((a, b) => b - a);
            const all = { from: 0, to: Number.MAX_SAFE_INTEGER, limit: 1000 };
            expect(findInSegments(segments, one, all, () => false)).to.deep.equal(expected);
            expect(findInSegments(segments, one, { ...all, limit: 3 }, () => false)).to.deep.equal(expected.slice(0, 3));
            const [from, to] = [expected[expected.length >> 1] ?? 5, expected[1] ?? 7];
            expect(findInSegments(segments, one, { from, to, limit: 1000 }, () => false)).to.deep.equal(expected.filter((id) => id >= from && id <= to));
            expect(findInSegments(segments, one, { ...all, limit: 2 }, (id) => id === expected[0])).to.deep.equal(expected.slice(1, 3));
          }
        };
        check();
        remove();
        check();
        const merged = shelf.merge(segments, throwDice() % 2 === 0 ? 0 : 50);
        segments = merged ? [merged] : [];
        expect(segments.reduce((sum, segment) => sum + segment.size, 0)).to.equal(living.size);
        check();
        remove();
        check();
      }),
      { numRuns: 150 },
    );
  });

  it('hold thousands of documents and terms over many pages, with lists and places in blobs of their own', () => {
    const shelf = new Shelf();
    const rows = Array.from({ length: 6_000 }, (_, n): [number, IndexedEntry] => [n * 7, { at: 0, words: ['all', n % 2 === 0 ? 'even' : 'odd', `w${n % 700}`, `u${n}`, ...(n % 3 === 0 ? ['all', 'even'] : [])], extras: ['_m', ...(n % 50 === 0 ? ['_a'] : [])] }]);
    const halves = [shelf.build(rows.slice(0, 3000)), shelf.build(rows.slice(3000))];
    const merged = shelf.merge(halves, 1);
    expect(merged?.size).to.equal(6000);
    const single = (word: string, prefix = false): Pattern[] => [{ words: [word], prefix, exact: false }];
    const phrase = (...words: string[]): Pattern[] => [{ words, prefix: false, exact: true }];
    const cases: [Pattern[][], (n: number) => boolean][] = [
      [[single('all')], () => true],
      [[single('u4711')], (n) => n === 4711],
      [[single('u47', true)], (n) => String(n).startsWith('47')],
      [[single('odd'), single('even')], (n) => n % 2 === 1 && n % 3 === 0],
      [[phrase('all', 'odd')], (n) => n % 2 === 1],
      [[phrase('all', 'even'), single('_a')], (n) => n % 50 === 0],
      [[phrase('all', 'even'), single('odd')], (n) => n % 2 === 1 && n % 3 === 0],
      [[phrase('w5', 'u5')], (n) => n === 5],
      [[phrase('even', 'all')], () => false],
    ];
    for (const segments of [halves, merged ? [merged] : []]) {
      for (const [all, holds] of cases) {
        const expected = rows.map(([id], n) => [id, n] as const).filter(([, n]) => holds(n)).map(([id]) => id).reverse();
        expect(findInSegments(segments, { all, none: [] }, { from: 0, to: 1e9, limit: 10_000 }, () => false), JSON.stringify(all)).to.deep.equal(expected);
        expect(findInSegments(segments, { all, none: [] }, { from: 0, to: 1e9, limit: 25 }, () => false)).to.deep.equal(expected.slice(0, 25));
      }
    }
  });

  it('order terms by their bytes, whatever the script', () => {
    const sorted = [...vocabulary].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect([...vocabulary].map(toBinary).sort()).to.deep.equal(sorted.map(toBinary));
  });

  it('are merged eight of a size, the smallest first, and one alone when a quarter of it is gone', () => {
    const of = (size: number, goneCount = 0): Segment => Object.assign(new Segment({ id: 1, size, low: 0, high: 1 }, () => undefined), { goneCount });
    expect([128, 1023, 1024, 8191, 8192, 65_535, 65_536].map(levelOf)).to.deep.equal([0, 0, 1, 1, 2, 2, 3]);
    expect(chooseMerge([of(128), of(128), of(2000)])).to.equal(undefined);
    expect(chooseMerge([...Array.from({ length: 8 }, () => of(9000)), ...Array.from({ length: 9 }, () => of(200))])?.segments.map((segment) => segment.size)).to.deep.equal(Array.from({ length: 8 }, () => 200));
    expect(chooseMerge([of(128), of(4000, 1001)])?.segments.map((segment) => segment.size)).to.deep.equal([4000]);
    expect(chooseMerge(Array.from({ length: 12 }, () => of(120_000)))?.segments, 'not more than fit').to.have.length(4);
    expect(chooseMerge(Array.from({ length: 9 }, () => of(500_000)))).to.equal(undefined);
  });

  it('turn sets of bits into their members', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(200)), fc.nat(1000), (members, offset) => {
        const bits = newBits(201);
        for (const member of members) setBit(bits, member);
        expect([...membersOf(bits, offset)]).to.deep.equal(members.map((member) => member + offset).sort((a, b) => a - b));
      }),
    );
  });
});
