import type { Millis } from '../model/common.js';
import type { ConversationStatus, Priority } from '../model/conversation.js';
import type { Message } from '../model/message.js';
import type { Ask } from '../model/wait.js';

interface Known {
  conversationId: string;
  seq: number;
  /** When we learned of it: the order in which facts count. */
  knownAt: Millis;
}

/** Somebody who answered. */
export interface Answerer {
  messageId: string;
  by: 'agent' | 'outside';
  agentId?: string;
  name: string;
  /** The team they acted for; absent: none. */
  teamId?: string;
  channelId: string;
}

/** What a step changes about who has the conversation. `null`: nobody, none. */
export interface HeldChange {
  status?: ConversationStatus;
  assigneeId?: string | null;
  teamId?: string;
  priority?: Priority;
  botDone?: true;
  botsPart?: 'handed_over' | 'silent';
  /** Who did it, where an agent did. */
  actorId?: string;
}

/** One thing that the clocks of a customer depend on, in plain values. See `docs/response-times.md`. */
export type Fact = Known & (
  | { type: 'asks'; ask: Ask }
  | { type: 'word'; at: Millis; messageId: string; means: NonNullable<Message['means']> }
  /** Written, and on its way: whoever wrote it has the conversation now. */
  | { type: 'written'; agentId?: string; outside?: true }
  /** It reached the customer. `ours`: given in Rapport. */
  | { type: 'answered'; writtenAt: Millis; reachedAt: Millis; ours: boolean; answer: Answerer }
  | { type: 'bot_said'; at: Millis }
  | { type: 'held'; at: Millis; change: HeldChange }
  | { type: 'not_needed'; at: Millis; agentId?: string; reason: string }
  | { type: 'deleted'; at: Millis; messageId: string }
);

/** All that the clocks read of a message. */
export const saidFields = [
  '_id', 'conversationId', 'channelId', 'seq', 'kind', 'author', 'at', 'receivedAt', 'auto', 'silent', 'givenAt', 'means', 'forTeamId', 'delivery', 'reachedAt', 'step', 'deleted', 'mirroredFrom',
] as const;
export type Said = Pick<Message, (typeof saidFields)[number]>;

const reached: readonly string[] = ['sent', 'delivered', 'read'];

/** Whether an answer arrived, as far as its channel tells. */
export function hasReached(message: Pick<Message, 'delivery'>): boolean {
  return message.delivery !== undefined && reached.includes(message.delivery.state);
}

/** What a message says to the clocks when it takes its place in the conversation. Pure. */
export function factsWhenPlaced(message: Said): Fact[] {
  switch (message.kind) {
    case 'in': return isSilent(message) ? [] : [wordOf(message)];
    case 'out': return factsOfAnswer(message);
    case 'event': return factsOfStep(message);
    case 'note': return [];
  }
}

function isSilent(message: Said): boolean {
  return message.auto !== undefined || message.silent !== undefined;
}

function wordOf(message: Said): Fact {
  const { _id, conversationId, at, receivedAt, seq, givenAt, means } = message;
  if (means !== undefined) return { conversationId, seq, knownAt: receivedAt, type: 'word', at, messageId: _id, means };
  const ask: Ask = givenAt === undefined ? { messageId: _id, at, receivedAt, seq } : { messageId: _id, at, receivedAt, seq, givenAt };
  return { conversationId, seq, knownAt: receivedAt, type: 'asks', ask };
}

function factsOfAnswer(message: Said): Fact[] {
  const known = { conversationId: message.conversationId, seq: message.seq, knownAt: message.receivedAt };
  const { author } = message;
  if (author.type === 'bot') return [{ ...known, type: 'bot_said', at: message.at }];
  if (author.type !== 'agent' && author.type !== 'outside') return [];
  const written: Fact = { ...known, type: 'written', ...(author.type === 'agent' && author.id !== undefined ? { agentId: author.id } : {}), ...(isOurs(message) ? {} : { outside: true }) };
  return isOurs(message) ? [written] : [written, answeredFact(message)];
}

/** Given in Rapport: it takes its place when it is written, and reaches the customer later. */
function isOurs(message: Said): boolean {
  return message.author.type === 'agent' || message.mirroredFrom !== undefined;
}

/** The answer itself, from the moment it is with the customer. */
export function answeredFact(message: Said): Extract<Fact, { type: 'answered' }> {
  const ours = isOurs(message);
  const reachedAt = ours ? message.reachedAt ?? message.at : message.at;
  const { author } = message;
  return {
    conversationId: message.conversationId, seq: message.seq, knownAt: ours ? reachedAt : message.receivedAt, type: 'answered', writtenAt: message.at, reachedAt, ours,
    answer: {
      messageId: message._id, by: author.type === 'agent' ? 'agent' : 'outside', name: author.name, channelId: message.channelId,
      ...(author.type === 'agent' && author.id !== undefined ? { agentId: author.id } : {}),
      ...(message.forTeamId === undefined ? {} : { teamId: message.forTeamId }),
    },
  };
}

function factsOfStep(message: Said): Fact[] {
  const { step, author, at } = message;
  if (step === undefined) return [];
  const known = { conversationId: message.conversationId, seq: message.seq, knownAt: message.receivedAt };
  const actor = author.type === 'agent' && author.id !== undefined ? { actorId: author.id } : {};
  if (step.type === 'not_needed') return [{ ...known, type: 'not_needed', at, reason: step.reason ?? '', ...(author.type === 'agent' && author.id !== undefined ? { agentId: author.id } : {}) }];
  const change = changeOfStep(step);
  return change === undefined ? [] : [{ ...known, type: 'held', at, change: { ...change, ...actor } }];
}

function changeOfStep(step: NonNullable<Message['step']>): HeldChange | undefined {
  const { data = {} } = step;
  const team = typeof data['teamId'] === 'string' ? { teamId: data['teamId'] } : {};
  const assignee = typeof data['assigneeId'] === 'string' && data['assigneeId'] !== '' ? data['assigneeId'] : undefined;
  switch (step.type) {
    case 'assigned': case 'team_changed': return { assigneeId: assignee ?? null, ...team };
    case 'routed': return { ...(assignee === undefined ? {} : { assigneeId: assignee }), ...team, botDone: true, botsPart: 'silent' };
    case 'handed_over': return { botDone: true, botsPart: 'handed_over' };
    case 'snoozed': return { status: 'snoozed' };
    case 'woken': case 'reopened': return { status: 'open' };
    case 'resolved': return { status: 'resolved' };
    case 'status_changed': return isStatus(data['status']) ? { status: data['status'] } : undefined;
    case 'priority_changed': return isPriority(data['to']) ? { priority: data['to'] } : undefined;
    default: return undefined;
  }
}

function isStatus(value: unknown): value is ConversationStatus {
  return value === 'open' || value === 'pending' || value === 'snoozed' || value === 'resolved' || value === 'spam';
}

function isPriority(value: unknown): value is Priority {
  return value === 'low' || value === 'normal' || value === 'high' || value === 'urgent';
}

/**
 * All facts of a conversation as they are known now, in the order in which they count: what was undone, undelivered or
 * said to be otherwise by an agent stands as if it had never been. For computing anew; pure.
 */
export function factsOf(messages: readonly Said[]): Fact[] {
  const undone = undoneBy(messages);
  const facts: Fact[] = [];
  for (const message of messages) {
    const undoneAt = undone.get(message._id);
    if (undoneAt !== undefined && message.kind === 'event') continue;
    facts.push(...factsWhenPlaced(message));
    if (undoneAt !== undefined && message.kind === 'in') facts.push(...factsWhenPlaced(asAsk(message)).map((fact) => ({ ...fact, knownAt: undoneAt })));
    if (message.kind === 'out' && isOurs(message) && hasReached(message)) facts.push(answeredFact(message));
    if (message.kind === 'in' && message.deleted !== undefined) facts.push({ conversationId: message.conversationId, seq: message.seq, knownAt: message.deleted.at, type: 'deleted', at: message.deleted.at, messageId: message._id });
  }
  return facts.sort(inOrder);
}

/** As facts count: by when they were known, then by conversation and number. */
export function inOrder(a: Fact, b: Fact): number {
  return a.knownAt - b.knownAt || (a.conversationId < b.conversationId ? -1 : a.conversationId > b.conversationId ? 1 : a.seq - b.seq);
}

function asAsk(message: Said): Said {
  const { means: _, ...rest } = message;
  return rest;
}

/** Messages of which an agent said that they count otherwise, and when: a thanks that asks after all, a "no answer needed" that was taken back. */
function undoneBy(messages: readonly Said[]): Map<string, Millis> {
  const undone = new Map<string, Millis>();
  for (const { step, at } of messages) {
    const target = step?.type === 'wait_started' || step?.type === 'wait_resumed' ? step.data?.['messageId'] : undefined;
    if (typeof target === 'string') undone.set(target, at);
  }
  return undone;
}

/** Answers given elsewhere of which an agent said that they were none to this conversation. */
export function answersNotHere(messages: readonly Said[]): Set<string> {
  const answers = new Set<string>();
  for (const { step } of messages) {
    const target = step?.type === 'wait_resumed' ? step.data?.['answerId'] : undefined;
    if (typeof target === 'string') answers.add(target);
  }
  return answers;
}
