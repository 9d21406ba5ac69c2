import { connect } from 'node:net';
import { childInput } from '../lib/child.js';
import { percentile } from '../lib/statistics.js';

export interface SseInput {
  port: number;
  keys: string[];
  connections: number;
  /** Ends when this many marked messages have reached every connection, or after `timeoutMs`. */
  messages: number;
  timeoutMs: number;
  /** Marks of this run, so that rows of an earlier one do not count. */
  run: string;
}

export interface SseResult {
  connected: number;
  /** Connections that the server ended before all was received. */
  cut: number;
  received: number;
  p50: number;
  p95: number;
  max: number;
}

/** Holds live connections and notes how long each marked message took from its sending to here; both clocks are the machine's own. */
async function listen(input: SseInput): Promise<SseResult> {
  const times: number[] = [];
  let connected = 0;
  let cut = 0;
  const wanted = input.connections * input.messages;
  const marks = new RegExp(`sent-at:${input.run}:(\\d+)`, 'g');
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, input.timeoutMs);
    for (let index = 0; index < input.connections; index += 1) {
      const socket = connect({ port: input.port, host: '127.0.0.1' });
      socket.setEncoding('utf8');
      socket.write(`GET /api/v1/events HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${input.keys[index % input.keys.length] ?? ''}\r\naccept: text/event-stream\r\n\r\n`);
      let seen = new Set<string>();
      let rest = '';
      let ready = false;
      socket.on('data', (text: string) => {
        const now = process.hrtime.bigint();
        rest = (rest + text).slice(-4_000_000);
        if (!ready && rest.includes('event: ready')) {
          ready = true;
          connected += 1;
          if (connected === input.connections) process.stderr.write('connected\n');
        }
        const end = rest.lastIndexOf('\n\n');
        if (end < 0) return;
        const whole = rest.slice(0, end);
        rest = rest.slice(end + 2);
        // One event names the message in the row's preview and in the message itself; it counts once.
        for (const [mark, sent] of whole.matchAll(marks)) {
          if (seen.has(mark)) continue;
          seen.add(mark);
          times.push(Number(now - BigInt(sent ?? 0)) / 1e6);
        }
        if (seen.size > 50_000) seen = new Set();
        if (times.length >= wanted) {
          clearTimeout(timer);
          resolve();
        }
      });
      socket.on('close', () => { cut += 1; });
      socket.on('error', (error) => process.stderr.write(`a live connection broke: ${error.message}\n`));
    }
  });
  return { connected, cut, received: times.length, p50: percentile(times, 0.5), p95: percentile(times, 0.95), max: times.at(-1) ?? Number.NaN };
}

const result = await listen(childInput<SseInput>());
process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(0));
