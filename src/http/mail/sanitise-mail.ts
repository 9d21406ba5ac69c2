import sanitizeHtml, { type Attributes, type IOptions, type Tag } from 'sanitize-html';
import { AppError } from '../../errors.js';
import { safeStyle } from './safe-style.js';
import { whyTangled } from './why-tangled.js';

export interface MailHtmlOptions {
  /** Pictures from other hosts: `blocked` until the agent asks for them. */
  remoteImages: 'blocked' | 'shown';
  /** Pictures that came with the mail: Content-ID (without angle brackets) → where they are. */
  images: ReadonlyMap<string, string>;
}

export interface SanitisedMail {
  /** Put this into a page as it is: no string edit may come after. */
  html: string;
  /** Pictures that were left out because they would be fetched from another host. */
  remoteImages: number;
}

const tags = [
  'a', 'abbr', 'address', 'article', 'aside', 'b', 'bdi', 'bdo', 'big', 'blockquote', 'br', 'caption', 'center', 'cite', 'code', 'col', 'colgroup', 'dd', 'del', 'details', 'dfn',
  'div', 'dl', 'dt', 'em', 'figcaption', 'figure', 'font', 'footer', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'header', 'hr', 'i', 'img', 'ins', 'kbd', 'li', 'main', 'mark', 'ol', 'p',
  'pre', 'q', 's', 'samp', 'section', 'small', 'span', 'strike', 'strong', 'sub', 'summary', 'sup', 'table', 'tbody', 'td', 'tfoot', 'th', 'thead', 'tr', 'tt', 'u', 'ul', 'var', 'wbr',
];
const cell = ['align', 'valign', 'width', 'height', 'bgcolor', 'colspan', 'rowspan', 'nowrap'];
const attributes: Record<string, string[]> = {
  '*': ['style', 'dir', 'lang', 'title', 'align'],
  a: ['href', 'target', 'rel'],
  img: ['src', 'alt', 'width', 'height', 'border', 'referrerpolicy'],
  table: ['width', 'height', 'border', 'cellpadding', 'cellspacing', 'bgcolor'],
  td: cell, th: cell, tr: cell,
  col: ['width', 'span'], colgroup: ['width', 'span'],
  font: ['color', 'face', 'size'],
  ol: ['start', 'type', 'reversed'], ul: ['type'], li: ['value'],
};
/** Their text is no text: it would be shown as letters, or read differently by a browser than by us. */
const swallowed = [
  'script', 'style', 'textarea', 'option', 'select', 'title', 'noscript', 'noembed', 'noframes', 'iframe', 'frameset', 'xmp', 'plaintext', 'listing', 'svg', 'math', 'template',
  'object', 'applet', 'embed', 'audio', 'video', 'canvas', 'map', 'button', 'datalist',
];
const picture = /^data:image\/(?:png|jpeg|jpg|gif|webp);base64,[a-z0-9+/=\s]+$/i;
const link = /^(?:https?:\/\/|mailto:|tel:)/i;

/**
 * What of a mail's HTML may reach an agent's browser: text, tables, colours, links, pictures that came with the mail.
 * A closed list of tags, attributes and properties; nothing in it can run, submit or fetch. The last step before the
 * frame: what it returns is shown unchanged, and it leaves its own output as it is. Throws `too_large` for a mail that
 * is made to keep us busy: ask `whyTangled` first, and show its text then.
 */
export function sanitiseMail(html: string, options: MailHtmlOptions): SanitisedMail {
  const tangled = whyTangled(html);
  if (tangled !== undefined) throw new AppError('too_large', tangled);
  let remoteImages = 0;
  const own = new Set(options.images.values());
  const image = (tagName: string, given: Attributes): Tag => {
    const source = sourceOf(given['src'], options, own);
    if (source.remote) remoteImages += 1;
    const { src: _src, referrerpolicy: _policy, ...rest } = given;
    return { tagName, attribs: { ...rest, ...(source.url !== undefined && { src: source.url, referrerpolicy: 'no-referrer' }) } };
  };
  const settings: IOptions = {
    allowedTags: tags,
    allowedAttributes: attributes,
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowedSchemesByTag: { img: ['http', 'https', 'data'] },
    allowProtocolRelative: false,
    disallowedTagsMode: 'discard',
    nonTextTags: swallowed,
    nestingLimit: 200,
    parseStyleAttributes: false,
    transformTags: { '*': styled, a: anchor, img: image },
  };
  return { html: sanitizeHtml(html, settings), remoteImages };
}

function styled(tagName: string, given: Attributes): Tag {
  if (given['style'] === undefined) return { tagName, attribs: given };
  const { style, ...rest } = given;
  const kept = safeStyle(style);
  return { tagName, attribs: kept === '' ? rest : { ...rest, style: kept } };
}

function anchor(tagName: string, given: Attributes): Tag {
  const { href, target: _target, rel: _rel, ...rest } = given;
  if (href === undefined || !link.test(href.trim())) return { tagName, attribs: rest };
  return { tagName, attribs: { ...rest, href: href.trim(), target: '_blank', rel: 'noopener noreferrer nofollow' } };
}

function sourceOf(src: string | undefined, options: MailHtmlOptions, own: ReadonlySet<string>): { url?: string; remote?: boolean } {
  const wanted = (src ?? '').trim();
  const contentId = /^cid:(.+)$/i.exec(wanted)?.[1];
  if (contentId !== undefined) {
    const url = options.images.get(decoded(contentId));
    return url === undefined ? {} : { url };
  }
  if (picture.test(wanted) || own.has(wanted)) return { url: wanted };
  if (!/^https?:\/\//i.test(wanted)) return {};
  return options.remoteImages === 'shown' ? { url: wanted } : { remote: true };
}

function decoded(contentId: string): string {
  try {
    return decodeURIComponent(contentId);
  } catch {
    return contentId;
  }
}
