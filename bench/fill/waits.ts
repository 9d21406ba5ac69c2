import { openMsBetween } from '../../src/inbox/hours/open-time.js';
import type { TimeRules } from '../../src/inbox/hours/place.js';
import type { Message } from '../../src/inbox/model/message.js';
import type { CaseFacts, Segment, Wait } from '../../src/inbox/model/wait.js';
import { chooseTarget } from '../../src/inbox/targets/choose-target.js';
import type { Talk } from './documents.js';

/** What a conversation's clocks are made from, beside the conversation itself. */
export interface TalkClock {
  n: number;
  firstAt: number;
  known: boolean;
  /** Nobody has had it so far. */
  assignedAt?: number;
  touches: number;
  asks: number;
  waits: number;
  open?: Wait;
}

/** Opens a wait with a question, or adds the question to the open one. `n` is the number of a new wait. */
export function askAgain(talk: Talk, clock: TalkClock, message: Message, facts: { n: number; rules: TimeRules }): 'opened' | 'joined' {
  const ask = { messageId: message._id, at: message.at, receivedAt: message.receivedAt, seq: message.seq };
  clock.asks += 1;
  if (clock.open !== undefined) {
    clock.open.asks.push(ask);
    clock.open.asksTo = message.seq;
    return 'joined';
  }
  const kind = clock.waits === 0 ? 'first' : 'next';
  const target = chooseTarget(facts.rules, { kind, priority: 'normal', from: message.at, teamId: talk.team._id, channelId: talk.channel._id, customerTags: [] });
  clock.waits += 1;
  clock.open = {
    _id: message._id, n: facts.n, changeSeq: 0, conversationId: talk.id, customerId: talk.person.customerId, channelId: message.channelId, kind, known: clock.known, teamId: talk.team._id,
    priority: 'normal', language: talk.person.language, tags: talk.tags, from: message.at, fromReceivedAt: message.receivedAt, firstSeq: message.seq, state: 'open', asks: [ask], asksTo: message.seq,
    segments: [holderNow(talk, clock, message.at)], ...(target === undefined ? {} : { target, aimed: { at: message.receivedAt, openedAt: message.receivedAt } }),
  };
  return 'opened';
}

/** Routing gave it to somebody, or an answer did: the open wait lies with them from then on. */
export function handTo(talk: Talk, clock: TalkClock, at: number): void {
  clock.assignedAt ??= at;
  clock.open?.segments.push({ from: at, by: 'agent', ...(talk.agent === undefined ? {} : { agentId: talk.agent._id }), teamId: talk.team._id });
}

/** The wait as it is kept after its end. An answer ends waits in every conversation of its customer; here in its own only, so that a comparison with the messages finds some that differ. */
export function ended(wait: Wait, end: { message: Message; team: string; rules: TimeRules; state: 'answered' | 'not_needed' }): Wait {
  const { message } = end;
  const place = { teamId: end.team, channelId: wait.channelId };
  const businessMs = openMsBetween(end.rules.calendars, place, { from: wait.from, to: message.at });
  const { asksTo: _asksTo, ...kept } = wait;
  const closed: Wait = { ...kept, asks: [], state: end.state, to: message.at, businessMs, ...(wait.target !== undefined && message.at > wait.target.dueAt ? { breachedAt: wait.target.dueAt } : {}) };
  if (end.state === 'not_needed') return { ...closed, notNeeded: { agentId: message.author.id ?? '', reason: 'only said thanks' } };
  return { ...closed, answer: { messageId: message._id, conversationId: wait.conversationId, by: 'agent', agentId: message.author.id ?? '', name: message.author.name, teamId: end.team, channelId: message.channelId } };
}

/** What stands on the conversation's row. */
export function factsOf(talk: Talk, clock: TalkClock): CaseFacts {
  const { n, firstAt, known, touches, asks, waits, assignedAt } = clock;
  return {
    n, firstAt, known, firstTeamId: talk.team._id, touches, asks, waits, transfers: 0, reopened: 0, bot: 'silent',
    owner: { teamId: talk.team._id, ...(talk.agent === undefined ? {} : { agentId: talk.agent._id }) },
    ...(assignedAt === undefined ? {} : { firstAssignedAt: assignedAt }), ...(talk.planned.status === 'resolved' && talk.agent !== undefined ? { resolvedBy: talk.agent._id } : {}),
  };
}

function holderNow(talk: Talk, clock: TalkClock, from: number): Segment {
  if (clock.assignedAt !== undefined && talk.agent !== undefined) return { from, by: 'agent', agentId: talk.agent._id, teamId: talk.team._id };
  return { from, by: clock.assignedAt === undefined ? 'bot' : 'unassigned', teamId: talk.team._id };
}
