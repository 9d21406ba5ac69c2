import type { GroupBy } from '../api.js';
import { flag, priorities, tagsOfWord } from '../columns/layouts.js';
import { responderKey } from '../names.js';
import { dayOfWall, hourOfWall, weekdayOfDay } from '../period.js';
import type { GroupKey } from '../shapes.js';
import type { Partition } from './partition.js';
import type { Selection } from './selection.js';
import { noneId, otherId, type View } from './view.js';

/** How waits fall into groups: each by a string, that `keyOf` puts a name to. */
export interface Grouping {
  /** A small number for a place: places of one number are in the same groups. */
  codeOf(selection: Selection, place: number): number;
  /** The groups of a number; tags may give several. */
  idsOf(code: number): readonly string[];
  keyOf(id: string): GroupKey;
  /** Groups stand in this order; absent: the largest first. */
  order?: readonly string[];
}

export const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
const priorityNames = { low: 'Low', normal: 'Normal', high: 'High', urgent: 'Urgent' } as const;

/** `wall`: what the clock shows in the report's zone. */
export function groupingBy(view: View, groupBy: GroupBy, wall: (at: number) => number): Grouping {
  const { names, waits: { at }, columns: { words } } = view;
  const one = (id: string): readonly string[] => [id === '' ? noneId : id];
  const named = (id: string, none: string, name: (id: string) => string): GroupKey => ({ id, name: id === noneId ? none : name(id) });
  switch (groupBy) {
    case 'team': return {
      codeOf: (selection, place) => view.shownTeam(selection.rows[place] as number), idsOf: (code) => one(code === view.otherTeam ? otherId : words.team.word(code)),
      keyOf: (id) => (id === otherId ? { id, name: 'Another team' } : named(id, 'No team', names.team)),
    };
    case 'responder': return responders(view);
    case 'channel': return { codeOf: byColumn(at.channel), idsOf: (code) => one(words.channel.word(code)), keyOf: (id) => named(id, 'No channel', names.channel) };
    case 'language': return { codeOf: byColumn(at.language), idsOf: (code) => one(words.language.word(code)), keyOf: (id) => named(id, 'Not known', names.language) };
    case 'tag': return { codeOf: byColumn(at.tags), idsOf: (code) => (code === 0 ? [noneId] : tagsOfWord(words.tags.word(code))), keyOf: (id) => ({ id, name: id === noneId ? 'No tag' : id }) };
    case 'priority': return { codeOf: byColumn(at.priority), idsOf: (code) => one(priorities[code] ?? 'normal'), keyOf: (id) => ({ id, name: id in priorityNames ? priorityNames[id as keyof typeof priorityNames] : id }), order: [...priorities].reverse() };
    case 'hour': return { codeOf: (selection, place) => hourOfWall(wall(selection.from(place))), idsOf: (code) => [String(code)], keyOf: (id) => ({ id, name: `${id.padStart(2, '0')}:00` }), order: Array.from({ length: 24 }, (_, hour) => String(hour)) };
    case 'weekday': return { codeOf: (selection, place) => weekdayOfDay(dayOfWall(wall(selection.from(place)))), idsOf: (code) => [String(code)], keyOf: (id) => ({ id, name: weekdays[Number(id)] ?? id }), order: weekdays.map((_, day) => String(day)) };
    case 'customer': return { codeOf: (selection, place) => (at.flags[selection.rows[place] as number] as number) & flag.known, idsOf: (code) => [code === 0 ? 'new' : 'known'], keyOf: (id) => ({ id, name: id === 'new' ? 'New customers' : 'Known customers' }), order: ['new', 'known'] };
  }
}

function byColumn(column: Uint32Array | Uint8Array): Grouping['codeOf'] {
  return (selection, place) => column[selection.rows[place] as number] as number;
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
  const partsOf: (readonly number[] | undefined)[] = [];
  const of = new Int32Array(selection.size);
  const more = new Map<number, readonly number[]>();
  for (let place = 0; place < selection.size; place += 1) {
    const code = grouping.codeOf(selection, place);
    const groups = partsOf[code] ??= grouping.idsOf(code).map(partOf);
    of[place] = groups[0] as number;
    if (groups.length > 1) more.set(place, groups.slice(1));
  }
  return { partition: { parts: ids.length, of, ...(more.size === 0 ? {} : { more }) }, ids };
}

function responders(view: View): Grouping {
  const { words } = view.columns;
  const { scope } = view.asking;
  const keys = new Map<string, GroupKey>([[noneId, { id: noneId, name: 'Nobody' }], [otherId, { id: otherId, name: 'Somebody of another team' }]]);
  return {
    // A number that no responder has stands for whoever acted for a team out of sight.
    codeOf: (selection, place) => view.shownResponder(selection.rows[place] as number) ?? words.responder.size,
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
