import type { InboxStore } from '../../inbox/stores.js';
import type { CollectionSpec, Doc, Driver, Engine } from '../driver.js';
import { Channels, channelSpec } from './channels.js';
import { conversationSpec, Conversations, viewCountSpec } from './conversations.js';
import { aliasSpec, Customers, customerSpec, Identities, identitySpec, Joins, joinSpec } from './customers.js';
import { DigestSends, digestSendSpec } from './digest-sends.js';
import { BotStates, botStateSpec, Drafts, draftSpec, Files, fileSpec, Proofs, proofSpec } from './files.js';
import { Early, earlySpec, Fetches, fetchSpec } from './late.js';
import { Ledger, ledgerSpec } from './ledger.js';
import { mirrorReplySpec, MirrorReplies, mirrorSpec, Mirrors } from './mirrors.js';
import { ExternalIds, externalIdSpec, Messages, messageSpec } from './messages.js';
import { Outbox, outboxSpec, Timers, timerSpec } from './outbox.js';
import { agentSpec, Agents, ApiKeys, apiKeySpec, Invites, inviteSpec, Sessions, sessionSpec, Settings, settingSpec, Teams, teamSpec } from './people.js';
import { Presence, presenceSpec } from './presence.js';
import { Calendars, calendarSpec, ColumnBlocks, columnBlockSpec, Digests, digestSpec, Imports, importSpec, SavedReports, savedReportSpec, Targets, targetSpec } from './reports.js';
import { Threads, threadSpec } from './threads.js';
import { Corrections, correctionSpec, Waits, waitSpec } from './waits.js';

/** Every collection there is; `Engine.prepare` makes them and their indexes at start. */
export const collectionSpecs = [
  agentSpec, aliasSpec, apiKeySpec, botStateSpec, calendarSpec, channelSpec, columnBlockSpec, conversationSpec, correctionSpec, customerSpec, digestSendSpec, digestSpec, draftSpec, earlySpec, externalIdSpec, fetchSpec, fileSpec,
  identitySpec, importSpec, inviteSpec, joinSpec, ledgerSpec, messageSpec, mirrorReplySpec, mirrorSpec, outboxSpec, presenceSpec, proofSpec, savedReportSpec, sessionSpec, settingSpec, targetSpec, teamSpec, threadSpec, timerSpec,
  viewCountSpec, waitSpec,
] as readonly CollectionSpec<Doc>[] as readonly CollectionSpec<never>[];

/** All collections over one driver. */
export function openCollections(driver: Driver) {
  return {
    agents: new Agents(driver),
    apiKeys: new ApiKeys(driver),
    botStates: new BotStates(driver),
    calendars: new Calendars(driver),
    channels: new Channels(driver),
    columnBlocks: new ColumnBlocks(driver),
    conversations: new Conversations(driver),
    corrections: new Corrections(driver),
    customers: new Customers(driver),
    digests: new Digests(driver),
    digestSends: new DigestSends(driver),
    drafts: new Drafts(driver),
    early: new Early(driver),
    externalIds: new ExternalIds(driver),
    fetches: new Fetches(driver),
    files: new Files(driver),
    identities: new Identities(driver),
    imports: new Imports(driver),
    invites: new Invites(driver),
    joins: new Joins(driver),
    ledger: new Ledger(driver),
    messages: new Messages(driver),
    mirrorReplies: new MirrorReplies(driver),
    mirrors: new Mirrors(driver),
    outbox: new Outbox(driver),
    presence: new Presence(driver),
    proofs: new Proofs(driver),
    savedReports: new SavedReports(driver),
    sessions: new Sessions(driver),
    settings: new Settings(driver),
    targets: new Targets(driver),
    teams: new Teams(driver),
    threads: new Threads(driver),
    timers: new Timers(driver),
    waits: new Waits(driver),
  };
}

export type AllCollections = ReturnType<typeof openCollections>;

/** The inbox's view of an engine. Collections of a `work` are made once per driver, not once per event. */
export function openInboxStore(engine: Engine): InboxStore & { now: AllCollections } {
  const made = new WeakMap<Driver, AllCollections>();
  return {
    sharesCommits: engine.kind === 'embedded',
    now: openCollections(engine.durable),
    work: (task) => engine.work((driver) => {
      let collections = made.get(driver);
      if (collections === undefined) made.set(driver, collections = openCollections(driver));
      return task(collections);
    }),
  };
}
