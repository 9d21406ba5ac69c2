import type { DeliveryOutcome, DeliveryTools, Outbound } from '../../contract.js';
import { outcomeOfError } from '../../lib/outcomes.js';
import { asText, field } from '../../lib/read-json.js';
import { type Budget, restFollows, startBudget } from '../budget.js';
import { outcomeOfRefusal, unread } from '../errors.js';
import { callGraph, type GraphRequest, isTaken } from '../graph.js';
import type { DirectAccount, DirectDeps } from './product.js';
import { addressing, messageBody, type Part, partsOf } from './render.js';

type Sending = DirectDeps & { account: DirectAccount; tools: DeliveryTools; budget: Budget };

/**
 * Sends a message in as many requests as it takes, behind the parts that an earlier attempt got through. Meta knows no key
 * of ours here: a request without an answer ends as `unknown`; its echo, if there is one, tells that it arrived.
 */
export async function deliverDirect(outbound: Outbound, account: DirectAccount, deps: DirectDeps & { tools: DeliveryTools }): Promise<DeliveryOutcome> {
  const parts = partsOf(outbound, account.product);
  if (parts.length === 0) return { result: 'rejected', reason: 'There is nothing to send.', because: 'invalid' };
  const large = parts.find((part) => part.kind === 'file' && part.attachment.size > (part.type === 'image' ? account.product.imageMax : account.product.fileMax));
  if (large?.kind === 'file') return { result: 'rejected', reason: `${large.attachment.name} is larger than this channel takes.`, because: 'too_long' };
  const externalIds = [...outbound.sentParts];
  const budget = startBudget(deps.clock);
  for (const part of parts.slice(externalIds.length)) {
    if (!budget.allows(1)) return restFollows(externalIds.length, parts.length);
    const end = await sendPart(part, outbound, { account, budget, ...deps });
    if (typeof end !== 'string') return end;
    externalIds.push(end);
    if (externalIds.length < parts.length) await deps.tools.partSent(end);
  }
  return { result: 'sent', externalIds };
}

async function sendPart(part: Part, outbound: Outbound, to: Sending): Promise<string | DeliveryOutcome> {
  let request: GraphRequest;
  try {
    request = await requestOf(part, outbound, to);
  } catch (error) {
    return unread(error);
  }
  try {
    const answer = await callGraph(to.fetch, to.account.access, 'POST', `${to.account.senderId}/messages`, request);
    if (!isTaken(answer)) return outcomeOfRefusal(answer, to.clock());
    return asText(field(answer.body, 'message_id')) ?? { result: 'unknown', reason: 'Meta took it and gave it no id' };
  } catch (error) {
    return outcomeOfError(error);
  }
}

async function requestOf(part: Part, outbound: Outbound, to: Sending): Promise<GraphRequest> {
  const envelope = addressing(outbound, to.clock());
  const message = messageBody(part, outbound, to.account.product);
  const timeoutMs = to.budget.timeoutMs(0);
  if (part.kind === 'text') return { json: { ...envelope, message }, timeoutMs: Math.min(10_000, timeoutMs) };
  const bytes = await to.tools.readFile(part.attachment);
  const fields = Object.fromEntries(Object.entries({ ...envelope, message }).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]));
  return { form: { fields, file: { field: 'filedata', name: part.attachment.name, mime: part.attachment.mime, bytes } }, timeoutMs };
}
