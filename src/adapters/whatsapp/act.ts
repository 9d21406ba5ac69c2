import type { DeliveryOutcome } from '../contract.js';
import type { ActionContext, MessageAction } from '../contract/abilities.js';
import { outcomeOfError } from '../lib/outcomes.js';
import { accessOf } from '../meta/config.js';
import { outcomeOfRefusal } from '../meta/errors.js';
import { callGraph, isTaken } from '../meta/graph.js';
import type { WhatsAppSettings } from './config.js';
import type { WhatsAppDeps } from './deliver.js';
import { readHandle } from './people.js';
import { addressing } from './render.js';

export const actions: readonly MessageAction['type'][] = ['react', 'read', 'typing'];

const timeoutMs = 8_000;

/** Reactions, "seen", and "is writing", which WhatsApp shows for 25 s and only together with "seen". */
export async function act(action: MessageAction, context: ActionContext, to: WhatsAppDeps & { settings: WhatsAppSettings }): Promise<DeliveryOutcome> {
  const body = bodyOf(action, context);
  if (typeof body === 'string') return { result: 'rejected', reason: body, because: 'invalid' };
  if (body === undefined) return { result: 'sent' };
  try {
    const answer = await callGraph(to.fetch, accessOf(to.settings), 'POST', `${to.settings.phoneNumberId}/messages`, { json: { messaging_product: 'whatsapp', ...body }, timeoutMs });
    return isTaken(answer) ? { result: 'sent' } : outcomeOfRefusal(answer, to.clock());
  } catch (error) {
    return outcomeOfError(error);
  }
}

/** A text: why it cannot be done. `undefined`: there is nothing to tell WhatsApp. */
function bodyOf(action: MessageAction, context: ActionContext): Record<string, unknown> | string | undefined {
  switch (action.type) {
    case 'react': return { ...addressing(context.to, context.handle), type: 'reaction', reaction: { message_id: action.target, emoji: action.on ? action.emoji : '' } };
    case 'read': return { status: 'read', message_id: action.target };
    case 'typing': {
      const { last } = readHandle(context.handle);
      return action.on && last !== undefined ? { status: 'read', message_id: last, typing_indicator: { type: 'text' } } : undefined;
    }
    case 'edit': case 'delete': return 'WhatsApp lets a business neither change nor take back what it sent.';
    default: return action satisfies never;
  }
}
