import type { DeliveryOutcome } from '../../contract.js';
import type { ActionContext, MessageAction } from '../../contract/abilities.js';
import { outcomeOfError } from '../../lib/outcomes.js';
import { outcomeOfRefusal } from '../errors.js';
import { callGraph, isTaken } from '../graph.js';
import type { DirectAccount, DirectDeps } from './product.js';

export const directActions: readonly MessageAction['type'][] = ['react', 'read', 'typing'];

const timeoutMs = 8_000;

/** Reactions, "seen" and "is writing": all three are sender actions. https://developers.facebook.com/docs/messenger-platform/send-messages/sender-actions */
export async function actDirect(action: MessageAction, context: ActionContext, account: DirectAccount, deps: DirectDeps): Promise<DeliveryOutcome> {
  const what = bodyOf(action, account.product.kind);
  if (what === undefined) return { result: 'rejected', reason: 'This channel cannot change or delete what was sent.', because: 'invalid' };
  try {
    const answer = await callGraph(deps.fetch, account.access, 'POST', `${account.senderId}/messages`, { json: { recipient: { id: context.to.externalUserId }, ...what }, timeoutMs });
    return isTaken(answer) ? { result: 'sent' } : outcomeOfRefusal(answer, deps.clock());
  } catch (error) {
    return outcomeOfError(error);
  }
}

function bodyOf(action: MessageAction, kind: 'messenger' | 'instagram'): Record<string, unknown> | undefined {
  switch (action.type) {
    case 'read': return { sender_action: 'mark_seen' };
    case 'typing': return { sender_action: action.on ? 'typing_on' : 'typing_off' };
    case 'react': return action.on
      ? { sender_action: 'react', payload: { message_id: action.target, reaction: kind === 'instagram' && action.emoji.startsWith('❤') ? 'love' : action.emoji } }
      : { sender_action: 'unreact', payload: { message_id: action.target } };
    case 'edit': case 'delete': return undefined;
    default: return action satisfies never;
  }
}
