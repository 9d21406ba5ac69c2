import type { Work } from '../core.js';
import type { Conversation } from '../model/conversation.js';
import type { Message } from '../model/message.js';
import { clearFinalDue, setFinalDue } from '../targets/final.js';
import type { ClockCore } from './keep.js';

const moving: readonly string[] = ['assigned', 'team_changed', 'routed', 'priority_changed', 'resolved', 'reopened', 'status_changed'];

/**
 * The target of the whole conversation follows what was just put into it: it is chosen when the conversation begins or is
 * opened again, chosen anew when team or priority change, and rests while it is resolved. Costs nothing where there are no such targets.
 */
export async function keepFinal(core: ClockCore, work: Work, change: { before: Conversation; after: Conversation; message: Message }): Promise<Conversation> {
  const { before, after, message } = change;
  if (after.facts.target === undefined && !core.times().targets.some((target) => target.kind === 'final')) return after;
  const begins = message.kind === 'in' && (before.lastSeq === 0 || before.status !== after.status);
  if (!begins && !(message.step !== undefined && moving.includes(message.step.type))) return after;
  if (after.status !== 'resolved' && after.status !== 'spam') return setFinalDue(core, work, after);
  await clearFinalDue(work, after._id);
  return after;
}
