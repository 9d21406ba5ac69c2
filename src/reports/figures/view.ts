import type { Asking, ReportQuery } from '../api.js';
import type { Columns } from '../columns/columns.js';
import { answered, type CaseTable, caseFlag, flag, priorities, tagsOfWord, type WaitTable } from '../columns/layouts.js';
import type { Names } from '../names.js';
import { responderKey } from '../names.js';

/** Ids of what is in no group, and of what lies with a team that this scope does not hold. */
export const noneId = 'none';
export const otherId = 'other';

type Test = (row: number) => boolean;

/** Moves the rows that pass to the front, in their order, and says how many they are. Many small loops over one column each are faster than one that asks everything. */
type Sieve = (rows: Uint32Array, count: number) => number;

/**
 * The columns as one person may see them, for one question. Scope and filters are one test: there is no way to the rows
 * that goes past it. Made for one answer; the columns must not change meanwhile.
 */
export class View {
  readonly waits: WaitTable;
  readonly cases: CaseTable;
  /** Shown in place of a team that the scope does not hold. */
  readonly otherTeam: number;
  private readonly teamsInScope: Uint8Array | undefined;
  private readonly me: number;
  private readonly waitSieves: readonly Sieve[];
  private readonly caseSieves: readonly Sieve[];

  constructor(readonly columns: Columns, readonly asking: Asking, readonly query: ReportQuery, readonly names: Names) {
    const { scope } = asking;
    const { words } = columns;
    this.waits = columns.waits;
    this.cases = columns.cases;
    this.otherTeam = words.team.size;
    this.me = words.responder.find(scope.agentId) ?? -1;
    this.teamsInScope = scope.of === 'teams' ? maskOf(words.team.words, (id) => id !== '' && scope.teamIds.includes(id)) : undefined;
    this.waitSieves = [...this.waitScope(), ...this.waitFilters()];
    this.caseSieves = [...this.caseScope(), ...this.caseFilters()];
  }

  /** The waits of this kind that began in this time and pass, by number. */
  waitsBetween(from: number, to: number): Uint32Array {
    const { kind } = this.query;
    const { at, size } = this.waits;
    const { from: begun, state } = at;
    const rows = this.columns.scratch.u32(size);
    let count = 0;
    for (let row = 0; row < size; row += 1) if ((begun[row] as number) >= from && (begun[row] as number) < to && state[row] !== 0) rows[count++] = row;
    return sifted(rows, count, kind === 'any' ? this.waitSieves : [byBit(at.flags, flag.next, kind === 'next'), ...this.waitSieves]);
  }

  /** Open now, whenever begun and of whatever kind; imported ones only when asked for. */
  openWaits(numbers: Iterable<number>): Uint32Array {
    const { at } = this.waits;
    const rows = Uint32Array.from(numbers).sort();
    const isOpen = byTest((row) => at.state[row] === 1 && (this.query.imported === true || ((at.flags[row] as number) & flag.imported) === 0));
    return sifted(rows, rows.length, [isOpen, ...this.waitSieves]);
  }

  /** All conversations that pass, whenever begun. */
  allCases(): Uint32Array {
    const { at: { present }, size } = this.cases;
    const rows = this.columns.scratch.u32(size);
    let count = 0;
    for (let row = 0; row < size; row += 1) if (present[row] === 1) rows[count++] = row;
    return sifted(rows, count, this.caseSieves);
  }

  /** Whether this wait is one the asking person may open at all, filters aside. */
  maySeeWait(row: number): boolean {
    return row < this.waits.size && this.waits.at.state[row] !== 0 && sifted(Uint32Array.of(row), 1, this.waitScope()).length === 1;
  }

  /** The team that gets the credit, as this scope shows it. */
  shownTeam(row: number): number {
    const credit = this.waits.at.credit[row] as number;
    return credit === 0 || this.teamsInScope === undefined || this.teamsInScope[credit] === 1 ? credit : this.otherTeam;
  }

  /** Who answered; `undefined` when they acted for a team that the scope does not hold. */
  shownResponder(row: number): number | undefined {
    return this.shownTeam(row) === this.otherTeam ? undefined : this.waits.at.responder[row];
  }

  private waitScope(): Sieve[] {
    const { at } = this.waits;
    switch (this.asking.scope.of) {
      case 'everything': return [];
      case 'teams': return [byCode(at.team, this.teamsInScope ?? new Uint8Array())];
      case 'own': return [byTest((row) => (at.state[row] === answered ? at.responder[row] : at.holder[row]) === this.me)];
    }
  }

  private caseScope(): Sieve[] {
    const { at } = this.cases;
    switch (this.asking.scope.of) {
      case 'everything': return [];
      case 'teams': return [byCode(at.team, this.teamsInScope ?? new Uint8Array())];
      case 'own': return [byTest((row) => at.agent[row] === this.me)];
    }
  }

  private waitFilters(): Sieve[] {
    const { at } = this.waits;
    const { team, responder } = this.query;
    const teams = team === undefined ? undefined : this.teamMask(team);
    const responders = responder === undefined ? undefined : this.responderMask(responder);
    const otherWanted = responder?.includes(otherId) === true;
    return [
      ...this.commonFilters(at, flag),
      ...(teams === undefined ? [] : [byTest((row) => teams[this.shownTeam(row)] === 1)]),
      ...(responders === undefined ? [] : [byTest((row) => {
        const shown = this.shownResponder(row);
        return shown === undefined ? otherWanted : responders[shown] === 1;
      })]),
    ];
  }

  private caseFilters(): Sieve[] {
    const { at } = this.cases;
    const { team, responder } = this.query;
    return [
      ...this.commonFilters(at, caseFlag), ...(team === undefined ? [] : [byCode(at.team, this.teamMask(team))]), ...(responder === undefined ? [] : [byCode(at.agent, this.responderMask(responder))]),
    ];
  }

  private commonFilters(at: { channel: Uint32Array; language: Uint32Array; tags: Uint32Array; priority: Uint8Array; flags: Uint8Array }, bits: { known: number; imported: number }): Sieve[] {
    const { channel, language, tag, priority, customer, imported } = this.query;
    const { words } = this.columns;
    const sieves: Sieve[] = [];
    if (channel !== undefined) sieves.push(byCode(at.channel, maskOf(words.channel.words, (word) => channel.includes(word || noneId))));
    if (language !== undefined) sieves.push(byCode(at.language, maskOf(words.language.words, (word) => language.includes(word || noneId))));
    if (tag !== undefined) sieves.push(byCode(at.tags, maskOf(words.tags.words, (word) => (word === '' ? tag.includes(noneId) : tagsOfWord(word).some((each) => tag.includes(each))))));
    if (priority !== undefined) sieves.push(byCode(at.priority, maskOf(priorities, (each) => priority.includes(each))));
    if (customer !== undefined) sieves.push(byBit(at.flags, bits.known, customer === 'known'));
    if (imported !== undefined) sieves.push(byBit(at.flags, bits.imported, imported));
    return sieves;
  }

  private teamMask(ids: readonly string[]): Uint8Array {
    const mask = maskOf([...this.columns.words.team.words, otherId], (id) => ids.includes(id === '' ? noneId : id));
    mask[this.otherTeam] = ids.includes(otherId) ? 1 : 0;
    return mask;
  }

  /** By the keys that this scope shows: where names are hidden an agent's id picks nothing. */
  private responderMask(ids: readonly string[]): Uint8Array {
    return maskOf(this.columns.words.responder.words, (word) => ids.includes(word === '' ? noneId : responderKey(word, this.asking.scope, this.names).id));
  }
}

function sifted(rows: Uint32Array, count: number, sieves: readonly Sieve[]): Uint32Array {
  return rows.subarray(0, sieves.reduce((left, sieve) => sieve(rows, left), count));
}

function byCode(codes: Uint32Array | Uint8Array, mask: Uint8Array): Sieve {
  return (rows, count) => {
    let kept = 0;
    for (let at = 0; at < count; at += 1) {
      const row = rows[at] as number;
      if (mask[codes[row] as number] === 1) rows[kept++] = row;
    }
    return kept;
  };
}

function byBit(flags: Uint8Array, bit: number, wanted: boolean): Sieve {
  const value = wanted ? bit : 0;
  return (rows, count) => {
    let kept = 0;
    for (let at = 0; at < count; at += 1) {
      const row = rows[at] as number;
      if (((flags[row] as number) & bit) === value) rows[kept++] = row;
    }
    return kept;
  };
}

function byTest(test: Test): Sieve {
  return (rows, count) => {
    let kept = 0;
    for (let at = 0; at < count; at += 1) {
      const row = rows[at] as number;
      if (test(row)) rows[kept++] = row;
    }
    return kept;
  };
}

function maskOf<T>(items: readonly T[], wanted: (item: T) => boolean): Uint8Array {
  return Uint8Array.from(items, (item) => (wanted(item) ? 1 : 0));
}
