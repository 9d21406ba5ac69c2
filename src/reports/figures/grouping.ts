import type { GroupBy } from '../api.js';
import { flag, priorities, tagsOfWord } from '../columns/layouts.js';
import { responderKey } from '../names.js';
import { dayOfHour, hourOfDay, weekdayOfDay } from '../period.js';
import type { GroupKey } from '../shapes.js';
import { codeOfSeveral, narrowed, type Partition, partitionByHour } from './partition.js';
import type { Selection } from './selection.js';
import { noneId, otherId, type View } from './view.js';

/** How waits fall into groups: each by a string, that `keyOf` puts a name to. */
export interface Grouping {
  /** A small number for each place: places of one number are in the same groups. */
  codes(selection: Selection): Uint32Array | Partition['of'];
  /** The groups of a number; tags may give several. */
  idsOf(code: number): readonly string[];
  keyOf(id: string): GroupKey;
  /** Groups stand in this order; absent: the largest first. */
  order?: readonly string[];
}

export const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
const priorityNames = { low: 'Low', normal: 'Normal', high: 'High', urgent: 'Urgent' } as const;

export function groupingBy(view: View, groupBy: GroupBy): Grouping {
  const { names, waits: { at }, columns: { words } } = view;
  const one = (id: string): readonly string[] => [id === '' ? noneId : id];
  const named = (id: string, none: string, name: (id: string) => string): GroupKey => ({ id, name: id === noneId ? none : name(id) });
  switch (groupBy) {
    case 'team': return {
      codes: byRow((row) => view.shownTeam(row)), idsOf: (code) => one(code === view.otherTeam ? otherId : words.team.word(code)),
      keyOf: (id) => (id === otherId ? { id, name: 'Another team' } : named(id, 'No team', names.team)),
    };
    case 'responder': return responders(view);
    case 'channel': return { codes: byRow((row) => at.channel[row] as number), idsOf: (code) => one(words.channel.word(code)), keyOf: (id) => named(id, 'No channel', names.channel) };
    case 'language': return { codes: byRow((row) => at.language[row] as number), idsOf: (code) => one(words.language.word(code)), keyOf: (id) => named(id, 'Not known', names.language) };
    case 'tag': return { codes: byRow((row) => at.tags[row] as number), idsOf: (code) => (code === 0 ? [noneId] : tagsOfWord(words.tags.word(code))), keyOf: (id) => ({ id, name: id === noneId ? 'No tag' : id }) };
    case 'priority': return { codes: byRow((row) => at.priority[row] as number), idsOf: (code) => one(priorities[code] ?? 'normal'), keyOf: (id) => ({ id, name: id in priorityNames ? priorityNames[id as keyof typeof priorityNames] : id }), order: [...priorities].reverse() };
    case 'hour': return { codes: byHour(hourOfDay), idsOf: (code) => [String(code)], keyOf: (id) => ({ id, name: `${id.padStart(2, '0')}:00` }), order: Array.from({ length: 24 }, (_, hour) => String(hour)) };
    case 'weekday': return { codes: byHour((hour) => weekdayOfDay(dayOfHour(hour))), idsOf: (code) => [String(code)], keyOf: (id) => ({ id, name: weekdays[Number(id)] ?? id }), order: weekdays.map((_, day) => String(day)) };
    case 'customer': return { codes: byRow((row) => (at.flags[row] as number) & flag.known), idsOf: (code) => [code === 0 ? 'new' : 'known'], keyOf: (id) => ({ id, name: id === 'new' ? 'New customers' : 'Known customers' }), order: ['new', 'known'] };
  }
}

function byRow(codeOf: (row: number) => number): Grouping['codes'] {
  return ({ rows, scratch }) => {
    const codes = scratch.u32(rows.length);
    for (let place = 0; place < rows.length; place += 1) codes[place] = codeOf(rows[place] as number);
    return codes;
  };
}

/** `codeOf`: of an hour on the wall, counted from 1970. */
function byHour(codeOf: (hour: number) => number): Grouping['codes'] {
  return (selection) => partitionByHour(selection, 0, codeOf).of;
}

/** The parts of a selection, and the group that each one is, those of `known` first. */
export function partitionBy(selection: Selection, grouping: Grouping, known: readonly string[] = []): { partition: Partition; ids: string[] } {
  const ids = [...known];
  const parts = new Map(ids.map((id, part) => [id, part]));
  const partOf = (id: string): number => {
    let part = parts.get(id);
    if (part === undefined) parts.set(id, part = ids.push(id) - 1);
    return part;
  };
  const several: (readonly number[])[] = [];
  const entries: number[] = [];
  const entryOf = (code: number): number => {
    const [first, ...others] = grouping.idsOf(code).map(partOf);
    if (first === undefined || others.length === 0) return first ?? -1;
    return codeOfSeveral(several.push([first, ...others]) - 1);
  };
  const codes = grouping.codes(selection);
  const of = selection.scratch.i32(selection.size);
  for (let place = 0; place < of.length; place += 1) {
    const code = codes[place] as number;
    of[place] = entries[code] ??= entryOf(code);
  }
  return { partition: { parts: ids.length, of: narrowed(selection, of, ids.length + several.length), several }, ids };
}

function responders(view: View): Grouping {
  const { words } = view.columns;
  const { scope } = view.asking;
  const keys = new Map<string, GroupKey>([[noneId, { id: noneId, name: 'Nobody' }], [otherId, { id: otherId, name: 'Somebody of another team' }]]);
  return {
    // A number that no responder has stands for whoever acted for a team out of sight.
    codes: byRow((row) => view.shownResponder(row) ?? words.responder.size),
    idsOf: (code) => {
      if (code === 0) return [noneId];
      if (code === words.responder.size) return [otherId];
      const key = responderKey(words.responder.word(code), scope, view.names);
      keys.set(key.id, key);
      return [key.id];
    },
    keyOf: (id) => keys.get(id) ?? { id, name: id },
  };
}
