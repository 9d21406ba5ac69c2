import { messageOf } from '../../errors.js';
import type { DeliveryOutcome, DeliveryTools, Outbound, OutboundFetch } from '../contract.js';
import { outcomeOfError } from '../lib/outcomes.js';
import { asText, field } from '../lib/read-json.js';
import { accessOf } from '../meta/config.js';
import { type Budget, restFollows, startBudget } from '../meta/budget.js';
import { outcomeOfRefusal, unread } from '../meta/errors.js';
import { callGraph, isTaken } from '../meta/graph.js';
import type { WhatsAppSettings } from './config.js';
import { bodyOf, type Part, partsOf, tooLarge } from './render.js';

export interface WhatsAppDeps {
  fetch: OutboundFetch;
  clock: () => number;
}

type Sending = WhatsAppDeps & { settings: WhatsAppSettings; tools: DeliveryTools };
type Attempt = Sending & { budget: Budget };

/**
 * Sends a message in as many requests as it takes, behind the parts that an earlier attempt got through. WhatsApp knows no
 * key of ours: a request without an answer ends as `unknown`, and a status that carries our id tells that it was sent.
 */
export async function deliver(outbound: Outbound, to: Sending): Promise<DeliveryOutcome> {
  const parts = partsOf(outbound);
  if (parts.length === 0) return { result: 'rejected', reason: 'There is nothing to send.', because: 'invalid' };
  const large = tooLarge(parts);
  if (large !== undefined) return { result: 'rejected', reason: `${large.name} is larger than the 100 MB that WhatsApp takes.`, because: 'too_long' };
  const externalIds = [...outbound.sentParts];
  const budget = startBudget(to.clock);
  for (const part of parts.slice(externalIds.length)) {
    if (!budget.allows(part.kind === 'file' ? 2 : 1)) return restFollows(externalIds.length, parts.length);
    const end = await sendPart(part, outbound, { ...to, budget });
    if (typeof end !== 'string') return end;
    externalIds.push(end);
    if (externalIds.length < parts.length) await to.tools.partSent(end);
  }
  return { result: 'sent', externalIds };
}

async function sendPart(part: Part, outbound: Outbound, to: Attempt): Promise<string | DeliveryOutcome> {
  const uploaded = part.kind === 'file' ? await upload(part, to) : undefined;
  if (uploaded !== undefined && 'outcome' in uploaded) return uploaded.outcome;
  try {
    const answer = await callGraph(to.fetch, accessOf(to.settings), 'POST', `${to.settings.phoneNumberId}/messages`, { json: bodyOf(part, outbound, uploaded?.id), timeoutMs: Math.min(10_000, to.budget.timeoutMs(0)) });
    if (!isTaken(answer)) return outcomeOfRefusal(answer, to.clock());
    return asText(field(answer.body, 'messages', 0, 'id')) ?? { result: 'unknown', reason: 'WhatsApp took it and gave it no id' };
  } catch (error) {
    return outcomeOfError(error);
  }
}

/** A file is uploaded first, and shown to nobody by that: whatever goes wrong, it can be done again. */
async function upload(part: Part & { kind: 'file' }, to: Attempt): Promise<{ id: string } | { outcome: DeliveryOutcome }> {
  const { attachment } = part;
  let bytes: Buffer;
  try {
    bytes = await to.tools.readFile(attachment);
  } catch (error) {
    return { outcome: unread(error) };
  }
  try {
    const answer = await callGraph(to.fetch, accessOf(to.settings), 'POST', `${to.settings.phoneNumberId}/media`, {
      form: { fields: { messaging_product: 'whatsapp', type: attachment.mime }, file: { field: 'file', name: attachment.name, mime: attachment.mime, bytes } }, timeoutMs: to.budget.timeoutMs(1),
    });
    const id = asText(field(answer.body, 'id'));
    if (isTaken(answer) && id !== undefined) return { id };
    return { outcome: asRetry(outcomeOfRefusal(answer, to.clock())) };
  } catch (error) {
    return { outcome: asRetry(outcomeOfError(error), messageOf(error)) };
  }
}

function asRetry(outcome: DeliveryOutcome, reason = 'the file could not be uploaded'): DeliveryOutcome {
  return outcome.result === 'unknown' ? { result: 'retry', reason } : outcome;
}
