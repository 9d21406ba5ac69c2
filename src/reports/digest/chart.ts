import type { TrendPoint } from '../shapes.js';
import type { ClockKind } from '../take-away/lengths.js';
import { type Voice, voiceIn } from './voice.js';

/** Size of the picture as it stands in a mail, in CSS pixels; it is drawn twice as fine. */
export const chartSize = { width: 600, height: 220 } as const;

const plot = { left: 70, right: 530, top: 20, bottom: 180 } as const;
const colours = { text: '#5d5850', line: '#e7e4de', nine: '#3f51c7', half: '#8a97de', before: '#6f6960', paper: '#ffffff' } as const;
const minute = 60_000;
const hour = 60 * minute;
const steps = [minute, 2 * minute, 5 * minute, 10 * minute, 15 * minute, 30 * minute, hour, 2 * hour, 3 * hour, 6 * hour, 12 * hour, 24 * hour, 48 * hour, 96 * hour, 168 * hour, 336 * hour, 672 * hour];

const english = voiceIn('en');

type Line = (number | undefined)[];

/**
 * The trend as an SVG: 9 of 10 answered within (thick), half (thin), and the period before (dashed). Days without a
 * figure leave a gap. Holds nothing but numbers, dates and words of ours.
 */
export function trendChart(trend: readonly TrendPoint[], clock: ClockKind, voice: Voice = english): string {
  const nine = trend.map((point) => point.p90);
  const half = trend.map((point) => point.p50);
  const before = trend.map((point) => point.before?.p90);
  const known = [...nine, ...half, ...before].filter((value) => value !== undefined);
  const most = Math.max(minute, ...known);
  const step = stepFor(most);
  const top = Math.ceil(most / step) * step;
  const x = (index: number): number => (trend.length < 2 ? (plot.left + plot.right) / 2 : plot.left + (index / (trend.length - 1)) * (plot.right - plot.left));
  const y = (value: number): number => plot.bottom - (value / top) * (plot.bottom - plot.top);
  const at = { x, y };
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${chartSize.width}" height="${chartSize.height}" viewBox="0 0 ${chartSize.width} ${chartSize.height}" font-family="DejaVu Sans" font-size="11">`,
    `<rect width="${chartSize.width}" height="${chartSize.height}" fill="${colours.paper}"/>`,
    ...grid({ step, top, lengthOf: (value) => voice.length(value, clock) }, y),
    ...labels(trend, x, voice),
    drawn(before, at, { stroke: colours.before, width: 1.2, dash: '3 3' }),
    drawn(half, at, { stroke: colours.half, width: 1.5 }),
    drawn(nine, at, { stroke: colours.nine, width: 2.2 }),
    ...ends({ half, nine }, y, voice.words.trend),
    ...(known.length === 0 ? [text({ x: (plot.left + plot.right) / 2, y: 104, anchor: 'middle' }, voice.words.trend.empty)] : []),
    '</svg>',
  ];
  return parts.join('\n');
}

/** The same in words, for whoever does not see the picture. */
export function trendInWords(trend: readonly TrendPoint[], clock: ClockKind, { words, length, dateWithWeekday }: Voice = english): string {
  const days = trend.slice(0, 31).map((point) => `${dateWithWeekday(point.day)}${words.colon}${point.p90 === undefined ? words.trend.noAnswer : length(point.p90, clock)}${point.p50 === undefined ? '' : ` (${words.trend.halfOf(length(point.p50, clock))})`}`);
  return words.trend.inWords(days.join('; '));
}

function grid({ step, top, lengthOf }: { step: number; top: number; lengthOf: (value: number) => string }, y: (value: number) => number): string[] {
  const values = Array.from({ length: Math.round(top / step) + 1 }, (_, index) => index * step);
  return values.flatMap((value) => [
    `<line x1="${plot.left}" x2="${plot.right}" y1="${round(y(value))}" y2="${round(y(value))}" stroke="${colours.line}"/>`,
    ...(value === 0 ? [] : [text({ x: plot.left - 8, y: y(value) + 4, anchor: 'end' }, lengthOf(value))]),
  ]);
}

/** At most eight dates, so that they never touch. */
function labels(trend: readonly TrendPoint[], x: (index: number) => number, voice: Voice): string[] {
  const every = Math.max(1, Math.ceil(trend.length / 8));
  const words = trend.length <= 8 ? voice.dateWithWeekday : voice.date;
  return trend.flatMap((point, index) => (index % every === 0 ? [text({ x: x(index), y: plot.bottom + 20, anchor: 'middle' }, words(point.day))] : []));
}

/** Lines between neighbouring days that both have a figure; a day that stands alone is a dot. */
function drawn(values: Line, at: { x: (index: number) => number; y: (value: number) => number }, look: { stroke: string; width: number; dash?: string }): string {
  let path = '';
  let dots = '';
  values.forEach((value, index) => {
    if (value === undefined) return;
    const joined = values[index - 1] !== undefined;
    path += `${joined ? 'L' : 'M'}${round(at.x(index))} ${round(at.y(value))}`;
    if (!joined && values[index + 1] === undefined) dots += `<circle cx="${round(at.x(index))}" cy="${round(at.y(value))}" r="${look.width + 0.8}" fill="${look.stroke}"/>`;
  });
  const dash = look.dash === undefined ? '' : ` stroke-dasharray="${look.dash}"`;
  return `${path === '' ? '' : `<path d="${path}" fill="none" stroke="${look.stroke}" stroke-width="${look.width}" stroke-linejoin="round"${dash}/>`}${dots}`;
}

/** The lines are named at their ends; names that would stand on each other are moved apart. */
function ends({ half, nine }: { half: Line; nine: Line }, y: (value: number) => number, names: { half: string; nine: string }): string[] {
  const last = (line: Line): number | undefined => line.findLast((value) => value !== undefined);
  const [low, high] = [last(half), last(nine)];
  const highAt = high === undefined ? undefined : y(high) + 4;
  const lowAt = low === undefined ? undefined : Math.max(y(low) + 4, (highAt ?? -20) + 14);
  return [
    ...(highAt === undefined ? [] : [text({ x: plot.right + 8, y: highAt, anchor: 'start' }, names.nine)]),
    ...(lowAt === undefined ? [] : [text({ x: plot.right + 8, y: lowAt, anchor: 'start' }, names.half)]),
  ];
}

function text(at: { x: number; y: number; anchor: 'start' | 'middle' | 'end' }, words: string): string {
  return `<text x="${round(at.x)}" y="${round(at.y)}" text-anchor="${at.anchor}" fill="${colours.text}">${words.replace(/[&<>]/g, (letter) => `&#${letter.charCodeAt(0)};`)}</text>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** The smallest step of which four reach that far; beyond the table in whole weeks. */
function stepFor(most: number): number {
  const week = 168 * hour;
  return steps.find((step) => most / step <= 4) ?? Math.ceil(most / 4 / week) * week;
}
