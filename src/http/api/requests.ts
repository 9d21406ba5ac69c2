import { z } from 'zod';
import { noSuchZone } from '../../inbox/hours/near-zones.js';
import { isTimeZone } from '../../inbox/hours/zone-offsets.js';
import type { businessHours} from './shapes.js';
import { channelKind, priority, role } from './shapes.js';

/**
 * Everything that `/api/v1` takes: bodies and queries, each a closed object (an unknown key is a 400). The routes that
 * use them are in `routes-*.ts`; the whole table is at `/api/v1/openapi.json`.
 */
const loneSurrogateOrNul = /\p{Surrogate}|\u0000/u;

/** Free text from a person: well-formed Unicode without NUL. Lengths are in UTF-16 units. */
export const text = (max: number, min = 0) =>
  z.string().min(min).max(max).refine((value) => !loneSurrogateOrNul.test(value), 'must be well-formed text');
/** One line that must say something. */
export const label = (max: number) => text(max, 1).refine((value) => value.trim() !== '' && !/[\r\n]/.test(value), 'must be one line and not empty');
/** An id as we made it, or as a channel made it (a Message-ID may be long). */
export const id = text(2000, 1);
export const clientId = z.string().regex(/^[\w.:-]{8,100}$/);
const cursor = z.string().max(4000);
const millis = z.number().int().min(0).max(8_640_000_000_000_000);
const flag = z.enum(['0', '1']).transform((value) => value === '1');
export const limit = (most: number) =>
  z.string().regex(/^\d{1,4}$/).transform(Number).pipe(z.number().int().min(1).max(most)).optional();
const email = z.email().max(254).overwrite((value) => value.toLowerCase());
const secretText = text(1000, 1);
const bodyText = text(200_000);
const attachmentIds = z.array(id).max(20);

export const none = z.strictObject({});
export const idParams = z.strictObject({ id });

export const setUpBody = z.strictObject({ token: z.string().max(200), companyName: label(120), name: label(120), email, password: secretText });
export const signInBody = z.strictObject({ email: z.string().max(254), password: secretText });
export const inviteTokenBody = z.strictObject({ token: z.string().max(200) });
export const acceptInviteBody = z.strictObject({ token: z.string().max(200), password: secretText });
export const changePasswordBody = z.strictObject({ current: secretText, password: secretText });
export const changeMeBody = z.strictObject({
  name: label(120).optional(),
  presence: z.enum(['online', 'away']).optional(),
  preferences: z.strictObject({ theme: z.enum(['light', 'dark', 'auto']).optional(), density: z.enum(['normal', 'compact']).optional(), /** Of mails to me; `null`: the workspace's. */ language: z.enum(['en', 'de', 'es', 'fr']).nullable().optional() }).optional(),
});

/** `before`: those that began before this time, in ms. */
export const myPresenceQuery = z.strictObject({ before: z.string().regex(/^\d{1,15}$/).transform(Number).optional(), limit: limit(500) });

export const listQuery = z.strictObject({
  view: z.enum(['mine', 'unassigned', 'waiting', 'open', 'snoozed', 'resolved', 'spam']).default('open'),
  teamId: id.optional(), channelId: id.optional(), cursor: cursor.optional(), limit: limit(100),
});
export const detailQuery = z.strictObject({ timeline: flag.optional() });
export const messagesQuery = z
  .strictObject({ before: cursor.optional(), after: cursor.optional(), around: id.optional(), limit: limit(200), timeline: flag.optional() })
  .refine((query) => [query.before, query.after, query.around].filter((value) => value !== undefined).length <= 1, 'only one of before, after, around');
export const timelineQuery = z.strictObject({ before: cursor.optional(), limit: limit(200) });
export const searchQuery = z.strictObject({ q: text(500), cursor: cursor.optional(), limit: limit(100) });
export const customersQuery = z.strictObject({ q: text(200).optional(), cursor: cursor.optional(), limit: limit(100) });
export const ledgerQuery = z.strictObject({
  channelId: id.optional(), state: z.enum(['received', 'applied', 'ignored', 'failed']).optional(), cursor: cursor.optional(), limit: limit(200),
});
export const eventsQuery = z.strictObject({ since: z.string().regex(/^\d{1,15}$/).transform(Number).optional() });
export const htmlQuery = z.strictObject({ images: flag.optional() });
export const attachmentQuery = z.strictObject({ download: flag.optional(), pass: z.string().max(500).optional() });

export const replyBody = z.strictObject({
  text: bodyText, attachmentIds: attachmentIds.default([]), clientId,
  /** `personSeen` of the conversation as it was last shown: the stale-reply guard. `force` sends anyway. */
  personSeen: z.number().int().optional(), force: z.boolean().optional(),
  andStatus: z.enum(['open', 'pending', 'snoozed', 'resolved', 'spam']).optional(), snoozeUntil: millis.optional(),
  /** An approved message of the provider; `text` is how it reads. */
  template: z.strictObject({ name: z.string().min(1).max(200), language: z.string().min(1).max(20), values: z.array(z.string().max(1_000)).max(20) }).optional(),
});
export const editBody = z.strictObject({ text: bodyText });
export const reactBody = z.strictObject({ emoji: z.string().min(1).max(64), on: z.boolean() });
export const sinceBody = z.strictObject({ since: millis });
export const noteBody = z.strictObject({ text: bodyText, attachmentIds: attachmentIds.default([]), clientId, mentions: z.array(id).max(50).default([]) });
/** `assigneeId: null` puts it back. `ifAssignedTo` is a precondition: 409 when somebody was faster. */
export const assignBody = z.strictObject({ assigneeId: id.nullable(), teamId: id.optional(), ifAssignedTo: id.nullable().optional() });
export const snoozeBody = z.strictObject({ until: millis });
export const statusBody = z.strictObject({ status: z.enum(['open', 'pending', 'resolved', 'spam']) });
export const priorityBody = z.strictObject({ priority });
export const tagsBody = z.strictObject({ tags: z.array(label(60)).max(50) });
export const subjectBody = z.strictObject({ subject: label(500) });
export const readBody = z.strictObject({ seq: z.number().int().min(0) });
export const draftBody = z.strictObject({
  kind: z.enum(['reply', 'note']), text: bodyText, attachmentIds: attachmentIds.default([]), seenSeq: z.number().int().min(0),
});
export const onBody = z.strictObject({ on: z.boolean() });
export const mirrorBody = z.strictObject({ channelId: id, place: text(200, 1) });
export const reasonBody = z.strictObject({ reason: label(300) });

export const renameBody = z.strictObject({ name: label(200) });
export const joinBody = z.strictObject({ otherId: id, reason: label(300) });
export const decideJoinBody = z.strictObject({ decision: z.enum(['join', 'reject', 'undo']) });

export const newAgentBody = z.strictObject({ name: label(120), email, role, teamIds: z.array(id).max(100).default([]), capacity: z.number().int().min(0).max(1000).default(20) });
export const changeAgentBody = z.strictObject({
  name: label(120).optional(), role: role.optional(), teamIds: z.array(id).max(100).optional(), capacity: z.number().int().min(0).max(1000).optional(),
});
export const timeZone = z.string().max(64).superRefine((value, context) => {
  if (!isTimeZone(value)) context.addIssue({ code: 'custom', message: noSuchZone(value) });
});
const hours = z.strictObject({
  timeZone,
  blocks: z.array(z.strictObject({ day: z.number().int().min(0).max(6), from: z.number().int().min(0).max(1440), to: z.number().int().min(0).max(1440) })
    .refine((block) => block.to > block.from, 'must end after it begins')).max(70),
}) satisfies z.ZodType<z.infer<typeof businessHours>>;
export const newTeamBody = z.strictObject({ name: label(80), hours: hours.optional() });
export const changeTeamBody = z.strictObject({ name: label(80).optional(), hours: hours.nullable().optional() });
export const settingsBody = z.strictObject({
  companyName: label(120).optional(), hours: hours.optional(), defaultLanguage: z.enum(['en', 'de', 'es', 'fr']).optional(),
  answerTargetMinutes: z.number().int().min(1).max(43_200).optional(), botName: label(60).optional(), botOn: z.boolean().optional(),
  resolveHoldsHours: z.number().int().min(0).max(720).optional(), reports: z.strictObject({ agentsSeeOwn: z.boolean(), hideNames: z.boolean() }).optional(),
});
export const newKeyBody = z.strictObject({ name: label(120), agentId: id.optional() });

const settingKey = z.string().regex(/^[A-Za-z][\w.]{0,59}$/);
const settingValue = z.union([text(20_000), z.number(), z.boolean(), z.array(text(2000)).max(200)]);
const settings = z.record(settingKey, settingValue);
export const newChannelBody = z.strictObject({ kind: channelKind, name: label(120), teamId: id.optional(), settings: settings.default({}), secrets: z.record(settingKey, text(20_000)).default({}) });
/** `settings` replaces them all; a secret that is absent stays, `null` takes it away. */
export const changeChannelBody = z.strictObject({
  name: label(120).optional(), teamId: id.nullable().optional(), settings: settings.optional(), secrets: z.record(settingKey, text(20_000).nullable()).optional(),
});
/** With `channelId`, secrets that are absent are taken from that channel. */
export const testChannelBody = z.strictObject({ kind: channelKind, channelId: id.optional(), settings: settings.default({}), secrets: z.record(settingKey, text(20_000)).default({}) });
