/** Light marks: what an agent can write and a customer's formatting becomes. A part of Markdown that no one needs to learn. */
export type Mark =
  | { type: 'text'; text: string }
  | { type: 'bold' | 'italic' | 'strike'; children: Mark[] }
  | { type: 'code' | 'block'; text: string }
  | { type: 'link'; text: string; url: string };

/** How a channel writes each mark; what it is given is written already, but for `text`, `code` and `block`, which are plain. */
export interface MarkStyle {
  text(text: string): string;
  bold(inner: string): string;
  italic(inner: string): string;
  strike(inner: string): string;
  code(text: string): string;
  block(text: string): string;
  link(text: string, url: string): string;
}

const depthMax = 6;
const special = /[*_~`[\\]/u;
/** A mark opens before and closes behind something that is no space, and not inside a word: 2 * 3 * 4 and snake_case stay. */
const pairs = [
  { open: '**', type: 'bold' }, { open: '~~', type: 'strike' }, { open: '*', type: 'italic' }, { open: '_', type: 'italic' },
] as const;

/** Reads light marks. Whatever is not a whole mark is text; never fails. Linear for text without marks. Pure. */
export function parseMarks(text: string): Mark[] {
  return read(text, 0);
}

function read(text: string, depth: number): Mark[] {
  const marks: Mark[] = [];
  let plain = '';
  let at = 0;
  const misses = new Set<string>();
  while (at < text.length) {
    const next = text.slice(at).search(special);
    if (next === -1) break;
    plain += text.slice(at, at + next);
    at += next;
    const found = depth < depthMax ? markAt(text, at, { depth, misses }) : undefined;
    if (found === undefined) {
      const escaped = text[at] === '\\' && /[*_~`[\]\\]/u.test(text[at + 1] ?? '');
      plain += escaped ? text[at + 1] ?? '' : text[at] ?? '';
      at += escaped ? 2 : 1;
      continue;
    }
    if (plain !== '') marks.push({ type: 'text', text: plain });
    plain = '';
    marks.push(found.mark);
    at = found.end;
  }
  plain += text.slice(at);
  if (plain !== '') marks.push({ type: 'text', text: plain });
  return marks;
}

interface Found {
  mark: Mark;
  end: number;
}

/** `misses`: closing signs that are not to be found any more, so that a text of nothing but signs is read once. */
function markAt(text: string, at: number, state: { depth: number; misses: Set<string> }): Found | undefined {
  if (text.startsWith('```', at)) return blockAt(text, at, state.misses);
  if (text[at] === '`') return codeAt(text, at, state.misses);
  if (text[at] === '[') return linkAt(text, at);
  for (const { open, type } of pairs) {
    if (!text.startsWith(open, at)) continue;
    const end = closing(text, at, open, state.misses);
    if (end !== undefined) return { mark: { type, children: read(text.slice(at + open.length, end), state.depth + 1) }, end: end + open.length };
  }
  return undefined;
}

function blockAt(text: string, at: number, misses: Set<string>): Found | undefined {
  const end = misses.has('```') ? -1 : text.indexOf('```', at + 3);
  if (end === -1) misses.add('```');
  if (end <= at + 3) return undefined;
  const inner = text.slice(at + 3, end).replace(/^(?:[\w+-]{1,20}\n|\n)/u, '').replace(/\n$/u, '');
  return inner === '' ? undefined : { mark: { type: 'block', text: inner }, end: end + 3 };
}

function codeAt(text: string, at: number, misses: Set<string>): Found | undefined {
  const end = misses.has('`') ? -1 : text.indexOf('`', at + 1);
  if (end === -1) misses.add('`');
  const inner = end === -1 ? '' : text.slice(at + 1, end);
  return inner === '' || inner.includes('\n') ? undefined : { mark: { type: 'code', text: inner }, end: end + 1 };
}

const linkPattern = /\[([^[\]\n]{1,500})\]\((https?:\/\/[^\s()<>]{1,2000}|mailto:[^\s()<>]{1,300})\)/uy;

function linkAt(text: string, at: number): Found | undefined {
  linkPattern.lastIndex = at;
  const match = linkPattern.exec(text);
  if (match === null) return undefined;
  return { mark: { type: 'link', text: match[1] ?? '', url: match[2] ?? '' }, end: at + match[0].length };
}

function closing(text: string, at: number, sign: string, misses: Set<string>): number | undefined {
  const before = text[at - 1] ?? ' ';
  const first = text[at + sign.length] ?? ' ';
  if (misses.has(sign) || /[\p{L}\p{N}]/u.test(before) || /\s/u.test(first) || first === sign[0]) return undefined;
  for (let end = text.indexOf(sign, at + sign.length + 1); end !== -1; end = text.indexOf(sign, end + 1)) {
    const last = text[end - 1] ?? ' ';
    const after = text[end + sign.length] ?? ' ';
    if (text.slice(at, end).includes('\n\n')) return undefined;
    if (!/\s/u.test(last) && last !== '\\' && !/[\p{L}\p{N}]/u.test(after) && (sign.length === 2 || (after !== sign && last !== sign))) return end;
  }
  misses.add(sign);
  return undefined;
}

/** Writes marks in a channel's own way. Pure. */
export function writeMarks(marks: readonly Mark[], style: MarkStyle): string {
  return marks.map((mark) => {
    switch (mark.type) {
      case 'text': return style.text(mark.text);
      case 'code': case 'block': return style[mark.type](mark.text);
      case 'link': return style.link(mark.text, mark.url);
      default: return style[mark.type](writeMarks(mark.children, style));
    }
  }).join('');
}

const same = (text: string): string => text;
const plain: MarkStyle = { text: same, bold: same, italic: same, strike: same, code: same, block: same, link: (text, url) => (text === url ? url : `${text} (${url})`) };

/** For channels without formatting: the words, and links as "text (address)". */
export function plainMarks(marks: readonly Mark[]): string {
  return writeMarks(marks, plain);
}

/** Text that is to be read as it stands: signs that would open or close a mark get a backslash. */
export function escapeMarks(text: string): string {
  return text.replace(/\\(?=[*_~`[\]\\])|(?<![\p{L}\p{N}])(?:\*\*|~~|[*_])(?=\S)|`|\[(?=[^[\]\n]*\]\()/gu, (sign) => [...sign].map((one) => `\\${one}`).join(''));
}
