import type { MessageAction } from '../contract/abilities.js';
import type { DeliveryOutcome } from '../contract.js';
import { asText, field } from '../lib/read-json.js';
import { type Answer, nameOf } from './client.js';
import type { DeliverContext } from './deliver.js';
import { chatPartsOf, partsOf, recordKey } from './ids.js';
import { outcomeOfRepeatable, refusal } from './refusal.js';

/** Posts know one reaction, the like; whatever says "good" is taken for it. Chats take any. */
const likes = new Set(['❤️', '❤', '👍', '⭐']);

/** Deletes a post of ours, or reacts. What is so already is no fault. */
export async function act(action: MessageAction, context: DeliverContext): Promise<DeliveryOutcome> {
  try {
    if (action.type === 'delete') return await remove(action.target, context);
    if (action.type === 'react') return await react(action, context);
    return { result: 'rejected', because: 'invalid', reason: `Bluesky has no such thing: ${action.type}` };
  } catch (error) {
    return outcomeOfRepeatable(error);
  }
}

async function remove(target: string, context: DeliverContext): Promise<DeliveryOutcome> {
  const parts = partsOf(target);
  if (parts === undefined) return { result: 'rejected', because: 'invalid', reason: 'A direct message can be removed from our own view only; the other side keeps it.' };
  const { did, collection, rkey } = parts;
  return done(await context.client.post('com.atproto.repo.deleteRecord', { json: { repo: did, collection, rkey } }), context);
}

async function react(action: { target: string; emoji: string; on: boolean }, context: DeliverContext): Promise<DeliveryOutcome> {
  const chat = chatPartsOf(action.target);
  if (chat !== undefined) {
    const method = action.on ? 'chat.bsky.convo.addReaction' : 'chat.bsky.convo.removeReaction';
    return done(await context.client.post(method, { chat: true, json: { convoId: chat.convoId, messageId: chat.messageId, value: action.emoji } }), context);
  }
  if (!likes.has(action.emoji)) return { result: 'rejected', because: 'invalid', reason: 'Posts on Bluesky have one reaction: the like.' };
  return like(action, context);
}

/** The like's key comes from the post, so that liking twice is one like, and it is found again to be taken back. */
async function like(action: { target: string; on: boolean }, context: DeliverContext): Promise<DeliveryOutcome> {
  const record = { repo: await context.client.did(), collection: 'app.bsky.feed.like', rkey: recordKey(`like ${action.target}`) };
  if (!action.on) return done(await context.client.post('com.atproto.repo.deleteRecord', { json: record }), context);
  const found = await context.client.get('app.bsky.feed.getPosts', { query: [['uris', action.target]] });
  const cid = asText(field(found.json, 'posts', 0, 'cid'));
  if (found.status !== 200) return refusal(found, context.clock());
  if (cid === undefined) return { result: 'rejected', because: 'not_found', reason: 'The post is not there any more.' };
  const value = { $type: 'app.bsky.feed.like', subject: { uri: action.target, cid }, createdAt: new Date(context.clock()).toISOString() };
  return done(await context.client.post('com.atproto.repo.putRecord', { json: { ...record, record: value } }), context);
}

function done(answer: Answer, context: DeliverContext): DeliveryOutcome {
  if (answer.status === 200 || nameOf(answer) === 'RecordNotFound') return { result: 'sent' };
  return refusal(answer, context.clock());
}
