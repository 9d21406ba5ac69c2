/** When a part's answer was lost, for as long as nobody has settled it. */
export interface Doubt {
  startedAt: number;
}

const kept = 1_000;

/**
 * What this process remembers of its sendings, so that a lost answer can be told from an older message with the same
 * words: sids that we got, and parts whose answer never came. Bounded; gone with the process, and nothing depends on it.
 */
export class Doubts {
  readonly #parts = new Map<string, Doubt>();
  readonly #sids = new Set<string>();

  doubt(part: string, startedAt: number): void {
    // The first try counts: a second one comes after it.
    if (!this.#parts.has(part)) this.#parts.set(part, { startedAt });
    trim(this.#parts);
  }

  of(part: string): Doubt | undefined {
    return this.#parts.get(part);
  }

  settle(part: string, sid: string): void {
    this.#parts.delete(part);
    this.#sids.add(sid);
    trim(this.#sids);
  }

  knows(sid: string): boolean {
    return this.#sids.has(sid);
  }
}

function trim(what: Map<string, unknown> | Set<string>): void {
  for (const key of what.keys()) {
    if (what.size <= kept) return;
    what.delete(key);
  }
}
