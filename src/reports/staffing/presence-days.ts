import type { Millis } from '../../inbox/model/common.js';
import { longestSpanMs, type PresenceSpan } from '../../inbox/model/presence.js';
import type { PresenceStore } from '../../inbox/stores/presence.js';

/** The spans that began on one day (UTC) in which people took new work, by beginning. */
export interface DaySpans {
  size: number;
  /** Numbers of `PresenceDays`. */
  agents: Uint32Array;
  teams: Uint32Array;
  from: Float64Array;
  to: Float64Array;
}

export const dayMs = 86_400_000;
const perPage = 5_000;
/** A span may be longer than the longest by a beat or two; then a day no longer changes. */
export const settledAfterMs = longestSpanMs + 3_600_000;
/** About 22 bytes each; beyond it the days read longest ago are forgotten. */
const mostSpans = 1_000_000;

/** Who was there, day by day: days that no longer change are read once and kept in memory. */
export class PresenceDays {
  private readonly kept = new Map<number, DaySpans>();
  private keptSpans = 0;
  private readonly agentNumbers = new Map<string, number>();
  private readonly teamNumbers = new Map<string, number>();
  private readonly teamSets: (readonly string[])[] = [];

  constructor(private readonly store: Pick<PresenceStore, 'begunIn' | 'knownSince'>) {}

  knownSince(): Promise<Millis | undefined> {
    return this.store.knownSince();
  }

  /** The teams behind a number of `DaySpans.teams`. */
  teamsOf(number: number): readonly string[] {
    return this.teamSets[number] ?? [];
  }

  /** `day`: whole days since 1970. IO, unless it is kept. */
  async spansOf(day: number, now: Millis): Promise<DaySpans> {
    const known = this.kept.get(day);
    if (known !== undefined) return known;
    const spans = await this.read(day);
    if ((day + 1) * dayMs + settledAfterMs < now) this.keep(day, spans);
    return spans;
  }

  private keep(day: number, spans: DaySpans): void {
    this.kept.set(day, spans);
    this.keptSpans += spans.size;
    for (const [oldest, forgotten] of this.kept) {
      if (this.keptSpans <= mostSpans) return;
      this.kept.delete(oldest);
      this.keptSpans -= forgotten.size;
    }
  }

  private async read(day: number): Promise<DaySpans> {
    const online: PresenceSpan[] = [];
    for (let after: PresenceSpan | undefined; ;) {
      const page = await this.store.begunIn(day * dayMs, (day + 1) * dayMs, { limit: perPage, ...(after === undefined ? {} : { after }) });
      for (const span of page) if (span.state === 'online') online.push(span);
      after = page.at(-1);
      if (page.length < perPage) break;
    }
    return {
      size: online.length, agents: Uint32Array.from(online, ({ agentId }) => numberOf(this.agentNumbers, agentId)), teams: Uint32Array.from(online, (span) => this.teamsNumber(span.teamIds)),
      from: Float64Array.from(online, ({ from }) => from), to: Float64Array.from(online, ({ to }) => to),
    };
  }

  private teamsNumber(teamIds: readonly string[]): number {
    const number = numberOf(this.teamNumbers, JSON.stringify(teamIds));
    this.teamSets[number] ??= [...teamIds];
    return number;
  }
}

function numberOf(numbers: Map<string, number>, word: string): number {
  const known = numbers.get(word);
  if (known !== undefined) return known;
  numbers.set(word, numbers.size);
  return numbers.size - 1;
}
