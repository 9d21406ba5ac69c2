import { escapeMarks, type MarkStyle } from '../lib/marks.js';

/** Message Styling (XEP-0393): what other clients show as formatting, and people type without knowing it. */
export const stylingOut: MarkStyle = {
  text: (text) => text,
  bold: (inner) => `*${inner}*`,
  italic: (inner) => `_${inner}_`,
  strike: (inner) => `~${inner}~`,
  code: (text) => `\`${text}\``,
  block: (text) => `\n\`\`\`\n${text}\n\`\`\`\n`,
  link: (text, url) => (text === url ? url : `${text} (${url})`),
};

const signs = { '*': '**', _: '*', '~': '~~' } as const;
const span = /(?<=^|[\s*_~([{"'])([*_~`])(?=\S)((?:(?!\1).){1,2000}?)(?<=\S)\1(?![\p{L}\p{N}])/u;

/** A styled text in our light marks; everything else in it stays what it says. */
export function stylingToMarks(text: string): string {
  if (!/[*_~`[\\]/u.test(text)) return text;
  const pieces = text.split(/^```[^\n]*\n([\s\S]*?)\n```$/mu);
  return pieces.map((piece, at) => (at % 2 === 1 ? `\`\`\`\n${piece}\n\`\`\`` : piece.split('\n').map((line) => styledLine(line, 0)).join('\n'))).join('');
}

function styledLine(line: string, depth: number): string {
  const match = depth < 5 ? span.exec(line) : null;
  if (match === null) return escapeMarks(line);
  const [whole, sign = '', content = ''] = match;
  const written = sign === '`' ? `\`${content}\`` : wrapped(content, signs[sign as keyof typeof signs], depth);
  return `${escapeMarks(line.slice(0, match.index))}${written}${styledLine(line.slice(match.index + whole.length), depth)}`;
}

function wrapped(content: string, sign: string, depth: number): string {
  return `${sign}${styledLine(content, depth + 1)}${sign}`;
}
