import { AppError } from '../../errors.js';
import { storeError, type Connection } from './connection.js';

/** One shared transaction: what has been written in it, and who waits for its commit. */
export class Group {
  readonly #waiting: { resolve: () => void; reject: (error: AppError) => void }[] = [];
  #outcome: 'open' | 'committed' | AppError = 'open';

  /** Resolves when durable, rejects when the commit failed. */
  committed(): Promise<void> {
    if (this.#outcome === 'committed') return Promise.resolve();
    if (this.#outcome !== 'open') return Promise.reject(this.#outcome);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
    });
  }

  get failure(): AppError | undefined {
    return this.#outcome instanceof AppError ? this.#outcome : undefined;
  }

  succeed(): void {
    this.#outcome = 'committed';
    for (const { resolve } of this.#waiting) resolve();
  }

  fail(error: AppError): void {
    this.#outcome = error;
    for (const { reject } of this.#waiting) reject(error);
  }
}

export interface EngineLog {
  error(facts: Record<string, unknown>, message: string): void;
}

/**
 * Writes of the same tick share one transaction: BEGIN with the first, COMMIT (one fsync) when the tick's callbacks
 * have run. A failing statement undoes itself only; a failing COMMIT undoes and rejects the whole group.
 */
export class GroupCommit {
  readonly #connection: Connection;
  readonly #log: EngineLog | undefined;
  #group: Group | undefined;
  #undone: () => void = () => undefined;

  constructor(connection: Connection, log?: EngineLog) {
    this.#connection = connection;
    this.#log = log;
  }

  /** `listener` is called when a transaction was rolled back, before those who wait for it are told. */
  onUndone(listener: () => void): void {
    this.#undone = listener;
  }

  /** The open group, if something has been written and not yet committed. */
  get open(): Group | undefined {
    return this.#group;
  }

  /** Runs one synchronous write inside the open group, and opens one if there is none. */
  write<R>(fn: () => R): { result: R; group: Group } {
    const group = this.#group ?? this.#begin();
    try {
      return { result: fn(), group };
    } catch (cause) {
      const error = storeError(cause);
      // A full disk or an IO error can make SQLite roll back the whole transaction by itself.
      if (!this.#connection.inTransaction) this.#abandon(group, error);
      throw error;
    }
  }

  /** Commits what is open now; rejections go to those who wait for the group. */
  flush(): void {
    const group = this.#group;
    if (group === undefined) return;
    try {
      this.#connection.run('COMMIT');
      this.#group = undefined;
    } catch (cause) {
      this.#abandon(group, commitError(cause));
      return;
    }
    group.succeed();
  }

  #begin(): Group {
    this.#connection.run('BEGIN IMMEDIATE');
    const group = new Group();
    this.#group = group;
    setImmediate(() => {
      if (this.#group === group) this.flush();
    });
    return group;
  }

  #abandon(group: Group, error: AppError): void {
    this.#group = undefined;
    this.#rollback();
    this.#undone();
    this.#log?.error({ code: error.code, ...error.facts }, 'a commit failed; nothing of it was kept');
    group.fail(error);
  }

  #rollback(): void {
    if (!this.#connection.inTransaction) return;
    try {
      this.#connection.run('ROLLBACK');
    } catch (cause) {
      this.#log?.error({ ...storeError(cause).facts }, 'rolling back failed');
    }
  }
}

function commitError(cause: unknown): AppError {
  const error = storeError(cause);
  if (error.code === 'disk_full') return error;
  return new AppError('store_unavailable', 'the store could not commit', { cause: error, facts: error.facts });
}
