import type { Audience, Json } from '../../inbox/model/common.js';
import type { InboundEvent, MessageEvent, RemoteFile, Sender } from '../../inbox/model/event.js';
import { htmlToMarks } from '../lib/html-marks.js';
import { escapeMarks } from '../lib/marks.js';
import { asList, asNumber, asObject, asText, field } from '../lib/read-json.js';
import { eventIds, statusId, type StatusId, threadKey } from './ids.js';
import type { ServerFacts } from './server-facts.js';

export interface ParseContext {
  channelId: string;
  receivedAt: number;
  scope: string;
  /** The host part of an account that is local to our server. */
  domain: string;
  me: Pick<ServerFacts, 'accountId' | 'profileUrl' | 'acct'>;
  /** Root of the thread of each status that answers another, as it was looked up before. */
  roots: ReadonlyMap<string, string>;
}

/** What the next answer in this thread needs. */
export interface MastodonHandle {
  statusId: string;
  visibility: string;
  /** Whom the answer has to name: without it nobody is told of it, and a direct message reaches nobody. */
  mention: string;
  spoiler?: string;
  [key: string]: Json;
}

const unused = new Set(['follow', 'follow_request', 'reblog', 'poll', 'status', 'admin.sign_up', 'admin.report', 'severed_relationships', 'moderation_warning', 'quoted_update', 'annual_report']);

/** One notification as one event. Pure; anything that is not understood becomes `ignored` with its source. */
export function parseNotification(raw: unknown, context: ParseContext): InboundEvent {
  const id = asText(field(raw, 'id'));
  const type = asText(field(raw, 'type'));
  if (id === undefined || type === undefined) return ignored(raw, context, { eventId: `n:${digestOf(raw)}`, reason: 'a notification without an id' });
  const facts = { eventId: eventIds.notification(id) };
  if (type === 'mention' || type === 'quote') return parseMention(field(raw, 'status'), context, facts.eventId) ?? ignored(raw, context, { ...facts, reason: 'a mention without a post' });
  if (type === 'favourite') return parseFavourite(raw, context, facts.eventId) ?? ignored(raw, context, { ...facts, reason: 'a favourite without a post' });
  if (type === 'update') return parseChanged(field(raw, 'status'), context) ?? ignored(raw, context, { ...facts, reason: 'a change without a post' });
  if (unused.has(type)) return { ...base(context, facts.eventId), type: 'ignored', reason: `${type}: not a message` };
  return ignored(raw, context, { ...facts, reason: `unknown kind ${type.slice(0, 60)}` });
}

function parseMention(status: unknown, context: ParseContext, eventId: string): MessageEvent | undefined {
  const id = statusId(field(status, 'id'));
  const sender = senderOf(field(status, 'account'), context);
  if (id === undefined || sender === undefined) return undefined;
  const isBot = field(status, 'account', 'bot') === true;
  return {
    ...base(context, eventId), ...timed(field(status, 'created_at')), type: 'message', externalId: id, direction: 'in', sender,
    thread: threadOf(status, id, { context, other: sender.externalUserId, mention: asText(field(status, 'account', 'acct')) ?? '' }),
    text: textOf(status, context), ...filesOf(status),
    ...(isBot ? { silent: 'written by a bot' } : {}),
  };
}

/** A status of our own account: an answer that a colleague wrote elsewhere, or one of ours coming back. */
export function parseOwn(status: unknown, context: ParseContext): InboundEvent {
  const id = statusId(field(status, 'id'));
  if (id === undefined) return ignored(status, context, { eventId: `s:${digestOf(status)}`, reason: 'a post without an id' });
  const to = addresseeOf(status, context);
  if (to === undefined) return { ...base(context, eventIds.own(id)), type: 'ignored', reason: 'our own post, to nobody in particular' };
  const recipient = senderOf(to, context);
  if (recipient === undefined) return ignored(status, context, { eventId: eventIds.own(id), reason: 'our own post, to an account without an id' });
  const sender = senderOf(field(status, 'account'), context) ?? recipient;
  return {
    ...base(context, eventIds.own(id)), ...timed(field(status, 'created_at')), type: 'message', externalId: id, direction: 'out', sender, recipient,
    thread: threadOf(status, id, { context, other: recipient.externalUserId, mention: asText(field(to, 'acct')) ?? '' }),
    text: textOf(status, context, asText(field(to, 'url'))), ...filesOf(status),
  };
}

function addresseeOf(status: unknown, context: ParseContext): unknown {
  const mentions = asList(field(status, 'mentions')).filter((mention) => field(mention, 'id') !== context.me.accountId);
  const answered = asText(field(status, 'in_reply_to_account_id'));
  return mentions.find((mention) => field(mention, 'id') === answered) ?? mentions[0];
}

function parseFavourite(raw: unknown, context: ParseContext, eventId: string): InboundEvent | undefined {
  const target = statusId(field(raw, 'status', 'id'));
  const by = senderOf(field(raw, 'account'), context);
  if (target === undefined || by === undefined) return undefined;
  return { ...base(context, eventId), ...timed(field(raw, 'created_at')), type: 'reaction', target, threadKey: keyOf(field(raw, 'status'), target, context, by.externalUserId), op: 'add', emoji: '⭐', by };
}

/** A post as it stands now, after a change. */
export function parseChanged(status: unknown, context: ParseContext): InboundEvent | undefined {
  const target = statusId(field(status, 'id'));
  const editedAt = asText(field(status, 'edited_at'));
  const author = asText(field(status, 'account', 'id'));
  if (target === undefined || editedAt === undefined || author === undefined) return undefined;
  return { ...base(context, eventIds.edit(target, editedAt)), ...timed(editedAt), type: 'edit', target, threadKey: keyOf(status, target, context, author), revision: editedAt, text: textOf(status, context) };
}

/** The status a post answers, which has to be known before its thread is. */
export function answeredBy(status: unknown): { id: StatusId; parent: string } | undefined {
  const id = statusId(field(status, 'id'));
  const parent = asText(field(status, 'in_reply_to_id'));
  return id === undefined || parent === undefined || field(status, 'visibility') === 'direct' ? undefined : { id, parent };
}

function threadOf(status: unknown, id: StatusId, about: { context: ParseContext; other: string; mention: string }): MessageEvent['thread'] {
  const visibility = asText(field(status, 'visibility')) ?? 'direct';
  const spoiler = asText(field(status, 'spoiler_text')) ?? '';
  const handle: MastodonHandle = { statusId: id, visibility, mention: about.mention, ...(spoiler === '' ? {} : { spoiler }) };
  const audience = audiences[visibility];
  return { key: keyOf(status, id, about.context, about.other), keyIs: 'exact', handle, ...(audience === undefined ? {} : { audience }) };
}

const audiences: Readonly<Record<string, Audience>> = { public: 'public', unlisted: 'unlisted', private: 'followers' };

function keyOf(status: unknown, id: StatusId, context: ParseContext, other: string): string {
  const parent = asText(field(status, 'in_reply_to_id'));
  return threadKey(asText(field(status, 'visibility')) ?? 'direct', context.roots.get(id) ?? parent ?? id, other);
}

function senderOf(account: unknown, context: ParseContext): Sender | undefined {
  const id = asText(field(account, 'id'));
  if (id === undefined || id === '') return undefined;
  const acct = asText(field(account, 'acct')) ?? '';
  const name = (asText(field(account, 'display_name')) ?? '').trim();
  const address = acct === '' || acct.includes('@') ? acct : `${acct}@${context.domain}`;
  return {
    kind: 'mastodon', scope: context.scope, externalUserId: id, proof: 'channel', displayName: name === '' ? `@${address}` : name.slice(0, 200),
    aliases: address === '' ? [] : [{ type: 'username', value: address.toLowerCase(), proof: 'channel' }],
  };
}

/** Our own mention at the beginning says only that the post is for us. */
function textOf(status: unknown, context: ParseContext, toUrl?: string): string {
  const mentions = asList(field(status, 'mentions'));
  const body = htmlToMarks(asText(field(status, 'content')) ?? '', ({ href, text, classes }) => {
    if (classes.includes('hashtag')) return text;
    if (!classes.includes('mention') && !mentions.some((mention) => field(mention, 'url') === href)) return undefined;
    if (href === context.me.profileUrl || href === toUrl) return '\u0000';
    const known = mentions.find((mention) => field(mention, 'url') === href);
    return known === undefined ? text : `@${escapeMarks(asText(field(known, 'acct')) ?? '')}`;
  });
  const me = escapeMarks(toUrl === undefined ? context.me.acct : '');
  const bare = body.replace(/^(?:\u0000\s*)+/u, '').replaceAll('\u0000', me === '' ? '' : `@${me}`).trim();
  const spoiler = (asText(field(status, 'spoiler_text')) ?? '').trim();
  return spoiler === '' ? bare : `**${escapeMarks(spoiler)}**${bare === '' ? '' : `\n\n${bare}`}`;
}

function filesOf(status: unknown): { remoteFiles?: RemoteFile[] } {
  const files = asList(field(status, 'media_attachments')).flatMap((media): RemoteFile[] => {
    const url = asText(field(media, 'url')) ?? asText(field(media, 'remote_url'));
    if (url === undefined || !URL.canParse(url)) return [];
    const size = asNumber(field(media, 'meta', 'original', 'size'));
    return [{ name: nameOf(url), source: { url }, ...(size === undefined ? {} : { size }) }];
  });
  return files.length === 0 ? {} : { remoteFiles: files };
}

function nameOf(url: string): string {
  return new URL(url).pathname.split('/').at(-1)?.slice(0, 120) || 'file';
}

function base(context: ParseContext, eventId: string): { channelId: string; eventId: string; receivedAt: number; verifiedBy: 'connection' } {
  return { channelId: context.channelId, eventId, receivedAt: context.receivedAt, verifiedBy: 'connection' };
}

function timed(value: unknown): { occurredAt?: number } {
  const at = Date.parse(asText(value) ?? '');
  return Number.isNaN(at) ? {} : { occurredAt: at };
}

function ignored(raw: unknown, context: ParseContext, facts: { eventId: string; reason: string }): InboundEvent {
  const native = asObject(raw);
  return { ...base(context, facts.eventId), type: 'ignored', reason: facts.reason, ...(native === undefined ? {} : { native: native as Json }) };
}

/** An id for what has none: the same content is the same event. */
function digestOf(raw: unknown): string {
  const text = JSON.stringify(raw) ?? 'nothing';
  let sum = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return `${text.length}-${sum.toString(16)}`;
}
