import { limits } from '../limits.js';
import { decodeBytes } from './charset.js';

/** One header field: unfolded, as text; encoded words are still encoded, so that addresses are split before decoding. */
export interface HeaderField {
  /** Lower-case. */
  key: string;
  value: string;
}

const mostFields = 2_000;

/** The fields of a header block, in order; stops at the empty line. Anything that is no field is passed over. */
export function readHeader(bytes: Buffer): HeaderField[] {
  const fields: HeaderField[] = [];
  for (const line of unfold(headBytes(bytes))) {
    const colon = line.indexOf(58);
    if (colon < 1) continue;
    const key = line.subarray(0, colon).toString('latin1').trim().toLowerCase();
    if (!/^[\x21-\x7e]{1,80}$/.test(key)) continue;
    fields.push({ key, value: decodeBytes(line.subarray(colon + 1)).replace(/\s*\n\s*/g, ' ').trim().slice(0, limits.addressHeaderChars) });
    if (fields.length === mostFields) break;
  }
  return fields;
}

/** The first field of that name, or `''`. */
export function headerOf(fields: readonly HeaderField[], key: string): string {
  return fields.find((field) => field.key === key)?.value ?? '';
}

export function headersOf(fields: readonly HeaderField[], key: string): string[] {
  return fields.filter((field) => field.key === key).map((field) => field.value);
}

function headBytes(bytes: Buffer): Buffer {
  const crlf = bytes.indexOf('\r\n\r\n');
  const lf = bytes.indexOf('\n\n');
  const ends = [crlf, lf, bytes.length, limits.headerBytes].filter((end) => end >= 0);
  return bytes.subarray(0, Math.min(...ends));
}

function* unfold(head: Buffer): Generator<Buffer> {
  let start = 0;
  let at = 0;
  while (at < head.length) {
    const end = head.indexOf(10, at);
    const next = end === -1 ? head.length : end + 1;
    const folded = head[next] === 32 || head[next] === 9;
    if (!folded) {
      yield head.subarray(start, next);
      start = next;
    }
    at = next;
  }
}

/**
 * Decodes RFC 2047 encoded words. Neighbours of one charset are joined as bytes first: many clients cut a character in
 * two. What only looks like an encoded word stays as it is.
 */
export function decodeWords(text: string): string {
  if (!text.includes('=?')) return text;
  let out = '';
  let held: { charset: string; bytes: Buffer[] } | undefined;
  let last = 0;
  const flush = (): void => {
    if (held !== undefined) out += decodeBytes(Buffer.concat(held.bytes), held.charset).replace(/[\n\t]+/g, ' ');
    held = undefined;
  };
  for (const match of text.matchAll(/=\?([\w.:+-]{1,60})(?:\*[\w-]{1,20})?\?([bq])\?([^?]{0,2000})\?=/gi)) {
    const [whole, charset = '', encoding = '', body = ''] = match;
    const between = text.slice(last, match.index);
    const joins = held !== undefined && /^\s*$/.test(between);
    if (!joins || held?.charset !== charset.toLowerCase()) flush();
    if (!joins) out += between;
    held ??= { charset: charset.toLowerCase(), bytes: [] };
    held.bytes.push(encoding.toLowerCase() === 'b' ? Buffer.from(body, 'base64') : unquote(body));
    last = match.index + whole.length;
  }
  flush();
  return out + text.slice(last);
}

function unquote(body: string): Buffer {
  const bytes: number[] = [];
  for (let at = 0; at < body.length; at += 1) {
    const letter = body[at] ?? '';
    const hex = body.slice(at + 1, at + 3);
    if (letter === '=' && /^[\da-f]{2}$/i.test(hex)) {
      bytes.push(parseInt(hex, 16));
      at += 2;
    } else if (letter === '_') bytes.push(32);
    else bytes.push(...Buffer.from(letter));
  }
  return Buffer.from(bytes);
}

/** A field such as Subject as people read it: one line, no controls, bounded. */
export function readableLine(raw: string, chars: number): string {
  return decodeWords(raw)
    .replace(/[\u202a-\u202e\u2066-\u2069\u200b\ufeff]/g, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, chars);
}

/** Milliseconds of a Date header, or `undefined` when there is none that can be read or it cannot be true. */
export function readDate(value: string): number | undefined {
  const text = value.replace(/\([^()]*\)/g, ' ').trim();
  if (!/\d{1,2}[ -]+\p{L}{3,12}\.?[ -]+\d{2,4}|\d{4}/u.test(text)) return undefined;
  const at = Date.parse(text.replace(/\b(UT|Z)$/i, 'GMT'));
  return Number.isFinite(at) && at > 0 && at < 4_102_444_800_000 ? at : undefined;
}
