import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { large, type Size, small } from './fill/plan.js';
import { benchInbound } from './inbound/inbound.js';
import { benchParse } from './parse.js';
import { Report } from './lib/report.js';
import { Server } from './lib/server.js';
import { round } from './lib/statistics.js';
import { benchLive } from './live/live.js';
import { measureReads, reportReads, type Times } from './reads.js';
import { benchReports } from './reports/reports.js';
import { benchSizes } from './sizes.js';
import { databaseBytes, prepareStore, webhookSecret } from './store-under-test.js';

const usage = `npm run bench -- [options]
  --small           10,000 messages only (about a minute)
  --only=a,b        some parts: sizes, parse, inbound, reads, live, reports
  --keep            keep the filled stores, and use those kept by an earlier run
  --data=FOLDER     where to keep them (default: bench/results/data)`;

const all = ['sizes', 'parse', 'inbound', 'reads', 'live', 'reports'];
const { values } = parseArgs({
  options: { small: { type: 'boolean', default: false }, only: { type: 'string', default: all.join(',') }, keep: { type: 'boolean', default: false }, data: { type: 'string' }, help: { type: 'boolean', default: false } },
});
const results = fileURLToPath(new URL('./results', import.meta.url));
const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

async function main(): Promise<void> {
  const parts = values.only.split(',').map((part) => part.trim());
  if (values.help || parts.some((part) => !all.includes(part))) {
    say(usage);
    process.exitCode = values.help ? 0 : 1;
    return;
  }
  const report = new Report();
  const scratch = mkdtempSync(join(tmpdir(), 'rapport-bench-'));
  const kept = values.keep ? (values.data ?? join(results, 'data')) : scratch;
  try {
    if (parts.includes('sizes')) benchSizes(report);
    if (parts.includes('parse')) await benchParse(report);
    if (parts.includes('inbound')) await benchInbound(report, { folder: scratch, seconds: values.small ? 2 : 5 });
    if (parts.includes('reports')) await benchReports(report, { size: values.small ? small : large, folder: join(kept, `facts-${values.small ? small.messages : large.messages}`), say });
    const stores = parts.includes('reads') || parts.includes('live') ? [small, ...(values.small ? [] : [large])] : [];
    let before: Times | undefined;
    for (const size of stores) before = await benchStore(report, { size, folder: join(kept, String(size.messages)), parts, isLast: size === stores.at(-1), ...(before === undefined ? {} : { before }) });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  say(`\nWritten to ${report.finish(results, { options: values })}`);
}

async function benchStore(report: Report, options: { size: Size; folder: string; parts: string[]; isLast: boolean; before?: Times }): Promise<Times | undefined> {
  const { size, folder, parts } = options;
  const label = size === large ? '1 M' : '10 k';
  report.heading(`Store with ${size.messages.toLocaleString('en')} messages, ${size.conversations.toLocaleString('en')} conversations, ${size.customers.toLocaleString('en')} customers`);
  const store = await prepareStore(folder, size, say);
  const bytes = databaseBytes(folder);
  report.add({ part: label, name: 'disk a message, search index included', value: round(bytes / size.messages / 1_000, 3), unit: 'kB', note: `${round(bytes / 1e6, 0)} MB in all`, ...(size === large ? { goal: '<= 1.5' } : {}) });
  const server = await Server.start(folder);
  try {
    report.add({ part: label, name: 'start → ready', value: round(server.readyMs, 0), unit: 'ms', goal: '<= 1000' });
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    report.add({ part: label, name: 'memory, idle', value: round(server.memoryMb(), 0), unit: 'MB', goal: '<= 130' });
    let times: Times | undefined;
    if (parts.includes('reads')) {
      const found = await measureReads(server, options.before);
      reportReads(report, label, found, options.before);
      times = found.times;
      report.add({ part: label, name: 'memory, after all these reads', value: round(server.memoryMb(), 0), unit: 'MB', goal: '<= 300' });
    }
    if (parts.includes('live') && options.isLast) await benchLive(report, server, { channelId: store.channelId, secret: webhookSecret, seconds: values.small ? 5 : 20 });
    return times;
  } finally {
    await server.stop();
  }
}

await main();
