import type { InboundEvent, MessageEvent } from '../../../inbox/model/event.js';
import { escapeMarks } from '../../lib/marks.js';
import { asText, field } from '../../lib/read-json.js';
import { asAccountId, asMessageId, base, ignored } from '../read.js';
import { contentOf, referralText } from './content.js';
import { colleagueOf, customerOf, type Item } from './facts.js';
import { namedBy, readChoice, readMetadata } from './ids.js';

/** A message, an echo of one, or its being taken back: all three come as `message`. */
export function readMessage(item: Item, message: unknown): InboundEvent[] {
  const { facts } = item;
  const mid = asMessageId(field(message, 'mid'));
  if (mid === undefined) return [ignored(facts, item.raw, 'a message without an id')];
  if (isSet(field(message, 'is_deleted'))) return [{ ...base(facts, `deleted:${mid}`, item.at), type: 'delete', target: mid, threadKey: item.customer, by: 'author' }];
  return [{
    ...base(facts, `message:${mid}`, item.at), type: 'message', externalId: mid,
    ...sides(item, message), ...wordsOf(facts.kind, message),
    thread: { key: item.customer, keyIs: 'exact', ...(repliesTo(message) ?? {}) },
    ...silence(item, message),
  }];
}

function sides(item: Item, message: unknown): Pick<MessageEvent, 'direction' | 'sender' | 'recipient' | 'echoOf'> {
  const customer = customerOf(item.facts, item.customer);
  if (!item.own) return { direction: 'in', sender: customer };
  const echoOf = readMetadata(asText(field(message, 'metadata')));
  return { direction: 'out', sender: colleagueOf(item.facts, asAccountId(field(message, 'app_id'))), recipient: customer, ...(echoOf === undefined ? {} : { echoOf }) };
}

function wordsOf(kind: Item['facts']['kind'], message: unknown): Pick<MessageEvent, 'text' | 'quoted' | 'remoteFiles' | 'unreadable'> {
  const { text, files, quoted } = contentOf(message);
  const chosen = readChoice(asText(field(message, 'quick_reply', 'payload')));
  const empty = text === '' && files.length === 0;
  const product = kind === 'instagram' ? 'Instagram' : 'Messenger';
  return {
    text: chosen === undefined ? text : escapeMarks(chosen),
    ...(quoted === undefined ? {} : { quoted }),
    ...(files.length === 0 ? {} : { remoteFiles: files }),
    ...(empty ? { unreadable: `${product} does not pass on what this message holds.` } : {}),
  };
}

function repliesTo(message: unknown): { repliesTo: string[] } | undefined {
  const mid = asMessageId(field(message, 'reply_to', 'mid'));
  return mid === undefined ? undefined : { repliesTo: [mid] };
}

/** While another app answers, nobody here is asked. */
function silence(item: Item, message: unknown): Pick<MessageEvent, 'silent'> {
  if (item.own) return {};
  if (item.standby) return { silent: 'another app answers here now' };
  return isSet(field(message, 'is_self')) ? { silent: 'written to oneself' } : {};
}

/** A button or menu entry: what it says is what the customer says. In standby its payload is missing. */
export function readPostback(item: Item, postback: unknown): InboundEvent[] {
  const { facts } = item;
  const mid = asMessageId(field(postback, 'mid'));
  const name = mid ?? namedBy('postback', item.customer, item.at);
  const payload = asText(field(postback, 'payload'));
  const words = readChoice(payload) ?? asText(field(postback, 'title')) ?? payload ?? '';
  const quoted = referralText(field(postback, 'referral'));
  return [{
    ...base(facts, `postback:${name}`, item.at), type: 'message', externalId: name, direction: 'in', sender: customerOf(facts, item.customer),
    thread: { key: item.customer, keyIs: 'exact' }, text: escapeMarks(words), ...(quoted === undefined ? {} : { quoted }), ...(item.standby ? { silent: 'another app answers here now' } : {}),
  }];
}

/** Somebody came back through a link or an advertisement, and has said nothing yet. */
export function readReferral(item: Item, referral: unknown): InboundEvent[] {
  const name = namedBy('referral', item.customer, item.at);
  return [{
    ...base(item.facts, name, item.at), type: 'message', externalId: name, direction: 'in', sender: customerOf(item.facts, item.customer),
    thread: { key: item.customer, keyIs: 'exact' }, text: escapeMarks(referralText(referral) ?? 'From a link'), silent: 'came through a link',
  }];
}

/** The new text of a message; Messenger counts the changes, and allows five. */
export function readEdit(item: Item, edit: unknown): InboundEvent[] {
  const mid = asMessageId(field(edit, 'mid'));
  const text = asText(field(edit, 'text'));
  if (mid === undefined || text === undefined) return [ignored(item.facts, item.raw, 'an edit without its message')];
  const count = field(edit, 'num_edit') ?? field(edit, 'num_edits');
  const revision = typeof count === 'number' || typeof count === 'string' ? String(count).slice(0, 20) : String(item.at ?? 0);
  // Instagram tells of every new message as an edit that is none.
  if (revision === '0') return [ignored(item.facts, item.raw, 'an edit that changed nothing')];
  return [{ ...base(item.facts, `edit:${mid}:${revision}`, item.at), type: 'edit', target: mid, threadKey: item.customer, revision, text: escapeMarks(text) }];
}

/** Documented as booleans; seen as texts. */
function isSet(value: unknown): boolean {
  return value === true || value === 'true';
}
