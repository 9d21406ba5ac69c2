import type { Millis } from './model/common.js';
import type { MessageEvent } from './model/event.js';

const hour = 3_600_000;
const earliest = Date.UTC(1990, 0, 1);

/** The provider's time where it is plausible, else arrival. */
export function timeOf(event: Pick<MessageEvent, 'occurredAt' | 'receivedAt'>): Millis {
  const { occurredAt, receivedAt } = event;
  return occurredAt !== undefined && isPlausible(occurredAt, receivedAt) ? Math.min(occurredAt, receivedAt) : receivedAt;
}

/** What the provider said, where it is not believed: kept and shown. */
export function doubtedTime(event: Pick<MessageEvent, 'occurredAt' | 'receivedAt'>): Millis | undefined {
  const { occurredAt, receivedAt } = event;
  return occurredAt === undefined || isPlausible(occurredAt, receivedAt) || !Number.isFinite(occurredAt) ? undefined : occurredAt;
}

function isPlausible(occurredAt: Millis, receivedAt: Millis): boolean {
  return occurredAt <= receivedAt + hour && occurredAt >= earliest;
}
