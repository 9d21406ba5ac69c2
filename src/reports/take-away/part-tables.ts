import type { Report, TrendPoint } from '../shapes.js';
import type { StaffingAnswer } from './answers.js';
import { figureColumns, percentileColumns } from './figure-columns.js';
import { type Column, lengthColumns, type Table, tableOf } from './tables.js';
import { isoTime } from './zone-times.js';

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** One row per group, with its figures now and before, and where its time went. */
export function groupsTable(report: Report): Table {
  type Group = Report['groups'][number];
  const columns: Column<Group>[] = [
    { key: 'groupBy', title: 'Grouped by', cell: () => report.groupBy },
    { key: 'id', title: 'Id', cell: (group) => group.key.id },
    { key: 'name', title: 'Name', cell: (group) => group.key.name },
    ...figureColumns<Group>({ key: '', title: '' }, (group) => group.now),
    ...['unassigned', 'agent', 'snoozed', 'customer', 'bot'].flatMap((by) => lengthColumns<Group>(`where${by.charAt(0).toUpperCase()}${by.slice(1)}`, `Time ${by}`, report.time, (group) => group.where?.[by])),
    ...(report.before === undefined ? [] : figureColumns<Group>({ key: 'before', title: 'Before: ' }, (group) => group.before)),
  ];
  return tableOf(columns, report.groups);
}

/** One row per day (or week), as the trend is drawn. */
export function trendTable(report: Report): Table {
  const zone = report.period.timeZone;
  const columns: Column<TrendPoint>[] = [
    { key: 'day', title: 'First day', cell: (day) => day.day },
    { key: 'from', title: 'From', cell: (day) => isoTime(day.from, zone) },
    { key: 'to', title: 'To', cell: (day) => isoTime(day.to, zone) },
    { key: 'time', title: 'Clock', cell: () => report.time },
    { key: 'waits', title: 'Waits', cell: (day) => day.waits },
    { key: 'answered', title: 'Answered', cell: (day) => day.answered },
    { key: 'over', title: 'Over target', cell: (day) => day.over },
    ...percentileColumns<TrendPoint>({ key: '', title: '' }, report.time, (day) => day),
    ...(report.before === undefined ? [] : [
      { key: 'beforeWaits', title: 'Before: Waits', cell: (day: TrendPoint) => day.before?.waits },
      ...percentileColumns<TrendPoint>({ key: 'before', title: 'Before: ' }, report.time, (day) => day.before),
    ]),
  ];
  return tableOf(columns, report.trend);
}

interface Hour {
  weekday: number;
  hour: number;
}

const hourColumns: readonly Column<Hour>[] = [
  { key: 'weekday', title: 'Weekday', cell: (each) => weekdays[each.weekday] },
  { key: 'hour', title: 'Hour', cell: (each) => `${String(each.hour).padStart(2, '0')}:00` },
];

/** One row per hour of the week: how many began to wait, and how long half of them waited. */
export function heatTable(report: Report): Table {
  const columns: Column<Hour>[] = [
    ...hourColumns,
    { key: 'arrivals', title: 'Began to wait', cell: ({ weekday, hour }) => report.heat.arrivals[weekday]?.[hour] },
    { key: 'time', title: 'Clock', cell: () => report.time },
    ...lengthColumns<Hour>('halfWithin', 'Half waited at most', report.time, ({ weekday, hour }) => report.heat.waiting[weekday]?.[hour] ?? undefined),
  ];
  return tableOf(columns, hoursOf(report.heat.arrivals));
}

/** One row per hour of the week: how many are needed, beside how many were there. */
export function staffingTable(staffing: StaffingAnswer): Table {
  const at = ({ weekday, hour }: Hour): StaffingAnswer['hours'][number][number] | undefined => staffing.hours[weekday]?.[hour];
  const columns: Column<Hour>[] = [
    ...hourColumns,
    { key: 'arrivals', title: 'Arrivals in an hour', cell: (each) => at(each)?.arrivals },
    { key: 'needed', title: 'People needed', cell: (each) => at(each)?.needed },
    { key: 'present', title: 'People there', cell: (each) => at(each)?.present },
    { key: 'open', title: 'Open', cell: (each) => (at(each)?.open === true ? 'yes' : 'no') },
  ];
  return tableOf(columns, hoursOf(staffing.hours));
}

function hoursOf(rows: readonly (readonly unknown[])[]): Hour[] {
  return rows.flatMap((row, weekday) => row.map((_, hour) => ({ weekday, hour })));
}
