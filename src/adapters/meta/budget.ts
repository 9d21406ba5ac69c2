import type { DeliveryOutcome } from '../contract.js';

/** The worker waits 25 s for an attempt, and then nobody knows what became of it. */
const attemptMs = 23_000;
const requestMs = 8_000;

/** Time for one attempt to send: what does not fit goes out with the next one, behind the parts that got through. */
export interface Budget {
  /** Whether a part may be begun that takes so many requests. */
  allows(requests: number): boolean;
  /** For the next request, leaving room for so many after it. */
  timeoutMs(requestsAfter: number): number;
}

export function startBudget(clock: () => number): Budget {
  const endsAt = clock() + attemptMs;
  return {
    allows: (requests) => endsAt - clock() >= requests * requestMs,
    timeoutMs: (requestsAfter) => Math.max(1_000, endsAt - clock() - requestsAfter * requestMs),
  };
}

/** The parts so far are with the customer, and kept; the others follow at once. */
export function restFollows(done: number, of: number): DeliveryOutcome {
  return { result: 'retry', afterMs: 0, reason: `${done} of ${of} parts are sent, the others follow` };
}
