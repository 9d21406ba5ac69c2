import { z } from 'zod';
import { id, label, limit, text, timeZone } from './requests.js';
import { priority } from './shapes.js';

/** What the report routes take: closed objects, as in `requests.ts`. Lists in a query are comma-separated. */
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/).refine(isDate, 'must be a day such as 2026-11-22, from 1970 to 2999');
const list = text(4_000).transform((value) => value.split(',').filter((part) => part !== '')).pipe(z.array(text(400)).max(100));
const flag = z.enum(['0', '1']).transform((value) => value === '1');

/** What a report is asked for; the page's own address uses the same words. */
export const reportQueryShape = {
  /** First and last day, both counted. */
  from: date, to: date,
  zone: timeZone.optional(),
  compare: z.enum(['before', 'none']).default('before'),
  kind: z.enum(['first', 'next', 'any']).default('first'),
  time: z.enum(['calendar', 'business']).default('business'),
  groupBy: z.enum(['team', 'responder', 'channel', 'language', 'tag', 'priority', 'hour', 'weekday', 'customer']).optional(),
  /** Filters; several values of one mean any of them, several filters mean all of them. */
  team: list.optional(), responder: list.optional(), channel: list.optional(), language: list.optional(), tag: list.optional(), priority: list.pipe(z.array(priority)).optional(),
  customer: z.enum(['new', 'known']).optional(),
  /** Absent: both. */
  imported: flag.optional(),
  average: flag.optional(),
};
export const reportQuery = z.strictObject(reportQueryShape).refine((query) => query.from <= query.to, 'must not end before it begins');

/**
 * Which waits of the report a number stands for: parts joined by `;`. `state:open|answered|…`, `target:within|over|undecided`,
 * `day:2026-11-10`, `week:2026-11-09` (its Monday), `cell:1-13` (weekday 0 = Monday, hour), `bin:0-900000` (ms, the second may be empty), `by:unassigned`
 * (with whom it lay most of the time), `breach:snoozed`, `group:ID` (of `groupBy`), `waited:6000000-` (ms), `not_needed_by:ID`, `corrected:1`, `owed:1` (open now, whenever begun), `period:before`.
 */
export const receiptsQuery = z.strictObject({ ...reportQueryShape, pick: text(500).optional(), sort: z.enum(['longest', 'newest', 'oldest']).default('longest'), cursor: z.string().max(4000).optional(), limit: limit(100) });
/**
 * Which conversations a number of `cases` stands for: parts joined by `;`. `resolved:1`, `assigned:1`, `reopened:1`, `transfers:1`, `answers:1` (at least one), `bot:helped|handed_over|silent`,
 * `contacts:once|more` (of the rows of conversations until one was solved, those of one or of more; both: `once|more`), `period:before`. Absent: all that began in the period.
 */
export const conversationsQuery = z.strictObject({ ...reportQueryShape, pick: text(500).optional(), sort: z.enum(['newest', 'oldest', 'longest']).default('newest'), cursor: z.string().max(4000).optional(), limit: limit(100) });
export const recomputeBody = z.strictObject({ query: text(4_000), pick: text(500).optional(), limit: z.number().int().min(1).max(20_000).default(2_000) });
export const wallQuery = z.strictObject({ team: list.optional(), channel: list.optional() });
const staffingInputs = { share: z.string().regex(/^0\.\d{1,3}$/).transform(Number).optional(), targetMinutes: z.string().regex(/^\d{1,5}$/).transform(Number).optional(), handlingMinutes: z.string().regex(/^\d{1,4}(\.\d)?$/).transform(Number).optional(), /** Conversations that one agent has under way at once. */ concurrent: z.string().regex(/^([1-9]|1\d|20)$/).transform(Number).optional() };
export const staffingQuery = z.strictObject({ from: date, to: date, zone: timeZone.optional(), team: list.optional(), channel: list.optional(), ...staffingInputs }).refine((query) => query.from <= query.to, 'must not end before it begins');
/** `share` and what follows it: of `what=staffing`, as the page asks. */
export const exportQuery = z.strictObject({ ...reportQueryShape, ...staffingInputs, pick: text(500).optional(), what: z.enum(['report', 'groups', 'waits', 'conversations', 'trend', 'heat', 'staffing']).default('report'), format: z.enum(['csv', 'json']) }).refine((query) => query.from <= query.to, 'must not end before it begins');

const minute = z.number().int().min(0).max(2_880);
const openBlock = z.strictObject({ from: minute, to: minute }).refine((block) => block.to > block.from && block.from < 1_440, 'must end after it begins, and begin within its day');
const dayBlock = z.strictObject({ day: z.number().int().min(0).max(6), from: minute, to: minute }).refine((block) => block.to > block.from && block.from < 1_440, 'must end after it begins, and begin within its day');
export const calendarVersionBody = z.strictObject({
  /** From which day on; absent: from today in its zone on (for a new calendar: for all time). `null`: for all time before as well. */
  since: date.nullable().optional(),
  timeZone, blocks: z.array(dayBlock).max(70),
  holidays: z.strictObject({ country: text(8, 2), region: text(40).optional() }).optional(),
  exceptions: z.array(z.strictObject({ date, name: label(120), blocks: z.array(openBlock).max(10) })).max(1_000).default([]),
  teamIds: z.array(id).max(500).default([]), channelIds: z.array(id).max(500).default([]), customerTags: z.array(label(60)).max(100).default([]),
});
export const newCalendarBody = z.strictObject({ name: label(80), version: calendarVersionBody });
/** `version` is added to the history; of the same `since` it replaces. */
export const changeCalendarBody = z.strictObject({ name: label(80).optional(), version: calendarVersionBody.optional() });
export const holidaysQuery = z.strictObject({ country: text(8, 2), region: text(40).optional(), year: z.string().regex(/^\d{4}$/).transform(Number) });

const targetShape = {
  name: label(80), kind: z.enum(['first', 'next', 'final']), minutes: z.number().int().min(1).max(525_600), hours: z.enum(['business', 'calendar']),
  teamIds: z.array(id).max(500), channelIds: z.array(id).max(500), priorities: z.array(priority).max(4), customerTags: z.array(label(60)).max(100),
  warnAtShare: z.number().min(0.1).max(0.99), on: z.boolean(),
};
export const newTargetBody = z.strictObject({ ...targetShape, teamIds: targetShape.teamIds.default([]), channelIds: targetShape.channelIds.default([]), priorities: targetShape.priorities.default([]), customerTags: targetShape.customerTags.default([]), warnAtShare: targetShape.warnAtShare.default(0.75), on: targetShape.on.default(true), hours: targetShape.hours.default('business') });
export const changeTargetBody = z.strictObject(targetShape).partial();

const periodName = z.enum(['last7', 'last28', 'last90', 'thisMonth', 'lastMonth', 'lastWeek']);
export const savedReportBody = z.strictObject({ name: label(120), query: text(4_000), period: periodName, teamId: id.optional() });
export const changeSavedReportBody = z.strictObject({ name: label(120).optional(), query: text(4_000).optional(), period: periodName.optional(), teamId: id.nullable().optional() });
export const digestBody = z.strictObject({ name: label(120), every: z.enum(['week', 'month']), query: text(4_000), timeZone, recipientIds: z.array(id).min(1).max(100), on: z.boolean().default(true) });
export const changeDigestBody = z.strictObject({ name: label(120).optional(), every: z.enum(['week', 'month']).optional(), query: text(4_000).optional(), timeZone: timeZone.optional(), recipientIds: z.array(id).min(1).max(100).optional(), on: z.boolean().optional() });

function isDate(value: string): boolean {
  const at = Date.parse(`${value}T00:00:00Z`);
  return Number.isFinite(at) && at >= 0 && value < '3000' && new Date(at).toISOString().startsWith(value);
}
