import { pino } from 'pino';
import { readSignals } from '../../src/bot/signals/read-signals.js';
import { createNewId } from '../../src/compose/ids.js';
import { makeBriefFor, routeByHistory } from '../../src/compose/thinking.js';
import { TimeBook } from '../../src/compose/time-rules.js';
import type { Viewer } from '../../src/inbox/api.js';
import { openNumbers } from '../../src/inbox/open-numbers.js';
import type { Core } from '../../src/inbox/core.js';
import { createInboxActions } from '../../src/inbox/inbox-actions.js';
import { createInboxReads } from '../../src/inbox/inbox-reads.js';
import { Lanes } from '../../src/inbox/lanes.js';
import type { Channel } from '../../src/inbox/model/channel.js';
import type { MessageEvent } from '../../src/inbox/model/event.js';
import type { Agent, Team } from '../../src/inbox/model/people.js';
import type { BlobStore, ChannelActions, SearchIndex } from '../../src/inbox/ports.js';
import { applyLedgerRow, receiveInboundEvent } from '../../src/inbox/receive-inbound-event.js';
import { type AllCollections, collectionSpecs, openInboxStore } from '../../src/store/collections/collections.js';
import type { Engine } from '../../src/store/driver.js';
import { isEmbedded } from '../../src/store/engine.js';
import { createInProcessJobs } from '../../src/store/jobs/in-process.js';
import { createInProcessLive } from '../../src/store/live/in-process.js';
import { openEmbeddedSearch } from '../../src/store/search/embedded.js';
import type { BotAction } from '../../src/inbox/ports.js';
import { takeBotTurn } from '../../src/workers/bot-turn.js';
import { indexConversation } from '../../src/workers/index-conversation.js';
import { memoryBlobs } from './memory-blobs.js';

export const startOfTests = Date.UTC(2026, 9, 5, 9, 0, 0);

export interface TestCoreOptions {
  botActions?: (text: string) => BotAction[];
  /** The real one, where something real is at the other end. */
  clock?: () => number;
  blobs?: BlobStore;
  provider?: ChannelActions;
  /** What a job does; absent: deliveries are left to the test, nothing is fetched. */
  deliver?: (id: string) => Promise<void>;
  fetchFile?: (id: string) => Promise<void>;
}

/** The real core over a real engine, with a clock that the test turns. */
export async function openTestCore(engine: Engine, options: TestCoreOptions = {}) {
  await engine.prepare(collectionSpecs);
  const inbox = openInboxStore(engine);
  const c: AllCollections = inbox.now;
  const time = { now: startOfTests };
  const clock = options.clock ?? ((): number => time.now);
  const log = pino({ level: process.env['TEST_LOG'] ?? 'silent' });
  const channels = new Map<string, Channel>();
  const jobs = createInProcessJobs({ log });
  const live = createInProcessLive({ log });
  const search: SearchIndex = isEmbedded(engine) ? await openEmbeddedSearch(engine, { log }) : await (await import('../../src/store/search/mongo.js')).openMongoSearch(engine);
  const times = await TimeBook.open(c);
  const core: Core = {
    times: times.rules,
    store: inbox, clock, newId: createNewId(clock), jobs, live, search, lanes: new Lanes(), ...await openNumbers(c),
    readSignals, channels: () => channels, crashAt: () => undefined, log,
  };
  const teams: Team[] = await c.teams.all();
  const makeBrief = makeBriefFor(() => 'UTC');
  jobs.handle('apply', (id) => applyLedgerRow(core, id));
  jobs.handle('deliver', options.deliver ?? (() => Promise.resolve()));
  jobs.handle('fetch_file', options.fetchFile ?? (() => Promise.resolve()));
  jobs.handle('index', (id) => indexConversation(core, id));
  jobs.handle('bot_turn', (id) => takeBotTurn({
    core, decide: routeByHistory(core.times), makeBrief, opening: () => ({ openNow: true, timeZone: 'UTC' }),
    bot: { takeTurn: (turn) => Promise.resolve(options.botActions?.(turn.message.text) ?? [{ type: 'hand_over', reason: 'asked for a person', brief: { lines: [] } }]) },
  }, id));
  const reads = createInboxReads(core, { makeBrief, teams: () => teams, mailRecipients: () => ({ cc: [] }) });
  const actions = createInboxActions(core, { blobs: options.blobs ?? memoryBlobs(), sniff: () => Promise.resolve('application/octet-stream'), provider: options.provider ?? { can: () => [], act: () => Promise.resolve({ ok: false, reason: 'there is no provider' }) } });
  return {
    core, c, reads, actions, time, jobs,
    /** Reloaded by whoever changes calendars, targets or settings. */
    times,
    addChannel: async (channel: Partial<Channel> & Pick<Channel, '_id' | 'kind'>): Promise<Channel> => {
      const full: Channel = { name: channel._id, state: 'on', settings: {}, secrets: {}, createdAt: clock(), changeSeq: 0, ...channel };
      await c.channels.insert(full);
      channels.set(full._id, full);
      return full;
    },
    addAgent: async (agent: Partial<Agent> & Pick<Agent, '_id'>): Promise<Viewer> => {
      const full: Agent = { name: agent._id, email: `${agent._id.toLowerCase()}@velowerk.example`, role: 'agent', teamIds: [], state: 'active', presence: 'online', capacity: 20, load: 0, createdAt: clock(), ...agent };
      await c.agents.insert(full);
      return { agentId: full._id, role: full.role, teamIds: full.teamIds };
    },
    addTeam: async (id: string): Promise<void> => {
      const team: Team = { _id: id, name: id, createdAt: clock() };
      await c.teams.insert(team);
      teams.push(team);
    },
    receive: async (event: MessageEvent | Parameters<typeof receiveInboundEvent>[1]) => {
      const outcome = await receiveInboundEvent(core, event);
      await core.lanes.idle();
      await jobs.idle();
      return outcome;
    },
    close: async () => {
      await jobs.stop();
      if ('stop' in search && typeof search.stop === 'function') await (search.stop as () => Promise<void>)();
    },
  };
}

export type TestCore = Awaited<ReturnType<typeof openTestCore>>;

/** A chat message of a visitor. */
export function chatMessage(id: string, text: string, more: Partial<MessageEvent> & { visitor?: string; channelId?: string; aliases?: MessageEvent['sender']['aliases']; name?: string } = {}): MessageEvent {
  const { visitor = 'vis1', channelId = 'chat', aliases = [], name, ...rest } = more;
  return {
    type: 'message', channelId, eventId: id, externalId: id, direction: 'in', receivedAt: startOfTests, verifiedBy: 'session',
    sender: { kind: 'webchat', scope: channelId, externalUserId: visitor, proof: 'channel', aliases, ...(name === undefined ? {} : { displayName: name }) },
    thread: { key: visitor, keyIs: 'exact' }, text, ...rest,
  };
}

/** A mail, as the e-mail channel tells it. */
export function mail(id: string, text: string, more: Partial<MessageEvent> & { from?: string; proof?: 'claimed' | 'channel'; subject?: string; repliesTo?: string[]; token?: string; channelId?: string; dmarc?: 'pass' | 'fail' | 'none' } = {}): MessageEvent {
  const { from = 'ines@posteo.example', proof = 'channel', subject = 'A question', repliesTo, token, channelId = 'mailbox', dmarc = 'pass', ...rest } = more;
  return {
    type: 'message', channelId, eventId: `mail:${id}`, externalId: `<${id}@posteo.example>`, direction: 'in', receivedAt: startOfTests, verifiedBy: 'mailbox',
    sender: { kind: 'email', scope: '*', externalUserId: from, proof, aliases: [{ type: 'email', value: from, proof }] },
    thread: { key: `<${id}@posteo.example>`, keyIs: 'weak', subject, participants: [from], ...(repliesTo === undefined ? {} : { repliesTo }), ...(token === undefined ? {} : { tokenConversationId: token }) },
    email: { messageId: `<${id}@posteo.example>`, references: [], from, to: ['support@velowerk.example'], cc: [], subject, auth: { dmarc, detail: '' } },
    text, ...rest,
  };
}
