import type { Brief, BriefLine } from '../inbox/model/brief.js';
import { beforeLines } from './brief/before-lines.js';
import { briefTexts } from './brief/brief-texts.js';
import { feelsLine } from './brief/feels-line.js';
import { openLines } from './brief/open-lines.js';
import { promisesOf } from './brief/promises.js';
import { openDesk, type BriefInput } from './brief/story.js';
import { wantsLine } from './brief/wants-line.js';
import { whoLine } from './brief/who-line.js';

const mostLines = 6;

/**
 * What whoever answers should know within five seconds: who this is, what they want, what was before, how they feel, what
 * is open. At most six lines of 140 characters. Pure, by rules, extractive: what stands between “ ” stands word by word in
 * the message cited. Parts are read one after the other with a space between, except before a mark (, : ;).
 */
export function briefForAgent(input: BriefInput): Brief {
  const desk = openDesk(input, briefTexts[input.language ?? 'en']);
  const promises = promisesOf(desk);
  const wants = [wantsLine(desk)].filter(isLine);
  const feels = [feelsLine(desk)].filter(isLine);
  const open = openLines(desk, promises, 2);
  const before = beforeLines(desk, promises, Math.min(2, mostLines - 1 - wants.length - feels.length - open.length));
  const lines = [whoLine(desk), ...wants, ...before, ...feels, ...open];
  const newest = desk.current.messages.at(-1);
  return { lines, ...(newest === undefined ? {} : { upToMessageId: newest._id }) };
}

function isLine(line: BriefLine | undefined): line is BriefLine {
  return line !== undefined;
}
