import { z } from 'zod';
import { channelKind, conversationRow, priority, status } from './shapes.js';

/**
 * What `/api/v1/reports`, `/calendars` and `/targets` answer with. Lengths are ms. Every number of a report is a `Figure`
 * or a count that opens to its waits: `GET /reports/waits` with the report's own query and the `pick` given here or made
 * from the table in `requests-reports.ts`; those of `cases` open to conversations: `GET /reports/conversations`, likewise.
 */
const millis = z.number().int();
/** `YYYY-MM-DD` in the report's zone. */
const date = z.string();
const ms = z.number();

export const definition = z.object({
  /** Stable name: `wait`, `first_response`, `within_target`, `kaplan_meier` … */
  id: z.string(), name: z.string(), text: z.string(),
  /** Where it is shown: keys of the report, or of the wall. */
  shown: z.array(z.string()),
});
export const definitionList = z.object({ items: z.array(definition) });
export type Definition = z.infer<typeof definition>;

/** Percentiles of waits; absent where nothing is known (none answered, or fewer than half have been). */
export const percentiles = z.object({ p50: ms.optional(), p90: ms.optional(), p95: ms.optional() });
/** One set of waits, in figures. `answered`: over those that were. `all`: with those still waiting (Kaplan-Meier). */
export const figures = z.object({
  waits: z.number(), answered: z.number(), answeredByBot: z.number(), notNeeded: z.number(), abandoned: z.number(), open: z.number(),
  calendar: z.object({ answered: percentiles, all: percentiles, average: ms.optional() }),
  business: z.object({ answered: percentiles, all: percentiles, average: ms.optional() }),
  /** Of those with a target whose outcome is certain. `undecided`: still open and not due. */
  target: z.object({ within: z.number(), over: z.number(), undecided: z.number(), answeredWithin: z.number(), answeredOver: z.number() }),
});
export type Figures = z.infer<typeof figures>;

export const caseFigures = z.object({
  conversations: z.number(), resolved: z.number(),
  /** From the first message to the last resolve that held. */
  resolution: z.object({ calendar: percentiles, business: percentiles }),
  timeToAssign: percentiles,
  reopened: z.number(), transfers: z.number(),
  touches: z.object({ total: z.number(), median: z.number().optional() }),
  /** Per customer over all channels: conversations begun within 7 days of each other until one resolve held. */
  contactsUntilSolved: z.object({ customers: z.number(), once: z.number(), median: z.number().optional() }),
  bot: z.object({ helped: z.number(), handedOver: z.number(), silent: z.number() }),
});

/** `name` is hidden where the workspace hides names: then `id` is an opaque key that still picks. */
export const groupKey = z.object({ id: z.string(), name: z.string() });
export const groupRow = z.object({ key: groupKey, now: figures, before: figures.optional(), where: z.record(z.string(), ms).optional() });

export const heldBy = z.enum(['bot', 'unassigned', 'agent', 'snoozed', 'customer']);
export const where = z.array(z.object({ by: heldBy, ms, share: z.number() }));

export const report = z.object({
  now: millis,
  period: z.object({ from: millis, to: millis, firstDay: date, lastDay: date, timeZone: z.string() }),
  before: z.object({ from: millis, to: millis, firstDay: date, lastDay: date }).optional(),
  /** Whose waits are in it: `everything`, some teams, or one's own; and whether responders' names are shown. */
  scope: z.object({ of: z.enum(['everything', 'teams', 'own']), teamIds: z.array(z.string()), names: z.boolean() }),
  /** Exact figures, not estimates; else the relative error of the sketch. */
  exact: z.boolean(), relativeError: z.number().optional(),
  /** Which clock the trend, heat, curve, groups and `where` are drawn in. */
  time: z.enum(['calendar', 'business']),
  kind: z.enum(['first', 'next', 'any']),
  totals: z.object({ now: figures, before: figures.optional() }),
  cases: z.object({ now: caseFigures, before: caseFigures.optional() }),
  /** Customers, not waits. `inPublic`: others can read along. */
  owed: z.object({ customers: z.number(), oldestSince: millis.optional(), inPublic: z.number(), overdue: z.number() }),
  /** Per day (per week beyond 120 days); `before` is the same day of the period before. */
  trend: z.array(z.object({ day: date, from: millis, to: millis, waits: z.number(), answered: z.number(), over: z.number(), ...percentiles.shape, before: percentiles.extend({ waits: z.number() }).optional() })),
  /** One sentence about the day that stands out, with why; absent when none does. */
  remark: z.object({
    day: date, value: ms, text: z.string(), pick: z.string(),
    /** What the sentence says, as facts; `usual` of each: the median of such days. */
    why: z.object({ usual: ms, people: z.object({ count: z.number(), usual: z.number() }).optional(), arrivals: z.object({ count: z.number(), usual: z.number() }).optional(), lay: z.object({ share: z.number(), by: heldBy }).optional() }),
  }).optional(),
  /** [weekday 0 = Monday][hour]: how many began to wait, and how long half of them waited. */
  heat: z.object({ arrivals: z.array(z.array(z.number())), waiting: z.array(z.array(ms.nullable())) }),
  histogram: z.array(z.object({ from: ms, to: ms.optional(), count: z.number() })),
  /** Share answered within `at`: of the answered, and of all (Kaplan-Meier). */
  curve: z.array(z.object({ at: ms, answered: z.number(), all: z.number() })),
  where,
  /** With whom it lay for most of the time, of those over target. */
  breaches: z.array(z.object({ reason: z.enum(['bot', 'unassigned', 'agent', 'snoozed', 'customer', 'undelivered']), count: z.number() })),
  /** Who said that no answer was needed, and how often: apart, so that it polishes nothing unseen. */
  notNeeded: z.array(z.object({ key: groupKey, count: z.number() })),
  groupBy: z.enum(['team', 'responder', 'channel', 'language', 'tag', 'priority', 'hour', 'weekday', 'customer']).optional(),
  groups: z.array(groupRow),
  /** Facts of this period that were corrected after it had ended. */
  corrections: z.object({ count: z.number(), newest: z.array(z.object({ at: millis, waitId: z.string(), conversationId: z.string(), why: z.string() })) }),
});
export type Report = z.infer<typeof report>;

export const receipt = z.object({
  id: z.string(), conversationId: z.string(), customer: z.object({ id: z.string(), name: z.string() }),
  channel: z.object({ id: z.string(), kind: channelKind, name: z.string() }), subject: z.string().optional(),
  teamId: z.string().optional(), priority, kind: z.enum(['first', 'next']), imported: z.boolean(), inPublic: z.boolean(),
  from: millis, to: millis.optional(), state: z.enum(['open', 'answered', 'answered_by_bot', 'not_needed', 'abandoned']),
  /** Both until now while it is open. */
  calendarMs: ms, businessMs: ms,
  /** The provider's time was not believed: what it had said. */
  givenAt: millis.optional(), receivedAt: millis,
  target: z.object({ name: z.string(), ms, hours: z.enum(['business', 'calendar']), dueAt: millis, why: z.string() }).optional(),
  breachedAt: millis.optional(),
  /** `messageId` is empty where who answered is not shown: it would tell. */
  answer: z.object({ messageId: z.string(), conversationId: z.string(), by: z.enum(['agent', 'outside']), name: z.string(), agentId: z.string().optional(), teamId: z.string().optional(), channelId: z.string() }).optional(),
  notNeeded: z.object({ name: z.string().optional(), reason: z.string() }).optional(),
  /** Each until the next, the last until `to`. */
  segments: z.array(z.object({ from: millis, to: millis, by: heldBy, name: z.string().optional(), teamId: z.string().optional() })),
  /** Open hours within the wait and a little around it, for shading; cut after 400. */
  openSpans: z.array(z.object({ from: millis, to: millis })),
  /** Messages in the wait, with the one that began and the one that ended it; at most 100. `messageId` is `seq-N` where the real one would tell who wrote it. */
  ticks: z.array(z.object({ at: millis, messageId: z.string(), seq: z.number(), kind: z.enum(['in', 'out', 'bot', 'note', 'event']), name: z.string() })),
  corrections: z.array(z.object({ at: millis, why: z.string(), before: z.string() })),
});
export type Receipt = z.infer<typeof receipt>;
/** `customers`: of the pick `owed:1`, whose waits they are, joined records being one. */
export const receiptList = z.object({ items: z.array(receipt), total: z.number(), customers: z.number().optional(), cursor: z.string().optional() });

/** A conversation behind a number of `cases`, with what it adds to them. */
export const listedConversation = z.object({
  id: z.string(), customer: z.object({ id: z.string(), name: z.string() }), channel: z.object({ id: z.string(), kind: channelKind, name: z.string() }), subject: z.string().optional(),
  teamId: z.string().optional(), status, imported: z.boolean(), firstAt: millis,
  /** By the last resolve that held; absent when none has, or not so long yet. */
  resolved: z.object({ calendarMs: ms, businessMs: ms }).optional(),
  /** From the first message until somebody had it, by the calendar. */
  assignedMs: ms.optional(), reopened: z.number(), transfers: z.number(), touches: z.number(), bot: z.enum(['helped', 'handed_over', 'silent']).optional(),
  /** Where contacts were asked for: how many conversations this customer needed until one was solved, and the how-manieth of them this is. */
  contacts: z.object({ of: z.number(), place: z.number() }).optional(),
});
export type ListedConversation = z.infer<typeof listedConversation>;
export const listedConversations = z.object({
  items: z.array(listedConversation),
  /** How many conversations there are on all pages, and what they come to: a number that counts events or customers is one of the sums. */
  total: z.number(), sums: z.object({ customers: z.number(), reopened: z.number(), transfers: z.number(), touches: z.number() }), cursor: z.string().optional(),
});

export const recomputed = z.object({
  checked: z.number(), of: z.number(), equal: z.number(), ms,
  /** What the facts say otherwise; at most 100. */
  different: z.array(z.object({ waitId: z.string(), conversationId: z.string(), field: z.string(), kept: z.string(), facts: z.string() })),
});
export type Recomputed = z.infer<typeof recomputed>;

const wallRow = z.object({ conversation: conversationRow, since: millis, dueAt: millis.optional(), breachedAt: millis.optional(), targetMs: ms.optional(), why: z.string().optional(), by: heldBy, holder: z.object({ id: z.string(), name: z.string() }).optional() });
const wallTally = z.object({ id: z.string(), name: z.string(), waiting: z.number(), over: z.number(), withinHour: z.number(), unassigned: z.number(), longestSince: millis.optional() });
export const wall = z.object({
  now: millis,
  waiting: z.object({ customers: z.number(), conversations: z.number(), over: z.number(), unassigned: z.number(), withinHour: z.number(), inPublic: z.number(), longestSince: millis.optional() }),
  /** Longest over, then soonest due, then longest waiting; at most 50. */
  rows: z.array(wallRow),
  oldestUnassigned: wallRow.optional(),
  /** What breaches within the hour, soonest first; at most 20. */
  soon: z.array(wallRow),
  teams: z.array(wallTally), channels: z.array(wallTally),
  people: z.array(z.object({ id: z.string(), name: z.string(), presence: z.enum(['online', 'away']), load: z.number(), capacity: z.number(), waitingOnThem: z.number(), overOnThem: z.number() })),
});
export type Wall = z.infer<typeof wall>;

export const staffing = z.object({
  model: z.enum(['erlang_c', 'erlang_a']), assumptions: z.array(z.string()), weeks: z.number(),
  targetMs: ms, share: z.number(), handlingMs: ms, patienceMs: ms.optional(), concurrent: z.number(),
  /** How it is known who was there: by presence since that is kept (`presenceSince`, of `both`), by answers before. */
  presentBy: z.enum(['presence', 'answers', 'both']), presenceSince: millis.optional(),
  /** [weekday][hour]. `present`: on average there then, a person for half the hour as 0.5. */
  hours: z.array(z.array(z.object({ arrivals: z.number(), needed: z.number(), present: z.number(), open: z.boolean() }))),
});
export type Staffing = z.infer<typeof staffing>;

const openBlock = z.object({ from: z.number().int(), to: z.number().int() });
export const calendarVersion = z.object({
  since: date.optional(), timeZone: z.string(), blocks: z.array(openBlock.extend({ day: z.number().int() })),
  holidays: z.object({ country: z.string(), region: z.string().optional() }).optional(),
  exceptions: z.array(z.object({ date, name: z.string(), blocks: z.array(openBlock) })),
  holidayDays: z.array(z.object({ date, name: z.string() })),
  teamIds: z.array(z.string()), channelIds: z.array(z.string()), customerTags: z.array(z.string()),
});
export const calendar = z.object({ id: z.string(), name: z.string(), versions: z.array(calendarVersion), openNow: z.boolean(), changesAt: millis.optional() });
export type CalendarView = z.infer<typeof calendar>;
export const calendarList = z.object({ items: z.array(calendar) });
export const holidayCountries = z.object({ items: z.array(z.object({ code: z.string(), name: z.string(), regions: z.array(z.object({ code: z.string(), name: z.string() })) })) });
export const holidayDays = z.object({ items: z.array(z.object({ date, name: z.string() })) });

export const target = z.object({
  id: z.string(), name: z.string(), kind: z.enum(['first', 'next', 'final']), minutes: z.number(), hours: z.enum(['business', 'calendar']),
  teamIds: z.array(z.string()), channelIds: z.array(z.string()), priorities: z.array(priority), customerTags: z.array(z.string()), warnAtShare: z.number(), on: z.boolean(),
});
export type TargetView = z.infer<typeof target>;
export const targetList = z.object({ items: z.array(target) });

export const savedReport = z.object({
  id: z.string(), name: z.string(), own: z.boolean(), teamId: z.string().optional(), query: z.string(),
  period: z.enum(['last7', 'last28', 'last90', 'thisMonth', 'lastMonth', 'lastWeek']),
});
export type SavedReportView = z.infer<typeof savedReport>;
export const digest = z.object({
  id: z.string(), name: z.string(), every: z.enum(['week', 'month']), query: z.string(), timeZone: z.string(), recipientIds: z.array(z.string()), on: z.boolean(),
  own: z.boolean(), lastSentAt: millis.optional(), nextAt: millis.optional(),
  /** What went wrong with the newest one, or why the next cannot be sent; in words. */
  trouble: z.string().optional(),
});
export type DigestView = z.infer<typeof digest>;

export const imported = z.object({
  id: z.string(),
  /** Up to which byte of the file it is done: where to go on. */
  bytes: z.number(),
  lines: z.number(), added: z.number(), known: z.number(), faulty: z.number(),
  /** Of those added: their time was not believed, that of the import counts. */
  oddTimes: z.number(),
  /** The first thousand. */
  faults: z.array(z.object({ line: z.number(), reason: z.string() })),
  startedAt: millis, changedAt: millis, done: z.boolean(),
});
export type Imported = z.infer<typeof imported>;
export const importedList = z.object({ items: z.array(imported) });
