import { AppError } from '../../errors.js';
import type { Place, TimeRules } from '../../inbox/hours/place.js';
import { lengthInWords } from '../../inbox/targets/length-in-words.js';
import type { Asking } from '../api.js';
import type { Columns } from '../columns/layouts.js';
import { View } from '../figures/view.js';
import type { Names } from '../names.js';
import { periodOf } from '../period.js';
import type { StaffingWanted } from '../take-away/answers.js';
import { serversNeeded } from './erlang.js';
import { hoursAWeek, HoursOfWeek } from './hours-of-week.js';
import { type Measured, measure, openHours } from './measure.js';

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
  /** [weekday 0 = Monday][hour] */
  hours: StaffingHour[][];
}

export interface StaffingQuestion extends StaffingWanted {
  /** Conversations that one agent has under way at once; 1 when absent. */
  concurrent?: number;
}

interface Given {
  columns: Columns;
  rules: TimeRules;
  names: Names;
}

const hourMs = 3_600_000;
const usualShare = 0.9;
/** Where too few answers tell how long one takes. */
const usualHandlingMs = 10 * 60_000;

/**
 * How many agents each hour of the week needs so that `share` of the contacts are answered within the target, beside how
 * many were there. Pure; no IO. Throws `forbidden` for agents, who see their own figures only.
 */
export function staffingOf(given: Given, asking: Asking, question: StaffingQuestion): StaffingAnswer {
  if (asking.scope.of === 'own') throw new AppError('forbidden', 'Staffing is for team leads: it counts the work of everybody.');
  const { zone, from, to, team, channel } = question;
  const hours = new HoursOfWeek(periodOf({ zone, from, to }));
  const view = new View(given.columns, asking, { from, to, zone, compare: 'none', kind: 'any', time: 'business', ...(team === undefined ? {} : { team }), ...(channel === undefined ? {} : { channel }) }, given.names);
  const measured = measure(view, hours);
  const plan = planOf(given.rules, measured, question);
  const open = openHours(given.rules.calendars, placeOf(asking, question), hours);
  return {
    ...plan, model: plan.patienceMs === undefined ? 'erlang_c' : 'erlang_a', weeks: Math.round(10 * hours.period.days / 7) / 10,
    hours: inDays(neededByHour(measured.arrivals, open, plan).map((needed, hour) => ({ arrivals: measured.arrivals[hour] ?? 0, needed, present: measured.present[hour] ?? 0, open: open[hour] ?? false }))),
    assumptions: assumptionsOf(measured, plan, question),
  };
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
    'Present: agents who gave an answer that ended a wait in that hour, or one before and one after it less than four hours apart, averaged over the weeks. Who only read, wrote notes or answered outside is not counted.',
    ...(measured.imported > 0 ? [`${measured.imported} of the contacts were imported; they count like the others.`] : []),
  ];
}
