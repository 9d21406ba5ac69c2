import { expect } from 'chai';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventOf, fixture, fixtureFolder, fixtureNames, summaryOf } from './support/summary.js';

describe('mails as programs really write them', function () {
  const names = fixtureNames();

  it('are at least 120 different cases, each with a golden file', () => {
    expect(names.length).to.be.greaterThan(120);
    expect(names.filter((name) => !existsSync(join(fixtureFolder, `${name}.json`)))).to.deep.equal([]);
  });

  for (const name of names) {
    it(`${name.replaceAll('-', ' ')}: is understood as its golden file says`, async () => {
      const event = await eventOf(fixture(name), name.startsWith('sent-') ? { folder: 'sent' } : {});
      const golden: unknown = JSON.parse(readFileSync(join(fixtureFolder, `${name}.json`), 'utf8'));
      expect(JSON.parse(JSON.stringify(summaryOf(event)))).to.deep.equal(golden);
      expect(JSON.parse(JSON.stringify(event)), 'an event is plain JSON').to.deep.equal(event);
    });
  }
});
