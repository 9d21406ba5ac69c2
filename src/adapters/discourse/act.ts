import type { DeliveryOutcome } from '../contract.js';
import type { MessageAction } from '../contract/abilities.js';
import { outcomeOfError } from '../lib/outcomes.js';
import { asList, field } from '../lib/read-json.js';
import { callDiscourse, type DiscourseAnswer, type DiscourseDeps } from './client.js';
import type { DiscourseSettings } from './config.js';
import { outcomeOfAnswer } from './outcome.js';
import { writeMarkdown } from './write-markdown.js';

export const actions = ['edit', 'delete', 'react'] as const;

/** app/models/post_action_type.rb */
const likeType = 2;

/** Changes and deletes what we posted, likes what they did. Doing it again is the same as once. */
export async function act(action: MessageAction, settings: DiscourseSettings, deps: DiscourseDeps): Promise<DeliveryOutcome> {
  try {
    switch (action.type) {
      case 'edit': return ended(await callDiscourse(deps, settings, 'PUT', pathOf(action.target), { json: { post: { raw: writeMarkdown(action.text) } } }), deps);
      case 'delete': return ended(await callDiscourse(deps, settings, 'DELETE', pathOf(action.target)), deps, { goneIsDone: true });
      case 'react': return /^(?:❤|♥)\uFE0F?$/u.test(action.emoji) ? await setLike(action, settings, deps) : { result: 'rejected', because: 'invalid', reason: 'A like is the only reaction here.' };
      default: return { result: 'rejected', because: 'invalid', reason: 'Discourse cannot do that.' };
    }
  } catch (error) {
    return outcomeOfError(error);
  }
}

/** A second like is refused like one that is not allowed: the post itself says which it was. */
async function setLike(action: { target: string; on: boolean }, settings: DiscourseSettings, deps: DiscourseDeps): Promise<DeliveryOutcome> {
  const id = encodeURIComponent(action.target);
  if (!action.on) return ended(await callDiscourse(deps, settings, 'DELETE', `/post_actions/${id}.json?post_action_type_id=${likeType}`), deps, { goneIsDone: true });
  const answer = await callDiscourse(deps, settings, 'POST', '/post_actions.json', { json: { id: Number(action.target), post_action_type_id: likeType } });
  if (answer.status !== 403 && answer.status !== 422) return ended(answer, deps);
  const post = await callDiscourse(deps, settings, 'GET', pathOf(action.target));
  const isLiked = asList(field(post.body, 'actions_summary')).some((summary) => field(summary, 'id') === likeType && field(summary, 'acted') === true);
  return isLiked ? { result: 'sent' } : ended(answer, deps);
}

function ended(answer: DiscourseAnswer, deps: DiscourseDeps, options: { goneIsDone?: boolean } = {}): DeliveryOutcome {
  if (answer.status < 300 || (options.goneIsDone === true && answer.status === 404)) return { result: 'sent' };
  return outcomeOfAnswer(answer, deps.clock());
}

function pathOf(target: string): string {
  return `/posts/${encodeURIComponent(target)}.json`;
}
