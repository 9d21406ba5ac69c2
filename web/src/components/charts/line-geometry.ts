import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';

export interface LineSeries {
  id: string;
  /** Written at its end. */
  name?: string;
  look: 'main' | 'soft' | 'before';
  /** One for each point; undefined where nothing is known: there the line has a gap. */
  values: readonly (number | undefined)[];
}

interface Frame {
  count: number;
  series: readonly LineSeries[];
  top: number;
  width: number;
  height: number;
  scaleLabels: readonly string[];
}

/** About what a character of the charts' 11 px text is wide. */
const charPx = 6.1;

/** Where everything of a line chart stands, in CSS pixels. */
export function drawn({ count, series, top, width, height, scaleLabels }: Frame) {
  const left = Math.max(20, Math.max(0, ...scaleLabels.map((label) => label.length)) * charPx + 9);
  const named = series.flatMap((each) => (each.name === undefined ? [] : [each.name.length]));
  const right = width - (named.length === 0 ? 4 : Math.max(...named) * charPx + 10);
  const xScale = scaleLinear().domain([0, Math.max(1, count - 1)]).range([left, right]);
  const x = (index: number) => (count === 1 ? (left + right) / 2 : xScale(index));
  const y = scaleLinear().domain([0, Math.max(1, top)]).range([height - 22, 12]);
  const step = count > 1 ? (right - left) / (count - 1) : right - left;
  const paths = series.map((each) => {
    const points = each.values.map((value, index) => ({ index, value }));
    const draw = line<{ index: number; value: number | undefined }>().defined((point) => point.value !== undefined).x((point) => round(x(point.index))).y((point) => round(y(point.value ?? 0)));
    const last = each.values.findLast((value) => value !== undefined);
    return {
      id: each.id, look: each.look, name: last === undefined ? undefined : each.name, nameY: y(last ?? 0) + 4, d: draw(points) ?? '',
      // A point between two gaps has no line to stand on.
      alone: points.filter(({ index, value }) => value !== undefined && each.values[index - 1] === undefined && each.values[index + 1] === undefined).map((point) => ({ x: round(x(point.index)), y: round(y(point.value ?? 0)) })),
    };
  });
  // The main line's name comes last of equals, so that it stands above the softer one's.
  apart(paths.filter((path) => path.name !== undefined), y(0));
  return {
    left, right, x, y, paths,
    hit: (index: number) => {
      const from = Math.max(0, x(index) - step / 2);
      return { left: from, width: Math.min(width, x(index) + step / 2) - from };
    },
    fits: (index: number, text: string) => fits({ at: x(index), length: text.length * charPx + 10, left, right: width }),
    ticks: (labels: readonly (string | undefined)[]) => spaced(labels, { x, width }),
  };
}

/** Names at the lines' ends keep 13 px from each other, upward from the lowest, and stay above what is written below. */
function apart(paths: { nameY: number }[], lowest: number): void {
  let limit = lowest;
  for (const path of [...paths].sort((one, other) => other.nameY - one.nameY)) {
    path.nameY = Math.min(path.nameY, limit);
    limit = path.nameY - 13;
  }
}

function fits({ at, length, left, right }: { at: number; length: number; left: number; right: number }): { x: number; anchor: 'start' | 'end' } | undefined {
  if (at + length <= right) return { x: at + 9, anchor: 'start' };
  return at - length >= left ? { x: at - 9, anchor: 'end' } : undefined;
}

/** Labels below, as many as have room. */
function spaced(labels: readonly (string | undefined)[], frame: { x: (index: number) => number; width: number }) {
  let taken = -Infinity;
  return labels.flatMap((text, index) => {
    if (text === undefined) return [];
    const at = frame.x(index);
    const half = (text.length * charPx) / 2;
    if (at - half < taken + 12) return [];
    const isLast = at + half > frame.width;
    taken = isLast ? frame.width : at + half;
    return isLast ? { text, index, x: frame.width, anchor: 'end' as const } : { text, index, x: at, anchor: 'middle' as const };
  });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
