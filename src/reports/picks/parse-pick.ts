import type { HolderKind, WaitState } from '../../inbox/model/wait.js';
import { holderKinds, states } from '../columns/layouts.js';
import type { BreachReason } from '../shapes.js';
import { choicesOf, type PartReaders, readPick } from './read-pick.js';

/** Which waits of a report a number stands for; every part must hold. See the table in `src/http/api/requests-reports.ts`. */
export interface Pick {
  states?: readonly WaitState[];
  target?: 'within' | 'over' | 'undecided';
  days?: { first: string; count: 1 | 7 };
  cell?: { weekday: number; hour: number };
  /** Of the answered ones, in the report's clock; `to` is not in it. */
  bin?: { from: number; to?: number };
  by?: HolderKind;
  breach?: BreachReason;
  group?: string;
  waited?: { from: number; to?: number };
  notNeededBy?: string;
  corrected?: true;
  owed?: true;
  before?: true;
}

const ms = /^(\d{1,14})-(\d{1,14})?$/;

const readers: PartReaders<Pick> = {
  state: (value) => {
    const known = choicesOf(value, states.flatMap((state) => state ?? []));
    return known === undefined ? undefined : { states: known };
  },
  target: (value) => (value === 'within' || value === 'over' || value === 'undecided' ? { target: value } : undefined),
  day: (value) => (isDay(value) ? { days: { first: value, count: 1 } } : undefined),
  week: (value) => (isDay(value) ? { days: { first: value, count: 7 } } : undefined),
  cell: (value) => {
    const [, weekday, hour] = /^([0-6])-(\d|1\d|2[0-3])$/.exec(value) ?? [];
    return weekday === undefined ? undefined : { cell: { weekday: Number(weekday), hour: Number(hour) } };
  },
  bin: (value) => withRange(value, (bin) => ({ bin })),
  waited: (value) => withRange(value, (waited) => ({ waited })),
  by: (value) => withHolder(value, (by) => ({ by })),
  breach: (value) => (value === 'undelivered' ? { breach: value } : withHolder(value, (breach) => ({ breach }))),
  group: (value) => ({ group: value }),
  not_needed_by: (value) => ({ notNeededBy: value }),
  corrected: (value) => (value === '1' ? { corrected: true } : undefined),
  owed: (value) => (value === '1' ? { owed: true } : undefined),
  period: (value) => (value === 'before' ? { before: true } : undefined),
};

/** Throws `bad_request` that names the part which is none. */
export function parsePick(text: string | undefined): Pick {
  return readPick(text, readers);
}

function isDay(value: string): boolean {
  const at = Date.parse(`${value}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(value) && Number.isFinite(at) && new Date(at).toISOString().startsWith(value);
}

function withRange(value: string, make: (range: { from: number; to?: number }) => Pick): Pick | undefined {
  const [, from, to] = ms.exec(value) ?? [];
  return from === undefined ? undefined : make({ from: Number(from), ...(to === undefined ? {} : { to: Number(to) }) });
}

function withHolder(value: string, make: (holder: HolderKind) => Pick): Pick | undefined {
  const holder = holderKinds.find((kind) => kind === value);
  return holder === undefined ? undefined : make(holder);
}
