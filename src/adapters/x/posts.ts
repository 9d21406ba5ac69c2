import type { DeleteEvent, InboundEvent, MessageEvent, ReactionEvent, RemoteFile } from '../../inbox/model/event.js';
import { asList, asText, field } from '../lib/read-json.js';
import { base, digestOf, type Facts, ignored, timeOf } from './facts.js';
import { idOf, type PostId, postThread, revisionOf } from './ids.js';
import { mediaUrl, nameOf } from './media.js';
import { isAutomated, senderOf, userIn } from './people.js';
import { textOfPost } from './text.js';

/** The one reaction that X has. */
export const like = '❤️';

interface Post {
  id: PostId;
  /** The first id of a post that was edited: the one it stays known by. */
  firstId: PostId;
  authorId: string;
  conversationId: string;
  parentId?: string;
  native: unknown;
}

/**
 * A post of the API's second version. One that was edited comes under a new id: an edit of the first one. `whole`: of the
 * back-fill, where X gives the newest form only: then it is the post itself too, which the ledger knows if it came before.
 * What a post answers is left out of its thread on purpose: the conversation and its customer name the thread exactly, and
 * a post under somebody else's would be taken for a part of theirs. Pure.
 */
export function postEvents(payload: unknown, includes: unknown, facts: Facts, whole = false): InboundEvent[] {
  const id = idOf(field(payload, 'id'));
  const authorId = idOf(field(payload, 'author_id'));
  if (id === undefined || authorId === undefined) return [ignored(facts, { eventId: `post?:${digestOf(payload)}`, reason: 'a post without id or author', native: payload })];
  const post = postOf(payload, { id, authorId });
  const kept = (reason: string): InboundEvent[] => [ignored(facts, { eventId: `post:${id}`, reason, native: payload })];
  if (asList(field(payload, 'referenced_tweets')).some((other) => field(other, 'type') === 'retweeted')) return kept('a repost says nothing of its own');
  if (authorId === facts.accountId) {
    const customerId = addresseeOf(post, facts.accountId);
    return customerId === undefined ? kept('a post of our own account that answers nobody') : [ownPost(post, { customerId, includes }, facts)];
  }
  const message = customersPost(post, includes, facts);
  if (post.firstId === id) return [message];
  const edit = editOf(post, message, facts);
  return whole ? [message, edit] : [edit];
}

function postOf(payload: unknown, ids: { id: PostId; authorId: string }): Post {
  const parent = asList(field(payload, 'referenced_tweets')).find((other) => field(other, 'type') === 'replied_to');
  const parentId = idOf(field(parent, 'id'));
  return {
    ...ids,
    firstId: idOf(field(payload, 'edit_history_tweet_ids', 0)) ?? ids.id,
    conversationId: idOf(field(payload, 'conversation_id')) ?? ids.id,
    ...(parentId === undefined ? {} : { parentId }),
    native: payload,
  };
}

function mentionsOf(post: Post): string[] {
  return asList(field(post.native, 'entities', 'mentions')).map((mention) => idOf(field(mention, 'id'))).filter((id) => id !== undefined);
}

function addresseeOf(post: Post, accountId: string): string | undefined {
  const answered = idOf(field(post.native, 'in_reply_to_user_id'));
  if (answered !== undefined && answered !== accountId) return answered;
  return post.parentId === undefined ? undefined : mentionsOf(post).find((id) => id !== accountId);
}

function customersPost(post: Post, includes: unknown, facts: Facts): MessageEvent {
  const user = userIn(field(includes, 'users'), post.authorId);
  const username = asText(user?.['username']);
  const language = asText(field(post.native, 'lang'));
  const sender = senderOf(post.authorId, user);
  return {
    ...common(post, facts),
    direction: 'in',
    sender: language === undefined || !/^[a-z]{2}$/.test(language) ? sender : { ...sender, language },
    thread: {
      key: postThread(post.conversationId, post.authorId), keyIs: 'exact', audience: 'public',
      handle: { postId: post.id, ...(username === undefined ? {} : { username }) },
    },
    ...filesOf(post, includes),
    ...(isAutomated(user) ? { silent: 'an automated account' } : {}),
  };
}

/** Ours comes back too; whoever knows its id knows that it is no colleague's. */
function ownPost(post: Post, how: { customerId: string; includes: unknown }, facts: Facts): MessageEvent {
  const users = field(how.includes, 'users');
  return {
    ...common(post, facts),
    direction: 'out',
    sender: senderOf(post.authorId, userIn(users, post.authorId)),
    recipient: senderOf(how.customerId, userIn(users, how.customerId)),
    thread: { key: postThread(post.conversationId, how.customerId), keyIs: 'exact', audience: 'public' },
    ...filesOf(post, how.includes),
  };
}

function common(post: Post, facts: Facts) {
  return {
    ...base(facts, `post:${post.firstId}`),
    type: 'message' as const,
    externalId: post.firstId,
    text: textOfPost(post.native),
    ...timeOf(field(post.native, 'created_at')),
    ...(post.firstId === post.id ? {} : { otherIds: [post.id] }),
  };
}

function editOf(post: Post, message: MessageEvent, facts: Facts): InboundEvent {
  return {
    ...base(facts, `edit:${post.id}`), type: 'edit', target: post.firstId, threadKey: message.thread.key,
    revision: revisionOf(post.id), text: message.text, ...timeOf(field(post.native, 'created_at')),
  };
}

/** Pictures by their address; where X left that out, by post and key, to be asked for later. */
function filesOf(post: Post, includes: unknown): { remoteFiles?: RemoteFile[] } {
  const keys = asList(field(post.native, 'attachments', 'media_keys')).map(asText).filter((key) => key !== undefined);
  if (keys.length === 0) return {};
  const media = asList(field(includes, 'media'));
  const remoteFiles = keys.map((mediaKey, index): RemoteFile => {
    const url = mediaUrl(media.find((one) => field(one, 'media_key') === mediaKey));
    return { name: nameOf(url, index), source: url === undefined ? { postId: post.id, mediaKey } : { url } };
  });
  return { remoteFiles };
}

/** X tells of the deletions of accounts that are subscribed to: ours. */
export function deletedPost(payload: unknown, facts: Facts): InboundEvent {
  const id = idOf(field(payload, 'id'));
  const authorId = idOf(field(payload, 'author_id'));
  if (id === undefined || authorId === undefined) return ignored(facts, { eventId: `delete?:${digestOf(payload)}`, reason: 'a deletion without id or author', native: payload });
  const deleted: DeleteEvent = { ...base(facts, `delete:${id}`), type: 'delete', target: id, threadKey: postThread(id, authorId), by: 'author' };
  return deleted;
}

/** Somebody likes a post of ours. Who, stands only among the included users. */
export function likeOf(event: { payload: unknown; includes: unknown; uuid: string; direction: unknown; on: boolean }, facts: Facts): InboundEvent {
  const { payload, includes, uuid } = event;
  const target = idOf(field(payload, 'liked_tweet_id'));
  const kept = (reason: string): InboundEvent => ignored(facts, { eventId: `like:${uuid}`, reason, native: payload as never });
  if (target === undefined) return kept('a like of nothing');
  if (event.direction === 'outbound' || field(payload, 'liked_tweet_author_id') !== facts.accountId) return kept('a like that this account gave');
  const users = asList(field(includes, 'users'));
  const liker = users.map((user) => idOf(field(user, 'id')) ?? idOf(field(user, 'data', 'id'))).find((id) => id !== undefined && id !== facts.accountId);
  if (liker === undefined) return kept('a like; X does not say whose');
  const liked = asList(field(includes, 'tweets')).find((post) => field(post, 'id') === target);
  const reaction: ReactionEvent = {
    ...base(facts, `like:${uuid}`), type: 'reaction', target, threadKey: postThread(idOf(field(liked, 'conversation_id')) ?? target, liker),
    op: event.on ? 'add' : 'remove', emoji: like, by: senderOf(liker, userIn(users, liker)), ...timeOf(field(payload, 'timestamp_ms')),
  };
  return reaction;
}
