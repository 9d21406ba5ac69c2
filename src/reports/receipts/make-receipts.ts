import { openMsBetween, openSpans } from '../../inbox/hours/open-time.js';
import type { Place, TimeRules } from '../../inbox/hours/place.js';
import type { Channel } from '../../inbox/model/channel.js';
import type { Millis } from '../../inbox/model/common.js';
import type { Conversation } from '../../inbox/model/conversation.js';
import type { Message } from '../../inbox/model/message.js';
import type { Correction, Wait } from '../../inbox/model/wait.js';
import type { Collections } from '../../inbox/stores.js';
import type { Asking } from '../api.js';
import { lengthInWords } from '../../inbox/targets/length-in-words.js';
import { tagsOfCustomers } from '../columns/customer-tags.js';
import { holderTimes } from '../columns/holder-times.js';
import { type Names, responderKey } from '../names.js';
import type { Receipt } from '../shapes.js';
import { type ShownAuthor, ticksOf } from './ticks.js';

export interface ReceiptDeps {
  c: Pick<Collections, 'conversations' | 'customers' | 'corrections' | 'messages'>;
  calendars: TimeRules['calendars'];
  channels: ReadonlyMap<string, Channel>;
  names: Names;
  asking: Asking;
  /** Without ticks and opening hours. */
  bare?: boolean;
}

const otherTeam = 'Somebody of another team';
const ticksShown = 100;
const spansShown = 400;
const shadedAround = 0.06;

/** The receipts of these waits, in their order: their conversations, corrections and messages are read at once. */
export async function makeReceipts(deps: ReceiptDeps, waits: readonly Wait[]): Promise<Receipt[]> {
  const { c } = deps;
  const elsewhere = waits.flatMap(({ answer, conversationId }) => (answer !== undefined && answer.conversationId !== conversationId ? [answer.messageId] : []));
  const [conversations, corrections, tags, answers, talks] = await Promise.all([
    c.conversations.getMany([...new Set(waits.map((wait) => wait.conversationId))]),
    c.corrections.ofWaits(waits.map((wait) => wait._id), 50 * waits.length),
    tagsOfCustomers(c, deps.calendars, waits.map((wait) => wait.customerId)),
    deps.bare === true ? [] : c.messages.getMany(elsewhere),
    deps.bare === true ? [] : Promise.all(waits.map((wait) => c.messages.page(wait.conversationId, { after: wait.firstSeq - 1, limit: ticksShown }))),
  ]);
  return waits.map((wait, at) => makeReceipt(deps, wait, {
    conversation: conversations.find((each) => each._id === wait.conversationId), corrections: corrections.filter((each) => each.waitId === wait._id).sort((a, b) => a.at - b.at),
    messages: [...talks[at] ?? [], ...answers.filter((message) => message._id === wait.answer?.messageId)], customerTags: tags(wait.customerId),
  }));
}

interface About {
  conversation: Conversation | undefined;
  corrections: readonly Correction[];
  messages: readonly Message[];
  customerTags: readonly string[];
}

function makeReceipt(deps: ReceiptDeps, wait: Wait, about: About): Receipt {
  const { conversation } = about;
  const until = Math.max(wait.from, wait.to ?? deps.asking.now);
  const place: Place = { channelId: wait.channelId, customerTags: about.customerTags, ...(wait.teamId === undefined ? {} : { teamId: wait.teamId }) };
  const times = holderTimes(wait, until, (segment, span) => openMsBetween(deps.calendars, { channelId: wait.channelId, customerTags: about.customerTags, ...(segment.teamId === undefined ? {} : { teamId: segment.teamId }) }, span));
  const channel = deps.channels.get(wait.channelId);
  const { target } = wait;
  return {
    id: wait._id, conversationId: wait.conversationId, customer: { id: wait.customerId, name: conversation?.customerName ?? '' },
    channel: { id: wait.channelId, kind: channel?.kind ?? conversation?.channelKind ?? 'webhook', name: channel?.name ?? conversation?.channelName ?? '' },
    ...(conversation?.subject === undefined ? {} : { subject: conversation.subject }), ...(wait.teamId === undefined ? {} : { teamId: wait.teamId }),
    priority: wait.priority, kind: wait.kind, imported: wait.imported === true, inPublic: wait.public === true, from: wait.from, ...(wait.to === undefined ? {} : { to: wait.to }), state: wait.state,
    calendarMs: until - wait.from, businessMs: times.business.reduce((sum, ms) => sum + ms, 0), receivedAt: wait.fromReceivedAt, ...(wait.givenAt === undefined ? {} : { givenAt: wait.givenAt }),
    ...(target === undefined ? {} : { target: { name: target.name, ms: target.ms, hours: target.hours, dueAt: target.dueAt, why: target.why } }), ...(wait.breachedAt === undefined ? {} : { breachedAt: wait.breachedAt }),
    ...endOf(deps, wait), segments: segmentsOf(deps, wait, until), openSpans: deps.bare === true ? [] : shadedSpans(deps.calendars, place, { from: wait.from, to: until }),
    ticks: ticksOf(about.messages, wait, (message) => shownAuthor(deps, message)).slice(0, ticksShown),
    corrections: about.corrections.map(({ at, why, before }) => ({ at, why, before: beforeInWords(before) })),
  };
}

function endOf(deps: ReceiptDeps, wait: Wait): Pick<Receipt, 'answer' | 'notNeeded'> {
  const { answer, notNeeded } = wait;
  const ends: Pick<Receipt, 'answer' | 'notNeeded'> = {};
  if (answer !== undefined && wait.state === 'answered') {
    const hides = isOtherTeam(deps, wait);
    const shown = hides ? { id: '', name: otherTeam } : responderKey(answer.agentId ?? `outside:${answer.name}`, deps.asking.scope, deps.names);
    const isOpen = !hides && (deps.asking.scope.names || answer.agentId === deps.asking.scope.agentId);
    ends.answer = {
      messageId: isOpen || answer.agentId === undefined ? answer.messageId : '', conversationId: answer.conversationId, by: answer.by, name: isOpen ? answer.name : shown.name, channelId: answer.channelId,
      ...(answer.agentId === undefined || hides ? {} : { agentId: shown.id }), ...(answer.teamId === undefined || hides ? {} : { teamId: answer.teamId }),
    };
  }
  if (notNeeded !== undefined && wait.state === 'not_needed') ends.notNeeded = { reason: notNeeded.reason, ...(notNeeded.agentId === undefined ? {} : { name: shownName(deps, notNeeded.agentId) }) };
  return ends;
}

/** They answered for a team that this scope does not hold. */
function isOtherTeam({ asking: { scope } }: ReceiptDeps, wait: Wait): boolean {
  return scope.of === 'teams' && wait.answer?.teamId !== undefined && !scope.teamIds.includes(wait.answer.teamId);
}

function segmentsOf(deps: ReceiptDeps, wait: Wait, until: Millis): Receipt['segments'] {
  const { scope } = deps.asking;
  return wait.segments.map((segment, at) => {
    const hides = scope.of === 'teams' && segment.teamId !== undefined && !scope.teamIds.includes(segment.teamId);
    const name = segment.agentId === undefined ? undefined : hides ? otherTeam : shownName(deps, segment.agentId);
    return {
      from: at === 0 ? wait.from : segment.from, to: Math.max(segment.from, Math.min(until, wait.segments[at + 1]?.from ?? until)), by: segment.by,
      ...(name === undefined ? {} : { name }), ...(segment.teamId === undefined || hides ? {} : { teamId: segment.teamId }),
    };
  });
}

/** Open hours within the wait and a little around it. */
function shadedSpans(calendars: TimeRules['calendars'], place: Place, span: { from: Millis; to: Millis }): Receipt['openSpans'] {
  const around = Math.max(600_000, Math.round((span.to - span.from) * shadedAround));
  // Of a wait of years the first part is enough: more than this many stretches are not shown.
  const to = Math.min(span.to + around, span.from + spansShown * 86_400_000);
  return openSpans(calendars, place, { from: span.from - around, to }).slice(0, spansShown).map((each) => ({ from: each.from, to: each.to }));
}

/** An agent's name as this scope shows it; `written`: as it stands on the message. */
function shownName(deps: ReceiptDeps, agentId: string, written?: string): string {
  const { scope } = deps.asking;
  return written !== undefined && (scope.names || agentId === scope.agentId) ? written : responderKey(agentId, scope, deps.names).name;
}

/** Who wrote a message, as this scope shows them. What is no customer's may name an agent in its id: steps and bounces speak of our messages. */
function shownAuthor(deps: ReceiptDeps, { author, kind, forTeamId }: Message): ShownAuthor {
  const { scope } = deps.asking;
  const isOwn = author.type === 'agent' && author.id === scope.agentId;
  const hidesId = kind !== 'in' && !isOwn && (!scope.names || (kind === 'event' && scope.of !== 'everything'));
  if (author.type === 'outside') return { name: shownName(deps, `outside:${author.name}`, author.name), hidden: hidesId };
  if (author.type !== 'agent' || author.id === undefined) return { name: author.name, hidden: hidesId };
  if (scope.of === 'teams' && forTeamId !== undefined && !scope.teamIds.includes(forTeamId) && !isOwn) return { name: otherTeam, hidden: true };
  return { name: shownName(deps, author.id, author.name), hidden: hidesId };
}

function beforeInWords(before: Correction['before']): string {
  if (before.void === true) return 'it had counted as no wait of its own';
  const state = before.state.replaceAll('_', ' ');
  return before.to === undefined ? state : `${state} after ${lengthInWords(before.to - before.from, 'calendar')}`;
}
