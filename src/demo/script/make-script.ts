import type { Millis } from '../../inbox/model/common.js';
import { deskStories, placeStories, uniqueStories } from '../stories/all-stories.js';
import { lateAnswers } from '../stories/late-endings.js';
import type { Beat, Story, StoryChannel } from '../stories/story.js';
import { day, hour, isStaffed, localTime, minute, nextAwake } from '../world/days.js';
import { type DemoPerson, people, stranger } from '../world/people.js';
import { type PlaceKind, placeKinds } from '../world/places.js';
import { createRandom, type Random, seedOf } from '../world/random.js';
import type { Script, ScriptStep } from './script.js';
import { tellStory } from './tell-story.js';
import { badTuesday, unevenDays } from './uneven-days.js';

/** More than on other days. */
const tuesdaysStories = 9;

export interface ScriptOptions {
  seed: number;
  /** The story ends here; what would come later has not happened yet, and so some conversations are open. */
  now: Millis;
  /** How many stories; 285 make about 300 conversations. */
  stories?: number;
  days?: number;
}

/** Half a year at Velowerk, the same for the same seed and `now`. Pure. */
export function makeScript(options: ScriptOptions): Script {
  const { seed, now, stories: count = 285, days = 183 } = options;
  const random = createRandom(seed);
  const cast = createCasting(random);
  const steps: ScriptStep[] = [];
  const starts = Array.from({ length: count }, (_, index) => startOf(index / count, { now, days, random })).sort((a, b) => a - b);
  const calls = callsFor(count, random);
  starts.forEach((start, index) => {
    const { story, person, channel } = cast(start, calls[index]);
    const id = `d${seed.toString(36)}-${index}`;
    const own = createRandom(seedOf(`${id}-${seed}`));
    steps.push(...tellStory({ id, story: withEnding(story, now - start, own), person, channel, start, random: own }));
  });
  for (const story of uniqueStories()) {
    const id = `d${seed.toString(36)}-${story.id}`;
    const own = createRandom(seedOf(`${id}-${seed}`));
    const person = own.pick(people.filter((known) => known.language === story.language));
    steps.push(...tellStory({ id, story, person, channel: own.pick(story.channels), start: onAWeekday(now - 9 * day), random: own }));
  }
  for (let index = 0; index < tuesdaysStories; index += 1) {
    const start = badTuesday(now) + random.between(8 * 60 + 40, 13 * 60) * minute;
    const { story, person, channel } = cast(start);
    const id = `d${seed.toString(36)}-tuesday${index}`;
    const own = createRandom(seedOf(`${id}-${seed}`));
    steps.push(...tellStory({ id, story: withEnding(story, now - start, own), person, channel, start, random: own }));
  }
  const told = unevenDays(steps, { now, random: createRandom(seedOf(`uneven-${seed}`)) }).filter((step) => step.at < now - 60_000).map((step) => (now - step.at < 12 * day && random.chance(0.05) ? carelessly(step) : step));
  return { steps: told.sort((a, b) => a.at - b.at), stories: count };
}

/** Closed without an answer: what a lead wants to know of. */
function carelessly(step: ScriptStep): ScriptStep {
  return step.do === 'act' && step.deed.do === 'status' ? { ...step, deed: { ...step.deed, careless: true } } : step;
}

/**
 * Nothing lies about for ever: what the story leaves open is closed after some days, late answers included. One in thirty
 * is forgotten all the same.
 */
function withEnding(story: Story, age: Millis, random: Random): Story {
  const last = story.beats.findLast((beat) => ['write', 'reply', 'outside', 'status'].includes(beat.do));
  const lastWord = story.beats.findLast((beat) => beat.do === 'write' || beat.do === 'reply');
  const ours = last?.do === 'status' && last.status === 'resolved' && lastWord?.do === 'reply';
  if (ours && age < 6 * day && random.chance(0.7)) return { ...story, beats: [...story.beats.filter((beat) => beat !== last), { do: 'snooze', days: random.between(5, 9) }] };
  if (last?.do === 'status' || age < 8 * day || (age < 20 * day && random.chance(0.1))) return story;
  const ending: Beat[] = [{ do: 'status', status: 'resolved' }];
  if (last?.do === 'write' && last.auto === undefined) {
    ending.unshift({ do: 'wait', minutes: random.between(1_500, 7_500) }, { do: 'reply', text: random.pick(lateAnswers[story.language]), files: [], quick: false });
  } else ending.unshift({ do: 'wait', minutes: random.between(3_000, 14_000) });
  return { ...story, beats: [...story.beats, ...ending] };
}

/** A fifth of everything began in the last three days, so that there is something to do; the rest grows over the half year. */
function startOf(part: number, facts: { now: Millis; days: number; random: Random }): Millis {
  const { now, days, random } = facts;
  const back = part > 0.79 ? random.next() ** 1.6 * 3 * day : (3 + (days - 3) * random.next() ** 1.6) * day;
  let at = Math.min(nextAwake(now - back, random), now - random.between(2, 40) * 60_000);
  // Three of four write while the desk is staffed.
  for (let tries = 0; tries < 6 && !isStaffed(at) && random.chance(0.75); tries += 1) at -= random.between(3, 9) * hour;
  return Math.round(at);
}

interface Cast {
  story: Story;
  person: DemoPerson;
  channel: StoryChannel;
}

/** Which of the tellings are on which platform; the others are mail, chat and market. Every fourth one, each platform in turn. */
function callsFor(count: number, random: Random): (PlaceKind | undefined)[] {
  const calls: (PlaceKind | undefined)[] = Array.from({ length: count }, (_, index) => (index % 4 === 1 ? placeKinds[(index >> 2) % placeKinds.length] : undefined));
  // Neighbours change places, so that no pattern shows; everything keeps its part of the half year.
  for (let index = 0; index + 1 < count; index += 2) if (random.chance(0.5)) [calls[index], calls[index + 1]] = [calls[index + 1], calls[index]];
  return calls;
}

/** Tuesday or Wednesday at ten: told in two days, while the desk is staffed. */
function onAWeekday(at: Millis): Millis {
  let start = at;
  while (![1, 2].includes(localTime(start).day)) start -= day;
  return start + (600 - localTime(start).minute) * minute;
}

/** Chooses who tells what: seldom the same story twice in a row, nobody with two matters in the same week if it can be avoided. */
function createCasting(random: Random): (start: Millis, place?: PlaceKind) => Cast {
  const desk = deskStories();
  const elsewhere = placeStories();
  const uses = new Map<string, number>();
  const lastStart = new Map<string, Millis>();
  const recent: string[] = [];
  const told = new Set<string>();
  return (start, place) => {
    const story = place === undefined ? pickStory(desk, { uses, recent, random }) : pickStory(elsewhere.filter(({ channels }) => channels.includes(place)), { uses, recent: [], random });
    const channel = place ?? random.pick(story.channels);
    const person = pickPerson(story, { start, lastStart, told, random });
    told.add(`${story.id} ${person.id}`);
    uses.set(story.id, (uses.get(story.id) ?? 0) + 1);
    lastStart.set(person.id, start);
    recent.push(story.id);
    if (recent.length > 25) recent.shift();
    return { story, person, channel };
  };
}

function pickStory(stories: Story[], facts: { uses: Map<string, number>; recent: string[]; random: Random }): Story {
  const weighed = stories.filter((story) => !facts.recent.includes(story.id)).map((story) => ({ story, weight: story.weight / (1 + (facts.uses.get(story.id) ?? 0)) ** 2 }));
  let left = facts.random.next() * weighed.reduce((sum, { weight }) => sum + weight, 0);
  for (const { story, weight } of weighed) {
    left -= weight;
    if (left <= 0) return story;
  }
  return facts.random.pick(stories);
}

const machines: Record<string, DemoPerson> = Object.fromEntries([
  ['newsletter', 'Last Mile Letter', 'letter@lastmile.example'], ['carrier-status', 'Paket Express', 'status@paketexpress.example'],
].map(([story = '', first = '', email = '']) => [story, { id: story, first, last: '', language: 'en', email, city: 'Ghent', bike: '', signsIn: false }]));

function pickPerson(story: Story, facts: { start: Millis; lastStart: Map<string, Millis>; told: Set<string>; random: Random }): DemoPerson {
  const { start, lastStart, told, random } = facts;
  if (story.who === 'stranger') return stranger(random, story.language, start);
  const machine = machines[story.id];
  if (machine !== undefined) return machine;
  const all = people.filter((person) => person.language === story.language && (story.who !== 'business' || person.bike === 'Ponton Pro'));
  const fresh = all.filter((person) => !told.has(`${story.id} ${person.id}`));
  const speakers = fresh.length > 0 ? fresh : all;
  const free = speakers.filter((person) => start - (lastStart.get(person.id) ?? 0) > 9 * day);
  return random.pick(free.length > 0 ? free : speakers);
}
