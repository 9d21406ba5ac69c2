import type { DeliveryOutcome } from '../contract.js';
import type { MessageAction } from '../contract/abilities.js';
import { outcomeOfError } from '../lib/outcomes.js';
import { callX, type XAnswer, type XDeps } from './client.js';
import type { XSettings } from './config.js';
import { directMessageEventId } from './ids.js';
import { outcomeOfAnswer } from './outcome.js';

/** An edit on X is a new post that costs and counts as one, with Premium only: not offered. */
export const actions = ['delete', 'react'] as const;

/** Deletes what we posted, likes and no longer likes what they did. What is gone already is done. */
export async function act(action: MessageAction, settings: XSettings, deps: XDeps): Promise<DeliveryOutcome> {
  if (action.type === 'delete') return run(() => callX(deps, settings, 'DELETE', pathOf(action.target)), deps, true);
  if (action.type !== 'react') return { result: 'rejected', because: 'invalid', reason: 'X cannot do that.' };
  if (directMessageEventId(action.target) !== undefined) return { result: 'rejected', because: 'invalid', reason: 'X tells nobody of reactions to direct messages.' };
  if (!/^(?:❤|♥)\uFE0F?$/u.test(action.emoji)) return { result: 'rejected', because: 'invalid', reason: 'A like is the only reaction that X has.' };
  const likes = `/2/users/${encodeURIComponent(settings.accountId)}/likes`;
  if (action.on) return run(() => callX(deps, settings, 'POST', likes, { json: { tweet_id: action.target } }), deps);
  return run(() => callX(deps, settings, 'DELETE', `${likes}/${encodeURIComponent(action.target)}`), deps, true);
}

function pathOf(target: string): string {
  const direct = directMessageEventId(target);
  return direct === undefined ? `/2/tweets/${encodeURIComponent(target)}` : `/2/dm_events/${encodeURIComponent(direct)}`;
}

async function run(call: () => Promise<XAnswer>, deps: XDeps, goneIsDone = false): Promise<DeliveryOutcome> {
  try {
    const answer = await call();
    if (answer.status < 300 || (goneIsDone && answer.status === 404)) return { result: 'sent' };
    return outcomeOfAnswer(answer, deps.clock());
  } catch (error) {
    return outcomeOfError(error);
  }
}
