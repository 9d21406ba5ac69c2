import type { ActionContext, MessageAction } from '../contract/abilities.js';
import type { DeliveryOutcome } from '../contract.js';
import { assertNever } from '../../errors.js';
import { type CloudDeps, type Exchange, inTurn } from './cloud.js';
import { activityIdOf } from './ids.js';
import { outcomeOfFault, refusal } from './refusal.js';
import { readHandle, renderText } from './render.js';

/** Edits or deletes a message of ours, or shows that somebody types. What is so already is no fault. */
export async function act(action: MessageAction, about: ActionContext, deps: CloudDeps): Promise<DeliveryOutcome> {
  const handle = readHandle(about.handle);
  if (handle === undefined) return { result: 'rejected', because: 'invalid', reason: 'It is not known where this conversation is.' };
  const id = 'target' in action ? activityIdOf(action.target) : undefined;
  try {
    switch (action.type) {
      case 'typing':
        if (!action.on) return { result: 'sent' };
        return ended(await inTurn(handle, deps, async (context) => void await context.sendActivity({ type: 'typing' })), deps);
      case 'edit':
        if (id === undefined) break;
        return ended(await inTurn(handle, deps, async (context) => void await context.updateActivity({ ...renderText(action.text, handle), id, conversation: { ...handle.conversation, name: '', conversationType: '' } })), deps);
      case 'delete':
        if (id === undefined) break;
        return ended(await inTurn(handle, deps, (context) => context.deleteActivity(id)), deps, { goneIsFine: true });
      case 'react': case 'read': break;
      default: return assertNever(action);
    }
  } catch (error) {
    return repeatable(outcomeOfFault(error));
  }
  return { result: 'rejected', because: 'invalid', reason: `A bot cannot do this here: ${action.type}` };
}

function ended(exchange: Exchange, deps: CloudDeps, options: { goneIsFine?: boolean } = {}): DeliveryOutcome {
  if (exchange.error === undefined || (options.goneIsFine === true && exchange.status === 404)) return { result: 'sent' };
  if (exchange.status === 401) deps.tokens.forget();
  return repeatable(refusal(exchange, deps.clock()));
}

/** Changing something twice ends the same. */
function repeatable(outcome: DeliveryOutcome): DeliveryOutcome {
  return outcome.result === 'unknown' ? { result: 'retry', reason: outcome.reason } : outcome;
}
