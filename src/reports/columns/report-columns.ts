import { AppError } from '../../errors.js';
import type { Log } from '../../inbox/core.js';
import type { Millis } from '../../inbox/model/common.js';
import type { Collections } from '../../inbox/stores.js';
import { loadBlocks, saveBlocks } from './blocks.js';
import type { Columns } from './columns.js';
import { KeptColumns, type KeepDeps } from './keep-columns.js';
import type { StillOpen } from './still-open.js';

export interface ReportColumnsDeps extends KeepDeps {
  c: KeepDeps['c'] & Pick<Collections, 'columnBlocks'>;
  log: Pick<Log, 'info' | 'warn'>;
  /** How long whoever asks first waits for the columns; 10 s when absent. */
  patienceMs?: number;
}

const followEveryMs = 5_000;
const saveAfterMs = 15 * 60_000;
/** So long after the last report the memory it worked in is given back. */
const scratchIdleMs = 60_000;

/**
 * The columns that reports are counted from. Nothing is read before the first report asks for them; from then on they
 * follow the store, and are saved now and then and at the end. Make one for a store; end it with `stop`.
 */
export class ReportColumns {
  private loading: Promise<KeptColumns> | undefined;
  private kept: KeptColumns | undefined;
  private timer: ReturnType<typeof setInterval> | undefined;
  private readonly savedWords = new Map<string, number>();
  private dirtySince: Millis | undefined;
  private countedAt: Millis = 0;
  private saving: Promise<void> = Promise.resolve();

  constructor(private readonly deps: ReportColumnsDeps) {}

  /**
   * Reads what was written before the call into the columns. Throws `not_ready` when they are still being read for the first time.
   */
  async upToDate(): Promise<void> {
    const kept = this.kept ?? await this.patiently();
    this.note(await kept.catchUp());
  }

  /** Whether the columns are in memory. */
  get isLoaded(): boolean {
    return this.kept !== undefined;
  }

  /**
   * Hands the columns over for counting, the lengths of open waits as they are at `now`. `count` must not wait for anything: only so
   * nothing changes under its hands. Nor must what it gives back hold any of `columns.scratch`. Call `upToDate` before.
   */
  count<R>(now: Millis, count: (columns: Columns, open: StillOpen) => R): R {
    const { columns, open } = this.readyToCount();
    open.settle(columns, now, this.deps.times());
    return count(columns, open);
  }

  /** As `count`, for what no wait is part of. */
  countCases<R>(count: (columns: Columns) => R): R {
    return count(this.readyToCount().columns);
  }

  /** Writes what is not saved yet. */
  save(): Promise<void> {
    this.saving = this.saving.then(() => this.saveNow());
    return this.saving;
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    try {
      await this.loading;
    } catch (error) {
      this.deps.log.warn({ err: error }, 'the columns of reports were not read');
    }
    await this.save();
  }

  private readyToCount(): KeptColumns {
    if (this.kept === undefined) throw new AppError('bug', 'columns are counted before they are read');
    this.kept.columns.scratch.reset();
    this.countedAt = this.deps.clock();
    return this.kept;
  }

  private async patiently(): Promise<KeptColumns> {
    this.loading ??= this.load().catch((error: unknown) => {
      this.loading = undefined;
      throw error;
    });
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tooLong = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new AppError('not_ready', 'The figures are being read from the store for the first time. Please ask again in a few seconds.')), this.deps.patienceMs ?? 10_000);
    });
    try {
      return await Promise.race([this.loading, tooLong]);
    } finally {
      clearTimeout(timer);
    }
  }

  private async load(): Promise<KeptColumns> {
    const begun = this.deps.clock();
    const saved = await this.savedOnes();
    const kept = new KeptColumns(this.deps, saved?.columns, saved?.upTo);
    if (saved !== undefined) await kept.readOpen();
    await kept.catchUp();
    await kept.columns.putInOrder();
    this.kept = kept;
    if (saved === undefined) this.dirtySince = begun;
    this.timer = setInterval(() => void this.follow(), followEveryMs);
    this.timer.unref();
    this.deps.log.info({ waits: kept.columns.waits.size, conversations: kept.columns.cases.size, fromBlocks: saved !== undefined, ms: this.deps.clock() - begun }, 'reports: the columns are read');
    return kept;
  }

  /** Blocks that know more than the store are of another time: a backup was restored. */
  private async savedOnes(): Promise<Awaited<ReturnType<typeof loadBlocks>>> {
    const { c } = this.deps;
    const saved = await loadBlocks(c.columnBlocks);
    const newest = await c.waits.newest();
    if (saved !== undefined && saved.upTo.waits <= newest.changeSeq && saved.upTo.cases <= await c.conversations.newestChangeSeq()) {
      for (const [name, { size }] of Object.entries(saved.columns.words)) this.savedWords.set(name, size);
      return saved;
    }
    await c.columnBlocks.clear();
    return undefined;
  }

  private async follow(): Promise<void> {
    try {
      this.note(await (this.kept?.catchUp() ?? 0));
      if (this.deps.clock() - this.countedAt > scratchIdleMs) this.kept?.columns.scratch.drop();
      if (this.dirtySince !== undefined && this.deps.clock() - this.dirtySince > saveAfterMs) await this.save();
    } catch (error) {
      this.deps.log.warn({ err: error }, 'reports: what changed could not be read; it is tried again');
    }
  }

  private note(taken: number): void {
    if (taken > 0) this.dirtySince ??= this.deps.clock();
  }

  private async saveNow(): Promise<void> {
    if (this.kept === undefined || this.dirtySince === undefined) return;
    this.dirtySince = undefined;
    await saveBlocks(this.deps.c.columnBlocks, this.kept.columns, this.kept.newest, this.savedWords);
  }
}
