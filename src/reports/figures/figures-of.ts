import { answered, states } from '../columns/layouts.js';
import type { ClockFigures, Figures } from '../shapes.js';
import { eachMember, type Partition, type SortedPart, sortedParts } from './partition.js';
import { estimatedPercentiles, nearestRanks } from './percentiles.js';
import { outcome, type Selection } from './selection.js';

const countOf = { open: 'open', answered: 'answered', answered_by_bot: 'answeredByBot', not_needed: 'notNeeded', abandoned: 'abandoned' } as const;

/** The figures of each part of a selection. `average`: also the mean of the answered. */
export function figuresOf(selection: Selection, partition: Partition, average: boolean): Figures[] {
  const parts = Array.from({ length: partition.parts }, emptyFigures);
  const outcomes = selection.outcomes();
  eachMember(partition, (place, part) => {
    const figures = parts[part] as Figures;
    const state = selection.state(place);
    figures.waits += 1;
    figures[countOf[states[state] ?? 'open']] += 1;
    countOutcome(figures.target, outcomes[place] as number, state === answered);
  });
  for (const clock of ['calendar', 'business'] as const) {
    sortedParts(selection, clock, partition).forEach((part, index) => {
      (parts[index] as Figures)[clock] = clockFigures(part, average);
    });
  }
  return parts;
}

function countOutcome(target: Figures['target'], judged: number, isAnswered: boolean): void {
  if (judged === outcome.within) {
    target.within += 1;
    target.answeredWithin += 1;
  } else if (judged === outcome.over) {
    target.over += 1;
    if (isAnswered) target.answeredOver += 1;
  } else if (judged === outcome.undecided) target.undecided += 1;
}

function clockFigures(part: SortedPart, average: boolean): ClockFigures {
  const { answeredLengths } = part;
  const figures: ClockFigures = { answered: nearestRanks(answeredLengths), all: estimatedPercentiles(part) };
  if (average && answeredLengths.length > 0) figures.average = Math.round(answeredLengths.reduce((sum, length) => sum + length, 0) / answeredLengths.length);
  return figures;
}

function emptyFigures(): Figures {
  const clock = (): ClockFigures => ({ answered: {}, all: {} });
  return {
    waits: 0, answered: 0, answeredByBot: 0, notNeeded: 0, abandoned: 0, open: 0, calendar: clock(), business: clock(),
    target: { within: 0, over: 0, undecided: 0, answeredWithin: 0, answeredOver: 0 },
  };
}
