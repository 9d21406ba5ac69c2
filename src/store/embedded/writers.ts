import type { Writer } from './collection.js';
import type { Group, GroupCommit } from './group-commit.js';

/** Every write resolves when its commit is durable. */
export class DurableWriter implements Writer {
  readonly #commits: GroupCommit;

  constructor(commits: GroupCommit) {
    this.#commits = commits;
  }

  // Also an answer that wrote nothing ("duplicate") waits: it may rest on an uncommitted write of the same tick.
  async write<R>(fn: () => R): Promise<R> {
    const { result, group } = this.#commits.write(fn);
    await group.committed();
    return result;
  }
}

/** Writes of one `work`: each resolves at once; `finish` resolves when all of them are durable. */
export class WorkWriter implements Writer {
  readonly #commits: GroupCommit;
  #groups: Group[] = [];

  constructor(commits: GroupCommit) {
    this.#commits = commits;
  }

  async write<R>(fn: () => R): Promise<R> {
    const failure = this.#last?.failure;
    if (failure !== undefined) throw failure;
    const { result, group } = this.#commits.write(fn);
    if (group !== this.#last) this.#groups.push(group);
    return result;
  }

  async finish(): Promise<void> {
    for (const group of this.#groups) await group.committed();
  }

  /** Before it is used for another `work`. */
  reset(): void {
    this.#groups = [];
  }

  get #last(): Group | undefined {
    return this.#groups[this.#groups.length - 1];
  }
}
