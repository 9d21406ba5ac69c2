import { answered, states } from '../columns/layouts.js';
import type { ClockFigures, Figures } from '../shapes.js';
import { eachMember, type Partition, type SortedPart, sortedParts } from './partition.js';
import { estimatedPercentiles, nearestRanks } from './percentiles.js';
import { outcome, type Selection } from './selection.js';

const outcomes = Object.keys(outcome).length;

/** The figures of each part of a selection. `average`: also the mean of the answered. */
export function figuresOf(selection: Selection, partition: Partition, average: boolean): Figures[] {
  const counts = countsOf(selection, partition);
  const calendar = sortedParts(selection, 'calendar', partition);
  const business = sortedParts(selection, 'business', partition);
  return Array.from({ length: partition.parts }, (_, part) => ({
    ...counted(counts, part), calendar: clockFigures(calendar[part] as SortedPart, average), business: clockFigures(business[part] as SortedPart, average),
  }));
}

const perPart = states.length * outcomes;

/** How many waits of each part are in which state with which outcome of their target. */
function countsOf(selection: Selection, partition: Partition): Uint32Array {
  const counts = new Uint32Array(partition.parts * perPart);
  const judged = selection.outcomes();
  eachMember(partition, (place, part) => {
    const at = part * perPart + (selection.states[place] as number) * outcomes + (judged[place] as number);
    counts[at] = (counts[at] as number) + 1;
  });
  return counts;
}

function counted(counts: Uint32Array, part: number): Omit<Figures, 'calendar' | 'business'> {
  const sum = (fits: (state: number, judged: number) => boolean): number => {
    let total = 0;
    for (let at = 0; at < perPart; at += 1) if (fits(Math.floor(at / outcomes), at % outcomes)) total += counts[part * perPart + at] as number;
    return total;
  };
  const inState = (name: (typeof states)[number]): number => sum((state) => states[state] === name);
  const isAnswered = (state: number): boolean => state === answered;
  return {
    waits: sum(() => true), answered: inState('answered'), answeredByBot: inState('answered_by_bot'), notNeeded: inState('not_needed'), abandoned: inState('abandoned'), open: inState('open'),
    target: {
      within: sum((_, judged) => judged === outcome.within), over: sum((_, judged) => judged === outcome.over), undecided: sum((_, judged) => judged === outcome.undecided),
      answeredWithin: sum((state, judged) => isAnswered(state) && judged === outcome.within), answeredOver: sum((state, judged) => isAnswered(state) && judged === outcome.over),
    },
  };
}

function clockFigures(part: SortedPart, average: boolean): ClockFigures {
  const { answeredLengths } = part;
  const figures: ClockFigures = { answered: nearestRanks(answeredLengths), all: estimatedPercentiles(part) };
  if (average && answeredLengths.length > 0) figures.average = Math.round(answeredLengths.reduce((sum, length) => sum + length, 0) / answeredLengths.length);
  return figures;
}
