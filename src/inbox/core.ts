import type { ChangeNumbers } from './change-numbers.js';
import type { Lanes } from './lanes.js';
import type { TimeRules } from './hours/place.js';
import type { Channel } from './model/channel.js';
import type { Language } from './model/common.js';
import type { Conversation } from './model/conversation.js';
import type { InboundEvent } from './model/event.js';
import type { Message } from './model/message.js';
import type { MirrorReply } from './model/mirror.js';
import type { Clock, JobKind, Jobs, Live, NewId, SearchEntry, SearchIndex } from './ports.js';
import type { InboxStore } from './stores.js';

/** What a customer's words tell by themselves. Made by rules, without IO. */
export interface Signals {
  language?: Language;
  /** -2 (angry) … 2 (delighted); 0 when nothing is felt. */
  mood: number;
  urgency: 'low' | 'normal' | 'high';
  /** "Thanks!": asks for nothing, starts no clock. */
  acknowledgement: boolean;
  /** "That helped": said of what the bot answered. */
  helped: boolean;
  /** "Never mind": they take the question back. */
  takenBack: boolean;
  /** Sentences about themselves. */
  facts: string[];
}

export interface Log {
  info(facts: object, text: string): void;
  warn(facts: object, text: string): void;
  error(facts: object, text: string): void;
}

/** The ports that nearly every use case needs. Each use case names the ones it uses by `Pick`. */
export interface Core {
  store: InboxStore;
  clock: Clock;
  newId: NewId;
  jobs: Jobs;
  live: Live;
  search: SearchIndex;
  lanes: Lanes;
  changes: ChangeNumbers;
  /** Numbers of waits and of conversations, for the columns of reports. */
  numbers: { waits: ChangeNumbers; cases: ChangeNumbers };
  /** What times are reckoned by, as it is now; kept in memory by whoever changes it. */
  times: () => TimeRules;
  readSignals: (text: string, hint?: Language) => Signals;
  /** Connected accounts as they are now; kept in memory by whoever changes them. */
  channels: () => ReadonlyMap<string, Channel>;
  /** Pure: a colleague's post in a thread of a mirrored place, in an event that means nothing else. Absent: no channel mirrors. */
  mirrored?: (event: InboundEvent) => MirrorReply | undefined;
  /** For tests: kills the process at the named point. */
  crashAt: (point: string) => void;
  log: Log;
}

/**
 * What follows from a piece of work once it is durable: notices to browsers, jobs to wake up for. Collected while
 * working, released afterwards, so that nobody is told of something that a power cut would take back.
 */
export class Effects {
  private readonly touched = new Map<string, { conversation: Conversation; messages: Map<string, Message> }>();
  private readonly jobs: { kind: JobKind; id: string; delayMs?: number }[] = [];
  private readonly pending: Promise<unknown>[] = [];
  private readonly customers = new Set<string>();

  conversation(conversation: Conversation, ...messages: Message[]): void {
    const known = this.touched.get(conversation._id);
    const entry = known ?? { conversation, messages: new Map<string, Message>() };
    entry.conversation = conversation;
    for (const message of messages) entry.messages.set(message._id, message);
    if (known === undefined) this.touched.set(conversation._id, entry);
  }

  customer(id: string): void {
    this.customers.add(id);
  }

  job(kind: JobKind, id: string, delayMs?: number): void {
    this.jobs.push(delayMs === undefined ? { kind, id } : { kind, id, delayMs });
  }

  /** Makes a message findable: with the engine's shared commit, or before the message itself. */
  async index(core: Pick<Core, 'search' | 'store'>, entry: SearchEntry): Promise<void> {
    const written = core.search.put([entry]);
    if (core.store.sharesCommits) this.pending.push(written);
    else await written;
  }

  async release(core: Pick<Core, 'live' | 'jobs'>): Promise<void> {
    await Promise.all(this.pending);
    for (const { conversation, messages } of this.touched.values()) {
      core.live.publish({ kind: 'conversation', changeSeq: conversation.changeSeq, conversation, messages: [...messages.values()].sort((a, b) => a.seq - b.seq) });
    }
    for (const customerId of this.customers) core.live.publish({ kind: 'customer', customerId });
    for (const job of this.jobs) core.jobs.add(job.kind, job.id, job.delayMs === undefined ? {} : { delayMs: job.delayMs });
  }
}

/** Runs one piece of work in its lane and releases what follows from it when it is durable. */
export async function workInLane<R>(core: Pick<Core, 'store' | 'lanes' | 'live' | 'jobs'>, lane: string, task: (work: Work) => Promise<R>): Promise<R> {
  return core.lanes.run(lane, async () => {
    const effects = new Effects();
    const result = await core.store.work((collections) => task({ c: collections, fx: effects }));
    await effects.release(core);
    return result;
  });
}

/** What a step of a piece of work is given. */
export interface Work {
  c: Parameters<Parameters<InboxStore['work']>[0]>[0];
  fx: Effects;
}

/** The lane of a thread: everything that changes one conversation goes through it. */
export function laneOf(thread: { channelId: string; threadKey: string }): string {
  return `${thread.channelId}:${thread.threadKey}`;
}
