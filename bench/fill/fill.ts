import { createNewId } from '../../src/compose/ids.js';
import { type OpenStore, openStore } from '../../src/compose/store.js';
import { searchEntry } from '../../src/inbox/append-message.js';
import type { TimeRules } from '../../src/inbox/hours/place.js';
import type { Conversation } from '../../src/inbox/model/conversation.js';
import type { Message } from '../../src/inbox/model/message.js';
import type { Agent, Team } from '../../src/inbox/model/people.js';
import type { SearchEntry } from '../../src/inbox/ports.js';
import { hashToken } from '../../src/http/auth/tokens.js';
import { conversationSpec } from '../../src/store/collections/conversations.js';
import { aliasSpec, customerSpec, identitySpec } from '../../src/store/collections/customers.js';
import { ledgerSpec } from '../../src/store/collections/ledger.js';
import { externalIdSpec, messageSpec } from '../../src/store/collections/messages.js';
import { threadSpec } from '../../src/store/collections/threads.js';
import { waitSpec } from '../../src/store/collections/waits.js';
import type { Driver } from '../../src/store/driver.js';
import { aliasOf, conversationOf, customerOf, identityOf, ledgerOf, messageAt, type Person, personOf, type Talk, type World } from './documents.js';
import { inOrder, type Planned, planConversations, type Size } from './plan.js';
import { createRandom } from './random.js';
import { askAgain, ended, factsOf, handTo, type TalkClock } from './waits.js';
import { TextMaker } from './words.js';

const agentCount = 200;
const teamCount = 20;
const perCommit = 4_000;
/** Keys of the administrator, so that the limit per key does not stop the reader. */
export const readerKeys = Array.from({ length: 24 }, (_, index) => `bench-reader-key-number-${String(index).padStart(4, '0')}`);
/** One key for each of the other agents. */
export const agentKeys = Array.from({ length: agentCount }, (_, index) => `bench-agent-key-number-${String(index).padStart(4, '0')}`);

const quiet = { info: () => undefined, warn: () => undefined, error: (facts: object, text: string) => process.stderr.write(`${text} ${JSON.stringify(facts)}\n`) };

/**
 * Fills the store in this folder with the documents, indexes and search entries that the real path would have written, a
 * few thousand messages a commit. The server has been started on it once (administrator and channels exist) and is stopped.
 */
export async function fillStore(folder: string, size: Size, say: (line: string) => void): Promise<void> {
  const store = await openStore({ dataDir: folder, mongo: undefined }, { resolve: (_kind, typed) => [typed], log: quiet });
  try {
    await fillOpenStore(store, size, { say });
  } finally {
    await store.close();
  }
}

/** The same for a store that is open. `onlyFacts`: nothing for search and the ledger, which reports do not read. */
export async function fillOpenStore(store: OpenStore, size: Size, options: { say: (line: string) => void; onlyFacts?: boolean }): Promise<void> {
  await new Filler(store, size, options).run();
}

class Filler {
  readonly #people = new Map<number, { person: Person; identities: Set<string>; firstAt: number; lastAt: number; conversations: number; waitingSince?: number }>();
  readonly #talks = new Map<number, Going>();
  readonly #started = performance.now();
  #changeSeq = 0;
  #waits = 0;
  #cases = 0;
  #rules: TimeRules = { calendars: [], targets: [], defaultMinutes: 60, resolveHoldsMs: 72 * 3_600_000 };

  constructor(private readonly store: OpenStore, private readonly size: Size, private readonly options: { say: (line: string) => void; onlyFacts?: boolean }) {}

  async run(): Promise<void> {
    const world = await this.#world();
    this.#rules = await this.#rulesKept();
    const planned = planConversations(this.size, { now: world.now, agents: world.agents.length, teams: world.teams.length });
    const order = inOrder(planned, this.size.messages);
    for (let from = 0; from < this.size.messages; from += perCommit) {
      await this.#commit(world, planned, { order, from, to: Math.min(from + perCommit, this.size.messages) });
      if ((from / perCommit) % 5 === 4) await this.store.search.settle();
      if ((from / perCommit) % 25 === 24) this.options.say(`  ${from + perCommit} messages after ${((performance.now() - this.#started) / 1_000).toFixed(0)} s`);
    }
    await this.store.engine.work(async (driver) => {
      const customers = driver.collection(customerSpec);
      for (const { person, ...facts } of this.#people.values()) await customers.insert(customerOf(person, facts));
    });
    await this.store.search.settle();
    await this.store.inbox.now.conversations.recount();
  }

  /** Calendars and the answer target as the server has them. */
  async #rulesKept(): Promise<TimeRules> {
    const c = this.store.inbox.now;
    const [calendars, workspace] = await Promise.all([c.calendars.all(), c.settings.workspace()]);
    return { ...this.#rules, calendars, defaultMinutes: workspace.answerTargetMinutes };
  }

  async #world(): Promise<World> {
    const c = this.store.inbox.now;
    const now = Date.now();
    const channels = (await c.channels.all()).sort((a, b) => (a.kind < b.kind ? -1 : 1));
    const admin = (await c.agents.all()).find((agent) => agent.role === 'administrator');
    if (admin === undefined || channels.length < 3) throw new Error('start the server once on this folder first');
    const teams: Team[] = Array.from({ length: teamCount }, (_, index) => ({ _id: `bench-team-${index}`, name: `Team ${index}`, createdAt: now }));
    const agents: Agent[] = Array.from({ length: agentCount }, (_, index) => ({
      _id: `bench-agent-${index}`, name: `Agent ${index}`, email: `agent${index}@velowerk.example`, role: 'lead', teamIds: [`bench-team-${index % teamCount}`], state: 'active',
      presence: 'online', capacity: 500, load: 0, createdAt: now,
    }));
    for (const team of teams) await c.teams.insert(team);
    for (const agent of agents) await c.agents.insert(agent);
    for (const key of readerKeys) await c.apiKeys.insert({ _id: hashToken(key), name: 'reader', agentId: admin._id, createdAt: now });
    for (const [index, key] of agentKeys.entries()) await c.apiKeys.insert({ _id: hashToken(key), name: 'agent', agentId: `bench-agent-${index}`, createdAt: now });
    let clock = now;
    const newId = createNewId(() => clock);
    const newIdAt = (at: number): string => {
      clock = at;
      return newId();
    };
    const random = createRandom(5);
    const texts = { en: new TextMaker('en', random), de: new TextMaker('de', random), fr: new TextMaker('fr', random), es: new TextMaker('es', random) };
    return { channels, agents: [admin, ...agents], teams, texts, newIdAt, now };
  }

  async #commit(world: World, planned: readonly Planned[], part: { order: ReturnType<typeof inOrder>; from: number; to: number }): Promise<void> {
    const entries: SearchEntry[] = [];
    await this.store.engine.work(async (driver) => {
      const into = collectionsOf(driver);
      for (let at = part.from; at < part.to; at += 1) {
        const index = part.order.conversation[at] ?? 0;
        const one = planned[index];
        if (one === undefined) continue;
        const talk = this.#talks.get(index) ?? await this.#open(world, into, { planned: one, index });
        const seq = part.order.seq[at] ?? 1;
        const message = messageAt(talk, seq, world, talk.clock.open !== undefined);
        await into.messages.insert(message);
        const row = await this.#follow(world, into, { talk, message });
        if (message.kind !== 'event') entries.push(searchEntry(row, message));
        if (seq === one.times.length) {
          await into.conversations.insert(row);
          this.#talks.delete(index);
        }
      }
      if (this.options.onlyFacts !== true) await this.store.search.put(entries);
    });
  }

  async #open(world: World, into: Into, { planned, index }: { planned: Planned; index: number }): Promise<Going> {
    const at = planned.times[0] ?? 0;
    const channel = world.channels[planned.channel] ?? world.channels[0];
    const team = world.teams[planned.team] ?? world.teams[0];
    if (channel === undefined || team === undefined) throw new Error('no channel or team');
    const known = this.#people.get(planned.customer) ?? { person: personOf(planned.customer, world.newIdAt, at), identities: new Set<string>(), firstAt: at, lastAt: at, conversations: 0 };
    this.#people.set(planned.customer, known);
    known.conversations += 1;
    const identity = identityOf(known.person, channel, at);
    if (!known.identities.has(identity._id)) {
      known.identities.add(identity._id);
      await into.identities.insert(identity);
      await into.aliases.insert(aliasOf(identity));
    }
    const random = createRandom(index + 1_000_003);
    this.#cases += 1;
    const talk: Going = {
      planned, id: world.newIdAt(at), person: known.person, identity, channel, team, agent: planned.assignee < 0 ? undefined : world.agents[planned.assignee],
      subject: world.texts[known.person.language].text(random, 4).slice(0, 60), random, mailIds: [],
      tags: random.next() < 0.3 ? [random.pick(['return', 'parcel', 'refund'])] : [], clock: { n: this.#cases, firstAt: at, known: known.conversations > 1, touches: 0, asks: 0, waits: 0 },
    };
    await into.threads.insert({ _id: `${channel._id}:${talk.id}`, conversationId: talk.id });
    this.#talks.set(index, talk);
    return talk;
  }

  /** Ledger, clock and other names of one message; the row as it then is. */
  async #follow(world: World, into: Into, { talk, message }: { talk: Going; message: Message }): Promise<Conversation> {
    const known = this.#people.get(talk.planned.customer);
    const { clock } = talk;
    if (message.kind === 'in') {
      talk.lastIn = message;
      if (this.options.onlyFacts !== true) await into.ledger.insert(ledgerOf(message, talk, world.now));
    }
    if (message.kind !== 'event') talk.last = message;
    const over = message.seq === talk.planned.times.length;
    await this.#time(into, { talk, message, over });
    for (const id of message.delivery?.ids ?? []) await into.externalIds.insert({ _id: `${message.channelId}:${id}`, messageId: message._id, conversationId: talk.id });
    if (known !== undefined) {
      known.lastAt = Math.max(known.lastAt, message.at);
      if (over && clock.open !== undefined) known.waitingSince = Math.min(known.waitingSince ?? clock.open.from, clock.open.from);
    }
    this.#changeSeq += 1;
    const row = conversationOf(talk, world, { last: talk.last ?? message, lastIn: talk.lastIn ?? message, wait: clock.open, facts: factsOf(talk, clock) });
    return { ...row, changeSeq: this.#changeSeq };
  }

  /** What the message does to the customer's clock. */
  async #time(into: Into, { talk, message, over }: { talk: Going; message: Message; over: boolean }): Promise<void> {
    const { clock } = talk;
    if (message.kind === 'in' && askAgain(talk, clock, message, { n: this.#waits + 1, rules: this.#rules }) === 'opened') this.#waits += 1;
    if (message.kind === 'event' && message.step?.type === 'routed') handTo(talk, clock, message.at);
    if (message.kind === 'out') clock.touches += 1;
    if (clock.open === undefined || (message.kind !== 'out' && !over)) return;
    this.#changeSeq += 1;
    const stays = message.kind !== 'out' && message.step?.type !== 'not_needed';
    const kept = stays ? clock.open : ended(clock.open, { message, team: talk.team._id, rules: this.#rules, state: message.kind === 'out' ? 'answered' : 'not_needed' });
    await into.waits.insert({ ...kept, changeSeq: this.#changeSeq });
    if (!stays) delete clock.open;
  }
}

/** A conversation under way. */
interface Going extends Talk {
  clock: TalkClock;
  lastIn?: Message;
  last?: Message;
}

type Into = ReturnType<typeof collectionsOf>;

function collectionsOf(driver: Driver) {
  return {
    messages: driver.collection(messageSpec), conversations: driver.collection(conversationSpec), threads: driver.collection(threadSpec), waits: driver.collection(waitSpec),
    ledger: driver.collection(ledgerSpec), identities: driver.collection(identitySpec), aliases: driver.collection(aliasSpec), externalIds: driver.collection(externalIdSpec),
  };
}
