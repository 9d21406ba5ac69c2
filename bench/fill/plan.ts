import type { Conversation } from '../../src/inbox/model/conversation.js';
import { createRandom, type Random } from './random.js';

export interface Size {
  messages: number;
  conversations: number;
  customers: number;
}

export const small: Size = { messages: 10_000, conversations: 1_200, customers: 400 };
export const large: Size = { messages: 1_000_000, conversations: 120_000, customers: 40_000 };

export type PlannedStatus = 'waiting' | 'open' | 'snoozed' | 'spam' | 'resolved';

export interface Planned {
  customer: number;
  channel: number;
  team: number;
  /** -1: nobody's. */
  assignee: number;
  status: PlannedStatus;
  /** Times of its messages, growing. */
  times: Float64Array;
}

const day = 86_400_000;
const yearsBack = 2 * 365 * day;

/** Which conversations there are, whose, where, and when each of their messages came. */
export function planConversations(size: Size, facts: { now: number; agents: number; teams: number }): Planned[] {
  const random = createRandom(size.messages);
  const lengths = lengthsOf(size, random);
  return lengths.map((length, index) => {
    const status = statusOf(index, random);
    const start = status === 'resolved' || status === 'spam' ? facts.now - 2 * day - random.next() * yearsBack : facts.now - (0.05 + random.next() ** 2 * 20) * day;
    return {
      // A tenth of the customers write half of it all.
      customer: random.next() < 0.5 ? random.between(0, Math.ceil(size.customers / 10) - 1) : index % size.customers,
      channel: random.pick([0, 0, 1, 1, 2]), team: random.between(0, facts.teams - 1),
      assignee: status !== 'resolved' && random.next() < 0.2 ? -1 : random.between(0, facts.agents - 1),
      status, times: timesOf(start, length, { end: facts.now - 60_000, random }),
    };
  });
}

/** One in ten is open, a third of these waits; that is a busy desk with something left over from last week. */
function statusOf(index: number, random: Random): PlannedStatus {
  const drawn = random.next();
  if (index % 10 === 0) return drawn < 0.35 ? 'waiting' : 'open';
  if (drawn < 0.006) return 'snoozed';
  return drawn < 0.01 ? 'spam' : 'resolved';
}

/** As many as ordered: short ones mostly, a few with two hundred messages. */
function lengthsOf(size: Size, random: Random): number[] {
  const mean = size.messages / size.conversations;
  const lengths = Array.from({ length: size.conversations }, () => Math.max(2, Math.min(200, Math.round(mean * Math.exp((random.next() + random.next() + random.next() - 1.5) * 1.1) * 0.86))));
  let missing = size.messages - lengths.reduce((sum, length) => sum + length, 0);
  for (let index = 0; missing !== 0; index = (index + 1) % lengths.length) {
    const length = lengths[index] ?? 0;
    if (missing > 0 && random.next() < 0.5) {
      lengths[index] = length + 1;
      missing -= 1;
    } else if (missing < 0 && length > 2) {
      lengths[index] = length - 1;
      missing += 1;
    }
  }
  return lengths;
}

function timesOf(start: number, length: number, facts: { end: number; random: Random }): Float64Array {
  const times = new Float64Array(length);
  let at = start;
  for (let index = 0; index < length; index += 1) {
    times[index] = Math.floor(at);
    at += 40_000 + facts.random.next() ** 4 * day;
  }
  const over = (times[length - 1] ?? 0) - facts.end;
  if (over > 0) for (let index = 0; index < length; index += 1) times[index] = (times[index] ?? 0) - over;
  return times;
}

/** Every message in the order of time: which conversation, and its place in it (from 1). */
export function inOrder(planned: readonly Planned[], total: number): { conversation: Uint32Array; seq: Uint16Array } {
  const at = new Float64Array(total);
  const conversation = new Uint32Array(total);
  const seq = new Uint16Array(total);
  let next = 0;
  planned.forEach((one, index) => {
    one.times.forEach((time, place) => {
      at[next] = time;
      conversation[next] = index;
      seq[next] = place + 1;
      next += 1;
    });
  });
  const order = new Uint32Array(total).map((_, index) => index).sort((a, b) => (at[a] ?? 0) - (at[b] ?? 0) || a - b);
  return { conversation: order.map((index) => conversation[index] ?? 0), seq: new Uint16Array(total).map((_, index) => seq[order[index] ?? 0] ?? 0) };
}

/** Who writes, from the third message on: people send two or three in a row, and so does the desk. */
const turns = ['out', 'in', 'in', 'out', 'in', 'out', 'out', 'in', 'note', 'out', 'in', 'in', 'in', 'out'] as const;

/** What stands at a place: who wrote. The last word is the customer's where they wait. */
export function kindAt(planned: Planned, seq: number): 'in' | 'out' | 'note' | 'routed' | 'resolved' {
  const length = planned.times.length;
  if (seq === 1) return 'in';
  if (planned.status === 'waiting' && seq === length) return 'in';
  if (planned.status === 'resolved' && seq === length && length > 2) return 'resolved';
  if (seq === 2) return length > 2 ? 'routed' : 'out';
  if (planned.status === 'open' && seq === length) return 'out';
  return turns[(seq - 3) % turns.length] ?? 'out';
}

export function statusNow(planned: Planned): Pick<Conversation, 'status' | 'shelf'> {
  if (planned.status === 'waiting' || planned.status === 'open') return { status: 'open', shelf: 'active' };
  return { status: planned.status, shelf: planned.status };
}
