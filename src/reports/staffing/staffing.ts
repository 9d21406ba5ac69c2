import { AppError } from '../../errors.js';
import type { Place, TimeRules } from '../../inbox/hours/place.js';
import type { Millis } from '../../inbox/model/common.js';
import { lengthInWords } from '../../inbox/targets/length-in-words.js';
import type { Asking } from '../api.js';
import type { Columns } from '../columns/columns.js';
import { noneId as noTeam, View } from '../figures/view.js';
import type { Names } from '../names.js';
import { periodOf } from '../period.js';
import type { StaffingWanted } from '../take-away/answers.js';
import { serversNeeded } from './erlang.js';
import { hoursAWeek, HoursOfWeek } from './hours-of-week.js';
import { type Measured, measure } from './measure.js';
import { type OpenHours, openHoursOf, usuallyOpen } from './open-hours.js';
import type { PresenceSums } from './read-presence.js';
import type { SeenBy } from './who-was-there.js';

export interface StaffingHour {
  arrivals: number;
  needed: number;
  present: number;
  open: boolean;
}

export interface StaffingAnswer {
  model: 'erlang_c' | 'erlang_a';
  assumptions: string[];
  weeks: number;
  targetMs: number;
  share: number;
  handlingMs: number;
  patienceMs?: number;
  concurrent: number;
  /** How it is known who was there. */
  presentBy: SeenBy;
  /** Of `both`: by presence from then on. */
  presenceSince?: Millis;
  /** [weekday 0 = Monday][hour] */
  hours: StaffingHour[][];
}

export type StaffingQuestion = StaffingWanted;

interface Given {
  columns: Columns;
  rules: TimeRules;
  names: Names;
  frame: StaffingFrame;
  /** Read with that frame. */
  presence: PresenceSums;
}

/** What a question is answered within. */
export interface StaffingFrame {
  hours: HoursOfWeek;
  open: OpenHours;
  /** In one of which one has to be to count as there; absent: everybody does. */
  teams?: readonly string[];
}

const hourMs = 3_600_000;
const usualShare = 0.9;
/** Where too few answers tell how long one takes. */
const usualHandlingMs = 10 * 60_000;

/**
 * How many agents each hour of the week needs so that `share` of the contacts are answered within the target, beside how
 * many were there. Pure; no IO.
 */
export function staffingOf(given: Given, asking: Asking, question: StaffingQuestion): StaffingAnswer {
  const { zone, from, to, team, channel } = question;
  const { hours } = given.frame;
  const view = new View(given.columns, asking, { from, to, zone, compare: 'none', kind: 'any', time: 'business', ...(team === undefined ? {} : { team }), ...(channel === undefined ? {} : { channel }) }, given.names);
  const measured = measure(view, hours, given.presence);
  const plan = planOf(given.rules, measured, question);
  const open = usuallyOpen(given.frame.open, hours);
  return {
    ...plan, model: plan.patienceMs === undefined ? 'erlang_c' : 'erlang_a', weeks: Math.round(10 * hours.period.days / 7) / 10,
    hours: inDays(neededByHour(measured.arrivals, open, plan).map((needed, hour) => ({ arrivals: measured.arrivals[hour] ?? 0, needed, present: measured.present[hour] ?? 0, open: open[hour] ?? false }))),
    presentBy: measured.presentBy, ...(measured.presentBy === 'both' && given.presence.since !== undefined ? { presenceSince: given.presence.since } : {}),
    assumptions: [...assumptionsOf(measured, plan, question), thereWords(measured, given.presence, question), ...(measured.imported > 0 ? [`${measured.imported} of the contacts were imported; they count like the others.`] : [])],
  };
}

/** `teamOf`: of a channel. Throws `forbidden` for agents, who see their own figures only. */
export function staffingFrame({ rules, teamOf }: { rules: TimeRules; teamOf: (channelId: string) => string | undefined }, asking: Asking, question: StaffingQuestion): StaffingFrame {
  if (asking.scope.of === 'own') throw new AppError('forbidden', 'Staffing is for team leads: it counts the work of everybody.');
  const hours = new HoursOfWeek(periodOf(question));
  const teams = teamsThere(asking, question, teamOf);
  return { hours, open: openHoursOf(rules.calendars, placeOf(asking, question), hours), ...(teams === undefined ? {} : { teams }) };
}

function teamsThere({ scope }: Asking, { team, channel }: StaffingQuestion, teamOf: (channelId: string) => string | undefined): readonly string[] | undefined {
  const mine = scope.of === 'teams' ? scope.teamIds : undefined;
  const asked = team ?? channel?.map((id) => teamOf(id) ?? noTeam);
  if (asked === undefined || asked.includes(noTeam)) return mine;
  const both = mine === undefined ? asked : asked.filter((id) => mine.includes(id));
  return team === undefined && both.length === 0 ? mine : both;
}

type Plan = Pick<StaffingAnswer, 'targetMs' | 'share' | 'handlingMs' | 'patienceMs' | 'concurrent'>;

function planOf(rules: TimeRules, measured: Measured, question: StaffingQuestion): Plan {
  const typed = question.handlingMinutes === undefined || question.handlingMinutes <= 0 ? undefined : question.handlingMinutes * 60_000;
  return {
    targetMs: (question.targetMinutes ?? rules.defaultMinutes) * 60_000, share: question.share ?? usualShare, concurrent: question.concurrent ?? 1,
    handlingMs: typed ?? measured.handlingMs ?? usualHandlingMs, ...(measured.patienceMs === undefined ? {} : { patienceMs: measured.patienceMs }),
  };
}

/** What comes while it is closed is there when it opens: it is work of the first open hour. */
function neededByHour(arrivals: readonly number[], open: readonly boolean[], plan: Plan): number[] {
  const work = [...arrivals];
  if (!open.includes(true)) return work.map(() => 0);
  const firstOpen = open.indexOf(true);
  let waiting = 0;
  for (let step = 1; step <= hoursAWeek; step += 1) {
    const hour = (firstOpen + step) % hoursAWeek;
    if (open[hour] !== true) waiting += work[hour] ?? 0;
    else {
      work[hour] = (work[hour] ?? 0) + waiting;
      waiting = 0;
    }
  }
  const known = new Map<number, number>();
  return work.map((count, hour) => {
    if (open[hour] !== true) return 0;
    const agents = known.get(count) ?? agentsFor(count, plan);
    known.set(count, agents);
    return agents;
  });
}

function agentsFor(arrivals: number, plan: Plan): number {
  const queue = { rate: arrivals / hourMs, handling: plan.handlingMs, ...(plan.patienceMs === undefined ? {} : { patience: plan.patienceMs }) };
  const servers = serversNeeded(queue, { share: plan.share, target: plan.targetMs });
  return Math.ceil(servers / plan.concurrent);
}

/** Whose opening hours count: of the one team or channel asked for, else the company's. */
function placeOf({ scope }: Asking, { team, channel }: StaffingQuestion): Place {
  const teams = team ?? (scope.of === 'teams' ? scope.teamIds : []);
  return {
    ...(teams.length === 1 && teams[0] !== undefined ? { teamId: teams[0] } : {}),
    ...(channel?.length === 1 && channel[0] !== undefined ? { channelId: channel[0] } : {}),
  };
}

function inDays(hours: StaffingHour[]): StaffingHour[][] {
  return Array.from({ length: 7 }, (_, day) => hours.slice(day * 24, day * 24 + 24));
}

function assumptionsOf(measured: Measured, plan: Plan, question: StaffingQuestion): string[] {
  const words = (ms: number): string => lengthInWords(ms, 'business');
  const handling = question.handlingMinutes !== undefined && question.handlingMinutes > 0 ? 'as you gave it'
    : measured.handlingMs !== undefined ? `the median time between two answers of one agent that are less than an hour apart (${measured.gaps} of them)`
      : `assumed, for ${measured.gaps} such pairs of answers tell too little`;
  return [
    plan.patienceMs === undefined
      ? `Erlang C: nobody gives up. ${measured.abandoned === 0 ? 'No wait was' : measured.abandoned === 1 ? 'One wait was' : `Only ${measured.abandoned} waits were`} abandoned; from 30 on Erlang A counts with their patience.`
      : `Erlang A: people give up after ${words(plan.patienceMs)} of open time on average, as ${measured.abandoned} abandoned waits tell.`,
    'Contacts come at random, evenly within each hour, as often as on average over the weeks looked at; what comes while it is closed is work of the first open hour.',
    `Each contact keeps an agent for ${words(plan.handlingMs)} on average: ${handling}. How long varies at random around that.`,
    plan.concurrent === 1
      ? 'An agent has one conversation under way at a time. Chats are often handled several at once: then fewer people are needed.'
      : `An agent has ${plan.concurrent} conversations under way at once, and none of them takes longer for it.`,
    'Everybody can take every contact, the longest waiting first, and each hour is in balance by itself.',
    'Needed are people who answer all the time: breaks, meetings and leave come on top.',
  ];
}

const byPresence = 'agents who had Rapport open and had not set themselves to away, for as much of the open hour as that was so, averaged over the weeks; once, however many browsers they had open';
const byAnswers = 'agents who gave an answer that ended a wait in that hour, or one before and one after it less than four hours apart, averaged over the weeks. Who only read, wrote notes or answered outside is not counted';

/** How it is known who was there. */
function thereWords({ presentBy }: Measured, { since }: PresenceSums, { zone, channel }: StaffingQuestion): string {
  if (presentBy === 'answers') return `There, by answers: ${byAnswers}. When people have Rapport open was not kept yet.`;
  const whose = channel === undefined ? 'Whoever is in several teams counts in each.' : 'Of a channel its team counts, also while they answered elsewhere.';
  const words = `There, by presence: ${byPresence}. ${whose}`;
  return presentBy === 'presence' || since === undefined ? words : `${words} Before ${momentIn(zone, since)} that was not kept; there it is by answers: ${byAnswers}.`;
}

function momentIn(zone: string, at: Millis): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: zone, day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' }).format(at).replace(',', '');
}
