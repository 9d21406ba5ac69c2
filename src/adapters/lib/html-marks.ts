import { Parser } from 'htmlparser2';
import { escapeMarks } from './marks.js';

/** What a link in somebody's HTML is to become; `undefined`: an ordinary link. */
export type LinkReader = (link: { href: string; text: string; classes: readonly string[] }) => string | undefined;

const signs: Readonly<Record<string, string>> = { b: '**', strong: '**', i: '*', em: '*', del: '~~', s: '~~', strike: '~~', code: '`' };
const blocks = new Set(['p', 'div', 'ul', 'ol', 'blockquote', 'pre', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'table', 'tr', 'section', 'article', 'figure']);
const dropped = new Set(['script', 'style', 'head', 'template', 'iframe', 'object']);
const depthMax = 60;
/** No post is longer; what is, is read up to here. */
const lengthMax = 200_000;

interface Frame {
  name: string;
  text: string;
  href?: string;
  classes: readonly string[];
  /** Nothing of it is shown: scripts, and what a server marks as invisible in a shortened link. */
  hidden: boolean;
}

/** A post's HTML as text with light marks (`marks.ts`). Unknown elements are their words; nothing in it is fetched or run. Pure; never fails. */
export function htmlToMarks(html: string, readLink?: LinkReader): string {
  if (!html.includes('<') && !html.includes('&')) return escapeMarks(html).trim();
  const stack: Frame[] = [frameOf('', {}, false)];
  const top = (): Frame => stack[stack.length - 1] ?? frameOf('', {}, false);
  const close = (): void => {
    const done = stack.pop();
    if (done !== undefined && !done.hidden) top().text += written(done, stack, readLink);
  };
  const parser = new Parser({
    onopentag: (name, attributes) => {
      if (name === 'br') top().text += '\n';
      else if (name === 'img') top().text += escapeMarks(attributes['alt'] ?? '');
      else if (stack.length <= depthMax) stack.push(frameOf(name, attributes, top().hidden));
    },
    ontext: (text) => {
      const verbatim = stack.some(({ name }) => name === 'code' || name === 'pre');
      const here = top();
      const words = verbatim || !here.text.endsWith('\n') ? text : text.trimStart();
      here.text += verbatim ? text : escaped(/[\s\u00a0]{2}|[\n\t\r]/u.test(words) ? words.replace(/\s+/gu, ' ') : words);
    },
    onclosetag: (name) => {
      const at = stack.findLastIndex((frame) => frame.name === name);
      if (at <= 0) return;
      while (stack.length > at) close();
    },
  }, { decodeEntities: true });
  parser.end(html.slice(0, lengthMax));
  while (stack.length > 1) close();
  return top().text.replace(/[ \t]+\n/gu, '\n').replace(/\n{3,}/gu, '\n\n').trim();
}

/** Most words hold no sign at all. */
function escaped(text: string): string {
  return /[*_~`[\\]/u.test(text) ? escapeMarks(text) : text;
}

function frameOf(name: string, attributes: Record<string, string>, within: boolean): Frame {
  const classes = (attributes['class'] ?? '').split(/\s+/u).filter((one) => one !== '');
  return { name, text: '', classes, hidden: within || dropped.has(name), ...(attributes['href'] === undefined ? {} : { href: attributes['href'] }) };
}

function written(frame: Frame, parents: readonly Frame[], readLink: LinkReader | undefined): string {
  const { name, text } = frame;
  if (name === 'a') return link(frame, readLink);
  if (name === 'pre') return `\n\n\`\`\`\n${text.replaceAll('```', "'''").trim()}\n\`\`\`\n\n`;
  if (name === 'code' && parents.some((parent) => parent.name === 'pre')) return text;
  if (name === 'li') return `\n- ${text.trim()}`;
  if (name === 'blockquote') return `\n\n${text.trim().split('\n').map((line) => `> ${line}`).join('\n')}\n\n`;
  if (blocks.has(name)) return `\n\n${text.trim()}\n\n`;
  return marked(text, signs[name]);
}

/** A mark stands close to its words: the spaces that somebody made bold stay outside. */
function marked(text: string, sign: string | undefined): string {
  const inner = text.trim();
  if (sign === undefined || inner === '' || inner.includes('\n\n')) return text;
  const start = text.indexOf(inner);
  return `${text.slice(0, start)}${sign}${inner}${sign}${text.slice(start + inner.length)}`;
}

function link(frame: Frame, readLink: LinkReader | undefined): string {
  const href = frame.href ?? '';
  const text = frame.text.trim();
  const own = readLink?.({ href, text, classes: frame.classes });
  if (own !== undefined) return own;
  if (!/^(?:https?:\/\/|mailto:)[^\s()<>]+$/iu.test(href)) return frame.text;
  const bare = text.replaceAll('\\', '').replace(/…$/u, '');
  return bare === '' || href.includes(bare) ? href : `[${text}](${href})`;
}
