import type { RemoteFile } from '../../../inbox/model/event.js';
import { asList, asNumber, asText, field } from '../../lib/read-json.js';
import { escapeMarks } from '../../lib/marks.js';

/** What a message says, and the files that belong to it. */
export interface Content {
  text: string;
  files: RemoteFile[];
  quoted?: string;
}

/** Attachments that are files; anything else becomes words, with the media it has. */
const plainFiles = new Set(['image', 'audio', 'video', 'file', 'sticker', 'animated_image_share']);
const words: Readonly<Record<string, string>> = {
  story_mention: 'Mentioned you in their story',
  share: 'Shared a post', ig_post: 'Shared a post', post: 'Shared a post', media_share: 'Shared a post',
  reel: 'Shared a reel', ig_reel: 'Shared a reel', ig_story: 'Shared a story', story: 'Shared a story',
  ephemeral: 'Sent a photo or video that can be seen only once',
};
const linesMax = 30;

/** Text, attachments, and what it refers to: a story, an advertisement, a product. Pure. */
export function contentOf(message: unknown): Content {
  const lines: string[] = [];
  const files: RemoteFile[] = [];
  const text = asText(field(message, 'text'));
  if (text !== undefined && text !== '') lines.push(escapeMarks(text));
  for (const attachment of asList(field(message, 'attachments')).slice(0, linesMax)) readAttachment(attachment, { lines, files, text });
  const quoted = [storyOf(message, files), referralText(field(message, 'referral'))].filter((line) => line !== undefined).join('\n');
  return { text: lines.join('\n'), files, ...(quoted === '' ? {} : { quoted }) };
}

function readAttachment(attachment: unknown, into: { lines: string[]; files: RemoteFile[]; text: string | undefined }): void {
  const type = asText(field(attachment, 'type')) ?? 'unknown';
  const payload = field(attachment, 'payload');
  const url = asText(field(payload, 'url')) ?? asText(field(attachment, 'url'));
  const title = asText(field(payload, 'title')) ?? asText(field(attachment, 'title'));
  if (type === 'template') return void into.lines.push(...templateLines(payload));
  if (type === 'fallback') return readLink({ url, title }, into);
  if (type === 'location') return void into.lines.push(locationLine(payload, title));
  if (type === 'product') return void into.lines.push(...productLines(payload));
  if (!plainFiles.has(type)) into.lines.push([words[type] ?? `Sent something of the kind "${type.slice(0, 60)}"`, title].filter((part) => part !== undefined && part !== '').map((part) => escapeMarks(part ?? '')).join(': '));
  if (url !== undefined) into.files.push(fileOf(type, url));
}

/** A link that Messenger made a card of; the text often has it already. */
function readLink(link: { url: string | undefined; title: string | undefined }, into: { lines: string[]; text: string | undefined }): void {
  if (link.url !== undefined && into.text?.includes(link.url) === true) return;
  const line = [link.title, link.url].filter((part) => part !== undefined && part !== '').map((part) => escapeMarks(part ?? '')).join(' ');
  if (line !== '') into.lines.push(line);
}

function locationLine(payload: unknown, title: string | undefined): string {
  const lat = asNumber(field(payload, 'coordinates', 'lat'));
  const long = asNumber(field(payload, 'coordinates', 'long'));
  return escapeMarks(`${title ?? 'Location'}${lat === undefined || long === undefined ? '' : `: ${lat}, ${long}`}`);
}

function templateLines(payload: unknown): string[] {
  const elements = asList(field(payload, 'elements')).length > 0 ? asList(field(payload, 'elements')) : asList(field(payload, 'generic', 'elements'));
  const parts = [asText(field(payload, 'text')) ?? asText(field(payload, 'message')), ...elements.slice(0, 10).flatMap((element) => [asText(field(element, 'title')), asText(field(element, 'subtitle'))])];
  const buttons = asList(field(payload, 'buttons')).slice(0, 10).flatMap((button) => asText(field(button, 'title')) ?? []);
  const lines = [...parts.filter((part) => part !== undefined && part !== ''), ...(buttons.length === 0 ? [] : [buttons.map((button) => `(${button})`).join(' ')])];
  return lines.length === 0 ? ['Sent a card'] : lines.map((line) => escapeMarks(line ?? ''));
}

function productLines(payload: unknown): string[] {
  const titles = asList(field(payload, 'product', 'elements')).slice(0, 10).flatMap((element) => asText(field(element, 'title')) ?? []);
  return titles.length === 0 ? ['Asked about a product'] : titles.map((title) => escapeMarks(`Asked about ${title}`));
}

/** A reply to a story of ours: what it says makes sense beside the picture only. */
function storyOf(message: unknown, files: RemoteFile[]): string | undefined {
  const story = field(message, 'reply_to', 'story');
  if (story === undefined) return undefined;
  const url = asText(field(story, 'url'));
  if (url !== undefined) files.push(fileOf('story', url));
  return 'In answer to your story';
}

/** Where somebody came from: an advertisement, a link, a product. `undefined` for none. */
export function referralText(referral: unknown): string | undefined {
  if (referral === undefined || referral === null) return undefined;
  const product = asText(field(referral, 'product', 'id'));
  const advert = asText(field(referral, 'ads_context_data', 'ad_title'));
  const ref = asText(field(referral, 'ref'));
  const source = asText(field(referral, 'source'));
  if (product !== undefined) return `About the product ${product}`;
  const where = source === 'ADS' ? `From the advertisement ${advert === undefined ? asText(field(referral, 'ad_id')) ?? '' : `"${advert}"`}`.trim() : 'From a link';
  return ref === undefined || ref === '' ? where : `${where} (${ref})`;
}

function fileOf(type: string, url: string): RemoteFile {
  return { name: nameIn(url) ?? type, source: { url } };
}

/** The last part of the path, when it looks like a file's name. */
function nameIn(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const last = new URL(url).pathname.split('/').at(-1) ?? '';
  return /^[\w%.() -]{1,120}\.\w{2,5}$/u.test(last) ? last.replace(/%[\da-f]{2}/giu, '_') : undefined;
}
