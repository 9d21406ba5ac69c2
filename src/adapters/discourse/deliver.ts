import type { DeliveryOutcome, DeliveryTools, Outbound } from '../contract.js';
import { outcomeOfError } from '../lib/outcomes.js';
import { field } from '../lib/read-json.js';
import { callDiscourse, type DiscourseAnswer, type DiscourseDeps } from './client.js';
import type { DiscourseSettings } from './config.js';
import { postId } from './ids.js';
import { outcomeOfAnswer } from './outcome.js';
import { render, type Rendered } from './render.js';
import { uploadAll } from './upload.js';

interface How {
  settings: DiscourseSettings;
  deps: DiscourseDeps;
  tools: DeliveryTools;
}

/** Posts the parts in order; one that the site has taken is noted before the next goes. Files stand below the last. */
export async function deliver(outbound: Outbound, how: How): Promise<DeliveryOutcome> {
  const plan = render(outbound);
  if (plan === undefined) return { result: 'rejected', because: 'invalid', reason: 'This conversation is no topic.' };
  const uploads = await uploadAll(outbound.attachments, how);
  if ('result' in uploads) return uploads;
  const parts = withFiles(plan.parts, uploads.lines);
  if (parts.length === 0) return { result: 'rejected', because: 'invalid', reason: 'There is nothing to send.' };
  const ids = [...outbound.sentParts];
  for (const raw of parts.slice(ids.length)) {
    const posted = await post(plan, { raw, key: `rapport-${outbound.messageId}-${ids.length}`.slice(0, 100) }, how);
    if ('result' in posted) return posted;
    if (posted.id === undefined) return { result: 'sent', externalIds: ids, reason: 'A moderator of the community has to let it through.' };
    ids.push(posted.id);
    await how.tools.partSent(posted.id);
  }
  return { result: 'sent', externalIds: ids };
}

function withFiles(parts: string[], lines: readonly string[]): string[] {
  if (lines.length === 0) return parts;
  return [...parts.slice(0, -1), [...parts.slice(-1), lines.join('\n')].join('\n\n')];
}

async function post(plan: Rendered, what: { raw: string; key: string }, how: How): Promise<{ id: string | undefined } | DeliveryOutcome> {
  let answer: DiscourseAnswer;
  try {
    answer = await callDiscourse(how.deps, how.settings, 'POST', '/posts.json', {
      // Two calls that are the same in everything get the same post within two minutes (posts_controller.rb, `signature_for`):
      // the key, which a post by API has no other use for, keeps two short answers with the same words apart.
      json: { topic_id: plan.topicId, raw: what.raw, draft_key: what.key, ...(plan.replyTo === undefined ? {} : { reply_to_post_number: plan.replyTo }) },
    });
  } catch (error) {
    return outcomeOfError(error);
  }
  if (answer.status < 200 || answer.status >= 300) return outcomeOfAnswer(answer, how.deps.clock());
  if (field(answer.body, 'action') === 'enqueued') return { id: undefined };
  const id = postId(field(answer.body, 'id'));
  return id === undefined ? { result: 'unknown', reason: `Discourse answered ${answer.status} without a post.` } : { id };
}
