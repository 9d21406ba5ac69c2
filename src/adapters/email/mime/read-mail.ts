import { limits } from '../limits.js';
import { splitQuotes } from '../quotes.js';
import { isTnef, readTnef } from '../tnef.js';
import { readBody, type Body } from './body.js';
import { decodeBytes } from './charset.js';
import { decodeWords, readHeader } from './header.js';
import type { Leaf } from './leaves.js';
import { readTree } from './leaves.js';
import type { MailFile, ReadMail } from './mail.js';
import { textFromHtml } from '../html.js';

/**
 * Takes a mail apart. All heavy work on untrusted bytes happens in here, so that it can run in a process of its own.
 * Throws only when there is no header at all.
 */
export async function readMail(raw: Buffer): Promise<ReadMail> {
  const headers = readHeader(raw);
  if (headers.length === 0) throw new Error('no mail header was found');
  const { tree, note } = await readTree(raw);
  const notes = note === undefined ? [] : [`Only a part of this mail was read: ${note}.`];
  if (tree === undefined) return { headers, text: '', quoted: '', files: [], rootType: 'text/plain', rootParams: {}, notes };
  const body = readBody(tree);
  const { files, text, html } = filesOf(body, notes);
  const isBare = text.trim() === '' && files.length === 0 && html === undefined && tree.leaf === undefined;
  return {
    headers,
    ...splitQuotes(cut(isBare ? asItIs(raw) : text, notes)),
    ...(html === undefined ? {} : { html: html.slice(0, limits.htmlChars) }),
    files,
    rootType: tree.type,
    rootParams: tree.params,
    ...reportParts(body),
    notes,
  };
}

function cut(text: string, notes: string[]): string {
  if (text.length <= limits.textChars) return text;
  notes.push('Only the beginning of the text is shown; the source has it all.');
  return text.slice(0, limits.textChars);
}

/** A multipart whose parts cannot be told apart: its body as it is, rather than nothing. */
function asItIs(raw: Buffer): string {
  const ends = ['\r\n\r\n', '\n\n'].map((gap) => ({ at: raw.indexOf(gap), size: gap.length })).filter((gap) => gap.at >= 0);
  const end = ends.sort((a, b) => a.at - b.at)[0];
  return end === undefined ? '' : decodeBytes(raw.subarray(end.at + end.size)).trim();
}

function filesOf(body: Body, notes: string[]): { files: MailFile[]; text: string; html?: string } {
  const files: MailFile[] = [];
  let { text, html } = body;
  for (const { leaf } of body.files) {
    const unpacked = isTnef(leaf.bytes) ? readTnef(leaf.bytes) : undefined;
    if (unpacked?.isComplete !== true) files.push(fileOf(leaf, { html, index: files.length }));
    if (unpacked === undefined) continue;
    files.push(...unpacked.files.map((file, index) => ({ ...file, name: fileName(file.name) ?? `attachment-${index + 1}` })));
    if (text.trim() === '') text = unpacked.text ?? textFromHtml(unpacked.html ?? '');
    html ??= unpacked.html;
  }
  const once = files.filter((file, index) => !isInvitation(file) || files.findIndex((other) => isInvitation(other) && other.bytes.equals(file.bytes)) === index);
  if (once.length > limits.filesPerMail) notes.push(`It carries ${once.length} files; the first ${limits.filesPerMail} are shown.`);
  return { files: once.slice(0, limits.filesPerMail), text, ...(html === undefined ? {} : { html }) };
}

/** Calendars send the same one twice: as a part for programs and as a file for people. */
function isInvitation(file: MailFile): boolean {
  return file.mime === 'text/calendar' || file.mime === 'application/ics';
}

function fileOf(leaf: Leaf, context: { html: string | undefined; index: number }): MailFile {
  return {
    name: fileName(leaf.filename) ?? defaultName(leaf, context.index),
    mime: /^[\w.+-]{1,60}\/[\w.+-]{1,100}$/.test(leaf.type) ? leaf.type : 'application/octet-stream',
    bytes: leaf.bytes,
    ...(leaf.contentId === undefined ? {} : { contentId: leaf.contentId }),
    inline: isShownInside(leaf, context),
  };
}

/** Only what the HTML shows by itself is inline; everything else must stand in the list of files. */
function isShownInside(leaf: Leaf, context: { html: string | undefined }): boolean {
  if (leaf.contentId === undefined || context.html === undefined) return false;
  return context.html.includes(`cid:${leaf.contentId}`) || context.html.includes(`cid:${encodeURIComponent(leaf.contentId)}`);
}

const namesByType: Record<string, string> = {
  'text/calendar': 'invite.ics', 'application/ics': 'invite.ics', 'application/pgp-signature': 'signature.asc', 'application/pgp-encrypted': 'version.txt',
  'application/pgp-keys': 'key.asc', 'application/pkcs7-mime': 'smime.p7m', 'application/x-pkcs7-mime': 'smime.p7m', 'application/pkcs7-signature': 'smime.p7s',
  'application/x-pkcs7-signature': 'smime.p7s', 'message/delivery-status': 'delivery-status.txt', 'message/disposition-notification': 'read-receipt.txt',
  'text/rfc822-headers': 'header.txt', 'text/html': 'page.html', 'text/plain': 'text.txt', 'text/vcard': 'contact.vcf', 'image/jpeg': 'image.jpg', 'image/png': 'image.png', 'image/gif': 'image.gif',
};

function defaultName(leaf: Leaf, index: number): string {
  if (leaf.type === 'message/rfc822') {
    const subject = readHeader(leaf.bytes).find((field) => field.key === 'subject')?.value ?? '';
    return `${fileName(decodeWords(subject)) ?? 'mail'}.eml`;
  }
  return namesByType[leaf.type] ?? `attachment-${index + 1}`;
}

/** The name as data: the last part of any path, without controls and direction tricks, never `.` or `..`. */
function fileName(given: string | undefined): string | undefined {
  const name = mend(given ?? '')
    .replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/^.*[/\\]/, '')
    .replace(/\s+/g, ' ')
    .replace(/[. ]+$/, '')
    .trim()
    .slice(-limits.nameChars);
  return name === '' || /^\.+$/.test(name) ? undefined : name;
}

/** Names sent as raw bytes arrive one character a byte. */
function mend(name: string): string {
  const decoded = decodeWords(name);
  if (!/[\u0080-\u00ff]/.test(decoded) || /[\u0100-\uffff]/.test(decoded)) return decoded;
  return decodeBytes(Buffer.from(decoded, 'latin1'));
}

function reportParts(body: Body): Pick<ReadMail, 'deliveryStatus' | 'embedded'> {
  const status = body.files.find(({ leaf }) => leaf.type === 'message/delivery-status' || leaf.type === 'message/global-delivery-status');
  const returned = body.files.find(({ leaf }) => ['message/rfc822', 'text/rfc822-headers', 'message/rfc822-headers', 'message/global'].includes(leaf.type));
  return {
    ...(status === undefined ? {} : { deliveryStatus: decodeBytes(status.leaf.bytes).slice(0, 200_000) }),
    ...(returned === undefined ? {} : { embedded: readHeader(returned.leaf.bytes) }),
  };
}
