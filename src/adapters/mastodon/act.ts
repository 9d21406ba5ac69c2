import type { ActionContext, MessageAction } from '../contract/abilities.js';
import type { DeliveryOutcome } from '../contract.js';
import { outcomeOfError } from '../lib/outcomes.js';
import { asList, asText, field } from '../lib/read-json.js';
import type { Answer } from './client.js';
import type { DeliverContext } from './deliver.js';
import { statusId } from './ids.js';
import { refusal } from './refusal.js';
import { readHandle, render } from './render.js';

/** The only reaction there is; whatever says "good" is taken for it. */
const favourites = new Set(['⭐', '❤️', '❤', '👍']);

/** Edits, deletes or favourites a post. What is so already is no fault. */
export async function act(action: MessageAction, about: ActionContext, context: DeliverContext): Promise<DeliveryOutcome> {
  try {
    switch (action.type) {
      case 'edit': return await edit(action, about, context);
      case 'delete': return done(await context.client(path(action.target), { method: 'DELETE' }), context, { goneIsFine: true });
      case 'react':
        if (!favourites.has(action.emoji)) return { result: 'rejected', because: 'invalid', reason: 'Mastodon has one reaction: the star.' };
        return done(await context.client(`${path(action.target)}/${action.on ? 'favourite' : 'unfavourite'}`, { method: 'POST' }), context, { goneIsFine: false });
      default: return { result: 'rejected', because: 'invalid', reason: `Mastodon has no such thing: ${action.type}` };
    }
  } catch (error) {
    // All of these end the same when they are done twice.
    const outcome = outcomeOfError(error);
    return outcome.result === 'unknown' ? { result: 'retry', reason: outcome.reason } : outcome;
  }
}

/** Media that are not named again would be taken off the post. */
async function edit(action: { target: string; text: string }, about: ActionContext, context: DeliverContext): Promise<DeliveryOutcome> {
  const handle = readHandle(about.handle);
  if (handle === undefined) return { result: 'rejected', because: 'invalid', reason: 'It is not known whom this post has to name.' };
  const posts = render({ text: action.text }, handle, await context.facts());
  const [first] = posts;
  if (first === undefined || posts.length > 1) return { result: 'rejected', because: 'too_long', reason: 'An edited post cannot become several.' };
  const before = await context.client(path(action.target));
  if (before.status !== 200) return refusal(before, context.clock());
  const media = asList(field(before.json, 'media_attachments')).flatMap((file) => asText(field(file, 'id')) ?? []);
  const { status, spoiler_text } = first;
  return done(await context.client(path(action.target), { method: 'PUT', json: { status, ...(spoiler_text === undefined ? {} : { spoiler_text }), media_ids: media } }), context, { goneIsFine: false });
}

function path(target: string): string {
  return `/api/v1/statuses/${encodeURIComponent(statusId(target) ?? 'none')}`;
}

function done(answer: Answer, context: DeliverContext, options: { goneIsFine: boolean }): DeliveryOutcome {
  if (answer.status === 200 || (options.goneIsFine && answer.status === 404)) return { result: 'sent' };
  return refusal(answer, context.clock());
}
