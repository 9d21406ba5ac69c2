import { AppError } from '../../errors.js';
import type { DemoLanguage } from '../world/days.js';
import type { Beat, Story, StoryChannel, StoryFile, StoryTeam } from './story.js';

/**
 * Reads stories from text, one line a thing:
 *
 *     = id | language | team | channels | weight 2, stranger
 *     subject: …    let part = saddle | bell    let why, wish = a move // good luck | a baby // our best wishes
 *     > the customer writes        >> at once after the last
 *     < an agent answers           << at once after the last        <o answered outside Rapport
 *     ~ the post reads so after an edit    @unsend takes it back    @react 👍 to our answer
 *     ! a note    % a machine writes    @tag, @file, @snooze 2d, @resolved … (see `readAction`)    + 3h passes
 *     @switch email goes on there and leaves the old place, @also goes on there and may come back
 *
 * A line without a mark goes on with the text before it; an empty one is a new paragraph.
 */
export function parseStories(text: string): Story[] {
  const stories: Story[] = [];
  let open: { add(line: string): void } | undefined;
  let files: StoryFile[] = [];
  for (const line of text.split('\n')) {
    if (line.startsWith('= ')) {
      stories.push(readHeader(line.slice(2)));
      open = undefined;
      continue;
    }
    const story = stories.at(-1);
    if (story === undefined) continue;
    if (readSetting(line, story)) continue;
    const action = line.startsWith('@file ') ? undefined : readAction(line);
    if (line.startsWith('@file ')) files = line.slice(6).split(' ') as StoryFile[];
    else if (action !== undefined) story.beats.push(action);
    else {
      const beat = readText(line, files);
      if (beat === undefined) open?.add(line);
      else {
        files = [];
        story.beats.push(beat);
        open = { add: (more) => { beat.text += `\n${more}`; } };
      }
    }
  }
  for (const story of stories) trimTexts(story);
  return stories;
}

function readHeader(line: string): Story {
  const [id = '', language = '', team = '', channels = '', options = ''] = line.split('|').map((part) => part.trim());
  if (id === '' || channels === '') throw new AppError('bug', `a story's first line is "= id | language | team | channels": ${line}`);
  return {
    id, language: language as DemoLanguage, team: team as StoryTeam, channels: channels.split(' ') as StoryChannel[],
    weight: Number(/weight ([\d.]+)/.exec(options)?.[1] ?? 1),
    who: (/stranger|machine|business/.exec(options)?.[0] ?? 'anybody') as Story['who'],
    subject: '', choices: [], beats: [],
  };
}

function readSetting(line: string, story: Story): boolean {
  const choice = /^let ([\w, ]+) = (.+)$/.exec(line);
  if (choice !== null) {
    const options = (choice[2] ?? '').split('|').map((option) => option.split(' // ').map((value) => value.trim()));
    story.choices.push({ names: (choice[1] ?? '').split(', '), options });
  }
  if (line.startsWith('subject: ')) story.subject = line.slice(9);
  return choice !== null || line.startsWith('subject: ');
}

type TextBeat = Beat & { text: string };

function readText(line: string, files: StoryFile[]): TextBeat | undefined {
  const [, mark = '', text = ''] = /^(>>|>|<<|<o|<|!|~|%\w+) (.*)$/.exec(line) ?? [];
  switch (mark) {
    case '>': case '>>': return { do: 'write', text, files, quick: mark === '>>' };
    case '<': case '<<': return { do: 'reply', text, files, quick: mark === '<<' };
    case '<o': return { do: 'outside', text };
    case '!': return { do: 'note', text };
    case '~': return { do: 'edit', text };
    case '': return undefined;
    default: return { do: 'write', text, files, quick: true, auto: mark.slice(1) };
  }
}

const unitMinutes: Record<string, number> = { m: 1, h: 60, d: 1_440 };

function readAction(line: string): Beat | undefined {
  const wait = /^\+ (\d+)([mhd])$/.exec(line);
  if (wait !== null) return { do: 'wait', minutes: Number(wait[1]) * (unitMinutes[wait[2] ?? 'm'] ?? 1) };
  const [, name = '', rest = ''] = /^@(\w+) ?(.*)$/.exec(line) ?? [];
  switch (name) {
    case 'tag': return { do: 'tag', tags: rest.split(' ') };
    case 'priority': return { do: 'priority', priority: rest as 'high' };
    case 'team': return { do: 'team', team: rest as StoryTeam };
    case 'snooze': return { do: 'snooze', days: Number.parseFloat(rest) };
    case 'pending': case 'resolved': case 'spam': return { do: 'status', status: name };
    case 'draft': return { do: 'draft', text: rest };
    case 'bounce': return { do: 'bounce', text: rest };
    case 'noanswer': return { do: 'no_answer', reason: rest };
    case 'switch': case 'also': return { do: 'switch', to: rest as StoryChannel, closes: name === 'switch' };
    case 'accept': return { do: 'accept' };
    case 'unsend': return { do: 'delete' };
    case 'react': return { do: 'react', emoji: rest };
    case 'join': return { do: 'join', reason: rest };
    case '': return undefined;
    default: throw new AppError('bug', `a story says what nobody understands: ${line}`);
  }
}

function trimTexts(story: Story): void {
  for (const beat of story.beats) {
    if ('text' in beat) beat.text = beat.text.trim();
  }
}
