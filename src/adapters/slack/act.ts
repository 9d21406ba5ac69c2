import type { WebClient } from '@slack/web-api';
import type { MessageAction } from '../contract/abilities.js';
import type { DeliveryOutcome } from '../contract.js';
import { nameOfEmoji } from './emoji.js';
import { readMessageId } from './ids.js';
import { textMax } from './limits.js';
import { type CallEnd, endOf } from './outcome.js';
import { writeMrkdwn } from './render.js';

export const actions = ['edit', 'delete', 'react'] as const satisfies readonly MessageAction['type'][];

/** What Slack says when it was done already. */
const doneBefore: readonly string[] = ['already_reacted', 'no_reaction'];

/** Edits or deletes a post of ours, or reacts to any. Twice is the same as once. */
export async function act(action: MessageAction, client: WebClient): Promise<DeliveryOutcome> {
  if (action.type === 'typing' || action.type === 'read') return { result: 'rejected', reason: 'Slack shows neither typing nor reading.', because: 'invalid' };
  const post = readMessageId(action.target);
  if (post === undefined) return { result: 'rejected', reason: 'A post of files cannot be changed from here.', because: 'not_found' };
  if (action.type === 'edit' && action.text.length > textMax) return { result: 'rejected', reason: `Longer than ${textMax} characters.`, because: 'too_long' };
  const name = action.type === 'react' ? nameOfEmoji(action.emoji) : undefined;
  if (action.type === 'react' && name === undefined) return { result: 'rejected', reason: 'Slack’s name of this emoji is not known.', because: 'invalid' };
  try {
    await call(action, { client, post, name: name ?? '' });
    return { result: 'sent' };
  } catch (error) {
    return outcomeOf(endOf(error), action);
  }
}

async function call(action: MessageAction, use: { client: WebClient; post: { channel: string; ts: string }; name: string }): Promise<void> {
  const { client, post, name } = use;
  // Without blocks the old ones stay, and what is shown with them.
  if (action.type === 'edit') await client.chat.update({ channel: post.channel, ts: post.ts, text: writeMrkdwn(action.text), blocks: [] });
  else if (action.type === 'delete') await client.chat.delete({ channel: post.channel, ts: post.ts });
  else if (action.type === 'react') await client.reactions[action.on ? 'add' : 'remove']({ channel: post.channel, timestamp: post.ts, name });
}

function outcomeOf(end: CallEnd, action: MessageAction): DeliveryOutcome {
  const code = end.code ?? '';
  if (doneBefore.includes(code) || (action.type === 'delete' && code === 'message_not_found')) return { result: 'sent' };
  // Doing it again is safe, so nothing has to stay unknown.
  if (end.outcome.result === 'unknown') return { result: 'retry', reason: end.outcome.reason };
  if (end.outcome.result === 'rejected' && code === 'missing_scope') return { result: 'rejected', reason: end.outcome.reason, because: 'auth' };
  return end.outcome;
}
