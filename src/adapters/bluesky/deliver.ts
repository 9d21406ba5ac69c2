import type { DeliveryOutcome, DeliveryTools, Outbound } from '../contract.js';
import { asList, asText, field } from '../lib/read-json.js';
import type { BlueskyClient } from './client.js';
import { chatId, partsOf, timeOf } from './ids.js';
import { attemptMs, images } from './limits.js';
import { type Handle, type PostRecord, readHandle, renderChat, renderPosts } from './render.js';
import { outcomeOfRepeatable, refusal } from './refusal.js';

export interface DeliverContext {
  client: BlueskyClient;
  clock: () => number;
}

interface Sending {
  outbound: Outbound;
  context: DeliverContext;
  tools: DeliveryTools;
}

/** Sends one answer: posts under keys of our own (putting one twice makes one), or chat messages that are looked for before they are sent again. */
export async function deliver(outbound: Outbound, context: DeliverContext, tools: DeliveryTools): Promise<DeliveryOutcome> {
  const handle = readHandle(outbound.handle);
  if (handle === undefined) return { result: 'rejected', because: 'invalid', reason: 'It is not known which post or chat this would answer.' };
  const sending = { outbound, context, tools };
  try {
    return handle.kind === 'chat' ? await sendChat(sending, handle.convoId) : await sendPosts(sending, handle);
  } catch (error) {
    return outcomeOfRepeatable(error);
  }
}

async function sendPosts({ outbound, context, tools }: Sending, handle: Handle & { kind: 'post' }): Promise<DeliveryOutcome> {
  const until = context.clock() + attemptMs;
  const did = await context.client.did();
  const ids = [...outbound.sentParts];
  const pictures = ids.length === 0 ? await uploadAll({ outbound, context, tools }) : [];
  if (!Array.isArray(pictures)) return pictures;
  let parent = await lastSent(ids.at(-1), context) ?? handle.parent;
  for (const [index, { rkey, record }] of renderPosts(outbound, context.clock()).entries()) {
    if (index < ids.length) continue;
    if (context.clock() > until) return { result: 'retry', afterMs: 0, reason: 'the rest goes out with the next attempt' };
    const embed = index === 0 && pictures.length > 0 ? { embed: { $type: 'app.bsky.embed.images', images: pictures } } : {};
    const put = await putPost({ did, rkey, record: { ...record, reply: { root: handle.root, parent }, ...embed } }, context);
    if (!('uri' in put)) return put;
    parent = put;
    ids.push(put.uri);
    await tools.partSent(put.uri);
  }
  return { result: 'sent', externalIds: ids };
}

async function putPost(what: { did: string; rkey: string; record: PostRecord & { reply: unknown } }, context: DeliverContext): Promise<{ uri: string; cid: string } | DeliveryOutcome> {
  const answer = await context.client.post('com.atproto.repo.putRecord', { json: { repo: what.did, collection: 'app.bsky.feed.post', rkey: what.rkey, record: what.record } });
  const [uri, cid] = [asText(field(answer.json, 'uri')), asText(field(answer.json, 'cid'))];
  return answer.status === 200 && uri !== undefined && cid !== undefined ? { uri, cid } : refusal(answer, context.clock());
}

/** What the next part has to point at, after an attempt that got some accepted. */
async function lastSent(uri: string | undefined, context: DeliverContext): Promise<{ uri: string; cid: string } | undefined> {
  const parts = partsOf(uri);
  if (uri === undefined || parts === undefined) return undefined;
  const answer = await context.client.get('com.atproto.repo.getRecord', { query: [['repo', parts.did], ['collection', parts.collection], ['rkey', parts.rkey]] });
  const cid = asText(field(answer.json, 'cid'));
  return cid === undefined ? undefined : { uri, cid };
}

async function uploadAll({ outbound, context, tools }: Sending): Promise<{ alt: string; image: unknown }[] | DeliveryOutcome> {
  const done: { alt: string; image: unknown }[] = [];
  for (const attachment of outbound.attachments.slice(0, images.count)) {
    const answer = await context.client.post('com.atproto.repo.uploadBlob', { bytes: { mime: attachment.mime, body: await tools.readFile(attachment) } });
    const image = field(answer.json, 'blob');
    if (answer.status !== 200 || image === undefined) return refusal(answer, context.clock());
    done.push({ alt: attachment.name, image });
  }
  return done;
}

async function sendChat({ outbound, context, tools }: Sending, convoId: string): Promise<DeliveryOutcome> {
  if (outbound.attachments.length > 0) return { result: 'rejected', because: 'invalid', reason: 'Direct messages on Bluesky carry no files.' };
  const until = context.clock() + attemptMs;
  const ids = [...outbound.sentParts];
  const sentBefore = outbound.attempt > 1 ? await ownSince(outbound, context, convoId) : [];
  for (const [index, message] of renderChat(outbound).entries()) {
    if (index < ids.length) continue;
    if (context.clock() > until) return { result: 'retry', afterMs: 0, reason: 'the rest goes out with the next attempt' };
    const there = sentBefore.find((one) => one.text === message.text && !ids.includes(one.id));
    const id = there?.id ?? await sendOne(message, context, convoId);
    if (typeof id !== 'string') return id;
    ids.push(id);
    await tools.partSent(id);
  }
  return { result: 'sent', externalIds: ids };
}

async function sendOne(message: object, context: DeliverContext, convoId: string): Promise<string | DeliveryOutcome> {
  const answer = await context.client.post('chat.bsky.convo.sendMessage', { chat: true, json: { convoId, message } });
  const id = asText(field(answer.json, 'id'));
  return answer.status === 200 && id !== undefined ? chatId(convoId, id) : refusal(answer, context.clock());
}

const clockDiffersMs = 60_000;

/** The chat service knows no key: what we said since this answer was written is read back before any of it is said again. */
async function ownSince(outbound: Outbound, context: DeliverContext, convoId: string): Promise<{ id: string; text: string }[]> {
  const answer = await context.client.get('chat.bsky.convo.getMessages', { chat: true, query: [['convoId', convoId], ['limit', '50']] });
  if (answer.status !== 200) return [];
  const did = await context.client.did();
  const since = (timeOf(outbound.messageId) ?? outbound.answers?.at ?? 0) - clockDiffersMs;
  return asList(field(answer.json, 'messages')).flatMap((message) => {
    const [id, text] = [asText(field(message, 'id')), asText(field(message, 'text'))];
    const isOurs = field(message, 'sender', 'did') === did && Date.parse(asText(field(message, 'sentAt')) ?? '') >= since;
    return isOurs && id !== undefined && text !== undefined ? [{ id: chatId(convoId, id), text }] : [];
  }).reverse();
}
