import type { DeliveryOutcome, DeliveryTools, Outbound } from '../contract.js';
import { outcomeOfError } from '../lib/outcomes.js';
import { field } from '../lib/read-json.js';
import type { Answer, MastodonClient } from './client.js';
import { statusId } from './ids.js';
import { attemptMs, attemptsUnderKey } from './limits.js';
import { uploadMedia } from './media.js';
import { refusal } from './refusal.js';
import { readHandle, render } from './render.js';
import type { ServerFacts } from './server-facts.js';

export interface DeliverContext {
  client: MastodonClient;
  facts: () => Promise<ServerFacts>;
  clock: () => number;
}

/** Sends one answer, in as many posts as it needs, each answering the one before it and under a key of its own. */
export async function deliver(outbound: Outbound, context: DeliverContext, tools: DeliveryTools): Promise<DeliveryOutcome> {
  const handle = readHandle(outbound.handle);
  if (handle === undefined) return { result: 'rejected', because: 'invalid', reason: 'It is not known which post this would answer, and who may read it.' };
  const until = context.clock() + attemptMs;
  let facts: ServerFacts;
  const ids = [...outbound.sentParts];
  const media: string[] = [];
  try {
    facts = await context.facts();
    if (ids.length === 0) {
      for (const attachment of outbound.attachments) {
        const uploaded = await uploadMedia(context, await tools.readFile(attachment), attachment);
        if (typeof uploaded !== 'string') return uploaded;
        media.push(uploaded);
      }
    }
  } catch (error) {
    // Nothing of the answer has been shown yet, whatever became of a file.
    const outcome = outcomeOfError(error);
    return outcome.result === 'unknown' ? { result: 'retry', reason: outcome.reason } : outcome;
  }
  const posts = render(outbound, handle, facts);
  for (const [index, post] of posts.entries()) {
    if (index < ids.length) continue;
    if (context.clock() > until) return { result: 'retry', afterMs: 0, reason: 'the rest goes out with the next attempt' };
    const sent = await sendOne(context, { ...post, in_reply_to_id: ids.at(-1) ?? handle.statusId, ...(index === 0 && media.length > 0 ? { media_ids: media } : {}) }, { key: `${outbound.messageId}:${index}`, attempt: outbound.attempt });
    if (typeof sent !== 'string') return sent;
    ids.push(sent);
    await tools.partSent(sent);
  }
  return { result: 'sent', externalIds: ids };
}

async function sendOne(context: DeliverContext, post: object, by: { key: string; attempt: number }): Promise<string | DeliveryOutcome> {
  let answer: Answer;
  try {
    answer = await context.client('/api/v1/statuses', { method: 'POST', json: post, idempotencyKey: by.key });
  } catch (error) {
    const outcome = outcomeOfError(error);
    // The server knows the key for an hour: until then asking again cannot post twice.
    return outcome.result === 'unknown' && by.attempt <= attemptsUnderKey ? { result: 'retry', reason: outcome.reason } : outcome;
  }
  const id = statusId(field(answer.json, 'id'));
  if (answer.status === 200 && id !== undefined) return id;
  return refusal(answer, context.clock(), by.attempt);
}
