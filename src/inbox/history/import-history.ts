import { AppError } from '../../errors.js';
import type { Millis } from '../model/common.js';
import type { ImportState } from '../model/report.js';
import type { PlacedLine } from './documents.js';
import { type KnownNames, readLine } from './line.js';
import { settleHistory } from './settle.js';
import { LineSplitter, type RawLine } from './split-lines.js';
import { type HistoryCore, writeBatch } from './write-batch.js';

export interface ImportOptions {
  /** The same for the same file: under it an import that broke off goes on. */
  id: string;
  /** Where in the file `bytes` begins. 0 begins anew; else it must be where the import stands. */
  from: number;
  bytes: AsyncIterable<Uint8Array>;
  /** The file goes on after these bytes: a line that is not finished is left for the next part, and nothing is put in order yet. */
  more?: boolean;
  /** Lines written together; 200 where others must not be kept waiting. */
  batchLines?: number;
  onProgress?: (state: ImportState, phase: 'reading' | 'settling') => void;
  /** Every fault; the state keeps the first thousand. */
  onFault?: (fault: { line: number; reason: string }) => void;
}

/** So few that whoever else is served meanwhile notices nothing. */
const linesTogether = 200;
const faultsKept = 1_000;
const mostBatchLines = 2_000;
const batchMaxBytes = 4 * 1_048_576;

/**
 * Reads past messages, line by line, into the inbox. How far it has come is written with each batch, so that it can break
 * off at any moment and go on there; what is in the inbox already is left as it is. See `docs/import.md`. Throws `conflict`
 * (with `bytes`, where it stands) when `from` is somewhere else.
 */
export async function importHistory(core: HistoryCore, options: ImportOptions): Promise<ImportState> {
  const { state, resumed } = await begin(core, options);
  const run = new Run(core, options, { state, resumed, known: await knownNames(core) });
  const splitter = new LineSplitter({ bytes: state.bytes, lines: state.lines, skipping: state.skipping === true });
  for await (const chunk of options.bytes) {
    for (const line of splitter.push(chunk)) await run.take(line);
  }
  if (options.more === true) {
    const long = splitter.tooLong();
    if (long !== undefined) await run.take(long.line);
    return run.flush({ skipping: long !== undefined });
  }
  for (const line of splitter.rest()) await run.take(line);
  await run.flush({});
  await settleHistory(core, { together: Math.ceil((options.batchLines ?? linesTogether) / 4), onSettled: () => options.onProgress?.(run.state, 'settling') });
  const done = await run.save({ doneAt: core.clock() });
  core.live.publish({ kind: 'counts' });
  return done;
}

async function begin(core: HistoryCore, options: ImportOptions): Promise<{ state: ImportState; resumed: boolean }> {
  const { imports } = core.store.now;
  const kept = await imports.get(options.id);
  const now = core.clock();
  const fresh: ImportState = { _id: options.id, startedAt: now, changedAt: now, bytes: 0, lines: 0, added: 0, known: 0, faulty: 0, oddTimes: 0, faults: [] };
  if (options.from !== 0 && options.from !== kept?.bytes) {
    throw new AppError('conflict', `This import stands at byte ${kept?.bytes ?? 0}: go on there.`, { facts: { bytes: kept?.bytes ?? 0 } });
  }
  if (kept === undefined) {
    await imports.insert(fresh);
    return { state: fresh, resumed: false };
  }
  if (options.from !== 0 || kept.doneAt === undefined && kept.bytes === 0) return { state: kept, resumed: kept.doneAt === undefined };
  const { _id, ...rest } = fresh;
  await imports.change(_id, { set: rest, unset: ['doneAt', 'skipping'] });
  return { state: fresh, resumed: false };
}

async function knownNames(core: HistoryCore): Promise<Omit<KnownNames, 'now'>> {
  const [teams, agents] = await Promise.all([core.store.now.teams.all(), core.store.now.agents.all()]);
  return { teams, agents, channels: [...core.channels().values()].filter((channel) => channel.removedAt === undefined) };
}

/** One import under way: the lines that are not written yet, and the state as it is on disk. */
class Run {
  state: ImportState;
  private lines: PlacedLine[] = [];
  private faults: { line: number; reason: string }[] = [];
  private counted = 0;
  private bytes = 0;
  private end: number;
  private number: number;
  private readonly againUntil: number;
  private readonly known: Omit<KnownNames, 'now'>;
  private readonly decoder = new TextDecoder('utf-8', { fatal: true });

  constructor(private readonly core: HistoryCore, private readonly options: ImportOptions, from: { state: ImportState; resumed: boolean; known: Omit<KnownNames, 'now'> }) {
    this.state = from.state;
    this.known = from.known;
    this.end = from.state.bytes;
    this.number = from.state.lines;
    // Whoever died before had at most one batch under way.
    this.againUntil = from.resumed ? from.state.lines + mostBatchLines : 0;
  }

  async take(raw: RawLine): Promise<void> {
    this.read(raw, this.core.clock());
    this.end = raw.end;
    this.number = raw.number;
    this.counted += 1;
    this.bytes += raw.bytes?.length ?? 0;
    if (this.counted >= Math.min(this.options.batchLines ?? linesTogether, mostBatchLines) || this.bytes >= batchMaxBytes) await this.flush({});
  }

  private read(raw: RawLine, now: Millis): void {
    const text = raw.bytes === undefined ? { fault: 'this line is longer than 1 MB' } : this.decode(raw.bytes);
    if (text === '') return;
    const line = typeof text === 'string' ? readLine(text, { ...this.known, now }) : text;
    if ('fault' in line) this.faults.push({ line: raw.number, reason: line.fault });
    else this.lines.push({ number: raw.number, line });
  }

  private decode(bytes: Uint8Array): string | { fault: string } {
    try {
      return this.decoder.decode(bytes).trim();
    } catch {
      return { fault: 'this line is not UTF-8' };
    }
  }

  /** Writes what was taken, and how far that is, together. */
  async flush(how: { skipping?: boolean }): Promise<ImportState> {
    if (this.counted === 0 && how.skipping !== true) return this.state;
    const { core, lines, faults } = this;
    const pending: Promise<unknown>[] = [];
    const { next, skipping } = await core.store.work(async (c) => {
      const written = await writeBatch(core, { c }, { importId: this.state._id, lines, again: this.number - this.counted < this.againUntil, pending });
      core.crashAt('import-lines-written');
      const after = this.stateAfter(written);
      const skips = how.skipping === true;
      const { _id, skipping: _, doneAt: __, ...set } = after;
      await c.imports.change(_id, { set: { ...set, ...(skips ? { skipping: true } : {}) }, unset: skips ? [] : ['skipping'] });
      return { next: after, skipping: skips };
    });
    await Promise.all(pending);
    core.crashAt('import-batch-durable');
    this.state = skipping ? { ...next, skipping } : next;
    for (const fault of faults) this.options.onFault?.(fault);
    this.lines = [];
    this.faults = [];
    this.counted = 0;
    this.bytes = 0;
    this.options.onProgress?.(this.state, 'reading');
    return this.state;
  }

  private stateAfter(written: { added: number; known: number; oddTimes: number }): ImportState {
    const { state, faults } = this;
    return {
      ...state,
      changedAt: this.core.clock(), bytes: this.end, lines: this.number,
      added: state.added + written.added, known: state.known + written.known, oddTimes: (state.oddTimes ?? 0) + written.oddTimes,
      faulty: state.faulty + faults.length, faults: state.faults.length >= faultsKept ? state.faults : [...state.faults, ...faults].slice(0, faultsKept),
    };
  }

  async save(set: Partial<ImportState>): Promise<ImportState> {
    this.state = await this.core.store.now.imports.change(this.state._id, { set: { ...set, changedAt: this.core.clock() } }) ?? this.state;
    return this.state;
  }
}
