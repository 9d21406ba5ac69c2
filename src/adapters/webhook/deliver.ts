import { AppError, messageOf } from '../../errors.js';
import type { DeliveryOutcome, Outbound, OutboundFetch } from '../contract.js';
import type { WebhookSettings } from './config.js';
import { render } from './render.js';
import { sign } from './verify.js';

const timeoutMs = 10_000;

/** Posts one message, signed, with its id as `Idempotency-Key`: the same id twice must be shown once at the other end. */
export async function deliver(outbound: Outbound, settings: WebhookSettings, deps: { fetch: OutboundFetch; clock: () => number }): Promise<DeliveryOutcome> {
  if (settings.deliverUrl === '') return { result: 'rejected', reason: 'No address for answers is set on this channel.' };
  const body = render(outbound);
  try {
    const answer = await deps.fetch(settings.deliverUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': outbound.messageId, 'x-rapport-signature': sign(body, settings.secret, Math.floor(deps.clock() / 1_000)) },
      body,
      timeoutMs,
    });
    return outcomeOf(answer.status, answer.headers['retry-after']);
  } catch (error) {
    if (error instanceof AppError && error.code === 'outbound_refused') return { result: 'rejected', reason: error.message };
    // The receiver knows the id, so sending again is safe even when this attempt arrived.
    return { result: 'retry', reason: messageOf(error) };
  }
}

function outcomeOf(status: number, retryAfter: string | undefined): DeliveryOutcome {
  if (status >= 200 && status < 300) return { result: 'sent' };
  if (status === 401 || status === 403 || status === 410) return { result: 'rejected', reason: `the receiver answered ${status}`, channelBroken: true };
  const seconds = Number(retryAfter);
  const afterMs = retryAfter !== undefined && Number.isFinite(seconds) && seconds >= 0 ? { afterMs: Math.min(seconds, 3_600) * 1_000 } : {};
  if (status === 408 || status === 429 || status >= 500) return { result: 'retry', reason: `the receiver answered ${status}`, ...afterMs };
  return { result: 'rejected', reason: `the receiver answered ${status}` };
}
