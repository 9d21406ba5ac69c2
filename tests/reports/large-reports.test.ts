import { expect } from 'chai';
import { LargeReports } from '../../src/reports/large-reports.js';
import type { ReportBase } from '../../src/reports/make-report.js';

const base = (size: number): ReportBase => ({ now: { size } }) as unknown as ReportBase;

describe('Large reports', () => {
  it('are at hand for fifteen seconds, each for the question and the person that asked', () => {
    const large = new LargeReports();
    const mine = base(200_000);
    large.keep('mine', 1_000, mine);
    expect(large.find('mine', 15_999)).to.equal(mine);
    expect(large.find('theirs', 1_000)).to.equal(undefined);
    expect(large.find('mine', 16_000)).to.equal(undefined);
  });

  it('are the two last ones; small ones are made anew each time', () => {
    const large = new LargeReports();
    large.keep('small', 0, base(99_999));
    for (const key of ['a', 'b', 'c']) large.keep(key, 0, base(100_000));
    expect(['small', 'a', 'b', 'c'].map((key) => large.find(key, 1) !== undefined)).to.deep.equal([false, false, true, true]);
  });
});
