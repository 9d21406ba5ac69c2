import type { Json } from '../../inbox/model/common.js';
import type { DeliveryOutcome, DeliveryTools, Outbound } from '../contract.js';
import { asObject } from '../lib/read-json.js';
import { DiscordRefusal, type ApiRequest, type DiscordApi } from './api.js';
import { snowflake, type Snowflake } from './ids.js';
import { requestMs } from './limits.js';
import type { NonceBook } from './nonce-book.js';
import { outcomeOf } from './outcome-of-refusal.js';
import { render, type Part } from './render.js';

export interface DeliverContext {
  api: DiscordApi;
  nonces: NonceBook;
}

/** Nobody is pinged by what we write: no role, no `@everyone`, no name in a text, not who is answered. */
const noPings = { parse: [], replied_user: false };

/** Sends what is left of a message, part by part. */
export async function deliver(outbound: Outbound, context: DeliverContext, tools: DeliveryTools): Promise<DeliveryOutcome> {
  const parts = render(outbound);
  if (parts.length === 0) return { result: 'rejected', because: 'invalid', reason: 'There is nothing to send.' };
  const sent = [...outbound.sentParts];
  try {
    const channel = await channelFor(outbound, context.api);
    for (const [index, part] of parts.entries()) {
      if (index < outbound.sentParts.length) continue;
      const request = await requestOf(part, context.nonces.make(outbound.messageId, index), tools);
      const id = await post(context.api, `/channels/${channel}/messages`, request);
      sent.push(id);
      if (parts.length > 1) await tools.partSent(id);
    }
    return { result: 'sent', externalIds: sent };
  } catch (error) {
    return outcomeOf(error);
  }
}

/** The thread's channel; for somebody we have no thread with, their direct messages, which Discord opens on demand. */
async function channelFor(outbound: Outbound, api: DiscordApi): Promise<Snowflake> {
  const known = snowflake(outbound.threadKey);
  if (known !== undefined) return known;
  const opened = asObject(await api.ask('POST', '/users/@me/channels', { body: { recipient_id: outbound.to.externalUserId } }));
  const id = snowflake(opened?.['id']);
  if (id === undefined) throw new DiscordRefusal('Discord opened no direct messages with them.', { status: 404, code: 10013 });
  return id;
}

async function requestOf(part: Part, nonce: string, tools: DeliveryTools): Promise<ApiRequest> {
  const files = await Promise.all(part.files.map(async (file) => ({ name: file.name, contentType: file.mime, data: await tools.readFile(file) })));
  const reference = part.answers === undefined ? {} : { message_reference: { message_id: part.answers, fail_if_not_exists: false } };
  const body: Record<string, Json> = { content: part.content, nonce, enforce_nonce: true, allowed_mentions: noPings, ...reference };
  return { body, ...(files.length === 0 ? {} : { files }) };
}

/**
 * Asks once more when no answer came: within minutes Discord knows the nonce and gives back the message that it has, so
 * this sends nothing twice. Without an answer again, nobody knows.
 */
async function post(api: DiscordApi, route: `/${string}`, request: ApiRequest): Promise<string> {
  const begun = performance.now();
  try {
    return messageId(await api.ask('POST', route, request));
  } catch (error) {
    const isOpen = outcomeOf(error).result === 'unknown';
    if (!isOpen || performance.now() - begun > 1.5 * requestMs) throw error;
    return messageId(await api.ask('POST', route, request));
  }
}

function messageId(answer: unknown): string {
  const id = snowflake(asObject(answer)?.['id']);
  if (id === undefined) throw new Error('Discord took the message and did not say what it is called.');
  return id;
}
