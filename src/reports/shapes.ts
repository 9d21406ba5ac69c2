import type { ChannelKind, Millis } from '../inbox/model/common.js';
import type { ConversationStatus, Priority } from '../inbox/model/conversation.js';
import type { HolderKind, WaitState } from '../inbox/model/wait.js';
import type { Asking, GroupBy, ReportQuery } from './api.js';

/** What the report engine answers with; the same as `src/http/api/shapes-reports.ts` says of the API. Lengths are ms. */
export interface Percentiles {
  p50?: number;
  p90?: number;
  p95?: number;
}

/** One clock's figures: of the answered, and of all (Kaplan-Meier). */
export interface ClockFigures {
  answered: Percentiles;
  all: Percentiles;
  /** Of the answered; only on request. */
  average?: number;
}

export interface TargetFigures {
  within: number;
  over: number;
  undecided: number;
  answeredWithin: number;
  answeredOver: number;
}

export interface Figures {
  waits: number;
  answered: number;
  answeredByBot: number;
  notNeeded: number;
  abandoned: number;
  open: number;
  calendar: ClockFigures;
  business: ClockFigures;
  target: TargetFigures;
}

export interface CaseFigures {
  conversations: number;
  resolved: number;
  resolution: { calendar: Percentiles; business: Percentiles };
  timeToAssign: Percentiles;
  reopened: number;
  transfers: number;
  touches: { total: number; median?: number };
  contactsUntilSolved: { customers: number; once: number; median?: number };
  bot: { helped: number; handedOver: number; silent: number };
}

export interface GroupKey {
  id: string;
  name: string;
}

export interface GroupRow {
  key: GroupKey;
  now: Figures;
  before?: Figures;
  where?: Record<string, number>;
}

export interface TrendPoint extends Percentiles {
  day: string;
  from: Millis;
  to: Millis;
  waits: number;
  answered: number;
  over: number;
  before?: Percentiles & { waits: number };
}

export type BreachReason = HolderKind | 'undelivered';

/** What the sentence of a remark says, as facts; `usual` of each: the median of such days. */
export interface RemarkFacts {
  usual: number;
  people?: { count: number; usual: number };
  arrivals?: { count: number; usual: number };
  lay?: { share: number; by: 'bot' | 'unassigned' | 'agent' | 'snoozed' | 'customer' };
}

export interface Report {
  now: Millis;
  period: { from: Millis; to: Millis; firstDay: string; lastDay: string; timeZone: string };
  before?: { from: Millis; to: Millis; firstDay: string; lastDay: string };
  scope: { of: 'everything' | 'teams' | 'own'; teamIds: string[]; names: boolean };
  exact: boolean;
  relativeError?: number;
  time: ReportQuery['time'];
  kind: ReportQuery['kind'];
  totals: { now: Figures; before?: Figures };
  cases: { now: CaseFigures; before?: CaseFigures };
  owed: { customers: number; oldestSince?: Millis; inPublic: number; overdue: number };
  trend: TrendPoint[];
  remark?: { day: string; value: number; text: string; pick: string; why: RemarkFacts };
  heat: { arrivals: number[][]; waiting: (number | null)[][] };
  histogram: { from: number; to?: number; count: number }[];
  curve: { at: number; answered: number; all: number }[];
  where: { by: HolderKind; ms: number; share: number }[];
  breaches: { reason: BreachReason; count: number }[];
  notNeeded: { key: GroupKey; count: number }[];
  groupBy?: GroupBy;
  groups: GroupRow[];
  corrections: { count: number; newest: { at: Millis; waitId: string; conversationId: string; why: string }[] };
}

export interface Receipt {
  id: string;
  conversationId: string;
  customer: { id: string; name: string };
  channel: { id: string; kind: ChannelKind; name: string };
  subject?: string;
  teamId?: string;
  priority: Priority;
  kind: 'first' | 'next';
  imported: boolean;
  inPublic: boolean;
  from: Millis;
  to?: Millis;
  state: WaitState;
  calendarMs: number;
  businessMs: number;
  givenAt?: Millis;
  receivedAt: Millis;
  target?: { name: string; ms: number; hours: 'business' | 'calendar'; dueAt: Millis; why: string };
  breachedAt?: Millis;
  answer?: { messageId: string; conversationId: string; by: 'agent' | 'outside'; name: string; agentId?: string; teamId?: string; channelId: string };
  notNeeded?: { name?: string; reason: string };
  segments: { from: Millis; to: Millis; by: HolderKind; name?: string; teamId?: string }[];
  openSpans: { from: Millis; to: Millis }[];
  ticks: { at: Millis; messageId: string; seq: number; kind: 'in' | 'out' | 'bot' | 'note' | 'event'; name: string }[];
  corrections: { at: Millis; why: string; before: string }[];
}

export interface ReceiptPage {
  items: Receipt[];
  total: number;
  /** Of `owed:1`: whose waits they are, joined records being one. */
  customers?: number;
  cursor?: string;
}

/** What a conversation adds to the figures of conversations. */
export interface ConversationFigures {
  firstAt: Millis;
  /** By the last resolve that held; absent when none has, or not so long yet. */
  resolved?: { calendarMs: number; businessMs: number };
  /** From the first message until somebody had it, by the calendar. */
  assignedMs?: number;
  reopened: number;
  transfers: number;
  touches: number;
  bot?: 'helped' | 'handed_over' | 'silent';
  /** How many conversations this customer needed until one was solved, and the how-manieth of them this is. Where contacts were asked for. */
  contacts?: { of: number; place: number };
}

export interface ListedConversation extends ConversationFigures {
  id: string;
  customer: { id: string; name: string };
  channel: { id: string; kind: ChannelKind; name: string };
  subject?: string;
  teamId?: string;
  status: ConversationStatus;
  imported: boolean;
}

export interface ConversationPage {
  items: ListedConversation[];
  /** How many conversations there are on all pages. */
  total: number;
  /** What all of them come to. Joined records are one customer. */
  sums: { customers: number; reopened: number; transfers: number; touches: number };
  cursor?: string;
}

export interface Recomputed {
  checked: number;
  of: number;
  equal: number;
  ms: number;
  different: { waitId: string; conversationId: string; field: string; kept: string; facts: string }[];
}

export interface Definition {
  id: string;
  name: string;
  text: string;
  shown: string[];
}

/** Which of a report's waits, and in which order. */
export interface ReceiptsQuery {
  /** See the table in `src/http/api/requests-reports.ts`; absent: all of them. */
  pick?: string;
  sort: 'longest' | 'newest' | 'oldest';
  cursor?: string;
  limit: number;
  /** For long lists that draw no clock: no ticks and no opening hours, so no messages are read. */
  bare?: boolean;
}

/** Which of a report's conversations, and in which order. */
export interface ConversationsQuery {
  /** See the table in `src/http/api/requests-reports.ts`; absent: all that began in the period. */
  pick?: string;
  /** `longest`: until they were resolved in the report's clock; of `assigned:1` until they were taken; of `contacts` until the customer's row was solved. */
  sort: 'newest' | 'oldest' | 'longest';
  cursor?: string;
  limit: number;
}

/** The report engine, made by `createReports`. Everything it answers is cut to `asking.scope`. Throws `bad_request` for a pick or a cursor that is none. */
export interface Reports {
  report(asking: Asking, query: ReportQuery): Promise<Report>;
  receipts(asking: Asking, query: ReportQuery, page: ReceiptsQuery): Promise<ReceiptPage>;
  /** One wait; `undefined` when this scope does not hold it. */
  receipt(asking: Asking, waitId: string): Promise<Receipt | undefined>;
  /** The conversations behind a number of `cases`. */
  conversations(asking: Asking, query: ReportQuery, page: ConversationsQuery): Promise<ConversationPage>;
  recompute(asking: Asking, query: ReportQuery, of: { pick?: string; limit: number }): Promise<Recomputed>;
  definitions(): Definition[];
  /** The zone that days are counted in where none is asked for: the default calendar's. */
  defaultZone(): Promise<string>;
}
