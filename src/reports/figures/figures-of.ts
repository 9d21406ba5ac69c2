import { answered, states } from '../columns/layouts.js';
import type { ClockFigures, Figures } from '../shapes.js';
import { type Counts, countsOf } from './counts.js';
import { type Partition, sumsByPart } from './partition.js';
import { estimatesByPart, nearestByPart } from './percentiles.js';
import { type Clock, outcome, type Selection } from './selection.js';

/** The figures of each part of a selection. `average`: also the mean of the answered. */
export function figuresOf(selection: Selection, partition: Partition, average: boolean): Figures[] {
  const counts = countsOf(selection, partition);
  const calendar = clockFigures(selection, partition, { clock: 'calendar', counts, average });
  const business = clockFigures(selection, partition, { clock: 'business', counts, average });
  return Array.from({ length: partition.parts }, (_, part) => ({ ...counted(counts, part), calendar: calendar[part] ?? noFigures, business: business[part] ?? noFigures }));
}

const noFigures: ClockFigures = { answered: {}, all: {} };

function counted({ count }: Counts, part: number): Omit<Figures, 'calendar' | 'business'> {
  const inState = (name: (typeof states)[number]): number => count(part, (state) => states[state] === name);
  const isAnswered = (state: number): boolean => state === answered;
  return {
    waits: count(part, () => true), answered: inState('answered'), answeredByBot: inState('answered_by_bot'), notNeeded: inState('not_needed'), abandoned: inState('abandoned'), open: inState('open'),
    target: {
      within: count(part, (_, judged) => judged === outcome.within), over: count(part, (_, judged) => judged === outcome.over), undecided: count(part, (_, judged) => judged === outcome.undecided),
      answeredWithin: count(part, (state, judged) => isAnswered(state) && judged === outcome.within), answeredOver: count(part, (state, judged) => isAnswered(state) && judged === outcome.over),
    },
  };
}

function clockFigures(selection: Selection, partition: Partition, by: { clock: Clock; counts: Counts; average: boolean }): ClockFigures[] {
  const { clock, counts } = by;
  const sorted = selection.sorted(clock);
  const nearest = nearestByPart(sorted, partition, counts.answered);
  const estimated = estimatesByPart(sorted, partition, counts.all);
  const sums = by.average ? sumsOf(selection, clock, partition) : undefined;
  return nearest.map((each, part): ClockFigures => {
    const count = counts.answered[part] ?? 0;
    return { answered: each, all: estimated[part] ?? {}, ...(sums === undefined || count === 0 ? {} : { average: Math.round((sums[part] ?? 0) / count) }) };
  });
}

/** How long the answered of each part waited, all together. */
function sumsOf(selection: Selection, clock: Clock, partition: Partition): Float64Array {
  const { answered: places, lengthOf } = selection.sorted(clock);
  const { of } = partition;
  return sumsByPart(partition, 1, (sums, first) => {
    for (const place of places) {
      const at = (of[place] as number) + first;
      sums[at] = (sums[at] as number) + lengthOf(place);
    }
  });
}
