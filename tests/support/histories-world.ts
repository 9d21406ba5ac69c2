import { applyBotActions } from '../../src/inbox/apply-bot-actions.js';
import { applyLedgerRow, receiveInboundEvent } from '../../src/inbox/receive-inbound-event.js';
import type { Viewer } from '../../src/inbox/api.js';
import type { InboundEvent, MessageEvent, Sender } from '../../src/inbox/model/event.js';
import type { Message } from '../../src/inbox/model/message.js';
import type { Engine } from '../../src/store/driver.js';
import type { BotAction } from '../../src/inbox/ports.js';
import { deliver } from '../../src/workers/deliver.js';
import { runTimer } from '../../src/workers/timers.js';
import { openTestCore, type TestCore } from './core.js';
import { agentIds, type Outcome, people, type Posted, type Rules, type Said, saidEvent, teamIds, type Written } from './histories-events.js';
import { createFarEnd } from './far-end.js';
import type { Fact, Lies, Meaning, Story } from './slow-story.js';

/**
 * A world in which a history is lived: deeds go through the real inbox under a clock that the history turns, and what they
 * came to is kept beside as plain facts. Of the rows it reads only where a conversation lies; never what the clock wrote.
 */
export class World {
  readonly facts: Fact[] = [];
  /** The story in words, for whoever must understand a failure. */
  readonly told: string[] = [];
  readonly words: Written[] = [];
  readonly posts: Posted[] = [];
  private readonly lay = new Map<string, string>();
  private readonly known = new Map<string, { id: string; record: string; channelId: string }>();
  private lastEvent: InboundEvent | undefined;
  private count = 0;

  private constructor(readonly t: TestCore, private readonly far: ReturnType<typeof createFarEnd>, readonly rules: Rules, private readonly viewers: Map<string, Viewer>) {}

  static async open(engine: Engine, rules: Rules): Promise<World> {
    const t = await openTestCore(engine, { botActions: () => [] });
    t.time.now = rules.start;
    await t.addChannel({ _id: 'chat', kind: 'webchat', name: 'Chat' });
    await t.addChannel({ _id: 'mailbox', kind: 'email', name: 'support@', settings: { address: 'support@velowerk.example' } });
    for (const id of teamIds) await t.addTeam(id);
    const viewers = new Map<string, Viewer>();
    for (const id of agentIds) viewers.set(id, await t.addAgent({ _id: id, role: 'administrator', teamIds: [...teamIds] }));
    for (const calendar of rules.calendars) {
      if (await t.c.calendars.insert(calendar) === 'duplicate') await t.c.calendars.change(calendar._id, { set: { versions: calendar.versions } });
    }
    for (const target of rules.targets) await t.c.targets.insert(target);
    await t.c.settings.change({ set: { answerTargetMinutes: rules.defaultMinutes } });
    await t.times.reload();
    return new World(t, createFarEnd(t), rules, viewers);
  }

  get now(): number {
    return this.t.time.now;
  }

  say(words: string): void {
    this.told.push(`${new Date(this.now).toISOString().slice(0, 19)} ${words}`);
  }

  next(): number {
    this.count += 1;
    return this.count;
  }

  conversations(): string[] {
    return [...this.known.keys()];
  }

  viewer(agent: string): Viewer {
    const viewer = this.viewers.get(agent);
    if (viewer === undefined) throw new Error(`nobody is called ${agent}`);
    return viewer;
  }

  /** Lets time pass; what falls due on the way is done at its own time. */
  async pass(ms: number): Promise<void> {
    const until = this.now + ms;
    for (;;) {
      const due = (await this.t.c.timers.due(until, 500)).filter((timer) => timer.kind === 'wake_conversation' || timer.kind === 'target' || timer.kind === 'final_target' || timer.kind === 'retarget');
      const first = due.sort((a, b) => a.dueAt - b.dueAt)[0];
      if (first === undefined) break;
      this.t.time.now = Math.max(this.now, first.dueAt);
      await runTimer({ core: this.t.core, botTurn: { core: this.t.core } as never, mailboxId: () => undefined, mayContinueByEmail: () => false }, first);
      await this.settle();
      if (first.kind === 'wake_conversation') this.say(`(${first.ref} may wake)`);
    }
    this.t.time.now = until;
  }

  async settle(): Promise<void> {
    await this.t.core.lanes.idle();
    await this.t.jobs.idle();
    await this.look();
  }

  /** Where each conversation lies now. */
  private async look(): Promise<void> {
    for (const row of await this.t.c.conversations.getMany(this.conversations())) {
      const lies: Lies = {
        status: row.status, priority: row.priority, botDone: row.botDone === true,
        ...(row.assigneeId === undefined ? {} : { assigneeId: row.assigneeId }),
        ...(row.teamId === undefined ? {} : { teamId: row.teamId }),
        ...(row.snoozedBy === undefined ? {} : { snoozedBy: row.snoozedBy }),
      };
      const words = JSON.stringify(lies);
      if (this.lay.get(row._id) === words) continue;
      this.lay.set(row._id, words);
      this.facts.push({ is: 'lies', at: this.now, conversation: row._id, lies });
    }
    for (const post of this.posts) {
      const delivery = (await this.t.c.messages.get(post.id))?.delivery?.state;
      const reached = delivery === 'sent' || delivery === 'delivered' || delivery === 'read';
      if (reached && !post.reached) {
        this.facts.push({
          is: 'answer', at: this.now, conversation: post.conversation, message: post.id, seq: post.seq, written: post.written, agentId: post.agentId, name: post.agentId, channelId: post.channelId,
          ...(post.teamId === undefined ? {} : { teamId: post.teamId }),
        });
        this.say(`  ${post.id} is accepted`);
      }
      if (!reached && post.reached) this.facts.push({ is: 'bounced', at: this.now, message: post.id });
      post.reached = reached;
    }
  }

  private async meet(message: Message): Promise<void> {
    if (this.known.has(message.conversationId)) return;
    const row = await this.t.c.conversations.get(message.conversationId);
    if (row !== undefined) this.known.set(row._id, { id: row._id, record: row.customerId, channelId: row.channelId });
  }

  private async receive(event: InboundEvent, crashAt?: string): Promise<void> {
    this.lastEvent = event;
    if (crashAt !== undefined) {
      let crashed = false;
      this.t.core.crashAt = (point) => {
        if (point !== crashAt || crashed) return;
        crashed = true;
        throw new Error(`crash at ${point}`);
      };
    }
    await receiveInboundEvent(this.t.core, event);
    await this.t.core.lanes.idle();
    if (crashAt === undefined) return;
    this.t.core.crashAt = () => undefined;
    await applyLedgerRow(this.t.core, `${event.channelId}:${event.eventId}`);
    await this.t.core.lanes.idle();
  }

  private event(input: Omit<Said, 'number' | 'receivedAt' | 'repliesTo'>): MessageEvent {
    const before = this.words.findLast((word) => word.threadKey.startsWith(`${input.person}/${input.topic}/`));
    return saidEvent({ ...input, number: this.next(), receivedAt: this.now, ...(before === undefined ? {} : { repliesTo: before.externalId }) });
  }

  async write(input: { person: string; channelId: 'chat' | 'mailbox'; topic: number; text: string; means: Meaning; said?: number; auto?: boolean; crashAt?: string }): Promise<void> {
    const event = this.event({ ...input, ...(input.means === 'software' ? { more: { auto: ['auto-reply'] } } : {}) });
    await this.receive(event, input.crashAt);
    const message = await this.t.c.messages.get(`${event.channelId}:${event.externalId}`);
    if (message === undefined) throw new Error(`a message was lost: ${event.externalId}`);
    await this.meet(message);
    await this.settle();
    this.words.push({ id: message._id, externalId: event.externalId, conversation: message.conversationId, channelId: event.channelId, threadKey: event.channelId === 'chat' ? event.thread.key : `${input.person}/${input.topic}/`, deleted: false });
    this.facts.push({ is: 'word', at: this.now, conversation: message.conversationId, message: message._id, seq: message.seq, means: input.means, ...(input.said === undefined ? {} : { said: input.said }) });
    this.say(`${input.person} writes ${message._id} in ${message.conversationId} (${input.means}${input.said === undefined ? '' : `, said to be of ${new Date(input.said).toISOString().slice(0, 19)}`}${input.crashAt === undefined ? '' : `, crash at ${input.crashAt}`})`);
  }

  async answerOutside(input: { conversation: string; said?: number }): Promise<void> {
    const last = this.words.findLast((word) => word.conversation === input.conversation);
    const row = await this.t.c.conversations.get(input.conversation);
    if (last === undefined || row === undefined) return;
    const person = people.find((name) => row.identityId.includes(name)) ?? '';
    const channelId = last.channelId === 'chat' ? 'chat' as const : 'mailbox' as const;
    const event = this.event({ person, channelId, topic: 0, text: `Answered from outside ${this.count}`, ...(input.said === undefined ? {} : { said: input.said }) });
    const colleague: Sender = { kind: event.sender.kind, scope: event.sender.scope, externalUserId: channelId === 'chat' ? 'pieter' : 'support@velowerk.example', proof: 'channel', aliases: [], displayName: 'Pieter' };
    const out: MessageEvent = {
      ...event, direction: 'out', sender: colleague, recipient: event.sender,
      thread: channelId === 'chat' ? event.thread : { ...event.thread, subject: row.subject ?? '', repliesTo: [last.externalId] },
    };
    await this.receive(out);
    const message = await this.t.c.messages.get(`${out.channelId}:${out.externalId}`);
    if (message === undefined) throw new Error('an outside answer was lost');
    await this.meet(message);
    await this.settle();
    const at = await this.t.c.conversations.get(message.conversationId);
    this.facts.push({ is: 'outside_answer', at: this.now, conversation: message.conversationId, message: message._id, seq: message.seq, name: 'Pieter', channelId: out.channelId, ...(input.said === undefined ? {} : { said: input.said }), ...(at?.teamId === undefined ? {} : { teamId: at.teamId }) });
    this.say(`Pieter answers outside: ${message._id} in ${message.conversationId}${input.said === undefined ? '' : `, said to be of ${new Date(input.said).toISOString().slice(0, 19)}`}`);
  }

  async reply(conversation: string, agent: string, outcome: Outcome | 'later'): Promise<void> {
    const { message } = await this.t.actions.reply(this.viewer(agent), conversation, { text: `Answer ${this.next()}`, attachmentIds: [], clientId: `client-${this.count}` });
    const row = await this.t.c.conversations.get(conversation);
    this.posts.push({ id: message._id, conversation, written: this.now, agentId: agent, seq: message.seq, channelId: message.channelId, reached: false, ...(row?.teamId === undefined ? {} : { teamId: row.teamId }) });
    this.facts.push({ is: 'written', at: this.now, conversation, message: message._id });
    this.say(`${agent} replies ${message._id} in ${conversation} (${outcome})`);
    await this.settle();
    if (outcome !== 'later') await this.send(message._id, outcome);
  }

  private async send(messageId: string, outcome: Outcome): Promise<void> {
    this.far.next.length = 0;
    if (outcome === 'failed') this.far.next.push({ result: 'rejected', reason: 'no such box' });
    if (outcome === 'retry') this.far.next.push({ result: 'retry', afterMs: 60_000, reason: 'busy' });
    if (outcome === 'unknown') this.far.next.push({ result: 'unknown', reason: 'connection lost' });
    await deliver(this.far.deps, messageId);
    this.far.next.length = 0;
    await this.settle();
  }

  /** Sends what is on its way in a conversation, the oldest first. */
  async deliverNext(conversation: string, outcome: Outcome): Promise<void> {
    const [row] = (await this.t.c.outbox.ofConversation(conversation)).sort((a, b) => a.seq - b.seq);
    if (row === undefined) return;
    this.say(`the channel takes ${row._id} (${outcome})`);
    await this.send(row._id, outcome);
  }

  async bounce(post: Posted): Promise<void> {
    const message = await this.t.c.messages.get(post.id);
    const [target] = message?.delivery?.ids ?? [];
    if (target === undefined || !post.reached) return;
    this.say(`${post.id} bounces`);
    await this.receive({ type: 'delivery', channelId: post.channelId, eventId: `e${this.next()}`, receivedAt: this.now, verifiedBy: 'mailbox', targets: [target], state: 'failed', reason: '550 no such mailbox' });
    await this.settle();
    if (post.reached) throw new Error(`${post.id} bounced and is not failed`);
  }

  async resend(post: Posted): Promise<void> {
    const state = (await this.t.c.messages.get(post.id))?.delivery?.state;
    if (state !== 'failed' && state !== 'unknown') return;
    this.say(`${post.agentId} sends ${post.id} again`);
    await this.t.actions.retryDelivery(this.viewer(post.agentId), post.id);
    await this.settle();
  }

  async remove(word: Written): Promise<void> {
    if (word.deleted) return;
    word.deleted = true;
    await this.receive({ type: 'delete', channelId: word.channelId, eventId: `e${this.next()}`, receivedAt: this.now, verifiedBy: 'session', target: word.externalId, threadKey: word.channelId === 'chat' ? word.threadKey : word.externalId, by: 'author' });
    this.facts.push({ is: 'deleted', at: this.now, message: word.id });
    this.say(`${word.id} is deleted`);
    await this.settle();
  }

  /** The same event once more, as providers do. */
  async again(): Promise<void> {
    if (this.lastEvent === undefined) return;
    this.say('the last event comes once more');
    await this.receive(this.lastEvent);
    await this.settle();
  }

  async bot(conversation: string, does: 'says' | 'hands over' | 'routes', to: { teamId?: string; assigneeId?: string }): Promise<void> {
    const row = await this.t.c.conversations.get(conversation);
    const last = this.words.findLast((word) => word.conversation === conversation);
    const message = last === undefined ? undefined : await this.t.c.messages.get(last.id);
    if (row === undefined || message === undefined || row.botDone === true || row.ownership > 0 || row.status !== 'open') return;
    const actions: BotAction[] = does === 'says' ? [{ type: 'say', text: 'Have you looked here?' }] : does === 'hands over' ? [{ type: 'hand_over', reason: 'asked for a person', brief: { lines: [] } }] : [];
    const newest = row.lastSeq;
    await applyBotActions(this.t.core, { message, underOwnership: row.ownership, actions, botName: 'Assistant', decide: () => ({ ...to, reason: 'as the story wants it' }), routeNow: does === 'routes' });
    const after = await this.t.c.messages.page(conversation, { after: newest, limit: 10 });
    this.say(`the bot ${does} in ${conversation} ${JSON.stringify(to)}`);
    for (const word of after.filter((each) => each.author.type === 'bot' && each.kind === 'out')) {
      this.facts.push({ is: 'bot_word', at: this.now, conversation });
      await deliver(this.far.deps, word._id);
    }
    await this.settle();
  }

  /** `true` when it was written down as a step. */
  async stepped(conversation: string, words: string, act: () => Promise<unknown>): Promise<boolean> {
    const before = (await this.t.c.conversations.get(conversation))?.lastSeq ?? 0;
    await act();
    const after = (await this.t.c.conversations.get(conversation))?.lastSeq ?? 0;
    if (after > before) this.say(words);
    return after > before;
  }

  async story(): Promise<Story> {
    const records = [...new Set([...this.known.values()].map((each) => each.record))];
    const joined: Record<string, string> = {};
    for (const customer of await this.t.c.customers.getMany(records)) if (customer.joinedInto !== undefined) joined[customer._id] = customer.joinedInto;
    return {
      now: this.now, joined, tags: {}, conversations: [...this.known.values()], facts: this.facts,
      rules: { calendars: this.rules.calendars, targets: this.rules.targets, defaultMinutes: this.rules.defaultMinutes, resolveHoldsMs: 72 * 3_600_000 },
    };
  }

  recordOf(conversation: string): string {
    return this.known.get(conversation)?.record ?? '';
  }
}
