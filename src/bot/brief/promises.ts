import type { Millis } from '../../inbox/model/common.js';
import type { Message } from '../../inbox/model/message.js';
import { resolveDue } from '../signals/due-date.js';
import { findPromises, type FoundPromise } from '../signals/promise.js';
import { isFromCustomer, isFromUs, type BriefDesk, type Story } from './story.js';

/**
 * `kept`: the customer said that it came. `broken`: it was due, and they complained after that. `asked_again`: no term, and
 * they complained later about something. `pending`: not due yet, or no term and nothing heard. `overdue`: due, and nobody has written since.
 * `followed`: due, and we have written since. `closed`: the conversation was resolved and no complaint came.
 */
export type PromiseState = 'kept' | 'broken' | 'asked_again' | 'pending' | 'overdue' | 'followed' | 'closed';

export interface KnownPromise {
  story: Story;
  message: Message;
  quote: string;
  dueAt?: Millis;
  state: PromiseState;
  /** The customer's message that settles it. */
  proof?: Message;
}

const dayMs = 86_400_000;
/** Of ours, per conversation: older promises are history. */
const messagesRead = 4;

/** What we promised in any of the conversations and what became of it, newest first. */
export function promisesOf(desk: BriefDesk): KnownPromise[] {
  const stories = [desk.current, ...desk.past];
  const heard = stories.flatMap((story) => story.messages.filter(isFromCustomer)).sort((a, b) => a.at - b.at);
  return stories
    .flatMap((story) => story.messages.filter(isFromUs).slice(-messagesRead).flatMap((message) => promisesIn(desk, { story, message, heard })))
    .sort((a, b) => b.message.at - a.message.at);
}

interface Promised {
  story: Story;
  message: Message;
  heard: readonly Message[];
}

function promisesIn(desk: BriefDesk, from: Promised): KnownPromise[] {
  return findPromises(from.message.text, desk.read.language(from.message)).map((found) => settle(desk, from, found));
}

function settle(desk: BriefDesk, from: Promised, found: FoundPromise): KnownPromise {
  const { story, message } = from;
  const dueAt = found.due === undefined ? undefined : resolveDue(found.due, message.at, desk.input.timeZone);
  const settled = settledBy(desk, from, dueAt);
  return { story, message, quote: found.quote, ...(dueAt === undefined ? {} : { dueAt }), ...(settled ?? { state: unsettledState(desk, from, dueAt) }) };
}

/** The first later message of the customer that says it came, or complains when it should have come. */
function settledBy(desk: BriefDesk, from: Promised, dueAt: Millis | undefined): Pick<KnownPromise, 'state' | 'proof'> | undefined {
  const complaintsFrom = dueAt ?? from.message.at + dayMs;
  for (const later of from.heard) {
    if (later.at <= from.message.at) continue;
    const words = desk.read.verdict(later);
    if (words.isComplaint && later.at > complaintsFrom) return { state: dueAt === undefined ? 'asked_again' : 'broken', proof: later };
    if (words.saysDone && !words.isComplaint && later.conversationId === from.message.conversationId) return { state: 'kept', proof: later };
  }
  return undefined;
}

function unsettledState(desk: BriefDesk, from: Promised, dueAt: Millis | undefined): PromiseState {
  const { story, message } = from;
  if (dueAt !== undefined && dueAt >= desk.input.now) return 'pending';
  if (story.messages.some((later) => isFromUs(later) && later.seq > message.seq)) return 'followed';
  if (story.conversation.status === 'resolved') return 'closed';
  return dueAt === undefined ? 'pending' : 'overdue';
}
