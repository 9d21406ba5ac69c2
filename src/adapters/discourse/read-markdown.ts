import type { RemoteFile } from '../../inbox/model/event.js';

export interface ReadPost {
  text: string;
  quoted?: string;
  files: RemoteFile[];
}

const code = /(```[\s\S]*?(?:```|$)|`[^`\n]+`)/;
const quote = /\[quote(?:="?([^\]"\n]{0,200})"?)?\]\s*([\s\S]*?)\s*\[\/quote\]/g;
const picture = /!\[([^\]\n]{0,300})\]\(upload:\/\/([\w.-]{1,200})[^)\n]{0,200}\)/g;
const attachment = /\[([^\]\n|]{1,300})\|attachment\]\(upload:\/\/([\w.-]{1,200})\)(?: \([\d.,]+ ?[KMG]?B\))?/g;

/**
 * A post's Markdown as light marks, which are a part of it; quotes and uploads apart, code left alone. Of what a
 * backslash escapes, our marks know only some signs: the others lose theirs. Pure.
 */
export function readMarkdown(raw: string): ReadPost {
  if (!/[[`_\\@!]/.test(raw)) return { text: raw.trim(), files: [] };
  const files: RemoteFile[] = [];
  const quotes: string[] = [];
  const pieces = raw.split(code).map((piece, index) => (index % 2 === 1 ? piece : readPiece(piece, files, quotes)));
  const text = pieces.join('').replace(/\n{3,}/g, '\n\n').trim();
  return { text, files, ...(quotes.length === 0 ? {} : { quoted: quotes.join('\n\n') }) };
}

function readPiece(piece: string, files: RemoteFile[], quotes: string[]): string {
  const keep = (name: string, upload: string): string => {
    files.push({ name: nameOf(name, upload), source: { upload } });
    return '';
  };
  return piece
    .replace(quote, (_all, by: string | undefined, words: string) => {
      const name = by?.split(',')[0]?.trim();
      quotes.push(`${name === undefined || name === '' ? '' : `${name}: `}${words}`);
      return '';
    })
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
