import { escapeMarks, type MarkStyle } from '../lib/marks.js';

/** mIRC's codes (https://modern.ircdocs.horse/formatting): each one switches, and the end of the line ends them all. */
const code = { bold: '\u0002', italic: '\u001d', strike: '\u001e', mono: '\u0011' } as const;

export const formattingOut: MarkStyle = {
  text: (text) => text,
  bold: (inner) => `${code.bold}${inner}${code.bold}`,
  italic: (inner) => `${code.italic}${inner}${code.italic}`,
  strike: (inner) => `${code.strike}${inner}${code.strike}`,
  code: (text) => `${code.mono}${text}${code.mono}`,
  block: (text) => text.split('\n').map((line) => (line === '' ? '' : `${code.mono}${line}${code.mono}`)).join('\n'),
  link: (text, url) => (text === url ? url : `${text} (${url})`),
};

const switches: Record<string, string> = { [code.bold]: '**', [code.italic]: '*', [code.strike]: '~~', [code.mono]: '`' };
const codes = /(\u0002|\u001d|\u001e|\u0011|\u000f|\u0016|\u001f|\u0003(?:\d{1,2}(?:,\d{1,2})?)?|\u0004(?:[0-9A-Fa-f]{6}(?:,[0-9A-Fa-f]{6})?)?)/u;

/** A line with mIRC's codes in our light marks; colours, underlining and reversing are dropped. */
export function formattingToMarks(line: string): string {
  if (!codes.test(line)) return escapeMarks(clean(line));
  const runs: { marks: string[]; text: string }[] = [];
  let on: string[] = [];
  for (const piece of line.split(new RegExp(codes, 'gu'))) {
    const mark = switches[piece];
    if (mark !== undefined) on = on.includes(mark) ? on.filter((each) => each !== mark) : [...on, mark];
    else if (piece === '\u000f') on = [];
    else if (!codes.test(piece) && clean(piece) !== '') runs.push({ marks: on, text: clean(piece) });
  }
  return runs.map(written).join('');
}

/** Marks stand at words: spaces at the edge of a run stay outside. */
function written(run: { marks: string[]; text: string }): string {
  const [, before = '', inner = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/u.exec(run.text) ?? [];
  if (inner === '') return before + after;
  const isCode = run.marks.includes('`');
  const open = run.marks.filter((mark) => !isCode || mark !== '`');
  return `${before}${open.join('')}${isCode ? `\`${inner}\`` : escapeMarks(inner)}${open.toReversed().join('')}${after}`;
}

function clean(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/gu, '');
}
