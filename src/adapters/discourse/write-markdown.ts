import { type MarkStyle, parseMarks, writeMarks } from '../lib/marks.js';

/** An address is left as it is: a backslash in it would break it. */
const address = /(https?:\/\/[^\s<>]+)/;
const gap = '\u200B';
/** Mark where a block begins and ends, until the lines around it are known. */
const [blockStart, blockEnd] = ['\uE000', '\uE001'];

/** Light marks as a post's Markdown; plain text reads as it stands, and calls nobody. Pure. */
export function writeMarkdown(text: string): string {
  const written = writeMarks(parseMarks(text.replace(/[\uE000\uE001]/g, '')), style);
  return written.replace(/\n?\uE000/g, '\n').replace(/\uE001\n?/g, '\n').trim();
}

const style: MarkStyle = {
  text: (text) => text.split(address).map((piece, index) => (index % 2 === 1 ? piece : escape(piece))).join(''),
  bold: (inner) => `**${inner}**`,
  italic: (inner) => `*${inner}*`,
  strike: (inner) => `~~${inner}~~`,
  code: (text) => (text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``),
  block: (text) => {
    const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map((run) => run[0].length + 1)));
    return `${blockStart}${fence}\n${text}\n${fence}${blockEnd}`;
  },
  link: (text, url) => `[${escape(text)}](${url})`,
};

/** Lists are meant when they are written; headings, rules, quotes, tags and names of people are not. */
function escape(text: string): string {
  return text
    .replace(/[\\`*_[\]<>]|~(?=~)|(?<=~)~|&(?=#?\w{1,31};)/g, '\\$&')
    .replace(/^( {0,3})(#{1,6}(?= )|-{3,}$|={3,}$)/gm, '$1\\$2')
    .replace(/^(?: {4,}|\t+)/gm, '   ')
    .replace(/(?<![\p{L}\p{N}_])@(?=[\p{L}\p{N}_])/gu, `@${gap}`);
}
