import { Parser } from 'htmlparser2';
import { limits } from './limits.js';

/** Begin and end on a line of their own. */
const blocks = new Set(
  'address article aside blockquote body center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section table tbody td tfoot th thead tr ul'.split(' '),
);
/** With an empty line around them. */
const spaced = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'pre', 'table', 'dl']);
const cells = new Set(['td', 'th']);
const silent = new Set(['head', 'style', 'script', 'title', 'template', 'noscript', 'svg', 'math', 'object', 'select', 'textarea']);
const empty = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'param', 'source', 'track', 'wbr']);

/**
 * What a person would read in an HTML mail, as plain text: blocks become lines, quoted blocks get `> `, links keep their
 * target. For showing as text and for searching; it is no sanitiser.
 */
export function textFromHtml(html: string): string {
  const given = html.slice(0, limits.htmlChars);
  try {
    return pageText(given);
  } catch (error) {
    if (error instanceof TooDeep) return withoutTags(given);
    throw error;
  }
}

/** No person nests like that, and the parser's time grows with the square of the depth. */
const deepest = 3_000;

class TooDeep extends Error {}

function withoutTags(html: string): string {
  let text = '';
  for (let at = 0; at < html.length; ) {
    const open = html.indexOf('<', at);
    const close = open === -1 ? -1 : html.indexOf('>', open);
    text += `${html.slice(at, open === -1 ? html.length : open)} `;
    if (close === -1) break;
    at = close + 1;
  }
  return text.replace(/[ \t\r\n\f]+/g, ' ').trim();
}

function pageText(html: string): string {
  const page = new TextPage();
  const open: { hidden: boolean; quote: boolean; tight: boolean; href?: string; start: number }[] = [];
  let hidden = 0;
  let pre = 0;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (open.length > deepest) throw new TooDeep();
        const hides = silent.has(name) || /display\s*:\s*none|mso-hide\s*:\s*all/i.test((attributes['style'] ?? '').slice(0, 2_000));
        const isQuote = name === 'blockquote' && quotes(attributes);
        if (!empty.has(name)) open.push({ hidden: hides, quote: isQuote, tight: isTight(attributes), start: page.length, ...(name === 'a' ? { href: attributes['href'] ?? '' } : {}) });
        if (hides && !empty.has(name)) hidden += 1;
        if (hidden > 0) return;
        if (name === 'pre') pre += 1;
        page.open(name, { isQuote, isTight: name === 'p' && isTight(attributes) });
        if (name === 'img') page.text(pictureText(attributes['alt']), false);
      },
      ontext(text) {
        if (hidden === 0) page.text(text, pre > 0);
      },
      onclosetag(name) {
        const entry = empty.has(name) ? undefined : open.pop();
        if (entry === undefined) return;
        if (entry.hidden) hidden -= 1;
        if (hidden > 0 || entry.hidden) return;
        if (name === 'pre') pre -= 1;
        if (entry.href !== undefined) page.link(entry.href, entry.start);
        page.close(name, { isQuote: entry.quote, isTight: entry.tight });
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  parser.end(html);
  return page.toString();
}

/** An indented paragraph of Outlook is a blockquote too; those say that they have no border. */
function quotes(attributes: Record<string, string>): boolean {
  const style = attributes['style'] ?? '';
  return attributes['type'] === 'cite' || /quote|cite/i.test(attributes['class'] ?? '') || !/border\s*:\s*(none|0)|margin\s*:\s*0(px)?\s+0(px)?\s+0(px)?\s+\d/i.test(style.slice(0, 500));
}

/** Paragraphs without room between them: Word writes every line as one. */
function isTight(attributes: Record<string, string>): boolean {
  return /\bMso(Normal|ListParagraph|PlainText)/.test(attributes['class'] ?? '') || /margin\s*:\s*0(px|cm|in|pt)?\s*(;|$)/i.test((attributes['style'] ?? '').slice(0, 500));
}

function pictureText(alt: string | undefined): string {
  const text = (alt ?? '').trim();
  return text === '' || text.length > 200 ? '' : `[${text}]`;
}

/** Collects lines; knows the quote depth and where empty lines belong. */
class TextPage {
  readonly #lines: string[] = [];
  #line = '';
  #depth = 0;
  #gap = false;
  #pendingSpace = false;
  length = 0;

  open(name: string, how: { isQuote: boolean; isTight: boolean }): void {
    if (name === 'br') return this.#end();
    if (cells.has(name)) return this.#cell();
    if (blocks.has(name)) this.#break(spaced.has(name) && !how.isTight);
    if (how.isQuote) this.#depth += 1;
    if (name === 'hr') this.#push('________________________________');
    if (name === 'li') this.#line = '- ';
  }

  close(name: string, how: { isQuote: boolean; isTight: boolean }): void {
    if (cells.has(name)) return;
    if (blocks.has(name)) this.#break(spaced.has(name) && !how.isTight);
    if (how.isQuote) this.#depth -= 1;
  }

  text(text: string, asIs: boolean): void {
    if (asIs) {
      const parts = text.replace(/\u00a0/g, ' ').split('\n');
      parts.forEach((part, index) => {
        this.#add(part);
        if (index < parts.length - 1) this.#end();
      });
      return;
    }
    const flat = text.replace(/[ \t\r\n\f]+/g, ' ').replace(/[\u200b\u034f\u00ad\ufeff]/g, '');
    if (flat === '') return;
    const begins = flat.startsWith(' ');
    const body = begins ? flat.slice(1) : flat;
    if (begins) this.#pendingSpace = true;
    if (body === '') return;
    if (this.#pendingSpace && this.#line !== '' && !this.#line.endsWith(' ')) this.#line += ' ';
    this.#pendingSpace = body.endsWith(' ');
    this.#add(this.#pendingSpace ? body.slice(0, -1) : body);
  }

  link(href: string, start: number): void {
    const target = href.trim();
    const shown = this.#line;
    if (!/^https?:\/\//i.test(target) || target.length > 150 || this.length === start) return;
    if (shown.includes(target) || shown.includes(target.replace(/^https?:\/\/(www\.)?|\/$/g, ''))) return;
    this.#add(` (${target})`);
  }

  toString(): string {
    this.#break(false);
    return this.#lines.join('\n').replace(/\n{3,}/g, '\n\n').replace(/^\n+|\n+$/g, '');
  }

  #add(text: string): void {
    this.#line += text;
    this.length += text.length;
  }

  #cell(): void {
    if (this.#line !== '' && !this.#line.endsWith(' ')) this.#pendingSpace = true;
  }

  #break(withGap: boolean): void {
    // A line of nothing but a non-breaking space is an empty line that somebody wants.
    if (/[^ ]/.test(this.#line)) this.#end();
    else this.#line = '';
    this.#pendingSpace = false;
    if (withGap) this.#gap = true;
  }

  #end(): void {
    this.#push(this.#line);
    this.#line = '';
    this.#pendingSpace = false;
  }

  #push(line: string): void {
    const mark = this.#depth === 0 ? '' : `${'>'.repeat(Math.min(this.#depth, 20))} `;
    if (this.#gap && this.#lines.length > 0 && this.#lines.at(-1)?.replace(/^>+ ?/, '') !== '') this.#lines.push(mark.trimEnd());
    this.#gap = false;
    this.#lines.push((mark + line.replace(/\u00a0/g, ' ')).trimEnd());
  }
}
