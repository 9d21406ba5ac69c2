import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { addWebhookChannel, administrator, type Product, removeProducts, startProduct } from '../../support/product.js';
import { eachStore } from '../../support/stores.js';

const main = join(dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url))))), 'dist/server/main.js');
const conversations = 40;
const each = 15;
const faultyAt = [3, 250, 251, 604];
const begin = Date.UTC(2025, 4, 5, 8, 0, 0);

/** By time, as exports are: a conversation's lines lie far apart. The last ones come first, so that there is an order to be made. */
function fileOf(): string {
  const lines: string[] = [];
  for (let round = 0; round < each; round += 1) {
    const at = (round + each - 2) % each;
    for (let index = 0; index < conversations; index += 1) {
      const author = at % 3 === 2 ? { kind: 'agent', name: 'Lena Sommer' } : { kind: 'customer' };
      lines.push(JSON.stringify({ channel: 'webhook', conversation: `case-${index}`, id: `m-${index}-${at}`, customer: { id: `person-${index % 25}`, name: `Person ${index % 25}` }, author, at: begin + index * 60_000 + at * 3_600_000, text: `Line ${at} of case ${index}: what about it?` }));
    }
  }
  for (const line of faultyAt) lines.splice(line - 1, 0, '{"channel":"webhook"');
  return lines.map((line) => `${line}\n`).join('');
}

interface Imported { bytes: number; lines: number; added: number; known: number; faulty: number; done: boolean; faults: { line: number }[] }
interface Row { id: string; lastSeq: number }
interface Item { id: string; seq: number; at: number }

const whole = { lines: conversations * each + faultyAt.length, added: conversations * each, known: 0, faulty: faultyAt.length, done: true };

async function post(product: Product, path: string, body: string): Promise<Imported | undefined> {
  try {
    const response = await fetch(`${product.url}/api/v1${path}`, { method: 'POST', headers: { authorization: `Bearer ${administrator.key}`, 'content-type': 'application/x-ndjson' }, body });
    expect(response.status, path).to.equal(200);
    return await response.json() as Imported;
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** Everything is there once, in the order of its time. */
async function expectWhole(product: Product): Promise<void> {
  const { items } = await product.api<{ items: Row[] }>('GET', '/conversations?view=resolved&limit=100');
  expect(items.length).to.equal(conversations);
  const ids = new Set<string>();
  for (const row of items) {
    const { messages } = await product.api<{ messages: Item[] }>('GET', `/conversations/${row.id}/messages?limit=100&timeline=0`);
    expect(messages.map(({ seq }) => seq)).to.deep.equal(Array.from({ length: each }, (_, at) => at + 1));
    expect(messages.map(({ at }) => at)).to.deep.equal(messages.map(({ at }) => at).sort((a, b) => a - b));
    for (const message of messages) ids.add(message.id);
  }
  expect(ids.size).to.equal(conversations * each);
}

const points = ['import-lines-written#1', 'import-lines-written#3', 'import-batch-durable#2', 'import-messages-ordered#5', 'import-person-settled#2', 'import-people-settled#1'];

eachStore((storeEnv, name) => {
  describe('a power cut during an import', () => {
    after(removeProducts);

    // MongoDB writes one by one: there it is the steps between that matter, of which these are the ones that differ.
    for (const point of name === 'embedded' ? points : ['import-lines-written#2', 'import-messages-ordered#3', 'import-person-settled#2']) {
      it(`at “${point}” loses no line and doubles none; it goes on where it stands, and the counts are exact`, async () => {
        const env = storeEnv();
        const file = fileOf();
        const first = await startProduct({ env });
        await addWebhookChannel(first, 'http://127.0.0.1:9/');
        await first.stop();
        const second = await startProduct({ env: { ...env, CRASH_AT: point }, dataDir: first.dataDir });
        expect(await post(second, '/import?id=old-tool', file)).to.equal(undefined);
        expect(await second.ended).to.equal('SIGKILL');
        const third = await startProduct({ env, dataDir: first.dataDir });
        const kept = await third.api<Imported>('GET', '/imports/old-tool');
        expect(kept.done).to.equal(false);
        const state = await post(third, `/import?id=old-tool&from=${kept.bytes}`, Buffer.from(file).subarray(kept.bytes).toString());
        expect(state).to.deep.include({ ...whole, bytes: Buffer.byteLength(file) });
        expect(state?.faults.map(({ line }) => line)).to.deep.equal(faultyAt);
        await expectWhole(third);
        expect(await post(third, '/import?id=again', file)).to.include({ added: 0, known: whole.added, faulty: whole.faulty });
        await expectWhole(third);
        await third.stop();
      });
    }

    if (name === 'embedded') it('on the command line is made good by the same command, which ends with 1 and lists what was faulty', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'rapport-import-'));
      try {
        const file = join(folder, 'old tool.ndjson');
        await writeFile(file, fileOf());
        const first = await startProduct();
        await addWebhookChannel(first, 'http://127.0.0.1:9/');
        const held = await command(first.dataDir, file);
        expect(held.output).to.match(/in use by a server.*Stop the server/s);
        await first.stop();
        const killed = await command(first.dataDir, file, { CRASH_AT: 'import-people-settled#1' });
        expect(killed.ended).to.equal('SIGKILL');
        const done = await command(first.dataDir, file);
        expect(done.output).to.contain(`${whole.added} added, 0 known already, ${whole.faulty} faulty`);
        expect(done.ended).to.equal('1');
        const faults = (await readFile(`${file}.faults.ndjson`, 'utf8')).trim().split('\n').map((line) => JSON.parse(line) as { line: number; reason: string });
        expect(faults.map(({ line }) => line)).to.deep.equal(faultyAt);
        expect(faults[0]?.reason).to.equal('this is not JSON');
        const last = await startProduct({ dataDir: first.dataDir });
        await expectWhole(last);
        expect(await last.api<Imported>('GET', '/imports/old-tool.ndjson')).to.include(whole);
        await last.stop();
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    });
  });
});

function command(dataDir: string, file: string, env: Record<string, string> = {}): Promise<{ ended: string; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [main, 'import', file], { cwd: dataDir, env: { PATH: process.env['PATH'], HOME: process.env['HOME'], DATA_DIR: dataDir, LOG_LEVEL: 'warn', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => { output += chunk.toString(); });
    child.stderr.on('data', (chunk: Buffer) => { output += chunk.toString(); });
    child.once('exit', (code, signal) => resolve({ ended: signal ?? String(code), output }));
  });
}
