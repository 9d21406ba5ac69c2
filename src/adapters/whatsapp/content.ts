import type { RemoteFile } from '../../inbox/model/event.js';
import { escapeMarks } from '../lib/marks.js';
import { asList, asNumber, asText, field } from '../lib/read-json.js';
import { readError } from '../meta/errors.js';
import { readChoice } from './ids.js';
import { fromWhatsApp } from './marks-in.js';

/** What a message says; `undefined` from `contentOf`: a type that we do not know. */
export interface Content {
  text: string;
  files?: RemoteFile[];
  unreadable?: string;
}

const mediaTypes = new Set(['image', 'audio', 'video', 'document', 'sticker', 'voice']);
const listMax = 50;

/** Words and files of a message by its `type`. Pure. */
export function contentOf(message: unknown): Content | undefined {
  const type = asText(field(message, 'type')) ?? '';
  const value = field(message, type);
  if (mediaTypes.has(type)) return mediaOf(type, value);
  switch (type) {
    case 'text': return { text: fromWhatsApp(asText(field(value, 'body')) ?? '') };
    case 'interactive': return { text: interactiveText(value) };
    case 'button': return { text: escapeMarks(readChoice(asText(field(value, 'payload'))) ?? asText(field(value, 'text')) ?? '') };
    case 'location': return { text: locationText(value) };
    case 'contacts': return { text: asList(value).slice(0, listMax).map(contactText).join('\n') };
    case 'order': return { text: orderText(value) };
    case 'request_welcome': return { text: 'Opened the chat for the first time' };
    case 'unsupported': case 'unknown': return { text: '', unreadable: unsupported(message) };
    default: return undefined;
  }
}

function mediaOf(type: string, value: unknown): Content {
  const id = asText(field(value, 'id'));
  const mime = asText(field(value, 'mime_type'));
  const text = fromWhatsApp(asText(field(value, 'caption')) ?? '');
  if (id === undefined) return { text, unreadable: 'WhatsApp gave no file with this message.' };
  const name = asText(field(value, 'filename'))?.slice(0, 200) ?? `${field(value, 'voice') === true ? 'voice' : type}${endingOf(mime)}`;
  return { text, files: [{ name, source: { mediaId: id }, ...(mime === undefined ? {} : { mime }) }] };
}

function endingOf(mime: string | undefined): string {
  const subtype = /^\w+\/([\w.+-]{1,40})/u.exec(mime ?? '')?.[1];
  if (subtype === undefined) return '';
  return `.${subtype === 'jpeg' ? 'jpg' : subtype === 'mpeg' ? 'mp3' : subtype.replace(/^.*[.+-]/u, '')}`;
}

function interactiveText(value: unknown): string {
  const reply = field(value, 'button_reply') ?? field(value, 'list_reply');
  if (reply !== undefined) return escapeMarks(readChoice(asText(field(reply, 'id'))) ?? asText(field(reply, 'title')) ?? '');
  const form = asText(field(value, 'nfm_reply', 'response_json'));
  const said = asText(field(value, 'nfm_reply', 'body')) ?? 'Sent a form';
  return escapeMarks(form === undefined ? said : `${said}\n${form}`);
}

function locationText(value: unknown): string {
  const lat = asNumber(field(value, 'latitude'));
  const long = asNumber(field(value, 'longitude'));
  const lines = [asText(field(value, 'name')), asText(field(value, 'address')), lat === undefined || long === undefined ? undefined : `${lat}, ${long}`];
  return escapeMarks(['Location', ...lines].filter((line) => line !== undefined && line !== '').join('\n'));
}

function contactText(contact: unknown): string {
  const name = asText(field(contact, 'name', 'formatted_name')) ?? 'Contact';
  const numbers = asList(field(contact, 'phones')).flatMap((phone) => asText(field(phone, 'phone')) ?? asText(field(phone, 'wa_id')) ?? []);
  const mails = asList(field(contact, 'emails')).flatMap((mail) => asText(field(mail, 'email')) ?? []);
  return escapeMarks([`Contact: ${name}`, ...numbers, ...mails].join(', '));
}

function orderText(value: unknown): string {
  const lines = asList(field(value, 'product_items')).slice(0, listMax).map((item) => {
    const price = asNumber(field(item, 'item_price'));
    return `${asNumber(field(item, 'quantity')) ?? 1} × ${asText(field(item, 'product_retailer_id')) ?? 'product'}${price === undefined ? '' : ` at ${price} ${asText(field(item, 'currency')) ?? ''}`.trimEnd()}`;
  });
  return escapeMarks(['Order', asText(field(value, 'text')), ...lines].filter((line) => line !== undefined && line !== '').join('\n'));
}

function unsupported(message: unknown): string {
  const error = readError(field(message, 'errors', 0));
  return error === undefined ? 'WhatsApp does not pass on messages of this kind.' : `WhatsApp did not pass it on: ${error.text}`;
}

/** What stands beside the words: an advertisement, a product asked about, that it was forwarded. */
export function besides(message: unknown): string | undefined {
  const referral = field(message, 'referral');
  const lines: string[] = [];
  if (referral !== undefined && referral !== null) {
    lines.push(['From the advertisement', asText(field(referral, 'headline')), asText(field(referral, 'body')), asText(field(referral, 'source_url'))].filter((part) => part !== undefined && part !== '').join(' · '));
  }
  const product = asText(field(message, 'context', 'referred_product', 'product_retailer_id'));
  if (product !== undefined) lines.push(`About the product ${product}`);
  if (field(message, 'context', 'forwarded') === true || field(message, 'context', 'frequently_forwarded') === true) lines.push('Forwarded');
  return lines.length === 0 ? undefined : lines.join('\n');
}
