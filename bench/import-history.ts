import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { addWebhookChannel, startProduct } from '../tests/support/product.js';

/**
 * How fast past messages go in on the command line, and how much memory that takes:
 * `node --import tsx bench/import-history.ts [--mb 200]`, after `npm run build`. Lines are in the order of time, as exports are, so that a
 * conversation's lines lie far apart.
 */
const { values } = parseArgs({ options: { mb: { type: 'string', default: '200' } } });
const main = join(dirname(dirname(fileURLToPath(import.meta.url))), 'dist/server/main.js');
const words = 'the bike order parcel arrived late and the wheel is bent could you please send another one thank you very much regards shop brake chain light saddle'.split(' ');
const perConversation = 6;
const lineBytes = 330;

/** Writes the file; resolves with the number of lines. */
async function generate(file: string, megabytes: number): Promise<number> {
  const out = createWriteStream(file);
  const lines = Math.floor((megabytes * 1e6) / lineBytes);
  const conversations = Math.ceil(lines / perConversation);
  for (let index = 0; index < lines; index += 1) {
    const [conversation, round] = [index % conversations, Math.floor(index / conversations)];
    const text = Array.from({ length: 10 + (index % 30) }, (_, word) => words[(index * 31 + word * 17) % words.length] ?? '').join(' ');
    const author = round % 2 === 1 ? { kind: 'agent', name: 'Malik Osei' } : { kind: 'customer' };
    const line = { channel: 'webhook', conversation: `case-${conversation}`, id: `m${index}`, customer: { id: `person-${conversation % Math.ceil(conversations / 2)}`, name: 'Ines Bauer' }, author, at: Date.UTC(2024, 0, 1) + conversation * 60_000 + round * 3_600_000, text };
    if (!out.write(`${JSON.stringify(line)}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
  return lines;
}

/** Highest resident memory of a process so far, in MB; 0 once it is gone. */
async function peakOf(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid ?? 0}/status`, 'utf8').catch(() => '');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1_024;
}

async function run(megabytes: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'rapport-import-bench-'));
  try {
    const file = join(folder, 'past.ndjson');
    const lines = await generate(file, megabytes);
    const product = await startProduct({ dataDir: folder });
    await addWebhookChannel(product, 'http://127.0.0.1:9/');
    await product.stop();
    const child = spawn(process.execPath, [main, 'import', file], { env: { PATH: process.env['PATH'], DATA_DIR: folder, LOG_LEVEL: 'warn' }, stdio: ['ignore', 'inherit', 'pipe'] });
    let [before, peak, begun] = [0, 0, 0];
    const look = setInterval(() => void peakOf(child.pid).then((now) => { peak = Math.max(peak, now); }), 250);
    child.stderr.on('data', (chunk: Buffer) => {
      process.stderr.write(chunk);
      if (begun > 0) return;
      begun = performance.now();
      void peakOf(child.pid).then((now) => { before = now; });
    });
    const [code] = await once(child, 'exit') as [number | null];
    clearInterval(look);
    const seconds = (performance.now() - begun) / 1_000;
    process.stdout.write(`${megabytes} MB, ${lines} lines: ${seconds.toFixed(1)} s, ${Math.round(lines / seconds)} lines/s; memory ${before.toFixed(0)} MB after the first lines, at most ${peak.toFixed(0)} MB; exit ${code}\n`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

await run(Number(values.mb));
