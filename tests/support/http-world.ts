import { createServer, type Server } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hash } from '@node-rs/argon2';
import { pino } from 'pino';
import { createWebchatAdapter } from '../../src/adapters/webchat/index.js';
import { createWebhookAdapter } from '../../src/adapters/webhook/index.js';
import { sign } from '../../src/adapters/webhook/verify.js';
import { readSignals } from '../../src/bot/signals/read-signals.js';
import { ChannelBook } from '../../src/compose/channel-book.js';
import { createNewId } from '../../src/compose/ids.js';
import { CalendarBook } from '../../src/compose/calendar-book.js';
import { HoursOf } from '../../src/compose/hours-of.js';
import { createPeople } from '../../src/compose/people.js';
import { createProviderActions } from '../../src/compose/provider-actions.js';
import { PresenceLog } from '../../src/inbox/presence-log.js';
import { receiveInboundEvents } from '../../src/inbox/receive-inbound-event.js';
import { receiveWebhook } from '../../src/compose/receive-webhook.js';
import { createTargetDesk } from '../../src/compose/target-desk.js';
import { sniffType } from '../../src/compose/sniff.js';
import { createStaffing } from '../../src/compose/staffing.js';
import { openStore } from '../../src/compose/store.js';
import { makeBriefFor } from '../../src/compose/thinking.js';
import { TimeBook } from '../../src/compose/time-rules.js';
import { createHttp, type Http } from '../../src/http/create-http.js';
import type { HttpConfig, HttpDeps } from '../../src/http/deps.js';
import { createGuardedFetch } from '../../src/http/outbound/guarded-fetch.js';
import { openNumbers } from '../../src/inbox/open-numbers.js';
import type { Core } from '../../src/inbox/core.js';
import { createHistoryDesk } from '../../src/inbox/history/history-desk.js';
import { createInboxActions } from '../../src/inbox/inbox-actions.js';
import { createInboxReads } from '../../src/inbox/inbox-reads.js';
import { Lanes } from '../../src/inbox/lanes.js';
import type { Channel } from '../../src/inbox/model/channel.js';
import type { InboundEvent } from '../../src/inbox/model/event.js';
import type { Agent, Role, Team } from '../../src/inbox/model/people.js';
import { receiveInboundEvent } from '../../src/inbox/receive-inbound-event.js';
import { createDigests } from '../../src/compose/digests.js';
import { openReports } from '../../src/compose/reports.js';
import { OpenWaits } from '../../src/reports/open-waits.js';
import { wallOf } from '../../src/reports/wall.js';
import { createInProcessJobs } from '../../src/store/jobs/in-process.js';
import { createInProcessLive } from '../../src/store/live/in-process.js';
import { createSecretBox, deriveKey } from '../../src/store/secrets.js';
import { HttpClient } from './http-client.js';

export const goodPassword = 'kayak-orbit-47-lantern';
export const webhookSecret = 'a-shared-secret-for-tests';
let passwordHash: Promise<string> | undefined;

/** The whole web side over a real embedded store, listening on a free port of this machine. Close it in `after`. */
export interface HttpWorld {
  url: string;
  deps: HttpDeps;
  core: Core;
  http: Http;
  server: Server;
  /** A webhook channel; its conversations go to nobody's team. */
  channel: Channel;
  logLines: string[];
  advance(ms: number): void;
  client(): HttpClient;
  addTeam(name: string): Promise<Team>;
  addAgent(facts?: { role?: Role; teamIds?: string[]; name?: string }): Promise<Agent>;
  /** A client with the cookie and the token of a fresh session. */
  signIn(agent: Agent): Promise<HttpClient>;
  apiKeyOf(agent: Agent): Promise<string>;
  /** A customer's message over the webhook channel; gives the conversation's id. */
  say(facts: { from: string; text: string; thread?: string; teamId?: string }): Promise<string>;
  receive(event: InboundEvent): Promise<void>;
  close(): Promise<void>;
}

export async function openHttpWorld(config: Partial<HttpConfig> = {}, replace: (deps: HttpDeps) => Partial<HttpDeps> = () => ({})): Promise<HttpWorld> {
  const dataDir = await mkdtemp(join(tmpdir(), 'rapport-http-'));
  const logLines: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void logLines.push(line) });
  let offset = 0;
  const clock = () => Date.now() + offset;
  const newId = createNewId(clock);
  const store = await openStore({ mongo: undefined, dataDir }, { resolve: (_kind, typed) => [typed], log });
  const c = store.inbox.now;
  const master = Buffer.alloc(32, 7);
  const live = createInProcessLive({ log });
  const jobs = createInProcessJobs({ log });
  const outbound = createGuardedFetch({ allow: [] });
  const adapters = [createWebhookAdapter({ fetch: outbound, clock }), createWebchatAdapter({ visitorKey: deriveKey(master, 'visitors') })];
  const book = new ChannelBook({ c, adapters: new Map(adapters.map((adapter) => [adapter.kind, adapter])), secrets: createSecretBox([master]), live, clock, newId, log, sink: () => (events) => receiveInboundEvents(core, events) });
  let teams: readonly Team[] = [];
  const readTeams = async () => { teams = await c.teams.all(); };
  const times = await TimeBook.open(c);
  const core: Core = {
    times: times.rules,
    store: store.inbox, clock, newId, jobs, live, search: store.search, lanes: new Lanes(), ...await openNumbers(c),
    readSignals, channels: () => book.all(), crashAt: () => undefined, log,
  };
  const channel = await book.create({ kind: 'webhook', name: 'Shop', settings: {}, secrets: { secret: webhookSecret } });

  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const openWaits = new OpenWaits(c, live);
  const calendars = new CalendarBook(core, times);
  const reports = openReports(core);
  const staffing = createStaffing(core, reports.columns);
  const presence = new PresenceLog(core);
  const base: HttpDeps = {
    reads: createInboxReads(core, { teams: () => teams, makeBrief: makeBriefFor(() => 'UTC'), mailRecipients: () => ({ cc: [] }) }),
    actions: createInboxActions(core, { blobs: store.blobs, sniff: sniffType, provider: createProviderActions(book, store.inbox), mirrorPlaces: () => [{ channelId: 'some-channel', place: 'C0TEAM' }] }),
    people: createPeople(c, { teams: readTeams, times: () => times.reload() }, new HoursOf(calendars, clock)),
    channels: book,
    calendars, targets: createTargetDesk(core, times),
    reports,
    staffing,
    takeAway: { source: { ...reports, staffing }, saved: c.savedReports, digests: createDigests({ c, reports, book, clock, newId, publicUrl: url, crashAt: () => undefined, log }).desk },
    wall: (viewer, filter) => wallOf(core, openWaits, { viewer, filter }),
    receiveWebhook: (channelId, request) => receiveWebhook(core, book, channelId, request),
    live, presence, blobs: store.blobs, clock, newId, log,
    config: { publicUrl: url, trustProxy: false, demo: false, signingKey: deriveKey(master, 'links'), webRoot: join(dataDir, 'web'), apiPerMinute: 100_000, ...config },
    writable: () => store.engine.writable(),
    history: createHistoryDesk(core),
  };
  const deps = { ...base, ...replace(base) };
  const http = createHttp(deps);
  server.on('request', http.app);
  server.on('upgrade', (request, socket, head) => http.handleUpgrade(request, socket, head));

  const world: HttpWorld = {
    url, deps, core, http, server, channel, logLines,
    advance: (ms) => { offset += ms; },
    client: () => new HttpClient(url, http.routes),
    async addTeam(name) {
      const team = { _id: newId(), name, createdAt: clock() };
      await deps.people.insertTeam(team);
      return team;
    },
    async addAgent({ role = 'agent', teamIds = [], name = `Agent ${newId()}` } = {}) {
      const id = newId();
      passwordHash ??= hash(goodPassword);
      const agent: Agent = {
        _id: id, name, email: `${id.toLowerCase()}@velowerk.example`, role, teamIds, passwordHash: await passwordHash, state: 'active', presence: 'online', capacity: 20, load: 0, createdAt: clock(),
      };
      await deps.people.insertAgent(agent);
      return agent;
    },
    async signIn(agent) {
      const client = world.client();
      const answer = await client.post('/session', { email: agent.email, password: goodPassword });
      if (answer.status !== 201) throw new Error(`sign-in: ${answer.status} ${answer.text}`);
      return client;
    },
    async apiKeyOf(agent) {
      const key = `rap_${newId()}${newId()}${newId()}`;
      const { hashToken } = await import('../../src/http/auth/tokens.js');
      await deps.people.insertApiKey({ _id: hashToken(key), name: 'test', agentId: agent._id, createdAt: clock() });
      return key;
    },
    async say({ from, text, thread = newId(), teamId }) {
      const body = JSON.stringify({ type: 'message', id: newId(), conversation: thread, from: { id: from.replace(/\W/g, '-'), name: from }, text });
      const seconds = Math.floor(clock() / 1000);
      const answer = await world.client().raw('POST', `/hooks/${channel._id}`, { headers: { 'content-type': 'application/json', 'x-rapport-signature': sign(body, webhookSecret, seconds) }, body });
      if (answer.status !== 200) throw new Error(`hook: ${answer.status} ${answer.text}`);
      const found = await c.threads.find(`${channel._id}:${thread}`);
      if (!found) throw new Error('the message opened no conversation');
      if (teamId !== undefined) await c.conversations.change(found.conversationId, {}, { set: { teamId, changeSeq: core.changes.next() } });
      return found.conversationId;
    },
    receive: async (event) => { await receiveInboundEvent(core, event); },
    async close() {
      await presence.stop();
      http.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await jobs.stop();
      await outbound.close();
      await reports.stop();
      await store.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  return world;
}
