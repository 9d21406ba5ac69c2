import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { runChild } from '../lib/child.js';
import type { Report } from '../lib/report.js';
import { freePort, processorMs, Server } from '../lib/server.js';
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
      const ours: Measured[] = [];
      const theirs: Measured[] = [];
      for (let round_ = 0; round_ < 2; round_ += 1) {
        const input = { channelId: id, secret, connections, warmUpMs: 700, durationMs: options.seconds * 1_000, run: `r${connections}-${round_}` };
        theirs.push(await load({ ...input, port: barePort, prepared: 14_000 * (options.seconds + 1) }, bare.pid ?? 0));
        ours.push(await load({ ...input, port: server.port, prepared: 9_000 * (options.seconds + 1) }, server.pid));
      }
      add(report, connections, { ours: mean(ours), theirs: mean(theirs) });
    }
  } finally {
    bare.kill();
    await server.stop();
  }
}

interface Measured extends LoadResult {
  /** Processor time of the server for one message. */
  processorMs: number;
}

async function load(input: LoadInput, pid: number): Promise<Measured> {
  const before = processorMs(pid);
  const result = await runChild<LoadResult>('inbound/load.ts', input);
  return { ...result, processorMs: (processorMs(pid) - before) / result.answered };
}

function mean(results: Measured[]): Measured {
  const of = (pick: (result: Measured) => number): number => results.reduce((total, result) => total + pick(result), 0) / results.length;
  return {
    answered: of((result) => result.answered), perSecond: of((result) => result.perSecond), p50: of((result) => result.p50), p95: of((result) => result.p95),
    refused: of((result) => result.refused), processorMs: of((result) => result.processorMs),
  };
}

function add(report: Report, connections: number, { ours, theirs }: { ours: Measured; theirs: Measured }): void {
  const at = `${connections} connection${connections === 1 ? '' : 's'}`;
  report.add({ part: 'inbound', name: `messages, ${at}`, value: round(ours.perSecond, 0), unit: '/s', note: `p50 ${round(ours.p50)} ms, p95 ${round(ours.p95)} ms, processor ${round(ours.processorMs, 3)} ms a message, refused ${ours.refused}` });
  report.add({ part: 'inbound', name: `bare route, ${at}`, value: round(theirs.perSecond, 0), unit: '/s', note: `p50 ${round(theirs.p50)} ms, p95 ${round(theirs.p95)} ms, processor ${round(theirs.processorMs, 3)} ms` });
  report.add({ part: 'inbound', name: `share of the bare route, ${at}`, value: round(ours.perSecond / theirs.perSecond), unit: '×', goal: '>= 0.5' });
}
