import type { Json } from '../../inbox/model/common.js';
import type { InboundEvent, MessageEvent, Sender } from '../../inbox/model/event.js';
import { asObject, asText, field } from '../lib/read-json.js';
import { type PostId, postId, revisionOf, scopeOf, topicThread, wholeNumber } from './ids.js';
import { readMarkdown } from './read-markdown.js';

/** What every event of one delivery shares, and how to know our own people. */
export interface Facts {
  channelId: string;
  receivedAt: number;
  verifiedBy: 'signature' | 'token';
  scope: string;
  apiUsername: string;
  staff: ReadonlySet<string>;
  staffByRole: boolean;
  /** Whether private messages are taken in; the webhook tells of everybody's. */
  privateMessages: boolean;
}

/** The headers of a delivery that say what it is. */
export interface DeliveryFacts {
  /** `X-Discourse-Event`, e.g. `post_created`. */
  event: string | undefined;
  /** `X-Discourse-Event-Id`: new with every attempt, so it names nothing but what we do not use. */
  id: string | undefined;
  /** `X-Discourse-Instance`: the address of the site. */
  instance: string | undefined;
}

type PostBody = Record<string, unknown>;

/** Discourse's one reaction without a plug-in. */
export const like = '❤️';
/** app/models/post.rb, `Post.types`. */
const postTypes = { smallAction: 3, whisper: 4 } as const;

/** One delivery of a webhook. Pure, and never throws. */
export function parse(body: unknown, delivery: DeliveryFacts, facts: Facts): InboundEvent[] {
  const kept = (reason: string): InboundEvent[] => [ignored(facts, { eventId: `delivery:${delivery.event ?? ''}:${delivery.id ?? ''}`, reason, native: body })];
  if (delivery.instance !== undefined && hostOf(delivery.instance) !== facts.scope) return kept(`from another community, ${delivery.instance.slice(0, 100)}`);
  const post = asObject(field(body, 'post'));
  switch (delivery.event) {
    case 'post_created': return post === undefined ? kept('no post in it') : [postEvent(post, facts)];
    case 'post_edited': return post === undefined ? kept('no post in it') : [editEvent(post, facts)];
    case 'post_destroyed': return post === undefined ? kept('no post in it') : [deleteEvent(post, facts)];
    case 'post_liked': return [likeEvent(body, facts)];
    case 'ping': return kept('a test of the webhook');
    case undefined: return kept(field(body, 'ping') === undefined ? 'a delivery that does not say what it is' : 'a test of the webhook');
    case 'post_recovered': return kept('a deleted post was restored: what it said is kept here all along');
    default: return kept(/^topic_/.test(delivery.event) ? 'about a topic: its posts come by themselves' : `unknown kind ${delivery.event.slice(0, 60)}`);
  }
}

/** A post of a webhook, or of the lists that the back-fill reads (`archetype` then says of which). */
export function postEvent(post: PostBody, facts: Facts, archetype?: string): InboundEvent {
  const known = idsOf(post);
  if (known === undefined) return ignored(facts, { eventId: `post?:${String(post['id']).slice(0, 40)}`, reason: 'a post without id, topic or author', native: post });
  const { id, topicId, username } = known;
  const kept = (reason: string): InboundEvent => ignored(facts, { eventId: `post:${id}`, reason, native: post });
  if (post['post_type'] === postTypes.whisper) return kept('a whisper, which only the staff there may read');
  if (isOthersBusiness(post, facts, archetype)) return { ...base(facts, `post:${id}`), type: 'ignored', reason: othersBusiness };
  const isOut = isOurs(post, username, facts);
  if (isOut && post['post_number'] === 1) return kept('a topic that one of us began: nobody is waiting there');
  const read = readMarkdown(asText(post['raw']) ?? '');
  const silent = isOut ? undefined : silenceOf(post);
  const message: MessageEvent = {
    ...base(facts, `post:${id}`),
    type: 'message',
    externalId: id,
    direction: isOut ? 'out' : 'in',
    sender: senderOf(post, facts),
    ...(isOut ? recipientOf(post, facts) : {}),
    thread: threadOf(post, { topicId, archetype, isOut }),
    text: read.text === '' && silent !== undefined ? asText(post['action_code']) ?? '' : read.text,
    ...(read.quoted === undefined ? {} : { quoted: read.quoted }),
    ...(read.files.length === 0 ? {} : { remoteFiles: read.files }),
    ...timeOf(post['created_at']),
    ...(silent === undefined ? {} : { silent }),
  };
  return message;
}

function threadOf(post: PostBody, about: { topicId: number; archetype: string | undefined; isOut: boolean }): MessageEvent['thread'] {
  const subject = asText(post['topic_title']);
  const number = wholeNumber(post['post_number']);
  return {
    key: topicThread(about.topicId), keyIs: 'exact',
    audience: (about.archetype ?? post['topic_archetype']) === 'private_message' ? 'private' : 'public',
    ...(subject === undefined || subject === '' ? {} : { subject: subject.slice(0, 300) }),
    ...(about.isOut || number === undefined ? {} : { handle: { postNumber: number } }),
  };
}

function editEvent(post: PostBody, facts: Facts): InboundEvent {
  const known = idsOf(post);
  if (known === undefined) return ignored(facts, { eventId: `edit?:${String(post['id']).slice(0, 40)}`, reason: 'a changed post without id, topic or author', native: post });
  const revision = revisionOf(post['version'], post['updated_at']);
  const eventId = `edit:${known.id}:${revision}`;
  if (post['post_type'] === postTypes.whisper) return ignored(facts, { eventId, reason: 'a whisper, which only the staff there may read', native: post });
  if (isOthersBusiness(post, facts)) return { ...base(facts, eventId), type: 'ignored', reason: othersBusiness };
  return { ...base(facts, eventId), type: 'edit', target: known.id, threadKey: topicThread(known.topicId), revision, text: readMarkdown(asText(post['raw']) ?? '').text, ...timeOf(post['updated_at']) };
}

function deleteEvent(post: PostBody, facts: Facts): InboundEvent {
  const known = idsOf(post);
  if (known === undefined) return ignored(facts, { eventId: `delete?:${String(post['id']).slice(0, 40)}`, reason: 'a deleted post without id, topic or author', native: post });
  const when = asText(post['deleted_at']) ?? asText(post['updated_at']) ?? '';
  return {
    ...base(facts, `delete:${known.id}:${when.slice(0, 40)}`), type: 'delete', target: known.id, threadKey: topicThread(known.topicId),
    by: post['user_deleted'] === true ? 'author' : 'provider', ...timeOf(when),
  };
}

/** Discourse tells of likes that are given, not of those that are taken back. */
function likeEvent(body: unknown, facts: Facts): InboundEvent {
  const liked = field(body, 'like', 'post');
  const user = asObject(field(body, 'like', 'user'));
  const id = postId(field(liked, 'id'));
  const topicId = wholeNumber(field(liked, 'topic_id'));
  const userId = wholeNumber(user?.['id']);
  const eventId = `like:${id ?? '?'}:${userId ?? '?'}`;
  if (id === undefined || topicId === undefined || user === undefined || userId === undefined) return ignored(facts, { eventId, reason: 'a like without post or person', native: body });
  if (asText(user['username'])?.toLowerCase() === facts.apiUsername) return ignored(facts, { eventId, reason: 'a like that we gave', native: body });
  return { ...base(facts, eventId), type: 'reaction', target: id, threadKey: topicThread(topicId), op: 'add', emoji: like, by: person({ id: userId, username: asText(user['username']), name: asText(user['name']) }, facts) };
}

const othersBusiness = 'a private message, and those are switched off for this channel: its words are not kept';

/** A webhook tells of the private messages of all people there. What the back-fill reads, our own user may read too. */
function isOthersBusiness(post: PostBody, facts: Facts, archetype?: string): boolean {
  return !facts.privateMessages && archetype === undefined && post['topic_archetype'] === 'private_message';
}

function hostOf(instance: string): string {
  return URL.canParse(instance) ? scopeOf(instance) : instance;
}

function idsOf(post: PostBody): { id: PostId; topicId: number; username: string } | undefined {
  const id = postId(post['id']);
  const topicId = wholeNumber(post['topic_id']);
  const username = asText(post['username']);
  const userId = post['user_id'];
  return id === undefined || topicId === undefined || username === undefined || typeof userId !== 'number' ? undefined : { id, topicId, username: username.toLowerCase() };
}

function isOurs(post: PostBody, username: string, facts: Facts): boolean {
  if (username === facts.apiUsername || facts.staff.has(username)) return true;
  return facts.staffByRole && Number(post['user_id']) > 0 && (post['admin'] === true || post['moderator'] === true || post['staff'] === true);
}

function silenceOf(post: PostBody): string | undefined {
  if (post['post_type'] === postTypes.smallAction) return 'a note of the site';
  return Number(post['user_id']) < 0 ? 'a bot of the site' : undefined;
}

function senderOf(post: PostBody, facts: Facts): Sender {
  return person({ id: Number(post['user_id']), username: asText(post['username']), name: asText(post['name']) }, facts);
}

/** To whom one of us wrote, where the post answers another and the site says whose; else the topic's own customer. */
function recipientOf(post: PostBody, facts: Facts): { recipient?: Sender } {
  const id = wholeNumber(field(post, 'reply_to_user', 'id'));
  const username = asText(field(post, 'reply_to_user', 'username'));
  if (id === undefined || username === undefined || username.toLowerCase() === facts.apiUsername || facts.staff.has(username.toLowerCase())) return {};
  return { recipient: person({ id, username, name: asText(field(post, 'reply_to_user', 'name')) }, facts) };
}

/** The site vouches for its users and their names. */
function person(user: { id: number; username: string | undefined; name: string | undefined }, facts: Facts): Sender {
  const { id, username } = user;
  const displayName = user.name === undefined || user.name === '' ? username : user.name;
  return {
    kind: 'discourse', scope: facts.scope, externalUserId: String(id), proof: 'channel',
    aliases: username === undefined ? [] : [{ type: 'username', value: username.toLowerCase(), proof: 'channel' }],
    ...(displayName === undefined ? {} : { displayName }),
  };
}

function base(facts: Facts, eventId: string): { channelId: string; receivedAt: number; verifiedBy: 'signature' | 'token'; eventId: string } {
  return { channelId: facts.channelId, receivedAt: facts.receivedAt, verifiedBy: facts.verifiedBy, eventId };
}

function ignored(facts: Facts, what: { eventId: string; reason: string; native: unknown }): InboundEvent {
  return { ...base(facts, what.eventId.slice(0, 200)), type: 'ignored', reason: what.reason, native: what.native as Json };
}

function timeOf(value: unknown): { occurredAt?: number } {
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isFinite(ms) ? { occurredAt: ms } : {};
}
