import { ColumnTable } from './column-table.js';
import { Dictionary } from './dictionary.js';
import { breathe } from './follower.js';
import { type CaseTable, caseLayout, type DictionaryName, waitLayout, type WaitTable } from './layouts.js';
import { casesByPerson, endedByLength } from './orders.js';
import { Scratch } from './scratch.js';

/** Everything reports are counted from, in memory. */
export class Columns {
  readonly waits: WaitTable = new ColumnTable(waitLayout);
  readonly cases: CaseTable = new ColumnTable(caseLayout);
  /** `tags`: whole lists, as JSON. `responder`: agents by id, people outside as `outside:NAME`. */
  readonly words: Record<DictionaryName, Dictionary> = { team: new Dictionary(), responder: new Dictionary(), channel: new Dictionary(), language: new Dictionary(), tags: new Dictionary(), customer: new Dictionary() };
  /** When something that had been said of a wait was corrected last, by its number. */
  readonly corrected = new Map<number, number>();
  /** What no report needs to sort: see `orders.ts`. */
  readonly ended = { calendar: endedByLength(this.waits, 'calendar'), business: endedByLength(this.waits, 'business') };
  readonly byPerson = casesByPerson(this.cases, (record) => this.personOf(record));
  /** For whoever counts a report, and until it is counted. */
  readonly scratch = new Scratch();
  private joined = new Map<number, number>();

  /** The person whose record this is, as the code of their first record. */
  personOf(record: number): number {
    return this.joined.size === 0 ? record : this.joined.get(record) ?? record;
  }

  /** Which records are joined into which, by code, in place of what was known before. */
  setJoined(joined: Map<number, number>): void {
    const isSame = joined.size === this.joined.size && [...joined].every(([record, into]) => this.joined.get(record) === into);
    if (isSame) return;
    this.joined = joined;
    this.byPerson.forget();
  }

  /** Sorts what is not sorted yet, with room for others in between: the first report would do it at one go. */
  async putInOrder(): Promise<void> {
    for (const clock of ['calendar', 'business'] as const) {
      this.ended[clock].rows(this.waits.size);
      await breathe();
    }
    this.byPerson.rows(this.cases.size);
  }
}
