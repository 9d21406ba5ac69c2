import type { Millis } from '../../inbox/model/common.js';
import type { MessageEvent } from '../../inbox/model/event.js';
import type { Beat, Story, StoryChannel } from '../stories/story.js';
import { channelIdOf, mailboxes, placeOf } from '../world/company.js';
import { dateIn, day, minute, nextAwake, nextStaffed } from '../world/days.js';
import type { DemoPerson } from '../world/people.js';
import { type PlaceKind, places } from '../world/places.js';
import type { Random } from '../world/random.js';
import { chatEvent, chatIdentity, mailEvent, marketEvent, type Line, type ThreadFacts } from './events.js';
import { createFillText, type FillText } from './fill-text.js';
import { type PlaceThread, placeDelete, placeEdit, placeEvent, placeProfile, placeReaction } from './place-events.js';
import { keyOf } from './place-threads.js';
import type { AgentDeed, ScriptStep } from './script.js';

export interface Telling {
  /** Unique; part of every id that is made. */
  id: string;
  story: Story;
  person: DemoPerson;
  channel: StoryChannel;
  start: Millis;
  random: Random;
  /** How fast it goes: 1 as in life; live traffic tells in seconds. */
  pace?: (natural: Millis, beat: Beat) => Millis;
}

interface Progress {
  at: Millis;
  /** Agent's or customer's word that came last, for quoting. */
  lastReply: string;
  channel: StoryChannel;
  thread: ThreadFacts;
  /** The same thread, where it is on somebody else's platform. */
  place: PlaceThread | undefined;
  name: string;
  lines: number;
  /** A gap that the story itself asks for. */
  gap: number | undefined;
}

/** One story told by one person from `start` on: every event and deed with its time. Pure. */
export function tellStory(telling: Telling): ScriptStep[] {
  const { story, random } = telling;
  const fill = createFillText(story, telling.person, random);
  const steps: ScriptStep[] = [];
  const progress = begin(telling, telling.channel, telling.id, fill);
  const visited = new Map<StoryChannel, Progress>();
  let before = '';
  let left: string | undefined;
  for (const beat of story.beats) {
    if (beat.do === 'wait') {
      progress.gap = (progress.gap ?? 0) + beat.minutes * minute;
      continue;
    }
    if (beat.do === 'switch') {
      if (beat.closes) left = progress.name;
      before = progress.name;
      visited.set(progress.channel, { ...progress });
      const next = visited.get(beat.to) ?? begin({ ...telling, start: progress.at + minute }, beat.to, `${telling.id}-on${visited.size === 1 ? '' : visited.size}`, fill);
      Object.assign(progress, { ...next, at: progress.at, gap: progress.gap });
      continue;
    }
    const natural = timeOf(beat, progress, random);
    progress.at = Math.round(telling.pace === undefined ? natural : telling.pace(progress.at, beat));
    progress.gap = undefined;
    if (beat.do === 'join') steps.push({ at: progress.at, thread: progress.name, do: 'act', team: story.team, deed: { do: 'join', other: before, reason: fill(beat.reason, progress.at) } });
    else steps.push(...stepsOf(beat, progress, telling, fill));
    if (left !== undefined && beat.do === 'reply') {
      // Whoever answers in the new place closes the old one.
      steps.push({ at: progress.at + minute, thread: left, do: 'act', team: story.team, deed: { do: 'status', status: 'resolved' } });
      left = undefined;
    }
  }
  return steps;
}

function begin(telling: Telling, channel: StoryChannel, name: string, fill: FillText): Progress {
  const { story, person, start } = telling;
  const anonymous = story.who === 'stranger' && !story.beats.some((beat) => 'text' in beat && beat.text.includes('{first}'));
  const thread: ThreadFacts = {
    channelId: channelIdOf(channel, story.team), address: mailboxes[story.team].address, subject: fill(story.subject, start), person, mailIds: [],
    key: channel === 'chat' ? `visitor-${anonymous ? telling.id : person.id}` : name, anonymous,
  };
  const at = placeOf(channel);
  const place = at === undefined ? undefined : placeThreadOf(thread, { ...at, id: name, startedAt: start });
  return { at: start, lastReply: '', channel, thread: place ?? thread, place, name, lines: 0, gap: undefined };
}

function placeThreadOf(thread: ThreadFacts, begun: { kind: PlaceKind; direct: boolean; id: string; startedAt: Millis }): PlaceThread {
  const { kind, direct, id, startedAt } = begun;
  return { ...thread, key: keyOf({ place: kind, direct, id, startedAt, person: thread.person }), anonymous: false, place: kind, direct, id, startedAt, posts: [] };
}

function stepsOf(beat: Exclude<Beat, { do: 'wait' | 'switch' | 'join' }>, progress: Progress, telling: Telling, fill: FillText): ScriptStep[] {
  const { at, name } = progress;
  const say = (text: string): string => fill(text, at);
  const act = (deed: AgentDeed): ScriptStep[] => [{ at, thread: name, do: 'act', team: telling.story.team, deed }];
  switch (beat.do) {
    case 'write': return writeSteps(beat, progress, { telling, text: say(beat.text) });
    case 'reply': {
      progress.lastReply = say(beat.text);
      return act({ do: 'reply', text: progress.lastReply, files: beat.files });
    }
    case 'outside': {
      if (progress.place !== undefined) return [{ at, thread: name, do: 'write', event: placeEvent(progress.place, lineOf(progress, say(beat.text), telling), 'out'), files: [] }];
      const event = mailEvent(progress.thread, lineOf(progress, say(beat.text), telling), 'out');
      progress.thread.mailIds.push(event.externalId);
      return [{ at, thread: name, do: 'write', event, files: [] }];
    }
    case 'edit': case 'delete': case 'react': return changeSteps(beat, progress, say);
    case 'note': return act({ do: 'note', text: say(beat.text) });
    case 'draft': return act({ do: 'draft', text: say(beat.text) });
    case 'snooze': return act({ do: 'snooze', until: at + beat.days * day });
    case 'bounce': return [{ at, thread: name, do: 'bounce', text: say(beat.text), channelId: progress.thread.channelId }];
    case 'tag': case 'priority': case 'team': case 'status': case 'no_answer': case 'accept': return act(beat);
  }
}

/** Nothing where the platform does not bring such a thing. */
function changeSteps(beat: Extract<Beat, { do: 'edit' | 'delete' | 'react' }>, progress: Progress, say: (text: string) => string): ScriptStep[] {
  const { at, name, place } = progress;
  const ability = { edit: 'edits', delete: 'deletes', react: 'reactions' } as const;
  if (place === undefined || !places[place.place].carries.includes(ability[beat.do])) return [];
  const event = beat.do === 'edit' ? placeEdit(place, at, say(beat.text)) : beat.do === 'delete' ? placeDelete(place, at) : placeReaction(place, at, beat.emoji);
  return event === undefined ? [] : [{ at, thread: name, do: 'change', event }];
}

function writeSteps(beat: Extract<Beat, { do: 'write' }>, progress: Progress, line: { telling: Telling; text: string }): ScriptStep[] {
  const { at, name, thread, channel } = progress;
  const first = progress.lines === 0;
  const words = { ...lineOf(progress, line.text, line.telling), ...(beat.auto === undefined ? {} : { auto: beat.auto }) };
  if (progress.place !== undefined) return placeSteps(beat, progress, words);
  const event: MessageEvent = channel === 'email' ? mailEvent(thread, withQuote(words, progress, line.telling))
    : channel === 'chat' ? chatEvent(thread, words) : marketEvent(thread, words);
  if (channel === 'email') thread.mailIds.push(event.externalId);
  const write: ScriptStep = { at, thread: name, do: 'write', event, files: beat.files };
  return first && channel === 'chat' && !thread.anonymous ? [{ at: at - 20_000, thread: name, do: 'identify', event: chatIdentity(thread, at - 20_000) }, write] : [write];
}

function placeSteps(beat: Extract<Beat, { do: 'write' }>, progress: Progress, line: Line): ScriptStep[] {
  const { at, name, place } = progress;
  if (place === undefined) return [];
  const files = places[place.place].carries.includes('files') ? beat.files : [];
  const write: ScriptStep = { at, thread: name, do: 'write', event: placeEvent(place, line), files };
  const profile = progress.lines === 1 ? placeProfile(place, at + 2_000) : undefined;
  return profile === undefined ? [write] : [write, { at: at + 2_000, thread: name, do: 'identify', event: profile }];
}

function lineOf(progress: Progress, text: string, telling: Telling): Line {
  progress.lines += 1;
  return { at: progress.at, text, id: `${progress.name}-${progress.lines}-${telling.person.id}` };
}

const wrote = {
  en: (date: string) => `On ${date}, Velowerk wrote:`, de: (date: string) => `Am ${date} schrieb Velowerk:`,
  fr: (date: string) => `Le ${date}, Velowerk a écrit :`, es: (date: string) => `El ${date}, Velowerk escribió:`,
};

/** Most mail programs put what is answered below. */
function withQuote(line: Line, progress: Progress, telling: Telling): Line {
  if (progress.lastReply === '' || !telling.random.chance(0.7)) return line;
  const { language } = telling.story;
  const quoted = progress.lastReply.replace('{agent}', 'Velowerk').split('\n').map((text) => `> ${text}`).join('\n');
  return { ...line, quoted: `${wrote[language](dateIn(language, progress.at - minute))}\n${quoted}` };
}

/** People answer a chat in minutes and a mail in hours; the desk answers while it is staffed; machines do not wait. */
function timeOf(beat: Beat, progress: Progress, random: Random): Millis {
  const pace = progress.place === undefined ? undefined : places[progress.place.place].pace;
  const quickly = progress.channel === 'chat' || pace === 'chat';
  if (beat.do === 'write') {
    if (progress.lines === 0 && progress.gap === undefined) return progress.at;
    if (beat.quick) return progress.at + random.between(20, 150) * 1_000;
    return nextAwake(progress.at + (progress.gap ?? random.around(quickly ? 2.5 : pace === 'post' ? 45 : 260) * minute), random);
  }
  if (beat.do === 'reply' || beat.do === 'outside') {
    if (beat.do === 'reply' && beat.quick) return progress.at + random.between(40, 240) * 1_000;
    return nextStaffed(progress.at + (progress.gap ?? random.around(quickly ? 4 : pace === 'post' ? 30 : 80) * minute), random);
  }
  if (beat.do === 'edit' || beat.do === 'delete') return progress.at + random.between(15, 80) * 1_000;
  if (beat.do === 'react') return progress.at + random.between(30, 900) * 1_000;
  if (beat.do === 'bounce') return progress.at + random.between(8, 40) * 1_000;
  if (beat.do === 'tag' || beat.do === 'priority' || beat.do === 'draft') return progress.at + random.between(30, 240) * 1_000;
  return nextStaffed(progress.at + (progress.gap ?? random.around(14) * minute), random);
}
