import type { RemoteFile } from '../../inbox/model/event.js';

export interface ReadPost {
  text: string;
  quoted?: string;
  files: RemoteFile[];
}

const code = /(```[\s\S]*?(?:```|$)|`[^`\n]+`)/;
const quoteOpens = /\[quote(?:="?([^\]"\n]{0,200})"?)?\]/g;
const quoteCloses = '[/quote]';
const picture = /!\[([^\]\n]{0,300})\]\(upload:\/\/([\w.-]{1,200})[^)\n]{0,200}\)/g;
const attachment = /\[([^\]\n|]{1,300})\|attachment\]\(upload:\/\/([\w.-]{1,200})\)(?: \([\d.,]+ ?[KMG]?B\))?/g;

/**
 * A post's Markdown as light marks, which are a part of it; quotes and uploads apart, code left alone. Of what a
 * backslash escapes, our marks know only some signs: the others lose theirs. Pure.
 */
export function readMarkdown(raw: string): ReadPost {
  if (!/[[`_\\@!]/.test(raw)) return { text: raw.trim(), files: [] };
  const files: RemoteFile[] = [];
  const { rest, quotes } = withoutQuotes(raw);
  const pieces = rest.split(code).map((piece, index) => (index % 2 === 1 ? piece : readPiece(piece, files)));
  const text = pieces.join('').replace(/\n{3,}/g, '\n\n').trim();
  return { text, files, ...(quotes.length === 0 ? {} : { quoted: quotes.join('\n\n') }) };
}

/** One pass over the text: a quote that is not closed is text, one within another belongs to it. */
function withoutQuotes(raw: string): { rest: string; quotes: string[] } {
  const quotes: string[] = [];
  let rest = '';
  let at = 0;
  for (const open of raw.matchAll(quoteOpens)) {
    if (open.index < at) continue;
    const end = raw.indexOf(quoteCloses, open.index);
    if (end === -1) break;
    const name = open[1]?.split(',')[0]?.trim() ?? '';
    quotes.push(`${name === '' ? '' : `${name}: `}${raw.slice(open.index + open[0].length, end).replace(quoteOpens, '').trim()}`);
    rest += raw.slice(at, open.index);
    at = end + quoteCloses.length;
    while (raw.startsWith(quoteCloses, at)) at += quoteCloses.length;
  }
  return { rest: rest + raw.slice(at), quotes };
}

function readPiece(piece: string, files: RemoteFile[]): string {
  const keep = (name: string, upload: string): string => {
    files.push({ name: nameOf(name, upload), source: { upload } });
    return '';
  };
  return piece
    .replace(picture, (_all, label: string, upload: string) => keep(label, upload))
    .replace(attachment, (_all, label: string, upload: string) => keep(label, upload))
    .replace(/(?<![\w_])__(?=\S)([^_\n]{1,2000}?)(?<=\S)__(?![\w_])/g, '**$1**')
    .replace(/\\([!-/:-@[-`{-~])/g, (escaped, sign: string) => ('*_~`[]\\'.includes(sign) ? escaped : sign))
    .replace(/@\u200B/g, '@');
}

/** Discourse writes the size behind the name of a picture, and may leave the ending out. */
function nameOf(label: string, upload: string): string {
  const name = label.split('|')[0]?.trim() ?? '';
  if (name === '') return upload;
  const ending = /\.\w{1,8}$/.exec(upload)?.[0] ?? '';
  return /\.\w{1,8}$/.test(name) ? name : `${name}${ending}`;
}
