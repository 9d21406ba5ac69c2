import type { Attachment } from '../../inbox/model/message.js';
import type { Outbound } from '../contract.js';
import { type MarkStyle, parseMarks, writeMarks } from '../lib/marks.js';
import { splitText } from '../lib/split-text.js';
import { asObject } from '../lib/read-json.js';
import { snowflake } from './ids.js';
import { filesPerMessage, requestFilesMax, textMax } from './limits.js';

/** One request of ours: the text in Discord's Markdown, and the files that go with it. */
export interface Part {
  content: string;
  files: Attachment[];
  /** The message that it answers, where readers need to be told. */
  answers?: string;
}

/** Pure. Text first, in as many parts as it needs; files with the last one, and in more where they are too many. */
export function render(outbound: Outbound): Part[] {
  const text = [outbound.text, ...(outbound.choices ?? []).map((choice) => `• ${choice}`)].join('\n').trim();
  const texts = inParts(text, textMax);
  const bundles = inBundles(outbound.attachments);
  const parts: Part[] = texts.map((content) => ({ content, files: [] }));
  for (const [index, files] of bundles.entries()) {
    const last = parts.at(-1);
    if (index === 0 && last !== undefined) last.files = files;
    else parts.push({ content: '', files });
  }
  const answers = answered(outbound);
  const first = parts[0];
  if (first !== undefined && answers !== undefined) first.answers = answers;
  return parts;
}

/** The text of one message, for a change of it; `undefined` when it does not fit into one. */
export function renderOne(text: string): string | undefined {
  const content = written(text.trim());
  return content.length === 0 || content.length > textMax ? undefined : content;
}

/** Signs that we escape count too, so a part that grew over the limit is cut smaller. */
function inParts(text: string, max: number): string[] {
  return splitText(text, max, 'utf16').flatMap((part) => {
    const content = written(part);
    return content.length <= textMax || max < 2 ? [content] : inParts(part, Math.floor(Math.min(max, part.length) / 2));
  });
}

function inBundles(files: readonly Attachment[]): Attachment[][] {
  const bundles: Attachment[][] = [];
  let size = 0;
  for (const file of files) {
    const bundle = bundles.at(-1);
    if (bundle === undefined || bundle.length === filesPerMessage || size + file.size > requestFilesMax) {
      bundles.push([file]);
      size = file.size;
    } else {
      bundle.push(file);
      size += file.size;
    }
  }
  return bundles;
}

/** In a channel many people write at once; between two, and in a thread, a reference would only be noise. */
function answered(outbound: Outbound): string | undefined {
  const handle = asObject(outbound.handle);
  if (handle === undefined || snowflake(handle['guild']) === undefined || handle['thread'] === true) return undefined;
  return snowflake(outbound.answers?.externalId);
}

function written(text: string): string {
  return writeMarks(parseMarks(text), style);
}

const style: MarkStyle = {
  text: escaped,
  bold: (inner) => `**${inner}**`,
  italic: (inner) => `*${inner}*`,
  strike: (inner) => `~~${inner}~~`,
  code: (text) => (text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``),
  block: (text) => `\`\`\`\n${text.replaceAll('```', "'''")}\n\`\`\``,
  // A bot's masked link is shown as a link only in some clients; the address is readable in all.
  link: (text, url) => (text === url ? url : `${text} (${url})`),
};

/** Addresses stay whole; elsewhere what Discord would read as formatting, a mention, an emoji, a heading or a quote gets a backslash. */
function escaped(text: string): string {
  return text.split(/(https?:\/\/[^\s<>]+)/gu).map((piece, index) => (index % 2 === 1 ? piece : escapedPiece(piece))).join('');
}

function escapedPiece(text: string): string {
  return text
    .replace(/\\|\*|`|~~|\|\||_|<(?=[@#:/]|a:|t:|id:)|\[(?=[^\]\n]*\]\()/gu, (sign) => [...sign].map((one) => `\\${one}`).join(''))
    .replace(/^(\s*)(>{1,3} |#{1,3} |-# )/gmu, (_whole, indent: string, sign: string) => `${indent}\\${sign}`);
}
