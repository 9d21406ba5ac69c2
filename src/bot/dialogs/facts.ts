import { readAnswer, type Hearing } from '../triage.js';
import type { Memory } from './memory.js';
import type { NotedFacts } from './turn-activity.js';

/** What this message tells that was not noted yet; `memory` is brought up to date. */
export function factsToNote(hearing: Hearing, memory: Memory): NotedFacts {
  const { signals, turn } = hearing;
  const facts: NotedFacts = {};
  if (memory.language === undefined && signals.language !== undefined) memory.language = facts.language = signals.language;
  if (memory.isUrgent !== true && signals.urgency === 'high') {
    facts.urgency = 'high';
    memory.isUrgent = true;
  } else if (turn.message.seq === 1 && signals.urgency === 'low') facts.urgency = 'low';
  const address = turn.needsAddress ? signals.addresses[0] : undefined;
  if (address !== undefined && address !== memory.address) memory.address = facts.address = address;
  const orderNumber = orderNumberIn(hearing, memory);
  if (orderNumber !== undefined && orderNumber !== memory.orderNumber) memory.orderNumber = facts.orderNumber = orderNumber;
  return facts;
}

/** A bare number counts only as the answer to the question for it. */
function orderNumberIn(hearing: Hearing, memory: Memory): string | undefined {
  if (memory.asked !== 'order' || memory.orderNumber !== undefined) return hearing.signals.orderNumbers[0];
  return readAnswer('order', hearing).value;
}
