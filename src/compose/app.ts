import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import type { Logger } from 'pino';
import type { Config } from '../config.js';
import { createHttp, type Http } from '../http/create-http.js';
import { createGuardedAddress } from '../http/outbound/guarded-address.js';
import { createGuardedFetch } from '../http/outbound/guarded-fetch.js';
import type { InboxActions, InboxReads } from '../inbox/api.js';
import { openNumbers } from '../inbox/open-numbers.js';
import type { Core } from '../inbox/core.js';
import { zoneIn } from '../inbox/hours/opening-state.js';
import { createHistoryDesk } from '../inbox/history/history-desk.js';
import { createInboxActions } from '../inbox/inbox-actions.js';
import { createInboxReads } from '../inbox/inbox-reads.js';
import { Lanes } from '../inbox/lanes.js';
import type { InboundEvent } from '../inbox/model/event.js';
import type { Team } from '../inbox/model/people.js';
import { PresenceLog } from '../inbox/presence-log.js';
import { receiveInboundEvents, recoverLedger } from '../inbox/receive-inbound-event.js';
import type { ReportEngine } from '../reports/create-reports.js';
import { OpenWaits } from '../reports/open-waits.js';
import { wallOf } from '../reports/wall.js';
import { createInProcessJobs } from '../store/jobs/in-process.js';
import { createInProcessLive } from '../store/live/in-process.js';
import { createSecretBox } from '../store/secrets.js';
import { mailRecipients } from '../workers/outbound.js';
import type { Health } from '../adapters/contract.js';
import { type AdapterDeps, createAdapters } from '../adapters/registry.js';
import { createCrashAt } from './crash.js';
import { CalendarBook } from './calendar-book.js';
import { ChannelBook } from './channel-book.js';
import { ChannelHealth } from './channel-health.js';
import { applyChannelsFile } from './channels-file.js';
import { Connections } from './connections.js';
import { HoursOf } from './hours-of.js';
import { createDigests, type Digests } from './digests.js';
import { createNewId } from './ids.js';
import { createNotices, ownAddressesOf } from './mailboxes.js';
import { createPeople } from './people.js';
import { createProviderActions } from './provider-actions.js';
import { signTyping } from '../inbox/sign-typing.js';
import { receiveWebhook } from './receive-webhook.js';
import { openReports } from './reports.js';
import { changeTimes, createTargetDesk } from './target-desk.js';
import { sniffType } from './sniff.js';
import { createStaffing } from './staffing.js';
import { openSecret, openStore, type OpenStore } from './store.js';
import { makeBriefFor } from './thinking.js';
import { TimeBook } from './time-rules.js';
import { openVisitors } from './visitors.js';
import { startWorkers, type Workers } from './workers.js';
import { readSignals } from '../bot/signals/read-signals.js';

export interface App {
  config: Config;
  core: Core;
  /** Behind `core.times`; reloaded by whoever changes calendars, targets or settings in the store. */
  times: TimeBook;
  calendars: CalendarBook;
  store: OpenStore;
  book: ChannelBook;
  reads: InboxReads;
  actions: InboxActions;
  people: ReturnType<typeof createPeople>;
  reports: ReportEngine;
  http: Http;
  workers: Workers;
  digests: Digests;
  /** Present while the set-up page is open. */
  setUpToken: string | undefined;
  publicUrl: string;
  /** Ledger, then applied. */
  receive(events: InboundEvent[]): Promise<void>;
  /** Everything that takes things in (mailboxes, timers, the sweeper), after all else stands. */
  startInputs(): Promise<void>;
  stop(): Promise<void>;
}

export interface BuildOptions {
  log: Logger;
  clock?: () => number;
  /** Folder of the built web pages. */
  webRoot: string;
  publicUrl: string;
  /** For the demo: what goes out ends here instead of at a provider. */
  wrapAdapter?: AdapterDeps['wrap'];
}

/** Builds everything in dependency order. Nothing is taken in before `startInputs`. */
export async function buildApp(config: Config, options: BuildOptions): Promise<App> {
  const { log } = options;
  const clock = options.clock ?? Date.now;
  const newId = createNewId(clock);
  const crashAt = createCrashAt(config.crashAt);
  await mkdir(config.dataDir, { recursive: true });
  const secret = await openSecret(config);
  let teams: readonly Team[] = [];
  const names = { book: undefined as ChannelBook | undefined };
  const store = await openStore(config, { log, clock, newId, resolve: (kind, typed) => resolveName(kind, typed, { channels: [...names.book?.all().values() ?? []], teams }) });
  const live = createInProcessLive({ log });
  const jobs = createInProcessJobs({ log });
  const guardedFetch = createGuardedFetch({ allow: config.outboundAllow });
  const adapters = createAdapters({
    clock, fetch: guardedFetch, addressOf: createGuardedAddress({ allow: config.outboundAllow }), visitorKey: secret.keyFor('visitor'), replyKey: secret.keyFor('mail-reply'), readBlob: (id) => store.blobs.get(id), crashAt,
    ...(options.wrapAdapter === undefined ? {} : { wrap: options.wrapAdapter }),
  });
  const book = new ChannelBook({ c: store.inbox.now, adapters, secrets: createSecretBox([secret.master]), live, clock, newId, log, sink: () => receive });
  const health = new ChannelHealth(book, clock);
  const noteHealth = (id: string, told: Health): void => {
    health.report(id, told).catch((error: unknown) => log.warn({ channelId: id, err: error }, 'health could not be noted'));
  };
  names.book = book;
  await book.load();
  teams = await store.inbox.now.teams.all();
  const times = await TimeBook.open(store.inbox.now);
  const core: Core = {
    store: store.inbox, clock, newId, jobs, live, search: store.search, lanes: new Lanes(), readSignals, crashAt, log,
    ...await openNumbers(store.inbox.now), times: times.rules, channels: () => book.all(), mirrored: (event) => book.mirrored(event),
  };
  const calendars = new CalendarBook(core, times);
  const people = createPeople(store.inbox.now, { teams: async () => { teams = await store.inbox.now.teams.all(); }, times: () => changeTimes(core, times, () => Promise.resolve()) }, new HoursOf(calendars, clock));
  const makeBrief = makeBriefFor(() => zoneIn(times.rules().calendars, {}, clock()));
  const reads = createInboxReads(core, {
    makeBrief, teams: () => teams,
    mailRecipients: (conversation, messages, person) => {
      const identity = person.identities.find((candidate) => candidate._id === (conversation.answerOn?.identityId ?? conversation.identityId));
      const answered = messages.findLast((message) => message.kind === 'in' && message.email !== undefined && message.auto === undefined);
      return identity === undefined ? { cc: [] } : mailRecipients(identity, answered, {}, ownAddressesOf(book));
    },
  });
  const actions = createInboxActions(core, { blobs: store.blobs, sniff: sniffType, provider: createProviderActions(book, store.inbox), mirrorPlaces: () => book.allMirrorPlaces() });
  const receive = async (events: InboundEvent[]): Promise<void> => {
    await receiveInboundEvents(core, events);
    for (const channelId of new Set(events.map((event) => event.channelId))) health.cameIn(channelId);
  };
  const sendNotice = createNotices(book);
  const visitors = openVisitors({ core, book, receive, sendNotice, blobs: store.blobs, publicUrl: options.publicUrl, trustProxy: config.trustProxy, log });
  const workers = startWorkers({ core, c: store.inbox.now, book, blobs: store.blobs, sniff: sniffType, makeBrief, ledgerKeepMs: config.ledgerKeepDays * 86_400_000, publicUrl: options.publicUrl });
  const setUpToken = (await people.setUpState()) === 'open' ? randomBytes(24).toString('base64url') : undefined;
  const openWaits = new OpenWaits(store.inbox.now, live);
  const reports = openReports(core);
  const staffing = createStaffing(core, reports.columns);
  const presence = new PresenceLog(core);
  const digests = createDigests({ c: store.inbox.now, reports, book, clock, newId, publicUrl: options.publicUrl, crashAt, log });
  const http = createHttp({
    reports, staffing, takeAway: { source: { ...reports, staffing }, saved: store.inbox.now.savedReports, digests: digests.desk },
    reads, actions, people, channels: book, calendars, targets: createTargetDesk(core, times), wall: (viewer, filter) => wallOf(core, openWaits, { viewer, filter }), live, presence, blobs: store.blobs, clock, newId, log,
    receiveWebhook: async (channelId, request) => {
      const answer = await receiveWebhook(core, book, channelId, request, noteHealth);
      if (answer.status < 300) health.cameIn(channelId);
      return answer;
    },
    config: {
      publicUrl: options.publicUrl, trustProxy: config.trustProxy === 0 ? false : config.trustProxy, demo: config.demo, signingKey: secret.keyFor('attachment-links'), webRoot: options.webRoot,
      ...(setUpToken === undefined ? {} : { setUpToken }), ...(config.metricsToken === undefined ? {} : { metricsToken: config.metricsToken }),
    },
    writable: () => store.engine.writable(),
    history: createHistoryDesk(core),
    visitor: visitors,
  });
  const connections = new Connections({ book, c: store.inbox.now, sink: receive, health, typing: (sign) => void signTyping(core, sign).catch((error: unknown) => log.warn({ err: error }, 'a typing sign was lost')), blobs: store.blobs, sniff: sniffType, clock, log });
  return {
    config, core, times, calendars, store, book, reads, actions, people, reports, http, workers, digests, setUpToken, publicUrl: options.publicUrl, receive,
    startInputs: async () => {
      if (config.channelsFile !== undefined) log.info(await applyChannelsFile(config.channelsFile, book, teams), 'channels were declared in a file');
      if (store.engine.kind === 'mongo') await store.inbox.now.conversations.recount();
      const recovered = await recoverLedger(core);
      if (recovered > 0) log.info({ recovered }, 'events that were under way at the last stop are taken up again');
      await calendars.continueHolidays().catch((error: unknown) => log.warn({ err: error }, 'lists of holidays could not be continued; see Settings, Opening hours'));
      await workers.recover();
      workers.startSweeping();
      await digests.recover();
      digests.startSweeping();
      connections.start();
    },
    stop: async () => {
      await connections.stop();
      workers.stopSweeping();
      await digests.stopSweeping();
      await presence.stop().catch((error: unknown) => log.warn({ err: error }, 'until when somebody was there is known to two minutes only'));
      http.close();
      await core.lanes.idle();
      await jobs.stop();
      await reports.stop();
      await guardedFetch.close();
      await store.close();
    },
  };
}

/** What `channel:` and `in:` may mean: an id, a name, a kind, or an address. */
function resolveName(kind: 'channel' | 'team', typed: string, known: { channels: readonly { _id: string; name: string; kind: string; settings: Record<string, unknown> }[]; teams: readonly Team[] }): string[] {
  const wanted = typed.toLowerCase();
  if (kind === 'team') return known.teams.filter((team) => team._id === typed || team.name.toLowerCase() === wanted).map((team) => team._id);
  return known.channels.filter((channel) => channel._id === typed || channel.name.toLowerCase() === wanted || channel.kind === wanted || channel.settings['address'] === wanted).map((channel) => channel._id);
}
