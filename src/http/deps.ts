import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { Capabilities, SettingField } from '../adapters/contract.js';
import type { ExplainsSetUp, ConnectionReport, WebhookRequest } from '../adapters/contract/abilities.js';
import type { InboxActions, InboxReads, Viewer } from '../inbox/api.js';
import type { Calendar, CalendarVersion } from '../inbox/model/calendar.js';
import type { HistoryDesk } from '../inbox/history/history-desk.js';
import type { Channel } from '../inbox/model/channel.js';
import type { ChannelKind, Json, Millis } from '../inbox/model/common.js';
import type { Agent, ApiKey, Session, Team, Workspace } from '../inbox/model/people.js';
import type { Digest, SavedReport } from '../inbox/model/report.js';
import type { Target } from '../inbox/model/target.js';
import type { BlobStore, Clock, Live, NewId } from '../inbox/ports.js';
import type { PresenceLog } from '../inbox/presence-log.js';
import type { SmallStore } from '../inbox/stores/times.js';
import type { Reports } from '../reports/shapes.js';
import type { ReportSource } from '../reports/take-away/answers.js';
import type { Asking } from '../reports/api.js';
import type { StaffingAnswer, StaffingQuestion } from '../reports/staffing/staffing.js';
import type { WallFilter, WallPicture } from '../reports/wall.js';

/** A one-time link for an agent: first password, or a new one. `_id` = SHA-256 (hex) of the token in the link. */
export interface Invite {
  _id: string;
  agentId: string;
  createdAt: Millis;
  expiresAt: Millis;
}

/** Absent leaves a field as it is. */
export interface AgentChange {
  name?: string;
  role?: Agent['role'];
  teamIds?: string[];
  capacity?: number;
  state?: Agent['state'];
  passwordHash?: string;
  preferences?: NonNullable<Agent['preferences']>;
}

/** `null` takes a field away; absent leaves it. */
export interface TeamChange {
  name?: string;
  hours?: Team['hours'] | null;
}

export type WorkspaceChange = Partial<Omit<Workspace, '_id' | 'setUpAt'>>;

/** Set-up: open until the first administrator exists, then closed for good. */
export interface SetUpStore {
  /** `closed` when `workspace.setUpAt` is set and an administrator exists (a crash between the two leaves it open). */
  setUpState(): Promise<'open' | 'closed'>;
  /** Writes workspace (`setUpAt`, name), administrator and team; conditional, so that of two at once one gets `closed`. */
  completeSetUp(input: { companyName: string; at: Millis; administrator: Agent; team: Team }): Promise<'done' | 'closed'>;
}

export interface AgentStore {
  findAgent(id: string): Promise<Agent | undefined>;
  /** `email` is lower-case already. */
  findAgentByEmail(email: string): Promise<Agent | undefined>;
  /** All of them, by name; disabled ones too. */
  listAgents(): Promise<Agent[]>;
  insertAgent(agent: Agent): Promise<'inserted' | 'email_taken'>;
  /** `last_administrator` when the change would leave no active administrator; nothing is written then. */
  changeAgent(id: string, change: AgentChange): Promise<Agent | 'last_administrator' | undefined>;
}

export interface InviteStore {
  insertInvite(invite: Invite): Promise<void>;
  /** Without using it up; `undefined` when unknown or past `expiresAt`. */
  findInvite(id: string, now: Millis): Promise<Invite | undefined>;
  /** Deletes and returns it, once: of two at once one gets `undefined`. Expired ones count as unknown. */
  takeInvite(id: string, now: Millis): Promise<Invite | undefined>;
  deleteInvitesOf(agentId: string): Promise<void>;
}

export interface SessionStore {
  insertSession(session: Session): Promise<void>;
  findSession(id: string): Promise<Session | undefined>;
  /** Called at most every few minutes per session. */
  touchSession(id: string, lastUsedAt: Millis): Promise<void>;
  /** Newest use first. */
  listSessions(agentId: string): Promise<Session[]>;
  deleteSession(id: string): Promise<boolean>;
  deleteSessionsOf(agentId: string, options?: { exceptId?: string }): Promise<void>;
  /** Removes what was last used, or was made, before these times. */
  deleteStaleSessions(before: { lastUsedAt: Millis; createdAt: Millis }): Promise<number>;
}

export interface ApiKeyStore {
  insertApiKey(key: ApiKey): Promise<void>;
  findApiKey(id: string): Promise<ApiKey | undefined>;
  /** Of everybody, newest first. */
  listApiKeys(): Promise<ApiKey[]>;
  deleteApiKey(id: string): Promise<boolean>;
  touchApiKey(id: string, lastUsedAt: Millis): Promise<void>;
}

export interface TeamStore {
  listTeams(): Promise<Team[]>;
  insertTeam(team: Team): Promise<void>;
  changeTeam(id: string, change: TeamChange): Promise<Team | undefined>;
}

export interface WorkspaceStore {
  /** The defaults when nothing was saved yet. */
  workspace(): Promise<Workspace>;
  changeWorkspace(change: WorkspaceChange): Promise<Workspace>;
}

/** Each method is one store operation; all throw `store_unavailable` when the store cannot answer. */
export interface People extends SetUpStore, AgentStore, InviteStore, SessionStore, ApiKeyStore, TeamStore, WorkspaceStore {}

/** A version as somebody wrote it. `since`: absent is from today on (of a new calendar: for all time), `null` for all time. */
export type CalendarVersionInput = Omit<CalendarVersion, 'since' | 'holidayDays'> & { since?: string | null };

/**
 * When somebody is there. What cannot be is refused with `bad_request` or `conflict`, and facts `{ fields: { path: "why" } }`.
 * A change is in force when its promise resolves; waits that have ended keep what they were told.
 */
export interface CalendarDesk {
  list(): readonly Calendar[];
  create(input: { name: string; version: CalendarVersionInput }): Promise<Calendar>;
  change(id: string, change: { name?: string; version?: CalendarVersionInput }): Promise<Calendar | undefined>;
  /** The default one is refused with `conflict`. */
  remove(id: string): Promise<boolean>;
  countries(): Promise<{ code: string; name: string; regions: { code: string; name: string }[] }[]>;
  /** Public holidays of one year. */
  holidays(place: { country: string; region?: string }, year: number): Promise<{ date: string; name: string }[]>;
}

export interface ChannelType {
  kind: ChannelKind;
  title: string;
  fields: readonly SettingField[];
  capabilities: Capabilities;
  canTest: boolean;
  canBackFill: boolean;
  receivesWebhooks: boolean;
  listsTemplates: boolean;
  actions: readonly ('edit' | 'delete' | 'react' | 'read' | 'typing')[];
  setUp: ExplainsSetUp['setUp'];
}

/** What somebody typed into a channel's form. Fields marked secret arrive in `secrets` and are sealed by the desk. */
export interface ChannelInput {
  kind: ChannelKind;
  name: string;
  teamId?: string;
  settings: Record<string, Json>;
  secrets: Record<string, string>;
}

/** `settings` replaces all settings; a secret that is absent stays, `null` takes it away. */
export interface ChannelChange {
  name?: string;
  teamId?: string | null;
  settings?: Record<string, Json>;
  secrets?: Record<string, string | null>;
}

/** Connected accounts. Values that the adapter's schema refuses throw `bad_request` with facts `{ fields: { key: "why" } }`. */
export interface ChannelDesk {
  types(): readonly ChannelType[];
  /** Fresh values for secrets that are better made than typed (adapter's `MakesSecrets`); shown once to whoever creates the channel. */
  newSecrets?(kind: ChannelKind): Record<string, string>;
  list(): Promise<Channel[]>;
  find(id: string): Promise<Channel | undefined>;
  create(input: ChannelInput): Promise<Channel>;
  change(id: string, change: ChannelChange): Promise<Channel | undefined>;
  /** Tries a connection and changes nothing. With `channelId`, secrets that are absent are taken from that channel. */
  test(input: Omit<ChannelInput, 'name' | 'teamId'> & { channelId?: string }): Promise<ConnectionReport>;
  pause(id: string): Promise<Channel | undefined>;
  /** Also mends `broken`: tries again. */
  resume(id: string): Promise<Channel | undefined>;
  /** Reads what came while nobody listened, from `since` on; what is in the inbox already stays as it is. */
  backFill(id: string, since: Millis): Promise<{ found: number; complete: boolean; note?: string }>;
  /** Approved messages of this channel; `[]` where there are none. */
  templates(id: string): Promise<{ name: string; language: string; text: string; values: number }[]>;
  /** Where conversations may be mirrored to through this channel, by the platform's ids; `[]` for most. */
  mirrorPlaces(id: string): readonly string[];
  /** Disconnects it and forgets its secrets; its conversations stay. */
  remove(id: string): Promise<boolean>;
}

/** Response-time targets. After a change they are in force, and what is open is held against them anew in the background. */
export interface TargetDesk {
  list(): Promise<Target[]>;
  insert(target: Target): Promise<void>;
  change(id: string, change: Partial<Omit<Target, '_id'>>): Promise<Target | undefined>;
  remove(id: string): Promise<boolean>;
}

/** The answer to a provider; `body` is sent as it is. */
export interface WebhookAnswer {
  status: number;
  body: string;
  contentType: string;
  headers?: Record<string, string>;
}

/** The visitor's side of web chat, from `src/http/visitor`. */
export interface VisitorSide {
  /** An express router; mounted at the root. */
  routes: RequestHandler;
  /** WebSocket upgrades under `/chat/`. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Ends sockets; called by `Http.close`. */
  close?(): void;
}

export interface HttpConfig {
  /** Where people reach us, without trailing slash. Every link we write is built from it, never from a Host header. */
  publicUrl: string;
  /** Express's `trust proxy`: false, a number of hops, or addresses. */
  trustProxy: boolean | number | string;
  /** Present while set-up by the web page is possible. */
  setUpToken?: string;
  /** Opens `/metrics` to others than this machine. */
  metricsToken?: string;
  demo: boolean;
  /** At least 32 random bytes, the same in every process: signs short-lived attachment links. */
  signingKey: Buffer;
  /** Absolute path of the built agent UI (`dist/web`). */
  webRoot: string;
  /** API requests a minute for one session or key; 1200 when absent. */
  apiPerMinute?: number;
}

/** One figure of `/metrics` that the core knows, e.g. `rapport_outbox_rows`. */
export interface Gauge {
  name: string;
  help: string;
  value: number;
}

/** Reports by e-mail. */
export interface DigestDesk {
  digests: SmallStore<Digest>;
  /** The key of the newest period that is due: one that was due before a digest was set up is not sent. */
  newestDue(digest: Pick<Digest, 'every' | 'timeZone'>): string;
  nextAt(digest: Pick<Digest, 'every' | 'timeZone'>): Millis;
  /** Why it cannot be sent, or was not; in words. */
  trouble(digest: Digest): Promise<string | undefined>;
  /** The newest whole period, to this agent alone. `certain: false` when the server did not say how it ended. Throws `conflict` without a mailbox. */
  sendNow(digest: Digest, agentId: string): Promise<{ to: string; certain: boolean }>;
}

/** Everything that `createHttp` needs from outside. */
export interface HttpDeps {
  reads: InboxReads;
  actions: InboxActions;
  people: People;
  channels: ChannelDesk;
  calendars: CalendarDesk;
  targets: TargetDesk;
  /** How many people each hour of the week needs. Throws `forbidden` for agents. Absent: no such route. */
  staffing?(asking: Asking, question: StaffingQuestion): Promise<StaffingAnswer>;
  /** Who waits now, within what this viewer may see. Throws `forbidden` where the workspace shows agents no figures. */
  wall(viewer: Viewer, filter: WallFilter): Promise<WallPicture>;
  /**
   * Adapter and ledger for one request of a provider. Unknown channel 404, bad signature 401, malformed 400; throws
   * `store_unavailable` when nothing could be made durable (the provider gets 503 and tries again).
   */
  receiveWebhook(channelId: string, request: WebhookRequest): Promise<WebhookAnswer>;
  live: Live;
  /** Keeps who was there when. Absent: nothing of it is kept. */
  presence?: Pick<PresenceLog, 'note' | 'beat' | 'lastState' | 'ofAgent'>;
  blobs: BlobStore;
  clock: Clock;
  newId: NewId;
  config: HttpConfig;
  log: Logger;
  /** Whether the store would take a write now; asked by `/readyz`, answered within 2 s. */
  writable(): Promise<boolean>;
  /** Response times. Absent: none of its routes. */
  reports?: Reports;
  /** What leaves the report page: files, saved reports, digests. Absent: none of its routes. */
  takeAway?: { source: ReportSource; saved: SmallStore<SavedReport>; digests: DigestDesk };
  /** Past messages from elsewhere. Absent: none of its routes. */
  history?: HistoryDesk;
  visitor?: VisitorSide;
  /** Cheap figures only; asked at every scrape. */
  gauges?(): Promise<Gauge[]>;
}
