import { appendFileSync, createReadStream, rmSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { pino } from 'pino';
import type { Config } from '../config.js';
import { AppError } from '../errors.js';
import { createHistoryDesk, type HistoryDesk } from '../inbox/history/history-desk.js';
import type { ImportState } from '../inbox/model/report.js';
import { buildApp } from './app.js';

type Fault = ImportState['faults'][number];

/** Nobody else is served meanwhile. */
const linesTogether = 1_000;
const sayEveryMs = 1_000;

/** What an import is called when nobody says: after its file, so that the same file goes on under the same name. */
export function importIdOf(file: string): string {
  const name = basename(file).replace(/[^\w.-]+/gu, '-').slice(0, 80);
  return name === '' ? 'import' : name;
}

/**
 * `npm run import -- FILE [--id NAME]`: past messages into the store of this data folder, while no server is at work on it.
 * Goes on where an earlier run of the same name broke off. Progress on stderr; faulty lines in `FILE.faults.ndjson`, and
 * exit code 1 when there are any. Ctrl-C ends it after the lines under way.
 */
export async function importTask(config: Config, input: { file: string; id?: string }): Promise<void> {
  const size = await sizeOf(input.file);
  const app = await buildApp(config, { log: pino({ level: 'warn' }, pino.destination(2)), webRoot: '', publicUrl: config.publicUrl ?? 'http://localhost' }).catch((error: unknown) => {
    throw error instanceof AppError && error.code === 'conflict' ? new AppError('conflict', `${error.message}. Stop the server, then import; or import through it, at Settings, Import.`, { cause: error }) : error;
  });
  try {
    await run(createHistoryDesk(app.core), { ...input, size, id: input.id ?? importIdOf(input.file) });
    await app.store.search.settle();
  } finally {
    await app.stop();
  }
}

async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch(() => undefined);
  if (found === undefined) throw new AppError('not_found', `There is no file ${file}.`);
  if (!found.isFile()) throw new AppError('bad_request', `${file} is no file.`);
  return found.size;
}

async function run(history: HistoryDesk, input: { file: string; id: string; size: number }): Promise<void> {
  const kept = await history.find(input.id);
  const from = kept === undefined || kept.doneAt !== undefined || kept.bytes > input.size ? 0 : kept.bytes;
  const faultsFile = `${input.file}.faults.ndjson`;
  const faults = new FaultsFile(faultsFile, from > 0 ? kept : undefined);
  const progress = new Progress(input.size, from);
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  process.once('SIGINT', onSignal);
  process.once('SIGTERM', onSignal);
  if (from > 0) progress.say(`Goes on at byte ${from} of ${input.size}.`);
  try {
    const state = await history.run({
      id: input.id, from, bytes: bytesOf(input.file, from, stop.signal), batchLines: linesTogether,
      onFault: (fault) => faults.write(fault), onProgress: (at, phase) => progress.note(at, phase),
    });
    progress.done(state, faultsFile);
    if (state.faulty > 0) process.exitCode = 1;
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    const now = await history.find(input.id);
    progress.say(`Stopped at byte ${now?.bytes ?? 0} of ${input.size}. The same command goes on there.`);
    process.exitCode = 130;
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  }
}

async function* bytesOf(file: string, from: number, stop: AbortSignal): AsyncIterable<Uint8Array> {
  for await (const chunk of createReadStream(file, { start: from, highWaterMark: 262_144 }) as AsyncIterable<Buffer>) {
    stop.throwIfAborted();
    yield chunk;
  }
}

/** Made with the first fault. What an earlier run had found is written again from what the import kept, which is exact after any death. */
class FaultsFile {
  constructor(private readonly file: string, found: { faulty: number; faults: readonly Fault[] } | undefined) {
    if (found !== undefined && found.faulty > found.faults.length) return;
    rmSync(file, { force: true });
    for (const fault of found?.faults ?? []) this.write(fault);
  }

  write(fault: Fault): void {
    appendFileSync(this.file, `${JSON.stringify(fault)}\n`);
  }
}

class Progress {
  private readonly begun = performance.now();
  private lastSaid = 0;
  private firstLines: number | undefined;

  constructor(private readonly size: number, private readonly from: number) {}

  note(state: ImportState, phase: 'reading' | 'settling'): void {
    const now = performance.now();
    this.firstLines ??= state.lines;
    if (now - this.lastSaid < sayEveryMs) return;
    this.lastSaid = now;
    const share = this.size === 0 ? 100 : Math.floor((state.bytes / this.size) * 100);
    const speed = Math.round((state.lines - this.firstLines) / Math.max(0.001, (now - this.begun) / 1_000));
    this.say(phase === 'reading' ? `${share} %, ${state.lines} lines, ${speed} lines/s, ${state.faulty} faulty so far` : 'all lines are in; putting conversations in order and reckoning waits');
  }

  done(state: ImportState, faultsFile: string): void {
    const seconds = ((performance.now() - this.begun) / 1_000).toFixed(1);
    this.say(`Done in ${seconds} s: ${state.added} added, ${state.known} known already, ${state.faulty} faulty, of ${state.lines} lines${this.from > 0 ? ' over all runs' : ''}.`);
    if ((state.oddTimes ?? 0) > 0) this.say(`${state.oddTimes} had a time before 1990 or ahead of us: what they said is kept, the time of the import counts.`);
    if (state.faulty > 0) this.say(`The faulty lines, with the reasons: ${faultsFile}`);
  }

  say(line: string): void {
    process.stderr.write(`${line}\n`);
  }
}
