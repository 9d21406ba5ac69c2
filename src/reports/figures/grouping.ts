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
  /** The groups of a place; tags may give several. */
  of(selection: Selection, place: number): readonly string[];
  keyOf(id: string): GroupKey;
  /** Groups stand in this order; absent: the largest first. */
  order?: readonly string[];
}

export const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
const priorityNames = { low: 'Low', normal: 'Normal', high: 'High', urgent: 'Urgent' } as const;

/** `wall`: what the clock shows in the report's zone. */
export function groupingBy(view: View, groupBy: GroupBy, wall: (at: number) => number): Grouping {
  const { names, waits: { at }, columns: { words } } = view;
  const row = (selection: Selection, place: number): number => selection.rows[place] as number;
  const named = (id: string, none: string, name: (id: string) => string): GroupKey => ({ id, name: id === noneId ? none : name(id) });
  switch (groupBy) {
    case 'team': return {
      of: byCode((selection, place) => view.shownTeam(row(selection, place)), (code) => (code === view.otherTeam ? otherId : words.team.word(code))),
      keyOf: (id) => (id === otherId ? { id, name: 'Another team' } : named(id, 'No team', names.team)),
    };
    case 'responder': return responders(view);
    case 'channel': return { of: byCode((selection, place) => at.channel[row(selection, place)] as number, (code) => words.channel.word(code)), keyOf: (id) => named(id, 'No channel', names.channel) };
    case 'language': return { of: byCode((selection, place) => at.language[row(selection, place)] as number, (code) => words.language.word(code)), keyOf: (id) => named(id, 'Not known', names.language) };
    case 'tag': return tags(view);
    case 'priority': return { of: (selection, place) => [priorities[at.priority[row(selection, place)] as number] ?? 'normal'], keyOf: (id) => ({ id, name: id in priorityNames ? priorityNames[id as keyof typeof priorityNames] : id }), order: [...priorities].reverse() };
    case 'hour': return { of: byCode((selection, place) => hourOfWall(wall(selection.from(place))), String), keyOf: (id) => ({ id, name: `${id.padStart(2, '0')}:00` }), order: Array.from({ length: 24 }, (_, hour) => String(hour)) };
    case 'weekday': return { of: byCode((selection, place) => weekdayOfDay(dayOfWall(wall(selection.from(place)))), String), keyOf: (id) => ({ id, name: weekdays[Number(id)] ?? id }), order: weekdays.map((_, day) => String(day)) };
    case 'customer': return { of: (selection, place) => [((at.flags[row(selection, place)] as number) & flag.known) === 0 ? 'new' : 'known'], keyOf: (id) => ({ id, name: id === 'new' ? 'New customers' : 'Known customers' }), order: ['new', 'known'] };
  }
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
  const of = new Int32Array(selection.size);
  const more = new Map<number, number[]>();
  for (let place = 0; place < selection.size; place += 1) {
    const groups = grouping.of(selection, place);
    of[place] = partOf(groups[0] ?? noneId);
    if (groups.length > 1) more.set(place, groups.slice(1).map(partOf));
  }
  return { partition: { parts: ids.length, of, ...(more.size === 0 ? {} : { more }) }, ids };
}

/** One list a code, made once: most of a scan is spent here. */
function byCode(codeOf: (selection: Selection, place: number) => number, idOf: (code: number) => string): Grouping['of'] {
  const lists: (readonly string[] | undefined)[] = [];
  return (selection, place) => {
    const code = codeOf(selection, place);
    return lists[code] ??= [idOf(code) || noneId];
  };
}

function responders(view: View): Grouping {
  const { words } = view.columns;
  const { scope } = view.asking;
  const keys = new Map<string, GroupKey>([[noneId, { id: noneId, name: 'Nobody' }], [otherId, { id: otherId, name: 'Somebody of another team' }]]);
  const lists: (readonly string[])[] = [[noneId]];
  const listOf = (code: number): readonly string[] => {
    const known = lists[code];
    if (known !== undefined) return known;
    const key = responderKey(words.responder.word(code), scope, view.names);
    keys.set(key.id, key);
    return lists[code] = [key.id];
  };
  return {
    of: (selection, place) => {
      const code = view.shownResponder(selection.rows[place] as number);
      return code === undefined ? [otherId] : listOf(code);
    },
    keyOf: (id) => keys.get(id) ?? { id, name: id },
  };
}

function tags(view: View): Grouping {
  const { words, waits } = view.columns;
  const lists: (readonly string[])[] = [[noneId]];
  return {
    of: (selection, place) => {
      const code = waits.at.tags[selection.rows[place] as number] as number;
      return lists[code] ??= tagsOfWord(words.tags.word(code));
    },
    keyOf: (id) => ({ id, name: id === noneId ? 'No tag' : id }),
  };
}
