import type { HolderKind, WaitState } from '../../src/inbox/model/wait.js';
import type { Priority } from '../../src/inbox/model/conversation.js';
import { afterOpen, openMs, type Spot } from './slow-hours.js';
import { type Holder, holderOf, segmentsOf, type SlowSegment } from './slow-segments.js';
import { type Fact, type Lies, ownTime, type SlowTarget, type Story } from './slow-story.js';

/**
 * Response times computed a second time, from `docs/response-times.md` alone, slowly and plainly: everything anew from the
 * first fact on. Shares no code with `src`.
 */
export interface SlowWait {
  conversation: string;
  record: string;
  channelId: string;
  kind: 'first' | 'next';
  from: number;
  to?: number;
  state: WaitState;
  answer?: { messageId: string; conversationId: string; by: 'agent' | 'outside'; agentId?: string; name: string; teamId?: string; channelId: string };
  notNeededBy?: string;
  teamId?: string;
  priority: Priority;
  segments: SlowSegment[];
  /** Of an open one until now. */
  calendarMs: number;
  businessMs: number;
  target: SlowTarget;
  breachedAt?: number;
  /** With whom it lay and how long, in both clocks. */
  lay: { by: HolderKind; calendarMs: number; businessMs: number }[];
  /** The record that stands for the whole person. */
  person: string;
  /** The messages that made it a wait. */
  asks: string[];
}

interface Ask {
  message: string;
  at: number;
  arrived: number;
  seq: number;
}

interface Running {
  kind: 'first' | 'next';
  asks: Ask[];
  holders: { since: number; holder: Holder }[];
  target: SlowTarget;
  targetFor: number;
}

interface Talk {
  id: string;
  record: string;
  channelId: string;
  lies: Lies;
  open?: Running;
  begun: number;
  botSpokeAt?: number;
  humanWroteAt?: number;
}

type Answer = Extract<Fact, { is: 'answer' | 'outside_answer' }>;

/** All waits of a story, oldest beginning first; §1 to §12. */
export function slowWaits(story: Story): SlowWait[] {
  return new Telling(story).waits();
}

class Telling {
  private readonly done: SlowWait[] = [];
  private readonly talks = new Map<string, Talk>();
  private readonly words = new Map<string, { ask: Ask; conversation: string }>();

  constructor(private readonly story: Story) {
    for (const { id, record, channelId } of story.conversations) {
      this.talks.set(id, { id, record, channelId, begun: 0, lies: { status: 'open', priority: 'normal', botDone: false } });
    }
  }

  waits(): SlowWait[] {
    this.story.facts.forEach((fact, place) => this.tell(fact, place));
    for (const talk of this.talks.values()) {
      if (talk.open !== undefined) this.done.push(this.told(talk, talk.open, { state: 'open' }));
    }
    return this.done.sort((a, b) => a.from - b.from || (a.conversation < b.conversation ? -1 : a.conversation > b.conversation ? 1 : 0) || (a.to ?? Infinity) - (b.to ?? Infinity));
  }

  private tell(fact: Fact, place: number): void {
    switch (fact.is) {
      case 'lies': return this.lies(this.talk(fact.conversation), fact.lies, fact.at);
      case 'word': return this.word(fact);
      case 'deleted': return this.deleted(fact);
      case 'bot_word': this.talk(fact.conversation).botSpokeAt = fact.at; return;
      case 'written': this.talk(fact.conversation).humanWroteAt = fact.at; return;
      case 'answer': case 'outside_answer': return this.answered(fact, place);
      case 'not_needed': if (!this.takenBackLater(fact, place)) this.end(this.talk(fact.conversation), { state: 'not_needed', to: fact.at, notNeededBy: fact.agentId }); return;
      case 'spam': return this.end(this.talk(fact.conversation), { state: 'not_needed', to: fact.at, notNeededBy: fact.agentId });
      case 'clock_started': return this.clockStarted(fact);
      case 'bounced': case 'not_here': case 'needed': return;
    }
  }

  private talk(id: string): Talk {
    const talk = this.talks.get(id);
    if (talk === undefined) throw new Error(`the story tells of a conversation that it does not name: ${id}`);
    return talk;
  }

  private personOf(record: string): string {
    return this.story.joined[record] ?? record;
  }

  /** §1 to §3 and §5. */
  private word(fact: Extract<Fact, { is: 'word' }>): void {
    const talk = this.talk(fact.conversation);
    const own = ownTime(fact.at, fact.said);
    const ask: Ask = { message: fact.message, at: own, arrived: fact.at, seq: fact.seq };
    this.words.set(fact.message, { ask, conversation: talk.id });
    if (fact.means === 'ask' && talk.lies.status !== 'spam') this.asks(talk, ask, fact.at);
    if (fact.means === 'helped') this.helped(talk);
    if (fact.means === 'never_mind') this.takenBack(talk, { to: own, known: fact.at }, (each) => each.at <= own);
  }

  private asks(talk: Talk, ask: Ask, known: number): void {
    if (talk.open === undefined) this.begin(talk, [ask], known);
    else {
      talk.open.asks.push(ask);
      this.beginningMayHaveMoved(talk);
    }
  }

  private begin(talk: Talk, asks: Ask[], known: number): void {
    const kind = talk.begun === 0 ? 'first' : 'next';
    const from = beginningOf(asks);
    talk.open = { kind, asks, holders: [{ since: known, holder: holderOf(talk.lies) }], target: this.chooseTarget(talk, kind, from), targetFor: from };
    talk.begun += 1;
  }

  private clockStarted(fact: Extract<Fact, { is: 'clock_started' }>): void {
    const word = this.words.get(fact.message);
    if (word === undefined) throw new Error(`nobody wrote ${fact.message}`);
    this.asks(this.talk(word.conversation), word.ask, fact.at);
  }

  private deleted(fact: Extract<Fact, { is: 'deleted' }>): void {
    const word = this.words.get(fact.message);
    if (word !== undefined) this.takenBack(this.talk(word.conversation), { to: fact.at, known: fact.at }, (each) => each.message === fact.message);
  }

  /** §5: what is left runs on from the earliest; nothing left is abandoned. */
  private takenBack(talk: Talk, when: { to: number; known: number }, isTakenBack: (ask: Ask) => boolean): void {
    const { open } = talk;
    if (open === undefined || !open.asks.some(isTakenBack)) return;
    const left = open.asks.filter((ask) => !isTakenBack(ask));
    if (left.length === 0) return this.end(talk, { state: 'abandoned', to: when.to });
    open.asks = left;
    this.beginningMayHaveMoved(talk);
  }

  private helped(talk: Talk): void {
    if (talk.open === undefined || talk.botSpokeAt === undefined) return;
    const from = beginningOf(talk.open.asks);
    const aHumanToo = talk.humanWroteAt !== undefined && talk.humanWroteAt >= from;
    if (talk.botSpokeAt >= from && !aHumanToo) this.end(talk, { state: 'answered_by_bot', to: talk.botSpokeAt });
  }

  /** §4 and §6. */
  private answered(fact: Answer, place: number): void {
    if (this.didNotArrive(fact, place)) return;
    const person = this.personOf(this.talk(fact.conversation).record);
    const to = fact.is === 'answer' ? fact.at : ownTime(fact.at, fact.said);
    if (fact.is === 'outside_answer') this.talk(fact.conversation).humanWroteAt = Math.max(to, this.talk(fact.conversation).humanWroteAt ?? 0);
    for (const talk of this.talks.values()) {
      if (this.personOf(talk.record) !== person || talk.open === undefined || this.doesNotCountIn(talk.id, fact)) continue;
      const answers = (ask: Ask): boolean => {
        if (fact.is === 'outside_answer') return ask.at <= to;
        return talk.id === fact.conversation ? ask.seq < fact.seq : ask.arrived <= fact.written;
      };
      const met = talk.open.asks.filter(answers);
      const left = talk.open.asks.filter((ask) => !answers(ask));
      if (met.length === 0) continue;
      talk.open.asks = met;
      this.beginningMayHaveMoved(talk);
      this.end(talk, { state: 'answered', to, answer: answerOf(fact) });
      if (left.length > 0) this.begin(talk, left, fact.at);
    }
  }

  private didNotArrive(fact: Answer, place: number): boolean {
    return this.story.facts.slice(place + 1).some((later) => later.is === 'bounced' && later.message === fact.message);
  }

  /** The next word about it in this conversation is that it was wrong. */
  private takenBackLater(fact: Extract<Fact, { is: 'not_needed' }>, place: number): boolean {
    const next = this.story.facts.slice(place + 1).find((later) => (later.is === 'not_needed' || later.is === 'needed') && later.conversation === fact.conversation);
    return next?.is === 'needed';
  }

  private doesNotCountIn(conversation: string, fact: Answer): boolean {
    return this.story.facts.some((each) => each.is === 'not_here' && each.conversation === conversation && each.message === fact.message);
  }

  /** §9 and §12. */
  private lies(talk: Talk, lies: Lies, at: number): void {
    const moved = lies.teamId !== talk.lies.teamId || lies.priority !== talk.lies.priority;
    talk.lies = lies;
    const { open } = talk;
    if (open === undefined) return;
    open.holders.push({ since: at, holder: holderOf(lies) });
    const passed = open.target.dueAt < at;
    if (moved && !passed) open.target = this.chooseTarget(talk, open.kind, beginningOf(open.asks));
  }

  private beginningMayHaveMoved(talk: Talk): void {
    const { open } = talk;
    if (open === undefined) return;
    const from = beginningOf(open.asks);
    if (from === open.targetFor) return;
    open.targetFor = from;
    open.target = this.chooseTarget(talk, open.kind, from);
  }

  private tagsOf(talk: Talk): string[] {
    return this.story.tags[this.personOf(talk.record)] ?? [];
  }

  private spotOf(talk: Talk, teamId: string | undefined): Spot {
    return { channelId: talk.channelId, tags: this.tagsOf(talk), ...(teamId === undefined ? {} : { teamId }) };
  }

  private chooseTarget(talk: Talk, kind: 'first' | 'next', from: number): SlowTarget {
    const { targets, defaultMinutes } = this.story.rules;
    const tags = this.tagsOf(talk);
    const fitting = targets.filter((target) => target.on && target.kind === kind
      && (target.teamIds.length === 0 || (talk.lies.teamId !== undefined && target.teamIds.includes(talk.lies.teamId)))
      && (target.channelIds.length === 0 || target.channelIds.includes(talk.channelId))
      && (target.priorities.length === 0 || target.priorities.includes(talk.lies.priority))
      && (target.customerTags.length === 0 || target.customerTags.some((tag) => tags.includes(tag))));
    const choices = fitting.map((target) => this.timed(talk, from, { id: target._id, minutes: target.minutes, hours: target.hours }));
    const earliest = choices.sort((a, b) => a.dueAt - b.dueAt || a.ms - b.ms)[0];
    return earliest ?? this.timed(talk, from, { id: 'default', minutes: defaultMinutes, hours: 'business' });
  }

  private timed(talk: Talk, from: number, target: { id: string; minutes: number; hours: 'business' | 'calendar' }): SlowTarget {
    const ms = target.minutes * 60_000;
    const { id, hours } = target;
    const open = hours === 'calendar' ? undefined : afterOpen(this.story.rules.calendars, this.spotOf(talk, talk.lies.teamId), from, ms);
    return { id, ms, hours, dueAt: open ?? from + ms };
  }

  private end(talk: Talk, how: Ending): void {
    if (talk.open === undefined) return;
    this.done.push(this.told(talk, talk.open, how));
    delete talk.open;
  }

  private told(talk: Talk, open: Running, how: Ending): SlowWait {
    const from = beginningOf(open.asks);
    const until = how.to ?? this.story.now;
    const segments = segmentsOf(open.holders, { from, to: until });
    const lay = segments.map((segment) => ({ by: segment.by, calendarMs: segment.to - segment.from, businessMs: openMs(this.story.rules.calendars, this.spotOf(talk, segment.teamId), segment) }));
    const late = how.to === undefined ? open.target.dueAt <= until : open.target.dueAt < how.to;
    return {
      conversation: talk.id, record: talk.record, channelId: talk.channelId, kind: open.kind, from, state: how.state, priority: talk.lies.priority,
      ...(how.to === undefined ? {} : { to: how.to }),
      ...(how.answer === undefined ? {} : { answer: how.answer }),
      ...(how.notNeededBy === undefined ? {} : { notNeededBy: how.notNeededBy }),
      ...(talk.lies.teamId === undefined ? {} : { teamId: talk.lies.teamId }),
      segments, lay, person: this.personOf(talk.record), calendarMs: until - from,
      businessMs: lay.reduce((sum, segment) => sum + segment.businessMs, 0),
      target: open.target,
      ...(late ? { breachedAt: open.target.dueAt } : {}),
      asks: open.asks.map((ask) => ask.message),
    };
  }
}

interface Ending {
  state: WaitState;
  to?: number;
  answer?: NonNullable<SlowWait['answer']>;
  notNeededBy?: string;
}

function beginningOf(asks: readonly Ask[]): number {
  return Math.min(...asks.map((ask) => ask.at));
}

function answerOf(fact: Answer): NonNullable<SlowWait['answer']> {
  return {
    messageId: fact.message, conversationId: fact.conversation, by: fact.is === 'answer' ? 'agent' : 'outside', name: fact.name, channelId: fact.channelId,
    ...(fact.is === 'answer' ? { agentId: fact.agentId } : {}),
    ...(fact.teamId === undefined ? {} : { teamId: fact.teamId }),
  };
}
