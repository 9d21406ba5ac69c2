import { assertNever } from '../../errors.js';
import type { Millis } from '../model/common.js';
import type { Fact, HeldChange } from './facts.js';
import type { PersonClock, Talk } from './talk.js';
import { addAsk, endWait, noteHolder, removeAsks } from './waits.js';

/**
 * What one fact means to the clocks of a customer: the one place where it is decided, for facts as they come and for
 * computing all anew. Changes `person` in place; facts come in the order of `inOrder`. No IO.
 */
export function applyFact(person: PersonClock, fact: Fact): void {
  const talk = person.talks.get(fact.conversationId);
  if (talk === undefined) return;
  talk.seen = Math.max(talk.seen, fact.seq);
  switch (fact.type) {
    case 'asks':
      if (talk.status === 'spam') return;
      wake(person, talk, fact.knownAt);
      noteAsk(talk);
      addAsk(person, talk, { ask: fact.ask, known: fact.knownAt });
      break;
    case 'word': applyWord(person, talk, fact); break;
    case 'written':
      // In Rapport the status is said by a step of its own.
      if (fact.outside === true) wake(person, talk, fact.knownAt);
      applyWritten(talk, fact.agentId);
      break;
    case 'answered': applyAnswer(person, talk, fact); break;
    case 'bot_said': talk.botSaidAt = fact.at; break;
    case 'held': applyHeld(person, talk, fact); break;
    case 'not_needed': endWait(person, talk, { state: 'not_needed', to: fact.at, known: fact.knownAt, notNeeded: { reason: fact.reason, ...(fact.agentId === undefined ? {} : { agentId: fact.agentId }) } }); break;
    case 'deleted': removeAsks(person, talk, { at: fact.at, known: fact.knownAt, meant: (ask) => ask.messageId === fact.messageId }); break;
    default: assertNever(fact);
  }
  noteOwner(talk, fact.knownAt);
  noteHolder(person, talk, fact.knownAt);
}

/** What asks, beside the wait that it begins or joins. */
export function noteAsk(talk: Pick<Talk, 'facts' | 'acknowledged' | 'answeredElsewhere'>): void {
  talk.facts.asks += 1;
  if (talk.acknowledged !== undefined) talk.acknowledged = undefined;
  if (talk.answeredElsewhere !== undefined) talk.answeredElsewhere = undefined;
}

/** A customer's word opens what was put away, and so does an answer from outside. */
function wake(person: PersonClock, talk: Talk, at: Millis): void {
  if (talk.status !== 'open' && talk.status !== 'spam') setStatus(person, talk, { status: 'open', at });
}

function applyWord(person: PersonClock, talk: Talk, fact: Extract<Fact, { type: 'word' }>): void {
  wake(person, talk, fact.knownAt);
  if (fact.means === 'taken_back') removeAsks(person, talk, { at: fact.at, known: fact.knownAt, meant: (ask) => ask.at <= fact.at });
  else if (fact.means === 'helped' && talk.botSaidAt !== undefined && talk.botSaidAt >= (talk.open?.from ?? Infinity)) {
    if (endWait(person, talk, { state: 'answered_by_bot', to: talk.botSaidAt, known: fact.knownAt })) talk.facts.bot = 'helped';
  } else if (talk.open === undefined) talk.acknowledged = fact.messageId;
}

/** A human speaks: the bot is done, and what nobody had is theirs. */
function applyWritten(talk: Talk, agentId: string | undefined): void {
  if (agentId !== undefined && talk.assigneeId === undefined) talk.assigneeId = agentId;
  if (!talk.botDone) talk.facts.bot ??= 'silent';
  talk.botDone = true;
  talk.botSaidAt = undefined;
  talk.acknowledged = undefined;
}

function applyAnswer(person: PersonClock, talk: Talk, fact: Extract<Fact, { type: 'answered' }>): void {
  talk.facts.touches += 1;
  const { answer, writtenAt, reachedAt, ours } = fact;
  for (const other of person.talks.values()) {
    if (other.open === undefined || other.notHere.has(answer.messageId)) continue;
    const wait = other.open._id;
    const ended = endWait(person, other, { state: 'answered', to: reachedAt, known: fact.knownAt, answer: { ...answer, conversationId: fact.conversationId } }, (ask) => (ours ? ask.receivedAt <= writtenAt : ask.at <= writtenAt));
    if (ended && other !== talk && other.open === undefined) other.answeredElsewhere = { conversationId: fact.conversationId, messageId: answer.messageId, waitId: wait, at: reachedAt };
    if (ended) noteHolder(person, other, fact.knownAt);
  }
}

function applyHeld(person: PersonClock, talk: Talk, fact: Extract<Fact, { type: 'held' }>): void {
  const { change, at } = fact;
  if (change.assigneeId === null) talk.assigneeId = undefined;
  else if (change.assigneeId !== undefined) talk.assigneeId = change.assigneeId;
  if (change.teamId !== undefined) talk.teamId = change.teamId;
  if (change.priority !== undefined) talk.priority = change.priority;
  if (change.botDone === true) talk.botDone = true;
  if (change.botsPart === 'handed_over') talk.facts.bot = 'handed_over';
  else if (change.botsPart === 'silent') talk.facts.bot ??= 'silent';
  if (change.status !== undefined) setStatus(person, talk, { ...change, status: change.status, at });
}

function setStatus(person: PersonClock, talk: Talk, to: Pick<HeldChange, 'actorId'> & { status: Talk['status']; at: Millis }): void {
  if (talk.status === 'resolved' && to.status !== 'resolved') reopened(person, talk, to.at);
  talk.status = to.status;
  talk.snoozedBy = undefined;
  if (to.status === 'snoozed' && to.actorId !== undefined) talk.snoozedBy = to.actorId;
  if (to.status === 'resolved') {
    talk.resolvedAt = to.at;
    if (to.actorId !== undefined) talk.facts.resolvedBy = to.actorId;
    else if (talk.facts.resolvedBy !== undefined) delete talk.facts.resolvedBy;
  } else if (to.status !== 'snoozed') talk.resolvedAt = undefined;
  if (to.status === 'spam') endWait(person, talk, { state: 'not_needed', to: to.at, known: to.at, notNeeded: { reason: 'spam', ...(to.actorId === undefined ? {} : { agentId: to.actorId }) } });
}

function reopened(person: PersonClock, talk: Talk, at: Millis): void {
  const { facts, resolvedAt } = talk;
  facts.reopened += 1;
  if (resolvedAt === undefined || at - resolvedAt < person.rules.resolveHoldsMs) return;
  facts.held = { at: resolvedAt, ...(facts.resolvedBy === undefined ? {} : { by: facts.resolvedBy }), ...(talk.teamId === undefined ? {} : { teamId: talk.teamId }) };
}

/** Time to assign, and how often it went from one to another. */
function noteOwner(talk: Talk, at: Millis): void {
  const { facts, assigneeId, teamId } = talk;
  const { owner } = facts;
  if (assigneeId !== undefined) facts.firstAssignedAt ??= at;
  const agentChanged = assigneeId !== undefined && assigneeId !== owner?.agentId;
  const teamChanged = teamId !== undefined && teamId !== owner?.teamId;
  if (!agentChanged && !teamChanged) return;
  if ((agentChanged && owner?.agentId !== undefined) || (teamChanged && owner?.teamId !== undefined)) facts.transfers += 1;
  facts.owner = { ...owner, ...(assigneeId === undefined ? {} : { agentId: assigneeId }), ...(teamId === undefined ? {} : { teamId }) };
}
