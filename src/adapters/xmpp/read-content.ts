import type { RemoteFile } from '../../inbox/model/event.js';
import { escapeMarks } from '../lib/marks.js';
import { attr, child, elements, ns, type Stanza, textOf } from './stanza.js';
import { stylingToMarks } from './styling.js';

export interface Content {
  text: string;
  quoted?: string;
  files: RemoteFile[];
  unreadable?: string;
}

/** What a message says: its text in light marks, what it quotes for old clients, its files. Pure. */
export function readContent(stanza: Stanza): Content {
  const sealed = child(stanza, 'encrypted', ns.omemo) ?? child(stanza, 'x', ns.pgp) ?? child(stanza, 'encryption', ns.encryption);
  if (sealed !== undefined) return { text: '', files: [], unreadable: `It is encrypted (${attr(sealed, 'name') ?? (attr(sealed, 'xmlns') === ns.pgp ? 'OpenPGP' : 'OMEMO')}); only their own devices can read it.` };
  const body = textOf(child(stanza, 'body'));
  const files = filesOf(stanza);
  const { rest, quoted } = withoutQuote(stanza, body);
  const said = rest.trim();
  const isOnlyLink = files.some((file) => (file.source as { url: string }).url === said);
  const text = isOnlyLink ? '' : child(stanza, 'unstyled', ns.unstyled) === undefined ? stylingToMarks(said) : escapeMarks(said);
  return { text, files, ...(quoted === '' ? {} : { quoted }) };
}

function filesOf(stanza: Stanza): RemoteFile[] {
  const urls = elements(stanza).filter((each) => each.name === 'x' && attr(each, 'xmlns') === ns.oob).map((each) => textOf(elements(each).find((one) => one.name === 'url')).trim());
  return [...new Set(urls)].filter((url) => /^https?:\/\//iu.test(url) && url.length <= 2_000).slice(0, 20).map((url) => ({ name: nameOf(url), source: { url } }));
}

function nameOf(url: string): string {
  const last = URL.canParse(url) ? new URL(url).pathname.split('/').at(-1) ?? '' : '';
  try {
    return decodeURIComponent(last).slice(0, 200) || 'file';
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return last.slice(0, 200);
  }
}

/** The part that is there for clients without replies (XEP-0428) is history, not what they say. Counted in code points. */
function withoutQuote(stanza: Stanza, body: string): { rest: string; quoted: string } {
  const fallback = elements(stanza).find((each) => each.name === 'fallback' && attr(each, 'xmlns') === ns.fallback && attr(each, 'for') === ns.reply);
  const range = elements(fallback).find((each) => each.name === 'body');
  const [start, end] = [Number(attr(range, 'start')), Number(attr(range, 'end'))];
  if (range === undefined || !Number.isInteger(start) || !Number.isInteger(end) || start < 0 || end <= start) return { rest: body, quoted: '' };
  const points = [...body];
  return { rest: [...points.slice(0, start), ...points.slice(end)].join(''), quoted: points.slice(start, end).join('').replace(/^> ?/gmu, '').trim() };
}
