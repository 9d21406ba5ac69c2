import type { Json } from '../../inbox/model/common.js';
import type { InboundEvent, MessageEvent, RemoteFile, Sender } from '../../inbox/model/event.js';
import { asList, asObject, asText, field } from '../lib/read-json.js';
import { readRichText } from './facets.js';
import { type AtUri, atUri, eventIds, partsOf, postThread } from './ids.js';

export interface ParseContext {
  channelId: string;
  receivedAt: number;
  /** Our own account. */
  did: string;
}

/** What an answer in a public thread points at. */
export interface PostHandle {
  kind: 'post';
  root: { uri: string; cid: string };
  parent: { uri: string; cid: string };
  [key: string]: Json;
}

const messages = new Set(['mention', 'reply', 'quote']);
const unused = new Set(['repost', 'follow', 'starterpack-joined', 'verified', 'unverified', 'like-via-repost', 'repost-via-repost', 'subscribed-post', 'contact-match']);
/** Did, and with it the identity, is the same everywhere. */
export const scope = '*';

/** One notification as one event. Pure; anything that is not understood becomes `ignored` with its source. */
export function parseNotification(raw: unknown, context: ParseContext): InboundEvent {
  const uri = atUri(field(raw, 'uri'));
  const reason = asText(field(raw, 'reason'));
  if (uri === undefined || reason === undefined) return ignored(raw, context, { eventId: `n:?:${JSON.stringify(raw)?.slice(0, 200) ?? ''}`, reason: 'a notification without an address' });
  const eventId = eventIds.notification(uri, reason);
  if (messages.has(reason)) return parsePost(raw, { uri, eventId, context }) ?? ignored(raw, context, { eventId, reason: `a ${reason} that could not be read` });
  if (reason === 'like') return parseLike(raw, { eventId, context }) ?? ignored(raw, context, { eventId, reason: 'a like of nothing' });
  if (unused.has(reason)) return { ...base(context, eventId), type: 'ignored', reason: `${reason}: not a message` };
  return ignored(raw, context, { eventId, reason: `unknown kind ${reason.slice(0, 60)}` });
}

function parsePost(raw: unknown, about: { uri: AtUri; eventId: string; context: ParseContext }): MessageEvent | undefined {
  const { uri, context } = about;
  const record = field(raw, 'record');
  const cid = asText(field(raw, 'cid'));
  const sender = senderOf(field(raw, 'author'));
  const text = asText(field(record, 'text'));
  if (cid === undefined || sender === undefined || text === undefined) return undefined;
  const isBot = asList(field(raw, 'author', 'labels')).some((label) => field(label, 'val') === 'bot');
  return {
    ...base(context, about.eventId), ...timed(field(raw, 'indexedAt'), field(record, 'createdAt')), type: 'message', externalId: uri, direction: 'in', sender,
    ...withLanguage(sender, record), thread: threadOf(record, { uri, cid }, sender.externalUserId), text: textOf(record, uri, context.did), ...filesOf(record, sender.externalUserId),
    ...(isBot ? { silent: 'written by a bot' } : {}),
  };
}

/** A post of our own account, as it lies in its repository: an answer that a colleague wrote elsewhere, or one of ours coming back. */
export function parseOwn(row: unknown, context: ParseContext, nameOf: (did: string) => string | undefined): InboundEvent {
  const uri = atUri(field(row, 'uri'));
  const cid = asText(field(row, 'cid'));
  const record = field(row, 'value');
  if (uri === undefined || cid === undefined) return ignored(row, context, { eventId: `own:${JSON.stringify(row)?.slice(0, 200) ?? ''}`, reason: 'a post of ours without an address' });
  const to = partsOf(field(record, 'reply', 'parent', 'uri'))?.did;
  if (to === undefined || to === context.did) return { ...base(context, eventIds.own(uri)), type: 'ignored', reason: 'our own post, to nobody in particular' };
  const name = nameOf(to);
  const recipient: Sender = { kind: 'bluesky', scope, externalUserId: to, proof: 'channel', aliases: [], ...(name === undefined ? {} : { displayName: name }) };
  return {
    ...base(context, eventIds.own(uri)), ...timed(undefined, field(record, 'createdAt')), type: 'message', externalId: uri, direction: 'out',
    sender: { kind: 'bluesky', scope, externalUserId: context.did, proof: 'channel', aliases: [], displayName: 'Bluesky' }, recipient,
    thread: threadOf(record, { uri, cid }, to), text: textOf(record, uri, context.did), ...filesOf(record, context.did),
  };
}

function parseLike(raw: unknown, about: { eventId: string; context: ParseContext }): InboundEvent | undefined {
  const target = atUri(field(raw, 'reasonSubject'));
  const by = senderOf(field(raw, 'author'));
  if (target === undefined || by === undefined) return undefined;
  return { ...base(about.context, about.eventId), ...timed(field(raw, 'indexedAt')), type: 'reaction', target, threadKey: postThread(target, by.externalUserId), op: 'add', emoji: '❤️', by };
}

function threadOf(record: unknown, self: { uri: string; cid: string }, did: string): MessageEvent['thread'] {
  const root = { uri: asText(field(record, 'reply', 'root', 'uri')), cid: asText(field(record, 'reply', 'root', 'cid')) };
  const begins = root.uri !== undefined && root.cid !== undefined ? { uri: root.uri, cid: root.cid } : self;
  const handle: PostHandle = { kind: 'post', root: begins, parent: self };
  return { key: postThread(begins.uri, did), keyIs: 'exact', audience: 'public', handle };
}

export function senderOf(author: unknown): Sender | undefined {
  const did = asText(field(author, 'did'));
  if (did === undefined || !did.startsWith('did:')) return undefined;
  const handle = asText(field(author, 'handle'));
  const valid = handle !== undefined && handle !== 'handle.invalid' && handle !== '' ? handle.toLowerCase() : undefined;
  const name = (asText(field(author, 'displayName')) ?? '').trim() || (valid === undefined ? undefined : `@${valid}`);
  return {
    kind: 'bluesky', scope, externalUserId: did, proof: 'channel', ...(name === undefined ? {} : { displayName: name.slice(0, 200) }),
    aliases: valid === undefined ? [] : [{ type: 'username', value: valid, proof: 'channel' }],
  };
}

function withLanguage(sender: Sender, record: unknown): { sender?: Sender } {
  const language = asText(field(record, 'langs', 0));
  return language === undefined || !/^[a-z]{2,3}(?:-\w{1,8})*$/iu.test(language) ? {} : { sender: { ...sender, language: language.slice(0, 12) } };
}

function textOf(record: unknown, uri: string, ownDid: string): string {
  const text = readRichText(asText(field(record, 'text')) ?? '', field(record, 'facets'), ownDid);
  const more = shownElsewhere(record, uri).filter((url) => !text.includes(url));
  return [text, ...more].filter((part) => part !== '').join('\n\n');
}

/** What a post carries that is no picture: a link card, a quoted post, a video (which only their site plays). */
function shownElsewhere(record: unknown, uri: string): string[] {
  const embed = field(record, 'embed');
  const media = field(embed, 'media') ?? embed;
  const external = asText(field(media, 'external', 'uri'));
  const quoted = field(embed, 'record', 'record', 'uri') ?? field(embed, 'record', 'uri');
  const links = [external, webAddress(quoted), field(media, 'video') === undefined ? undefined : webAddress(uri)];
  return links.filter((link): link is string => link !== undefined && /^https?:\/\/\S+$/u.test(link));
}

/** Where a browser sees a post. */
export function webAddress(uri: unknown): string | undefined {
  const parts = partsOf(uri);
  return parts?.collection === 'app.bsky.feed.post' ? `https://bsky.app/profile/${parts.did}/post/${parts.rkey}` : undefined;
}

function filesOf(record: unknown, did: string): { remoteFiles?: RemoteFile[] } {
  const embed = field(record, 'embed');
  const files = asList(field(field(embed, 'media') ?? embed, 'images')).flatMap((image): RemoteFile[] => {
    const cid = asText(field(image, 'image', 'ref', '$link'));
    const mime = asText(field(image, 'image', 'mimeType'));
    return cid === undefined ? [] : [{ name: `${cid.slice(-8)}.jpg`, source: { did, cid }, ...(mime === undefined ? {} : { mime }) }];
  });
  return files.length === 0 ? {} : { remoteFiles: files };
}

export function base(context: ParseContext, eventId: string): { channelId: string; eventId: string; receivedAt: number; verifiedBy: 'connection' } {
  return { channelId: context.channelId, eventId, receivedAt: context.receivedAt, verifiedBy: 'connection' };
}

/** The service's time before the author's: that one is whatever the author says. */
export function timed(...values: unknown[]): { occurredAt?: number } {
  for (const value of values) {
    const at = Date.parse(asText(value) ?? '');
    if (!Number.isNaN(at)) return { occurredAt: at };
  }
  return {};
}

export function ignored(raw: unknown, context: ParseContext, facts: { eventId: string; reason: string }): InboundEvent {
  const native = asObject(raw);
  return { ...base(context, facts.eventId), type: 'ignored', reason: facts.reason, ...(native === undefined ? {} : { native: native as Json }) };
}
