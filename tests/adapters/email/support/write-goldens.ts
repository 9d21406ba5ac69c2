import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventOf, fixture, fixtureFolder, fixtureNames, summaryOf } from './summary.js';

/** `node --import tsx tests/adapters/email/support/write-goldens.ts [name…]`: writes golden files. Read every change before it is committed. */
const wanted = process.argv.slice(2);
for (const name of fixtureNames()) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const summary = summaryOf(await eventOf(fixture(name), name.startsWith('sent-') ? { folder: 'sent' } : {}));
  writeFileSync(join(fixtureFolder, `${name}.json`), `${JSON.stringify(summary, null, 2)}\n`);
}
