import type { Figures, Percentiles } from '../shapes.js';
import type { ClockKind } from './lengths.js';
import { type Column, lengthColumns } from './tables.js';

const clocks = ['calendar', 'business'] as const;
const sets = ['answered', 'all'] as const;
const percents = ['p50', 'p90', 'p95'] as const;
const percentWords = { p50: 'half within', p90: '9 of 10 within', p95: '19 of 20 within' } as const;
const setWords = { answered: 'of those answered', all: 'of all, with those still waiting' } as const;

/** Every figure of a set of waits, each length twice. `prefix` tells now from before. */
export function figureColumns<R>(prefix: { key: string; title: string }, figures: (row: R) => Figures | undefined): Column<R>[] {
  const key = (name: string): string => (prefix.key === '' ? name : `${prefix.key}${name.charAt(0).toUpperCase()}${name.slice(1)}`);
  const count = (name: string, title: string, read: (each: Figures) => number): Column<R> => ({ key: key(name), title: `${prefix.title}${title}`, cell: (row) => apply(figures(row), read) });
  return [
    count('waits', 'Waits', (each) => each.waits),
    count('answered', 'Answered', (each) => each.answered),
    count('open', 'Still open', (each) => each.open),
    count('answeredByBot', 'Answered by the bot', (each) => each.answeredByBot),
    count('notNeeded', 'No answer needed', (each) => each.notNeeded),
    count('abandoned', 'Taken back', (each) => each.abandoned),
    count('within', 'Within target', (each) => each.target.within),
    count('over', 'Over target', (each) => each.target.over),
    count('undecided', 'Not due yet', (each) => each.target.undecided),
    count('answeredWithin', 'Answered within target', (each) => each.target.answeredWithin),
    count('answeredOver', 'Answered over target', (each) => each.target.answeredOver),
    ...clocks.flatMap((clock) => [
      ...sets.flatMap((set) => percents.flatMap((percent) => lengthColumns<R>(
        key(`${clock}${upper(set)}${upper(percent)}`),
        `${prefix.title}${upper(clock)} time: ${percentWords[percent]}, ${setWords[set]}`,
        clock,
        (row) => apply(figures(row), (each) => each[clock][set][percent]),
      ))),
      ...lengthColumns<R>(key(`${clock}Average`), `${prefix.title}${upper(clock)} time: average of those answered`, clock, (row) => apply(figures(row), (each) => each[clock].average)),
    ]),
  ];
}

/** Percentiles of a day or a cell. */
export function percentileColumns<R>(prefix: { key: string; title: string }, clock: ClockKind, read: (row: R) => Percentiles | undefined): Column<R>[] {
  return percents.flatMap((percent) => lengthColumns<R>(prefix.key === '' ? percent : `${prefix.key}${upper(percent)}`, `${prefix.title}${upper(percentWords[percent])}`, clock, (row) => read(row)?.[percent]));
}

function apply<T, O>(value: T | undefined, read: (value: T) => O): O | undefined {
  return value === undefined ? undefined : read(value);
}

function upper(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}
