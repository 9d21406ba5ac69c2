import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { agentKeys } from '../fill/fill.js';
import { signedRequest } from '../inbound/message.js';
import { Connection } from '../lib/connection.js';
import type { Report } from '../lib/report.js';
import type { Server } from '../lib/server.js';
import { round } from '../lib/statistics.js';
import type { SseInput, SseResult } from './sse-clients.js';

const perSecond = 50;
const connections = 200;
const clients = fileURLToPath(new URL('./sse-clients.ts', import.meta.url));

/** A message every 20 ms for some seconds, and the time until each of 200 live connections has it. */
export async function benchLive(report: Report, server: Server, options: { channelId: string; secret: string; seconds: number }): Promise<void> {
  report.heading(`Live: inbound → an agent's browser, ${perSecond} messages a second, ${connections} connections`);
  const messages = perSecond * options.seconds;
  const run = `live-${Date.now()}`;
  const input: SseInput = { port: server.port, keys: agentKeys, connections, messages, timeoutMs: (options.seconds + 15) * 1_000, run };
  const child = spawn(process.execPath, ['--import', 'tsx', clients, JSON.stringify(input)], { stdio: ['ignore', 'pipe', 'pipe'] });
  const connected = new Promise<void>((resolve, reject) => {
    child.stderr.on('data', (text: Buffer) => {
      if (text.toString().includes('connected')) resolve();
      else process.stderr.write(text);
    });
    child.once('exit', (code) => reject(new Error(`the live clients ended with ${String(code)}`)));
  });
  const finished = new Promise<SseResult>((resolve) => {
    let output = '';
    child.stdout.on('data', (text: Buffer) => { output += text.toString(); });
    child.once('close', () => resolve(JSON.parse(output.trim().split('\n').at(-1) ?? '{}') as SseResult));
  });
  await connected;
  const sender = await Connection.open(server.port);
  const target = { port: server.port, channelId: options.channelId, secret: options.secret, run };
  const begun = performance.now();
  for (let n = 0; n < messages; n += 1) {
    const due = begun + n * (1_000 / perSecond);
    const wait = due - performance.now();
    if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
    const answer = await sender.send(signedRequest(target, n, `A message of the bench, sent-at:${run}:${process.hrtime.bigint()}`));
    if (answer.status !== 200) throw new Error(`the webhook was answered with ${answer.status}`);
  }
  const result = await finished;
  sender.close();
  const expected = messages * connections;
  report.add({ part: 'live', name: "inbound → agent's browser, p95", value: round(result.p95, 1), unit: 'ms', goal: '<= 100', note: `p50 ${round(result.p50, 1)} ms, longest ${round(result.max, 1)} ms` });
  report.add({ part: 'live', name: 'events that arrived', value: round((result.received / expected) * 100, 2), unit: '%', goal: '>= 100', note: `${result.received} of ${expected}; ${result.cut} connections cut` });
}
