import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { CollectionSpec, Doc } from '../../src/store/driver.js';
import { isEmbedded } from '../../src/store/engine.js';
import { eachEngine, type Where } from '../support/engines.js';

const spec: CollectionSpec<Doc & { n: number }> = { name: 'written', indexes: [{ name: 'n', keys: { n: 1, _id: 1 } }] };
const writer = fileURLToPath(new URL('store-engine-writer.ts', import.meta.url));

/** Starts the writer, lets it have `enough` acknowledged, kills it in the middle of its work, and returns what it was told. */
async function writeAndKill(where: Where, round: string, enough: number): Promise<string[]> {
  const child = spawn(process.execPath, ['--import', 'tsx', writer, JSON.stringify(where), round], { stdio: ['ignore', 'pipe', 'inherit'] });
  const acknowledged: string[] = [];
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once('exit', (_code, signal) => resolve(signal)));
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged.push(line);
    if (acknowledged.length === enough) child.kill('SIGKILL');
  }
  expect(await ended).to.equal('SIGKILL');
  return acknowledged;
}

describe('A write that was acknowledged survives the death of the process', () => {
  eachEngine((_name, open, whereIs) => {
    it('keeps every single write, every counted change and every unit of work, whole', async function () {
      this.timeout(60_000);
      const acknowledged: string[] = [];
      for (const [round, enough] of [['a', 40], ['b', 400], ['c', 1_500]] as const) acknowledged.push(...(await writeAndKill(whereIs('killed'), round, enough)));
      const engine = await open({ database: 'killed' });
      await engine.prepare([spec as never]);
      const rows = engine.durable.collection(spec);
      const found = new Map((await rows.find({}, { limit: 1_000_000 })).map((row) => [row._id, row.n]));
      for (const line of acknowledged) {
        const [id, count] = line.split('=') as [string, string?];
        expect(found.has(id), `${id} was acknowledged`).to.equal(true);
        if (count !== undefined) expect(found.get(id)).to.be.at.least(Number(count));
      }
      expect(acknowledged.length).to.be.at.least(1_940);
      if (!isEmbedded(engine)) return;
      const parts = [...found.keys()].filter((id) => id.includes('-work-'));
      expect(parts.length % 3, 'units of work are whole').to.equal(0);
      expect(engine.sql.all('PRAGMA integrity_check')).to.deep.equal([['ok']]);
      expect(engine.sql.all('PRAGMA synchronous')).to.deep.equal([[2]]);
      expect(engine.sql.all('PRAGMA journal_mode')).to.deep.equal([['wal']]);
    });
  });
});
