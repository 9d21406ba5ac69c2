import { decodeBytes } from './mime/charset.js';

/** The first value of one property. */
export interface MapiProperty {
  id: number;
  type: number;
  data: Buffer;
  /** For string types. */
  text(codePage: string): string;
}

const mostProperties = 2_000;
const fixedSizes: Record<number, number> = { 0x0002: 4, 0x0003: 4, 0x0004: 4, 0x0005: 8, 0x0006: 8, 0x0007: 8, 0x000a: 4, 0x000b: 4, 0x0014: 8, 0x0040: 8, 0x0048: 16 };
const sized = new Set([0x000d, 0x001e, 0x001f, 0x0102]);

/**
 * Reads a property list of [MS-OXTNEF] 2.1.3.3. Stops at the first thing it does not know, since what follows could not
 * be found.
 */
export function mapiProperties(bytes: Buffer): MapiProperty[] {
  const found: MapiProperty[] = [];
  if (bytes.length < 4) return found;
  const count = Math.min(bytes.readUInt32LE(0), mostProperties);
  let at = 4;
  for (let n = 0; n < count && at + 4 <= bytes.length; n += 1) {
    const type = bytes.readUInt16LE(at);
    const id = bytes.readUInt16LE(at + 2);
    const start = id >= 0x8000 ? afterName(bytes, at + 4) : at + 4;
    const value = start === undefined ? undefined : readValue(bytes, start, type);
    if (value === undefined) break;
    const single = type & 0x0fff;
    found.push({ id, type: single, data: value.data, text: (codePage) => (single === 0x001f ? text16(value.data) : text8(value.data, codePage)) });
    at = value.end;
  }
  return found;
}

/** A text in the mail's code page, up to its null. */
export function text8(bytes: Buffer, codePage: string): string {
  const end = bytes.indexOf(0);
  return decodeBytes(end === -1 ? bytes : bytes.subarray(0, end), codePage);
}

function text16(bytes: Buffer): string {
  return decodeBytes(bytes.subarray(0, bytes.length & ~1), 'utf-16le').replace(/\0[^]*$/, '');
}

/** Named properties carry a GUID and a number or a name before their value. */
function afterName(bytes: Buffer, at: number): number | undefined {
  if (at + 24 > bytes.length) return undefined;
  if (bytes.readUInt32LE(at + 16) === 0) return at + 24;
  const size = bytes.readUInt32LE(at + 20);
  const end = at + 24 + padded(size);
  return end > bytes.length ? undefined : end;
}

function readValue(bytes: Buffer, at: number, type: number): { data: Buffer; end: number } | undefined {
  const single = type & 0x0fff;
  const many = (type & 0x1000) !== 0 || sized.has(single);
  if (many && at + 4 > bytes.length) return undefined;
  const count = many ? bytes.readUInt32LE(at) : 1;
  let end = many ? at + 4 : at;
  let data: Buffer | undefined;
  if (count > mostProperties) return undefined;
  for (let n = 0; n < count; n += 1) {
    const size = sized.has(single) ? (end + 4 <= bytes.length ? bytes.readUInt32LE(end) : undefined) : fixedSizes[single];
    if (size === undefined) return undefined;
    const start = sized.has(single) ? end + 4 : end;
    if (start + size > bytes.length) return undefined;
    data ??= bytes.subarray(start, start + size);
    end = start + padded(size);
  }
  return { data: data ?? Buffer.alloc(0), end };
}

function padded(size: number): number {
  return Math.ceil(size / 4) * 4;
}
