import { textFromHtml } from '../html.js';
import { decodeBytes, decodeHtml } from './charset.js';
import { unflow } from './flowed.js';
import type { Leaf, MimeTree } from './leaves.js';

/** One stretch of the body: the same content as plain text, as HTML, or as both. */
interface Segment {
  plain?: string;
  html?: string;
}

export interface Body {
  text: string;
  html?: string;
  /** Every part that is no body, in order; `related` ones belong into the HTML. */
  files: { leaf: Leaf; related: boolean }[];
}

/** Chooses what is body and what is a file. Plain text wins over HTML where it says the same. */
export function readBody(tree: MimeTree): Body {
  const files: Body['files'] = [];
  const segments = segmentsOf(tree, { files, related: false });
  const text = segments.map(textOf).filter((each) => each.trim() !== '').join('\n\n');
  const html = segments.some((each) => each.html !== undefined) ? segments.map(htmlOf).join('\n<hr>\n') : undefined;
  return { text, files, ...(html === undefined ? {} : { html }) };
}

interface Walk {
  files: Body['files'];
  related: boolean;
}

function segmentsOf(node: MimeTree, walk: Walk): Segment[] {
  if (node.leaf !== undefined) {
    const segment = isBodyText(node.leaf) ? segmentOf(node.leaf) : undefined;
    if (segment === undefined) walk.files.push({ leaf: node.leaf, related: walk.related });
    return segment === undefined ? [] : [segment];
  }
  if (node.type === 'multipart/alternative') return [alternative(node, walk)];
  if (node.type === 'multipart/related') {
    return node.children.flatMap((child, index) => segmentsOf(child, index === 0 ? walk : { ...walk, related: true }));
  }
  return node.children.flatMap((child) => segmentsOf(child, walk));
}

function alternative(node: MimeTree, walk: Walk): Segment {
  const versions = node.children.flatMap((child) => segmentsOf(child, walk));
  const plain = versions.map((each) => each.plain).filter((each) => each !== undefined);
  const html = versions.map((each) => each.html).filter((each) => each !== undefined);
  return { ...(plain.length > 0 ? { plain: plain.join('\n\n') } : {}), ...(html.length > 0 ? { html: html.join('\n') } : {}) };
}

function isBodyText(leaf: Leaf): boolean {
  if (leaf.type !== 'text/plain' && leaf.type !== 'text/html') return false;
  return leaf.disposition !== 'attachment' && leaf.filename === undefined;
}

function segmentOf(leaf: Leaf): Segment {
  const charset = leaf.params['charset'];
  if (leaf.type === 'text/html') return { html: decodeHtml(leaf.bytes, charset) };
  const text = decodeBytes(leaf.bytes, charset);
  const isFlowed = leaf.params['format']?.toLowerCase() === 'flowed';
  return { plain: isFlowed ? unflow(text, leaf.params['delsp']?.toLowerCase() === 'yes') : text };
}

function textOf(segment: Segment): string {
  if (segment.html === undefined) return segment.plain ?? '';
  if (segment.plain === undefined || isStandIn(segment.plain)) {
    const fromHtml = textFromHtml(segment.html);
    return fromHtml.trim() === '' ? segment.plain ?? '' : fromHtml;
  }
  return segment.plain;
}

/** Plain parts that only say that there is HTML. */
function isStandIn(plain: string): boolean {
  const text = plain.trim();
  return text.length < 4 || (text.length < 300 && /\bhtml\b/i.test(text) && /(view|read|display|anzeigen|lesen|ver|afficher|lire|mail client|e-?mail-?programm)/i.test(text) && !text.includes('\n\n'));
}

function htmlOf(segment: Segment): string {
  if (segment.html !== undefined) return segment.html;
  const escaped = (segment.plain ?? '').replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  return `<div style="white-space:pre-wrap">${escaped}</div>`;
}
