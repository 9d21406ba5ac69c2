import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { runChild } from '../lib/child.js';
import type { Report } from '../lib/report.js';
import { freePort, Server } from '../lib/server.js';
import { round } from '../lib/statistics.js';
import type { LoadInput, LoadResult } from './load.js';

const secret = 'bench-signing-secret-0123456789';

/** Webhook → durable → applied, against the bare route; turn by turn in one run, so that both meet the same machine. */
export async function benchInbound(report: Report, options: { folder: string; seconds: number }): Promise<void> {
  report.heading('Inbound: webhook → durable → applied, against a bare express route that verifies and parses');
  const server = await Server.start(options.folder);
  const barePort = await freePort();
  const bare = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(new URL('./bare-route.ts', import.meta.url)), JSON.stringify({ port: barePort, secret })], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(bare.stdout, 'data');
  try {
    const { id } = await server.call<{ id: string }>('POST', '/channels', { kind: 'webhook', name: 'Bench', settings: { trustsAddresses: true }, secrets: { secret } });
    await server.call('PATCH', '/settings', { botOn: false });
    for (const connections of [1, 8, 32]) {
      const ours: LoadResult[] = [];
      const theirs: LoadResult[] = [];
      for (let round_ = 0; round_ < 2; round_ += 1) {
        const input = { channelId: id, secret, connections, warmUpMs: 700, durationMs: options.seconds * 1_000, run: `r${connections}-${round_}` };
        theirs.push(await load({ ...input, port: barePort, prepared: 14_000 * (options.seconds + 1) }));
        ours.push(await load({ ...input, port: server.port, prepared: 9_000 * (options.seconds + 1) }));
      }
      add(report, connections, { ours: mean(ours), theirs: mean(theirs) });
    }
  } finally {
    bare.kill();
    await server.stop();
  }
}

function load(input: LoadInput): Promise<LoadResult> {
  return runChild<LoadResult>('inbound/load.ts', input);
}

function mean(results: LoadResult[]): LoadResult {
  const sum = (pick: (result: LoadResult) => number): number => results.reduce((total, result) => total + pick(result), 0);
  return { perSecond: sum((result) => result.perSecond) / results.length, p50: sum((result) => result.p50) / results.length, p95: sum((result) => result.p95) / results.length, refused: sum((result) => result.refused) };
}

function add(report: Report, connections: number, { ours, theirs }: { ours: LoadResult; theirs: LoadResult }): void {
  const at = `${connections} connection${connections === 1 ? '' : 's'}`;
  report.add({ part: 'inbound', name: `messages, ${at}`, value: round(ours.perSecond, 0), unit: '/s', note: `p50 ${round(ours.p50)} ms, p95 ${round(ours.p95)} ms, refused ${ours.refused}` });
  report.add({ part: 'inbound', name: `bare route, ${at}`, value: round(theirs.perSecond, 0), unit: '/s', note: `p50 ${round(theirs.p50)} ms, p95 ${round(theirs.p95)} ms` });
  report.add({ part: 'inbound', name: `share of the bare route, ${at}`, value: round(ours.perSecond / theirs.perSecond), unit: '×', goal: '>= 0.5' });
}
