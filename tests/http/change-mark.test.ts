import { expect } from 'chai';
import fc from 'fast-check';
import { createChangeMark } from '../../src/http/live/change-mark.js';

describe('The number to resume from', () => {
  it('follows changes that come in order', () => {
    const mark = createChangeMark(10, () => 0);
    for (const seq of [11, 12, 13]) mark.saw(seq);
    expect(mark.value()).to.equal(13);
  });

  it('waits for a change that comes late', () => {
    const mark = createChangeMark(10, () => 0);
    mark.saw(12);
    expect(mark.value()).to.equal(10);
    mark.saw(11);
    expect(mark.value()).to.equal(12);
  });

  it('passes over a number that was never used, after a while', () => {
    let now = 0;
    const mark = createChangeMark(10, () => now, 3000);
    mark.saw(14);
    now = 2999;
    mark.settle();
    expect(mark.value()).to.equal(10);
    now = 3000;
    mark.settle();
    expect(mark.value()).to.equal(14);
  });

  it('never stands above a change that is still to come in time, whatever the order, and never goes back', () => {
    const changes = fc.array(fc.tuple(fc.boolean(), fc.nat(2500)), { minLength: 1, maxLength: 60 });
    fc.assert(fc.property(changes, (list) => {
      // Number i is published (or never) up to 2.5 s after it was taken; numbers are taken 10 ms apart.
      const events = list.map(([used, delay], index) => ({ seq: index + 1, at: index * 10 + delay, used })).filter((event) => event.used).sort((a, b) => a.at - b.at);
      let now = 0;
      const mark = createChangeMark(0, () => now, 3000);
      const published = new Set<number>();
      let before = 0;
      for (const event of events) {
        now = event.at;
        published.add(event.seq);
        mark.saw(event.seq);
        const value = mark.value();
        expect(value).to.be.at.least(before);
        before = value;
        for (const other of events) if (other.seq <= value) expect(published.has(other.seq), `${other.seq} below the mark ${value}`).to.equal(true);
      }
      now += 10_000;
      mark.settle();
      expect(mark.value()).to.equal(Math.max(0, ...events.map((event) => event.seq)));
    }));
  });
});
