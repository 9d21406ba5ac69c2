import { AppError, messageOf } from '../../errors.js';
import type { Attachment } from '../../inbox/model/message.js';
import type { DeliveryOutcome, DeliveryTools, Outbound } from '../contract.js';
import { outcomeOfError } from '../lib/outcomes.js';
import { asText, field } from '../lib/read-json.js';
import { callX, type XAnswer, type XDeps } from './client.js';
import type { XSettings } from './config.js';
import { directMessageEventId, directMessageId } from './ids.js';
import { outcomeOfAnswer } from './outcome.js';
import { type Part, render, type Rendered } from './render.js';

/** Posts the parts in order, each under the one before; a part that X has accepted is noted before the next one goes. */
export async function deliver(outbound: Outbound, how: { settings: XSettings; deps: XDeps; tools: DeliveryTools }): Promise<DeliveryOutcome> {
  const plan = render(outbound);
  const ids = [...outbound.sentParts];
  if (plan.parts.length === 0) return { result: 'rejected', because: 'invalid', reason: 'There is nothing to send.' };
  if (plan.kind === 'direct' && !how.settings.directMessages) return { result: 'rejected', because: 'invalid', reason: 'Direct messages are switched off for this channel.' };
  for (const part of plan.parts.slice(ids.length)) {
    const media = await uploadAll(part.files, plan.kind, how);
    if ('result' in media) return media;
    const sent = await send(plan, { part, media: media.ids, last: ids.at(-1) }, how);
    if ('result' in sent) return sent;
    ids.push(sent.id);
    await how.tools.partSent(sent.id);
  }
  return { result: 'sent', externalIds: ids };
}

type How = { settings: XSettings; deps: XDeps; tools: DeliveryTools };

async function send(plan: Rendered, what: { part: Part; media: string[]; last: string | undefined }, how: How): Promise<{ id: string } | DeliveryOutcome> {
  let answer: XAnswer;
  try {
    answer = await callX(how.deps, how.settings, 'POST', pathOf(plan), { json: bodyOf(plan, what) });
  } catch (error) {
    return outcomeOfError(error);
  }
  if (answer.status < 200 || answer.status >= 300) return limited(outcomeOfAnswer(answer, how.deps.clock()), plan);
  const id = plan.kind === 'post' ? asText(field(answer.body, 'data', 'id')) : asText(field(answer.body, 'data', 'dm_event_id'));
  if (id === undefined) return { result: 'unknown', reason: `X answered ${answer.status} without an id.` };
  return { id: plan.kind === 'post' ? id : directMessageId(id) };
}

/** Direct messages have a limit of their own: when it is used up, posts go on. */
function limited(outcome: DeliveryOutcome, plan: Rendered): DeliveryOutcome {
  return outcome.result === 'retry' && outcome.afterMs !== undefined && plan.kind === 'post' ? { ...outcome, scope: 'account' } : outcome;
}

function pathOf(plan: Rendered): string {
  return plan.kind === 'post' ? '/2/tweets' : `/2/dm_conversations/with/${encodeURIComponent(plan.to)}/messages`;
}

function bodyOf(plan: Rendered, what: { part: Part; media: string[]; last: string | undefined }): Record<string, unknown> {
  const text = what.part.text === '' ? {} : { text: what.part.text };
  if (plan.kind === 'direct') return { ...text, ...(what.media.length === 0 ? {} : { attachments: what.media.map((id) => ({ media_id: id })) }) };
  const answers = what.last ?? plan.answers;
  return {
    ...text,
    ...(answers === undefined || directMessageEventId(answers) !== undefined ? {} : { reply: { in_reply_to_tweet_id: answers } }),
    ...(what.media.length === 0 ? {} : { media: { media_ids: what.media } }),
  };
}

/** A picture that is uploaded twice harms nobody, so a lost answer is tried again. */
async function uploadAll(files: readonly Attachment[], kind: Rendered['kind'], how: How): Promise<{ ids: string[] } | DeliveryOutcome> {
  const ids: string[] = [];
  for (const file of files) {
    const json = { media: (await how.tools.readFile(file)).toString('base64'), media_category: kind === 'post' ? 'tweet_image' : 'dm_image', media_type: file.mime };
    try {
      const answer = await callX(how.deps, how.settings, 'POST', '/2/media/upload', { json, timeoutMs: 20_000 });
      const id = asText(field(answer.body, 'data', 'id'));
      if (answer.status >= 500) return { result: 'retry', reason: `X did not take ${file.name}: ${answer.status}` };
      if (answer.status >= 300 || id === undefined) return outcomeOfAnswer(answer, how.deps.clock());
      ids.push(id);
    } catch (error) {
      if (error instanceof AppError && error.code === 'outbound_refused') return outcomeOfError(error);
      return { result: 'retry', reason: `${file.name} could not be uploaded: ${messageOf(error)}` };
    }
  }
  return { ids };
}
