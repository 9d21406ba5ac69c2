import { childInput } from '../lib/child.js';
import { Connection } from '../lib/connection.js';
import { percentile } from '../lib/statistics.js';
import { signedRequest, type Target } from './message.js';

export interface LoadInput extends Target {
  connections: number;
  warmUpMs: number;
  durationMs: number;
  /** Requests made and signed beforehand, so that signing them costs nothing while it is measured. */
  prepared: number;
}

export interface LoadResult {
  /** All that were answered, the warm-up's included. */
  answered: number;
  perSecond: number;
  p50: number;
  p95: number;
  refused: number;
}

/** Keeps `connections` connections busy for a time; prints how much went through. */
async function load(input: LoadInput): Promise<LoadResult> {
  const requests = Array.from({ length: input.prepared }, (_, n) => signedRequest(input, n));
  let next = 0;
  let refused = 0;
  const times: number[] = [];
  const warmUntil = performance.now() + input.warmUpMs;
  const until = warmUntil + input.durationMs;
  let done = 0;
  const work = async (): Promise<void> => {
    const connection = await Connection.open(input.port);
    for (;;) {
      const request = requests[next];
      const begun = performance.now();
      if (request === undefined || begun > until) break;
      next += 1;
      const answer = await connection.send(request);
      const ended = performance.now();
      if (answer.status !== 200) refused += 1;
      if (begun >= warmUntil && ended <= until) {
        done += 1;
        times.push(ended - begun);
      }
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: input.connections }, work));
  if (performance.now() < until) throw new Error('more requests have to be prepared');
  return { answered: next, perSecond: done / (input.durationMs / 1_000), p50: percentile(times, 0.5), p95: percentile(times, 0.95), refused };
}

process.stdout.write(`${JSON.stringify(await load(childInput<LoadInput>()))}\n`);
