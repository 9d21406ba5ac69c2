import type { Asking, ReportQuery } from '../api.js';
import { answered, type CaseTable, caseFlag, type Columns, flag, priorities, tagsOfWord, type WaitTable } from '../columns/layouts.js';
import type { Names } from '../names.js';
import { responderKey } from '../names.js';

/** Ids of what is in no group, and of what lies with a team that this scope does not hold. */
export const noneId = 'none';
export const otherId = 'other';

type Test = (row: number) => boolean;

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
  private readonly waitTest: Test;
  private readonly caseTest: Test;

  constructor(readonly columns: Columns, readonly asking: Asking, readonly query: ReportQuery, readonly names: Names) {
    const { scope } = asking;
    const { words } = columns;
    this.waits = columns.waits;
    this.cases = columns.cases;
    this.otherTeam = words.team.size;
    this.me = words.responder.find(scope.agentId) ?? -1;
    this.teamsInScope = scope.of === 'teams' ? maskOf(words.team.words, (id) => id !== '' && scope.teamIds.includes(id)) : undefined;
    this.waitTest = allOf([this.waitInScope(), ...this.waitFilters()]);
    this.caseTest = allOf([this.caseInScope(), ...this.caseFilters()]);
  }

  /** The waits of this kind that began in this time and pass, by number. */
  waitsBetween(from: number, to: number): Uint32Array {
    const { kind } = this.query;
    const { at } = this.waits;
    const wanted = kind === 'next' ? flag.next : 0;
    return this.rowsWhere(this.waits.size, (row) => {
      const begun = at.from[row] as number;
      return begun >= from && begun < to && at.state[row] !== 0 && (kind === 'any' || ((at.flags[row] as number) & flag.next) === wanted) && this.waitTest(row);
    });
  }

  /** Open now, whenever begun and of whatever kind; imported ones only when asked for. */
  openWaits(numbers: Iterable<number>): Uint32Array {
    const { at } = this.waits;
    const found = [...numbers].filter((row) => at.state[row] === 1 && (this.query.imported === true || ((at.flags[row] as number) & flag.imported) === 0) && this.waitTest(row));
    return Uint32Array.from(found).sort();
  }

  /** All conversations that pass, whenever begun. */
  allCases(): Uint32Array {
    const { at } = this.cases;
    return this.rowsWhere(this.cases.size, (row) => at.present[row] === 1 && this.caseTest(row));
  }

  /** Whether this wait is one the asking person may open at all, filters aside. */
  maySeeWait(row: number): boolean {
    return row < this.waits.size && this.waits.at.state[row] !== 0 && this.waitInScope()(row);
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

  private waitInScope(): Test {
    const { at } = this.waits;
    switch (this.asking.scope.of) {
      case 'everything': return () => true;
      case 'teams': return (row) => this.teamsInScope?.[at.team[row] as number] === 1;
      case 'own': return (row) => (at.state[row] === answered ? at.responder[row] : at.holder[row]) === this.me;
    }
  }

  private caseInScope(): Test {
    const { at } = this.cases;
    switch (this.asking.scope.of) {
      case 'everything': return () => true;
      case 'teams': return (row) => this.teamsInScope?.[at.team[row] as number] === 1;
      case 'own': return (row) => at.agent[row] === this.me;
    }
  }

  private waitFilters(): Test[] {
    const { at } = this.waits;
    const { team, responder } = this.query;
    const teams = team === undefined ? undefined : this.teamMask(team);
    const responders = responder === undefined ? undefined : this.responderMask(responder);
    const otherWanted = responder?.includes(otherId) === true;
    return [
      ...(teams === undefined ? [] : [(row: number) => teams[this.shownTeam(row)] === 1]),
      ...(responders === undefined ? [] : [(row: number) => {
        const shown = this.shownResponder(row);
        return shown === undefined ? otherWanted : responders[shown] === 1;
      }]),
      ...this.commonFilters(at, flag),
    ];
  }

  private caseFilters(): Test[] {
    const { at } = this.cases;
    const { team, responder } = this.query;
    const teams = team === undefined ? undefined : this.teamMask(team);
    const responders = responder === undefined ? undefined : this.responderMask(responder);
    return [
      ...(teams === undefined ? [] : [(row: number) => teams[at.team[row] as number] === 1]),
      ...(responders === undefined ? [] : [(row: number) => responders[at.agent[row] as number] === 1]),
      ...this.commonFilters(at, caseFlag),
    ];
  }

  private commonFilters(at: { channel: Uint32Array; language: Uint32Array; tags: Uint32Array; priority: Uint8Array; flags: Uint8Array }, bits: { known: number; imported: number }): Test[] {
    const { channel, language, tag, priority, customer, imported } = this.query;
    const { words } = this.columns;
    const tests: Test[] = [];
    const byCode = (codes: Uint32Array | Uint8Array, mask: Uint8Array): void => void tests.push((row) => mask[codes[row] as number] === 1);
    if (channel !== undefined) byCode(at.channel, maskOf(words.channel.words, (word) => channel.includes(word || noneId)));
    if (language !== undefined) byCode(at.language, maskOf(words.language.words, (word) => language.includes(word || noneId)));
    if (tag !== undefined) byCode(at.tags, maskOf(words.tags.words, (word) => (word === '' ? tag.includes(noneId) : tagsOfWord(word).some((each) => tag.includes(each)))));
    if (priority !== undefined) byCode(at.priority, maskOf(priorities, (each) => priority.includes(each)));
    const bit = (flags: number, wanted: boolean): void => void tests.push((row) => (((at.flags[row] as number) & flags) !== 0) === wanted);
    if (customer !== undefined) bit(bits.known, customer === 'known');
    if (imported !== undefined) bit(bits.imported, imported);
    return tests;
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

  private rowsWhere(size: number, test: Test): Uint32Array {
    const rows = new Uint32Array(size);
    let count = 0;
    for (let row = 0; row < size; row += 1) if (test(row)) rows[count++] = row;
    return rows.slice(0, count);
  }
}

function maskOf<T>(items: readonly T[], wanted: (item: T) => boolean): Uint8Array {
  return Uint8Array.from(items, (item) => (wanted(item) ? 1 : 0));
}

function allOf(tests: readonly Test[]): Test {
  const [first, second, ...rest] = tests;
  if (first === undefined) return () => true;
  if (second === undefined) return first;
  if (rest.length === 0) return (row) => first(row) && second(row);
  return (row) => tests.every((test) => test(row));
}
