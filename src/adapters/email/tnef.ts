import { decodeBytes } from './mime/charset.js';
import type { MailFile } from './mime/mail.js';
import { mapiProperties, text8, type MapiProperty } from './tnef-mapi.js';

/** What a `winmail.dat` carried. */
export interface TnefContent {
  files: MailFile[];
  text?: string;
  html?: string;
  /** False when it was cut off or damaged: there may be more in it. */
  isComplete: boolean;
}

const signature = 0x223e9f78;
const mostFiles = 100;

/** Attribute ids of [MS-OXTNEF] 2.1.3.2, low word. */
const id = { body: 0x800c, attachData: 0x800f, attachTitle: 0x8010, attachRendData: 0x9002, msgProps: 0x9003, attachProps: 0x9005, codePage: 0x9007 } as const;

/** Property ids of [MS-OXPROPS]. */
const property = { body: 0x1000, html: 0x1013, attachData: 0x3701, attachLongName: 0x3707, attachMime: 0x370e, attachContentId: 0x3712 } as const;

/** True for what Outlook sends as `winmail.dat`. */
export function isTnef(bytes: Buffer): boolean {
  return bytes.length >= 6 && bytes.readUInt32LE(0) === signature;
}

/**
 * Unpacks a TNEF container. Reads each byte at most once and never past the end; what is cut off or senseless ends the
 * reading with what was found so far. Returns `undefined` when it is no TNEF at all.
 */
export function readTnef(bytes: Buffer): TnefContent | undefined {
  if (!isTnef(bytes)) return undefined;
  const state: { codePage: string; files: MailFile[]; text?: string; html?: string } = { codePage: 'windows-1252', files: [] };
  let end = 6;
  for (const attribute of attributes(bytes)) {
    end = attribute.end;
    switch (attribute.id) {
      case id.codePage:
        if (attribute.data.length >= 4) state.codePage = `cp${attribute.data.readUInt32LE(0)}`;
        break;
      case id.body:
        state.text ??= text8(attribute.data, state.codePage);
        break;
      case id.msgProps:
        takeBody(state, mapiProperties(attribute.data));
        break;
      case id.attachRendData:
        if (state.files.length === mostFiles) return finish(state, false);
        state.files.push({ name: '', mime: 'application/octet-stream', bytes: Buffer.alloc(0), inline: false });
        break;
      default:
        takeAttachment(state.files.at(-1), attribute, state.codePage);
    }
  }
  return finish(state, end >= bytes.length - 1);
}

function finish(state: { files: MailFile[]; text?: string; html?: string }, isComplete: boolean): TnefContent {
  return {
    isComplete,
    files: state.files.filter((file) => file.bytes.length > 0),
    ...(state.text === undefined || state.text.trim() === '' ? {} : { text: state.text }),
    ...(state.html === undefined ? {} : { html: state.html }),
  };
}

interface Attribute {
  id: number;
  data: Buffer;
  end: number;
}

function* attributes(bytes: Buffer): Generator<Attribute> {
  let at = 6;
  while (at + 9 <= bytes.length) {
    const tag = bytes.readUInt32LE(at + 1);
    const size = bytes.readUInt32LE(at + 5);
    const start = at + 9;
    if (start + size > bytes.length) return;
    at = start + size + 2;
    yield { id: tag & 0xffff, data: bytes.subarray(start, start + size), end: at };
  }
}

function takeBody(state: { codePage: string; text?: string; html?: string }, properties: MapiProperty[]): void {
  for (const each of properties) {
    if (each.id === property.body) state.text ??= each.text(state.codePage);
    if (each.id === property.html) state.html ??= each.type === 0x0102 ? decodeBytes(each.data) : each.text(state.codePage);
  }
}

function takeAttachment(file: MailFile | undefined, attribute: Attribute, codePage: string): void {
  if (file === undefined) return;
  if (attribute.id === id.attachData) file.bytes = attribute.data;
  if (attribute.id === id.attachTitle && file.name === '') file.name = text8(attribute.data, codePage);
  if (attribute.id !== id.attachProps) return;
  for (const each of mapiProperties(attribute.data)) {
    if (each.id === property.attachLongName) file.name = each.text(codePage) || file.name;
    if (each.id === property.attachMime) file.mime = each.text(codePage).toLowerCase() || file.mime;
    if (each.id === property.attachContentId) file.contentId = each.text(codePage);
    if (each.id === property.attachData && file.bytes.length === 0) file.bytes = each.data.subarray(each.type === 0x000d ? 16 : 0);
  }
}
