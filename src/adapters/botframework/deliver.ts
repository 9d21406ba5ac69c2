import type { DeliveryOutcome, DeliveryTools, Outbound } from '../contract.js';
import { type CloudDeps, inTurn } from './cloud.js';
import { activityKey } from './ids.js';
import { attemptMs } from './limits.js';
import { outcomeOfFault, refusal } from './refusal.js';
import { readHandle, render } from './render.js';

/** Sends one answer into its conversation, part by part. There is no key: what was written and not answered is `unknown`. */
export async function deliver(outbound: Outbound, deps: CloudDeps, tools: DeliveryTools): Promise<DeliveryOutcome> {
  const handle = readHandle(outbound.handle);
  if (handle === undefined) return { result: 'rejected', because: 'invalid', reason: 'It is not known where this conversation is.' };
  if (outbound.attachments.length > 0) return { result: 'rejected', because: 'invalid', reason: 'Files cannot be sent here; send a link.' };
  const until = deps.clock() + attemptMs;
  const ids = [...outbound.sentParts];
  for (const [index, activity] of render(outbound, handle).entries()) {
    if (index < ids.length) continue;
    if (deps.clock() > until) return { result: 'retry', afterMs: 0, reason: 'the rest goes out with the next attempt' };
    let sent: string | undefined;
    try {
      const exchange = await inTurn(handle, deps, async (context) => {
        sent = (await context.sendActivity(activity))?.id;
      });
      // An answer that could not be read was one all the same.
      if (exchange.error !== undefined && !isTaken(exchange.status)) {
        if (exchange.status === 401) deps.tokens.forget();
        return refusal(exchange, deps.clock());
      }
    } catch (error) {
      return outcomeOfFault(error);
    }
    // Some channels answer without an id: the message was taken, and can only not be changed later.
    const id = activityKey(handle.conversation.id, sent === undefined || sent === '' ? `unnamed-${outbound.messageId}-${index}` : sent);
    ids.push(id);
    await tools.partSent(id);
  }
  return { result: 'sent', externalIds: ids };
}

function isTaken(status: number | undefined): boolean {
  return status !== undefined && status >= 200 && status < 300;
}
