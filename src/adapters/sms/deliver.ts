import type { DeliveryOutcome, DeliveryTools, Outbound, OutboundFetch } from '../contract.js';
import { outcomeOfError, retryAfterMs } from '../lib/outcomes.js';
import { asText } from '../lib/read-json.js';
import { createClient, listedMessages, type Answer, type Client } from './client.js';
import type { SmsSettings } from './config.js';
import type { Doubts } from './doubts.js';
import { errorOf, queueFull, wordsOf } from './errors.js';
import { messageSid } from './ids.js';
import { lastPartMs, lookCount, lookMs, queueFullMs, timeSlackMs } from './limits.js';
import { render, statusUrl } from './render.js';

export interface DeliverDeps {
  fetch: OutboundFetch;
  clock: () => number;
  doubts: Doubts;
  tools: DeliveryTools;
}

/** One message to Twilio, and what is needed to find it again. */
interface Part {
  key: string;
  fields: Record<string, string>;
}

/**
 * Sends one message, in parts where it is long. Twilio knows no key of ours: when an answer is lost, the account's list is
 * looked through at once, and again before an agent's retry; what is found is sent, what is not ends as `unknown`.
 */
export async function deliver(outbound: Outbound, settings: SmsSettings, deps: DeliverDeps): Promise<DeliveryOutcome> {
  if (outbound.attachments.length > 0) return { result: 'rejected', reason: 'Files cannot be sent by SMS from here.', because: 'invalid' };
  const parts = partsOf(outbound, settings);
  if (parts.length === 0) return { result: 'rejected', reason: 'There is nothing to send.', because: 'invalid' };
  const client = createClient(settings, deps.fetch);
  const externalIds = [...outbound.sentParts];
  const startedAt = deps.clock();
  for (const [index, part] of parts.slice(externalIds.length).entries()) {
    if (index > 0 && deps.clock() - startedAt > lastPartMs) return { result: 'retry', afterMs: 0, reason: `${externalIds.length} of ${parts.length} parts are sent` };
    const end = await sendPart(client, part, deps);
    if ('outcome' in end) return end.outcome;
    externalIds.push(end.sid);
    if (externalIds.length < parts.length) await deps.tools.partSent(end.sid);
  }
  return { result: 'sent', externalIds };
}

function partsOf(outbound: Outbound, settings: SmsSettings): Part[] {
  const { to, from, bodies } = render(outbound, settings);
  const sender: Record<string, string> = settings.messagingService === '' ? {} : { MessagingServiceSid: settings.messagingService };
  const number: Record<string, string> = from === undefined ? {} : { From: from };
  const id = outbound.messageId.slice(outbound.messageId.indexOf(':') + 1);
  return bodies.map((body, index) => ({
    key: `${outbound.messageId}#${index}`,
    fields: { To: to, ...sender, ...number, Body: body, StatusCallback: statusUrl(settings.publicUrl, id) },
  }));
}

type PartEnd = { sid: string } | { outcome: DeliveryOutcome };

async function sendPart(client: Client, part: Part, deps: DeliverDeps): Promise<PartEnd> {
  const earlier = await findLost(client, part, deps);
  if (earlier !== undefined) return { sid: earlier };
  const startedAt = deps.clock();
  let answer: Answer;
  try {
    answer = await client.create(part.fields);
  } catch (error) {
    const outcome = outcomeOfError(error);
    if (outcome.result !== 'unknown') return { outcome };
    deps.doubts.doubt(part.key, startedAt);
    const found = await findLost(client, part, deps);
    return found === undefined ? { outcome } : { sid: found };
  }
  return answered(client, part, { answer, startedAt, deps });
}

async function answered(client: Client, part: Part, { answer, startedAt, deps }: { answer: Answer; startedAt: number; deps: DeliverDeps }): Promise<PartEnd> {
  const sid = messageSid(asText(answer.body['sid']));
  if (answer.status >= 200 && answer.status < 300 && sid !== undefined) {
    deps.doubts.settle(part.key, sid);
    return { sid };
  }
  if (answer.status < 500) return { outcome: refusalOf(answer, deps.clock()) };
  // It may have been taken before the fault; the next attempt looks for it first.
  deps.doubts.doubt(part.key, startedAt);
  const found = await findLost(client, part, deps);
  return found === undefined ? { outcome: faultOf(answer, deps.clock()) } : { sid: found };
}

/** Twilio's own error says that it made nothing; a gateway's says nothing at all. */
function faultOf(answer: Answer, now: number): DeliveryOutcome {
  const reason = `Twilio answered ${answer.status} (${wordsOf(answer.code, answer.message)})`;
  if (answer.code === undefined) return { result: 'unknown', reason };
  const afterMs = retryAfterMs(answer.retryAfter, now);
  return { result: 'retry', reason, ...(afterMs === undefined ? {} : { afterMs }) };
}

function refusalOf(answer: Answer, now: number): DeliveryOutcome {
  const reason = `Twilio ${wordsOf(answer.code, answer.message)}`;
  if (answer.code === queueFull) return { result: 'retry', reason, afterMs: queueFullMs, scope: 'account' };
  if (answer.status === 429) {
    const afterMs = retryAfterMs(answer.retryAfter, now);
    return { result: 'retry', reason, scope: 'account', ...(afterMs === undefined ? {} : { afterMs }) };
  }
  const meaning = errorOf(answer.code) ?? errorOf(answer.status === 401 || answer.status === 403 ? 20003 : undefined);
  return { result: 'rejected', reason, because: meaning?.because ?? 'invalid', ...(meaning?.channelBroken === undefined ? {} : { channelBroken: true }) };
}

/** The message that a lost answer was about: same number, same words, not older than the attempt, and none that we know of. */
async function findLost(client: Client, part: Part, deps: DeliverDeps): Promise<string | undefined> {
  const doubt = deps.doubts.of(part.key);
  if (doubt === undefined) return undefined;
  const { To: to = '', From: from, Body: body = '' } = part.fields;
  let answer: Answer;
  try {
    answer = await client.list('Messages', { To: to, ...(from === undefined ? {} : { From: from }), PageSize: String(lookCount) }, lookMs);
  } catch {
    // Not to be had now: the doubt stays, and the next attempt asks again.
    return undefined;
  }
  // By Twilio's clock on both sides: how old the message is, against how long ago we tried.
  const now = answer.date ?? deps.clock();
  const oldest = now - (deps.clock() - doubt.startedAt) - timeSlackMs;
  const found = listedMessages(answer).filter((row) => row.direction.startsWith('outbound') && row.body.trim() === body.trim() && row.createdAt >= oldest && !deps.doubts.knows(row.sid)).at(-1);
  if (found !== undefined) deps.doubts.settle(part.key, found.sid);
  return found?.sid;
}
