import { escapeMarks, type Mark, parseMarks } from '../lib/marks.js';
import { asList, asNumber, asText, field } from '../lib/read-json.js';
import { measure } from '../lib/measure.js';
import { splitText } from '../lib/split-text.js';

/** A link in a text, by UTF-8 bytes: the only way in which the network carries one. */
export interface Facet {
  index: { byteStart: number; byteEnd: number };
  features: { $type: 'app.bsky.richtext.facet#link'; uri: string }[];
}

export interface RichText {
  text: string;
  facets: Facet[];
}

interface Link {
  start: number;
  end: number;
  url: string;
}

/** A text with light marks in parts that fit, each with its links. Names in it call nobody: no mention is ever made of them. Pure. */
export function richParts(marked: string, limit: { graphemes: number; bytes: number }): RichText[] {
  const { text, links } = flatten(parseMarks(marked));
  const parts = splitText(text, limit.graphemes, 'grapheme').flatMap((part) => (measure(part, 'byte') > limit.bytes ? splitText(part, limit.bytes, 'byte') : [part]));
  let from = 0;
  return parts.map((part) => {
    const start = text.indexOf(part, from);
    from = start + part.length;
    return { text: part, facets: links.flatMap((link) => facetIn(part, { ...link, start: link.start - start, end: link.end - start })) };
  });
}

function flatten(marks: readonly Mark[]): { text: string; links: Link[] } {
  let text = '';
  const links: Link[] = [];
  const add = (list: readonly Mark[]): void => {
    for (const mark of list) {
      if ('children' in mark) add(mark.children);
      else if (mark.type !== 'link') text += mark.text;
      else if (mark.url.startsWith('http')) {
        links.push({ start: text.length, end: text.length + mark.text.length, url: mark.url });
        text += mark.text;
      } else text += mark.url === `mailto:${mark.text}` ? mark.text : `${mark.text} (${mark.url.replace('mailto:', '')})`;
    }
  };
  add(marks);
  for (const match of text.matchAll(/https?:\/\/[^\s<>"]{3,2000}/gu)) {
    const url = match[0].replace(/[.,;:!?)\]}'"]+$/u, '');
    const end = match.index + url.length;
    if (URL.canParse(url) && !links.some((link) => match.index < link.end && end > link.start)) links.push({ start: match.index, end, url });
  }
  const lead = text.length - text.trimStart().length;
  return { text: text.trim(), links: links.map((link) => ({ ...link, start: link.start - lead, end: link.end - lead })) };
}

/** A link that was cut in two leads to the same place from both. */
function facetIn(part: string, link: Link): Facet[] {
  const start = Math.max(0, link.start);
  const end = Math.min(part.length, link.end);
  if (start >= end) return [];
  const byteStart = Buffer.byteLength(part.slice(0, start));
  return [{ index: { byteStart, byteEnd: byteStart + Buffer.byteLength(part.slice(start, end)) }, features: [{ $type: 'app.bsky.richtext.facet#link', uri: link.url }] }];
}

/** A text with facets as light marks; what leads the text and only names us is dropped. Facets that do not fit their text are left out. Pure. */
export function readRichText(text: string, facets: unknown, ownDid: string): string {
  const bytes = Buffer.from(text, 'utf8');
  const rows = asList(facets).flatMap((facet) => {
    const [start, end] = [asNumber(field(facet, 'index', 'byteStart')), asNumber(field(facet, 'index', 'byteEnd'))];
    const feature = field(facet, 'features', 0);
    return start === undefined || end === undefined || start < 0 || end > bytes.length || start >= end ? [] : [{ start, end, uri: asText(field(feature, 'uri')), did: asText(field(feature, 'did')) }];
  }).sort((a, b) => a.start - b.start);
  let out = '';
  let at = 0;
  for (const { start, end, uri, did } of rows) {
    if (start < at) continue;
    const before = bytes.subarray(at, start).toString('utf8');
    const inner = bytes.subarray(start, end).toString('utf8');
    out += escapeMarks(before);
    if (uri !== undefined && /^https?:\/\/[^\s()<>]+$/u.test(uri)) out += uri.includes(inner.replace(/(?:\.\.\.|…)$/u, '')) ? uri : `[${escapeMarks(inner.replaceAll(/[[\]]/gu, ''))}](${uri})`;
    else if (did !== ownDid || out.trim() !== '') out += escapeMarks(inner);
    at = end;
  }
  return (out + escapeMarks(bytes.subarray(at).toString('utf8'))).trim();
}
