import type { ConversationDetail, ConversationRow } from '../../../lib/shapes.js';

export interface WindowWords {
  text: string;
  tone: 'calm' | 'warn' | 'bad';
}

const hour = 3_600_000;
/** Speaks of the time that is left from here on. */
const soon = 6 * hour;

/** How long one may still answer here, and what is left afterwards; nothing while there is plenty of time. */
export function windowWords(window: ConversationDetail['reply']['window'], now: number): WindowWords | undefined {
  if (window === undefined) return undefined;
  const left = window.expiresAt - now;
  if (left > soon) return undefined;
  if (left > 0) return { text: `${durationWords(left)} left to answer here`, tone: left < 2 * hour ? 'bad' : 'warn' };
  if (window.humanUntil !== undefined && window.humanUntil > now) return { text: `Over a day has passed: only people may answer, for ${durationWords(window.humanUntil - now)} more`, tone: 'warn' };
  return { text: window.after === 'template' ? 'The time to answer freely is over: send an approved template' : 'The time to answer here is over until they write again', tone: 'bad' };
}

function durationWords(ms: number): string {
  if (ms < hour) return `${Math.max(1, Math.round(ms / 60_000))} min`;
  return ms < 48 * hour ? `${Math.round(ms / hour)} h` : `${Math.round(ms / 24 / hour)} days`;
}

/** Whether writing freely is still possible: afterwards only a template goes out. */
export function needsTemplate(reply: ConversationDetail['reply'], now: number): boolean {
  return reply.window?.after === 'template' && reply.window.expiresAt <= now;
}

/** Who reads along. */
export function audienceWords(audience: ConversationRow['audience']): string | undefined {
  if (audience === undefined) return undefined;
  return { public: 'Public: everybody can read the answer', unlisted: 'Public, though not announced', followers: 'Followers of the account read along' }[audience];
}

/** What sending this costs, where the platform charges for it. */
export function costWords(costs: ConversationDetail['reply']['costs'], text: string): string | undefined {
  if (costs === undefined || text.trim() === '') return undefined;
  const cost = costs.withLink !== undefined && /\bhttps?:\/\/\S/iu.test(text) ? costs.withLink : costs.perMessage;
  return `Costs ${cost}`;
}
