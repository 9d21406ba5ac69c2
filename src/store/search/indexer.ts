import { messageOf } from '../../errors.js';
import type { EmbeddedEngine, RawSql } from '../embedded/raw-sql.js';
import type { Pending, PendingRow } from './pending.js';

export interface SearchLog {
  error(facts: object, text: string): void;
}

/** So many at once share the cost of a segment, and still take only some milliseconds. */
const batchSize = 128;
const restMs = 400;
const retryMs = 5_000;
/**
 * Pages of 4 KB that merging may write after each batch. A batch writes about ten, and each is merged about three times
 * on its way up, so this keeps up with any rate of writing.
 */
const pagesPerMerge = 16;
const mergesPerBatch = 3;

/**
 * Moves pending entries into the index, in batches and in the order of their rows (FTS5 starts a new segment whenever
 * the row number falls), soon after a batch is full or after a rest. Merges segments in small steps.
 */
export class Indexer {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private soon = false;
  private stopped = false;

  constructor(
    private readonly engine: EmbeddedEngine,
    private readonly pending: Pending,
    private readonly log: SearchLog,
  ) {}

  /** There is something new to move. */
  wake(): void {
    if (this.stopped || this.soon || this.running) return;
    if (this.pending.size < batchSize) return this.rest(restMs);
    this.soon = true;
    clearTimeout(this.timer);
    this.timer = undefined;
    setImmediate(() => {
      this.soon = false;
      this.start();
    });
  }

  /** Resolves when nothing is pending. */
  async drain(): Promise<void> {
    while (this.pending.size > 0) {
      await this.running;
      await this.moveBatch();
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private rest(ms: number): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.start();
    }, ms).unref();
  }

  private start(): void {
    if (this.stopped || this.running || this.pending.size === 0) return;
    let pauseMs = restMs;
    this.running = this.moveBatch()
      .catch((error: unknown) => {
        pauseMs = retryMs;
        this.log.error({ error: messageOf(error), pending: this.pending.size }, 'indexing failed; it is tried again');
      })
      .finally(() => {
        this.running = undefined;
        if (pauseMs === retryMs) this.rest(pauseMs);
        else if (this.pending.size > 0) this.wake();
      });
  }

  private async moveBatch(): Promise<void> {
    const rows = this.pending.lowest(batchSize);
    if (rows.length === 0) return;
    try {
      await this.engine.groupWrite((sql) => {
        for (const row of rows) moveRow(sql, row);
        this.pending.dropLowest(sql, rows);
        mergeSegments(sql);
      });
    } catch (error) {
      this.pending.reload(this.engine.sql);
      throw error;
    }
  }
}

function moveRow(sql: RawSql, row: PendingRow): void {
  const id = BigInt(row.id);
  if (row.indexed) sql.run('DELETE FROM _search WHERE rowid = ?', [id]);
  if (row.entry) sql.run('INSERT INTO _search (rowid, words, extras) VALUES (?, ?, ?)', [id, row.entry.words.join(' '), row.entry.extras.join(' ')]);
}

/** Small steps, as long as there is something to merge; a step tells by its changes. */
function mergeSegments(sql: RawSql): void {
  for (let step = 0; step < mergesPerBatch; step += 1) {
    const before = Number(sql.get('SELECT total_changes()')?.[0]);
    sql.run(`INSERT INTO _search (_search, rank) VALUES ('merge', ?)`, [BigInt(pagesPerMerge)]);
    if (Number(sql.get('SELECT total_changes()')?.[0]) - before < 2) return;
  }
}
