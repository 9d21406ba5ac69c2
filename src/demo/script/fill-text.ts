import { AppError } from '../../errors.js';
import type { Millis } from '../../inbox/model/common.js';
import type { Story } from '../stories/story.js';
import { dateIn, day, localTime, weekdayIn } from '../world/days.js';
import type { DemoPerson } from '../world/people.js';
import type { Random } from '../world/random.js';
import { handleOf } from './place-ids.js';

/** Fills texts of one telling of a story; what was chosen once stays the same in every later line. */
export type FillText = (text: string, at: Millis) => string;

/**
 * `[[this|that]]` is chosen each time; `{part}` and other choices of the story once; `{date+3}`, `{weekday-1}` count from the time
 * of the line that says it first; `{eur:10-20}` is an amount. `{agent}` stays: only the player knows who answers.
 */
export function createFillText(story: Story, person: DemoPerson, random: Random): FillText {
  const values = new Map<string, string>([
    ['handle', handleOf(person)], ['first', person.first], ['name', `${person.first} ${person.last}`], ['city', person.city], ['bike', person.bike], ['agent', '{agent}'],
    ['order', String(random.between(41_200, 58_900))], ['invoice', `2026-${random.between(1_040, 2_980)}`], ['code', `${random.between(100, 999)}-${random.between(1_000, 9_999)}`],
  ]);
  for (const { names, options } of story.choices) {
    const option = random.pick(options);
    names.forEach((name, index) => values.set(name, option[index] ?? ''));
  }
  const lookUp = (slot: string, at: Millis): string => {
    const known = values.get(slot);
    if (known !== undefined) return known;
    const made = makeSlot(slot, story, { at, random });
    values.set(slot, made);
    return made;
  };
  const fill: FillText = (text, at) => {
    const chosen = text.replace(/\[\[([^\]]*)\]\]/g, (_all, options: string) => random.pick(options.split('|')));
    return chosen.replace(/\{([\w:+-]+)\}/g, (_all, slot: string) => {
      const value = lookUp(slot, at);
      return value.includes('{') && slot !== 'agent' ? fill(value, at) : value;
    });
  };
  return (text, at) => capitalised(fill(text, at));
}

function makeSlot(slot: string, story: Story, facts: { at: Millis; random: Random }): string {
  const amount = /^eur:(\d+)-(\d+)$/.exec(slot);
  if (amount !== null) return String(facts.random.between(Number(amount[1]), Number(amount[2])));
  const [, kind, offset = '+0'] = /^(date|weekday)([+-]\d+)?$/.exec(slot) ?? [];
  if (kind === undefined) throw new AppError('bug', `story ${story.id}: nobody knows {${slot}}`);
  const then = workingDay(facts.at + Number(offset) * day);
  return kind === 'date' ? dateIn(story.language, then) : weekdayIn(story.language, then);
}

/** Nobody promises a Sunday. */
function workingDay(at: Millis): Millis {
  return localTime(at).day === 6 ? at + day : at;
}

function capitalised(text: string): string {
  return text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
}
