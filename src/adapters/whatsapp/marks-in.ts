import { escapeMarks } from '../lib/marks.js';

const depthMax = 4;
const signs = /[*_~`[\\]/u;
/** WhatsApp's own marks: they open before and close behind something that is no space, on one line, and not inside a word. */
const pattern = /```([\s\S]+?)```|`([^`\n]+)`|(?<![\p{L}\p{N}])(?:\*(?!\s)([^*\n]+)(?<!\s)\*|_(?!\s)([^_\n]+)(?<!\s)_|~(?!\s)([^~\n]+)(?<!\s)~)(?![\p{L}\p{N}])/gu;

/** A text in WhatsApp's formatting as our light marks. What means something only to us is escaped. Pure. */
export function fromWhatsApp(text: string): string {
  return signs.test(text) ? convert(text, 0) : text;
}

function convert(text: string, depth: number): string {
  let out = '';
  let at = 0;
  for (const match of text.matchAll(pattern)) {
    out += escapeMarks(text.slice(at, match.index)) + marked(match, depth);
    at = match.index + match[0].length;
  }
  return out + escapeMarks(text.slice(at));
}

function marked(match: RegExpMatchArray, depth: number): string {
  const [, block, code, bold, italic, strike] = match;
  if (block !== undefined) return `\`\`\`${block}\`\`\``;
  if (code !== undefined) return `\`${code}\``;
  const inner = bold ?? italic ?? strike ?? '';
  const content = depth < depthMax ? convert(inner, depth + 1) : escapeMarks(inner);
  if (bold !== undefined) return `**${content}**`;
  return italic === undefined ? `~~${content}~~` : `_${content}_`;
}
