import fc from 'fast-check';
import { AppError } from '../../src/errors.js';
import { joinIdOf } from '../../src/inbox/link-customers.js';
import type { Calendar, CalendarVersion } from '../../src/inbox/model/calendar.js';
import type { Target } from '../../src/inbox/model/target.js';
import { agentIds, people, type Rules, teamIds } from './histories-events.js';
import type { World } from './histories-world.js';
import type { Meaning } from './slow-story.js';

/** One thing that happens; indices mean "this many-eth of those there are", so that every deed fits every story. */
export type Deed =
  | { do: 'write'; who: number; on: 'chat' | 'mailbox'; topic: number; means: Meaning; time: 'none' | 'true' | 'late' | 'very late' | 'fast' | 'future' | '1980'; crash?: string }
  | { do: 'delete'; which: number }
  | { do: 'reply'; where: number; agent: number; outcome: 'sent' | 'later' | 'failed' | 'retry' | 'unknown' }
  | { do: 'deliver'; where: number; outcome: 'sent' | 'failed' | 'retry' | 'unknown' }
  | { do: 'bounce'; which: number }
  | { do: 'resend'; which: number }
  | { do: 'outside'; where: number; lateMs: number }
  | { do: 'note'; where: number; agent: number }
  | { do: 'bot'; where: number; does: 'says' | 'hands over' | 'routes'; agent?: number; team?: number }
  | { do: 'assign'; where: number; by: number; agent?: number; team?: number }
  | { do: 'status'; where: number; by: number; status: 'open' | 'pending' | 'resolved' | 'spam' }
  | { do: 'snooze'; where: number; by: number; ms: number }
  | { do: 'priority'; where: number; by: number; priority: 'low' | 'normal' | 'high' | 'urgent' }
  | { do: 'not needed'; where: number; by: number }
  | { do: 'start wait'; where: number; by: number }
  | { do: 'join'; one: number; other: number }
  | { do: 'undo join'; which: number }
  | { do: 'again' };

export interface History {
  rules: Rules;
  deeds: { after: number; deed: Deed }[];
}

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const dayMs = 24 * hour;

/** What is said, each person in a language of their own; what the words mean is known here, not read. */
const texts: Record<Meaning, readonly string[]> = {
  ask: ['Where is my parcel?', 'Die Gabel passt nicht, was nun?', '¿Cuándo llega mi pedido?'],
  thanks: ['Thanks!', 'Danke!', '¡Gracias!'],
  helped: ['That helped, thanks', 'Das hat geholfen', 'Eso me ha ayudado'],
  never_mind: ['Never mind', 'Hat sich erledigt', 'Ya no hace falta'],
  software: ['I am out of the office', 'Ich bin nicht im Büro', 'Estoy fuera de la oficina'],
};

const small = fc.nat({ max: 5 });
const agent = fc.nat({ max: agentIds.length - 1 });
const optional = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
const crashes = ['conversation-found', 'message-written', 'event-applied'];

const write = fc.record({
  do: fc.constant('write' as const), who: fc.nat({ max: people.length - 1 }), on: fc.constantFrom('chat' as const, 'mailbox' as const), topic: fc.nat({ max: 1 }),
  means: fc.oneof({ weight: 7, arbitrary: fc.constant<Meaning>('ask') }, { weight: 3, arbitrary: fc.constantFrom<Meaning>('thanks', 'helped', 'never_mind', 'software') }),
  time: fc.oneof({ weight: 4, arbitrary: fc.constantFrom('none' as const, 'true' as const) }, { weight: 3, arbitrary: fc.constantFrom('late' as const, 'very late' as const, 'fast' as const, 'future' as const, '1980' as const) }),
  crash: fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constantFrom(...crashes) }),
});

export const deeds: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 9, arbitrary: write },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('delete' as const), which: small }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('reply' as const), where: small, agent, outcome: fc.constantFrom('sent' as const, 'sent' as const, 'later' as const, 'failed' as const, 'retry' as const, 'unknown' as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('deliver' as const), where: small, outcome: fc.constantFrom('sent' as const, 'sent' as const, 'failed' as const, 'retry' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('bounce' as const), which: small }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('resend' as const), which: small }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('outside' as const), where: small, lateMs: fc.constantFrom(0, 0, 5 * minute, 40 * minute, 5 * hour) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('note' as const), where: small, agent }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('bot' as const), where: small, does: fc.constantFrom('says' as const, 'says' as const, 'hands over' as const, 'routes' as const), agent: optional(agent), team: optional(fc.nat({ max: 1 })) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('assign' as const), where: small, by: agent, agent: optional(agent), team: optional(fc.nat({ max: 1 })) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('status' as const), where: small, by: agent, status: fc.constantFrom('open' as const, 'pending' as const, 'resolved' as const, 'spam' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('snooze' as const), where: small, by: agent, ms: fc.constantFrom(10 * minute, 2 * hour, 20 * hour) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('priority' as const), where: small, by: agent, priority: fc.constantFrom('low' as const, 'normal' as const, 'high' as const, 'urgent' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('not needed' as const), where: small, by: agent }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('start wait' as const), where: small, by: agent }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('join' as const), one: small, other: small }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('undo join' as const), which: small }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('again' as const) }) },
) as fc.Arbitrary<Deed>;

const pauses = fc.oneof(fc.integer({ min: 1, max: 600 }), fc.integer({ min: 1, max: 4 * 3_600 }), fc.integer({ min: 1, max: 30 * 3_600 })).map((seconds) => seconds * second);

const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Sydney', 'Asia/Kolkata', 'Pacific/Chatham'];
/** Days before clocks change somewhere, and one on which nothing does. */
const starts = [Date.UTC(2026, 2, 6, 20), Date.UTC(2026, 2, 27, 7), Date.UTC(2026, 3, 3, 10), Date.UTC(2026, 5, 10, 9), Date.UTC(2026, 8, 25, 8), Date.UTC(2026, 9, 2, 15), Date.UTC(2026, 9, 23, 6), Date.UTC(2026, 9, 30, 21)];

const everyDay = (from: number, to: number, days = [0, 1, 2, 3, 4, 5, 6]): CalendarVersion['blocks'] => days.map((day) => ({ day, from, to }));
const weeks: CalendarVersion['blocks'][] = [
  everyDay(540, 1_020, [0, 1, 2, 3, 4]), [...everyDay(480, 720), ...everyDay(780, 1_080)], everyDay(22 * 60, 30 * 60), everyDay(0, 1_440), everyDay(90, 150), everyDay(150, 240, [5, 6, 0]), everyDay(23 * 60, 26 * 60 + 30),
];

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

function versionOf(start: number): fc.Arbitrary<CalendarVersion> {
  return fc.record({
    timeZone: fc.constantFrom(...zones), week: fc.nat({ max: weeks.length - 1 }), holiday: optional(fc.nat({ max: 8 })), exception: optional(fc.nat({ max: 8 })),
  }).map(({ timeZone, week, holiday, exception }) => ({
    timeZone, blocks: weeks[week] ?? [], teamIds: [], channelIds: [], customerTags: [],
    holidayDays: holiday === undefined ? [] : [{ date: dayOf(start + holiday * dayMs), name: 'Holiday' }],
    exceptions: exception === undefined ? [] : [{ date: dayOf(start + exception * dayMs), name: 'Inventory', blocks: [{ from: 600, to: 660 }] }],
  }));
}

function calendarOf(id: string, start: number, place: Partial<CalendarVersion>): fc.Arbitrary<Calendar> {
  return fc.tuple(versionOf(start), optional(fc.tuple(fc.integer({ min: -1, max: 6 }), versionOf(start)))).map(([first, later]) => ({
    _id: id, name: id, createdAt: 0,
    versions: [{ ...first, ...place }, ...(later === undefined ? [] : [{ ...later[1], ...place, since: dayOf(start + later[0] * dayMs) }])],
  }));
}

function targetOf(id: string): fc.Arbitrary<Target> {
  return fc.record({
    kind: fc.constantFrom('first' as const, 'next' as const), minutes: fc.integer({ min: 5, max: 600 }), hours: fc.constantFrom('business' as const, 'calendar' as const),
    teamIds: fc.subarray(['support', 'billing'], { maxLength: 1 }), channelIds: fc.subarray(['chat', 'mailbox'], { maxLength: 1 }), priorities: fc.subarray(['high' as const, 'urgent' as const]), on: fc.constantFrom(true, true, false),
  }).map((target) => ({ _id: id, name: id, customerTags: [], warnAtShare: 0.75, createdAt: 0, ...target }));
}

export const rules: fc.Arbitrary<Rules> = fc.constantFrom(...starts).chain((start) => fc.record({
  start: fc.constant(start),
  calendars: fc.tuple(calendarOf('default', start, {}), optional(calendarOf('of-support', start, { teamIds: ['support'] })), optional(calendarOf('of-mail', start, { channelIds: ['mailbox'] }))).map((all) => all.filter((each) => each !== undefined)),
  targets: fc.tuple(optional(targetOf('one')), optional(targetOf('two')), optional(targetOf('three'))).map((all) => all.filter((each) => each !== undefined)),
  defaultMinutes: fc.constantFrom(30, 60, 480),
}));

export const histories: fc.Arbitrary<History> = fc.record({ rules, deeds: fc.array(fc.record({ after: pauses, deed: deeds }), { minLength: 5, maxLength: 40 }) });

/** Many questions and answers, little else: enough of them for percentiles to mean something. */
export const busyHistories: fc.Arbitrary<History> = fc.record({
  rules, deeds: fc.array(fc.record({ after: fc.integer({ min: 1, max: 2 * 3_600 }).map((seconds) => seconds * second), deed: fc.oneof(
    { weight: 6, arbitrary: write.map((deed) => ({ ...deed, means: 'ask' as const, crash: undefined })) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('reply' as const), where: small, agent, outcome: fc.constant('sent' as const) }) },
    { weight: 2, arbitrary: deeds },
  ) }), { minLength: 30, maxLength: 120 }),
}) as fc.Arbitrary<History>;

const pick = <T>(all: readonly T[], index: number): T | undefined => all.length === 0 ? undefined : all[index % all.length];

/** Lives a history in a world, deed by deed. A deed that fits nothing that is there yet is left out. */
export async function live(world: World, history: Pick<History, 'deeds'>): Promise<void> {
  for (const { after, deed } of history.deeds) {
    await world.pass(after);
    await liveDeed(world, deed);
    await world.settle();
  }
  // What the last deed made due is done, too.
  await world.pass(1_000);
}

async function liveDeed(world: World, deed: Deed): Promise<void> {
  if (deed.do === 'write') return writes(world, deed);
  if (deed.do === 'again') return world.again();
  if (deed.do === 'delete') {
    const word = pick(world.words, deed.which);
    return word === undefined ? undefined : world.remove(word);
  }
  if (deed.do === 'bounce' || deed.do === 'resend') {
    const post = pick(world.posts, deed.which);
    if (post === undefined) return;
    return deed.do === 'bounce' ? world.bounce(post) : world.resend(post);
  }
  if (deed.do === 'join' || deed.do === 'undo join') return joins(world, deed);
  const conversation = pick(world.conversations(), deed.where);
  if (conversation !== undefined) await inConversation(world, conversation, deed);
}

async function writes(world: World, deed: Extract<Deed, { do: 'write' }>): Promise<void> {
  const ago: Partial<Record<typeof deed.time, number>> = { true: 2 * second, late: 20 * minute, 'very late': 9 * hour, fast: -30 * minute, future: -3 * hour };
  const said = deed.time === 'none' ? undefined : deed.time === '1980' ? Date.UTC(1980, 0, 1) : world.now - (ago[deed.time] ?? 0);
  await world.write({
    person: people[deed.who] ?? 'ines', channelId: deed.on, topic: deed.topic, means: deed.means, text: pick(texts[deed.means], deed.who) ?? '',
    ...(said === undefined ? {} : { said }), ...(deed.crash === undefined ? {} : { crashAt: deed.crash }),
  });
}

async function joins(world: World, deed: Extract<Deed, { do: 'join' | 'undo join' }>): Promise<void> {
  const records = [...new Set(world.conversations().map((id) => world.recordOf(id)))];
  const c = world.t.c;
  const lena = world.viewer('lena');
  if (deed.do === 'undo join') {
    const joined = (await c.joins.ofCustomers(records)).filter((join) => join.state === 'joined').sort((a, b) => a._id < b._id ? -1 : 1);
    const join = pick(joined, deed.which);
    if (join === undefined) return;
    world.say(`the join ${join._id} is undone`);
    await leniently(() => world.t.actions.decideJoin(lena, join._id, 'undo'));
    return;
  }
  const [one, other] = await c.customers.getMany([pick(records, deed.one) ?? '', pick(records, deed.other) ?? '']);
  const roots = [one?.joinedInto ?? one?._id, other?.joinedInto ?? other?._id];
  if (roots[0] === undefined || roots[1] === undefined || roots[0] === roots[1]) return;
  world.say(`${joinIdOf(roots[0], roots[1])} are joined`);
  await leniently(() => world.t.actions.joinCustomers(lena, roots[0] ?? '', roots[1] ?? '', 'the same voice'));
}

/** What the inbox refuses did not happen. */
async function leniently(act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    if (error instanceof AppError && (error.code === 'conflict' || error.code === 'bad_request')) return false;
    throw error;
  }
}

type InConversation = Exclude<Deed, { do: 'write' | 'again' | 'delete' | 'bounce' | 'resend' | 'join' | 'undo join' }>;

async function inConversation(world: World, id: string, deed: InConversation): Promise<void> {
  const { actions } = world.t;
  const name = (index: number): string => agentIds[index] ?? 'lena';
  const to = 'agent' in deed && deed.do !== 'reply' && deed.do !== 'note' ? { ...(deed.agent === undefined ? {} : { assigneeId: name(deed.agent) }), ...(deed.team === undefined ? {} : { teamId: teamIds[deed.team] ?? 'support' }) } : {};
  switch (deed.do) {
    case 'reply': return world.reply(id, name(deed.agent), deed.outcome);
    case 'deliver': return world.deliverNext(id, deed.outcome);
    case 'outside': return world.answerOutside({ conversation: id, ...(deed.lateMs === 0 ? {} : { said: world.now - deed.lateMs }) });
    case 'note': await actions.note(world.viewer(name(deed.agent)), id, { text: 'For us only', attachmentIds: [], clientId: `note-${world.next()}`, mentions: [] }); return;
    case 'bot': return world.bot(id, deed.does, to);
    case 'assign': await world.stepped(id, `${name(deed.by)} assigns ${id} to ${JSON.stringify(to)}`, () => actions.assign(world.viewer(name(deed.by)), id, to)); return;
    case 'status': {
      const changed = await world.stepped(id, `${name(deed.by)} sets ${id} to ${deed.status}`, () => actions.setStatus(world.viewer(name(deed.by)), id, deed.status));
      if (changed && deed.status === 'spam') world.facts.push({ is: 'spam', at: world.now, conversation: id, agentId: name(deed.by) });
      return;
    }
    case 'snooze': await world.stepped(id, `${name(deed.by)} snoozes ${id} for ${deed.ms / minute} m`, () => actions.snooze(world.viewer(name(deed.by)), id, world.now + deed.ms)); return;
    case 'priority': await world.stepped(id, `${name(deed.by)} gives ${id} the priority ${deed.priority}`, () => actions.setPriority(world.viewer(name(deed.by)), id, deed.priority)); return;
    case 'not needed': {
      if (await world.stepped(id, `${name(deed.by)} says that ${id} needs no answer`, () => actions.noAnswerNeeded(world.viewer(name(deed.by)), id, 'said enough'))) world.facts.push({ is: 'not_needed', at: world.now, conversation: id, agentId: name(deed.by) });
      return;
    }
    case 'start wait': return startsWait(world, id, name(deed.by));
  }
}

/** One click: thanks were a question, an answer elsewhere was none for this, or "no answer needed" was wrong. The row says beforehand which it would be. */
async function startsWait(world: World, id: string, agentName: string): Promise<void> {
  const row = await world.t.c.conversations.get(id);
  // Nobody waits in spam: the click is not offered there.
  if (row === undefined || row.status === 'spam') return;
  const words = `${agentName} lets ${id} wait after all`;
  // Where somebody waits already it does nothing.
  if (!await world.stepped(id, words, () => leniently(() => world.t.actions.startWait(world.viewer(agentName), id)))) return;
  // The click wakes it as the customer's word would have.
  await world.settle();
  if (row.acknowledged !== undefined) world.facts.push({ is: 'clock_started', at: world.now, message: row.acknowledged });
  else if (row.answeredElsewhere !== undefined) world.facts.push({ is: 'not_here', at: world.now, conversation: id, message: row.answeredElsewhere.messageId });
  else world.facts.push({ is: 'needed', at: world.now, conversation: id });
}
