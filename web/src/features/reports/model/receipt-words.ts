import { channelWords } from '../../../lib/channel-words.js';
import type { Receipt } from '../../../lib/shapes.js';
import { lengthWords } from './lengths.js';
import { heldWords } from './report-words.js';

interface When {
  timeZone: string;
  now: number;
}

/** "Tue 10 Nov", with the year when it is another one. */
export function dayAt(at: number, { timeZone, now }: When): string {
  const year = (time: number) => new Intl.DateTimeFormat('en-GB', { timeZone, year: 'numeric' }).format(time);
  return new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', day: 'numeric', month: 'short', ...(year(at) === year(now) ? {} : { year: 'numeric' }) }).format(at).replace(',', '');
}

/** "14:05" */
export function timeAt(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(at);
}

/** "Tue 10 Nov, 14:05" */
export function momentWords(at: number, when: When): string {
  return `${dayAt(at, when)}, ${timeAt(at, when.timeZone)}`;
}

/** "waited 5 h 12 m, of it 4 h 31 m in business hours" */
export function waitedWords(receipt: Receipt): string {
  return `${receipt.state === 'open' ? 'has waited' : 'waited'} ${bothClocks(receipt)}`;
}

/** "5 h 12 m, of it 4 h 31 m in business hours" */
export function bothClocks({ calendarMs, businessMs }: { calendarMs: number; businessMs: number }): string {
  const within = Math.abs(calendarMs - businessMs) < 60_000 ? 'all in business hours' : businessMs < 1000 ? 'none of it in business hours' : `of it ${lengthWords(businessMs, 'business')} in business hours`;
  return `${lengthWords(calendarMs, 'calendar')}, ${within}`;
}

/** How it stands with its target: undefined without one. */
export function targetOutcome(receipt: Receipt, now: number): { tone: 'good' | 'bad' | 'same'; words: string } | undefined {
  const { target } = receipt;
  if (target === undefined) return undefined;
  const took = target.hours === 'business' ? receipt.businessMs : receipt.calendarMs;
  const end = receipt.to ?? now;
  const over = took - target.ms;
  if (end > target.dueAt) return { tone: 'bad', words: over < 60_000 ? 'over target' : `${lengthWords(over, target.hours)} over target` };
  if (receipt.state === 'answered') return { tone: 'good', words: 'within target' };
  if (receipt.state === 'open') return { tone: 'same', words: `${lengthWords(Math.max(0, target.ms - took), target.hours)} left` };
  return undefined;
}

/** "Target “Mail”, 4 h of business hours: the strictest for the team Orders" */
export function targetWords(receipt: Receipt): string | undefined {
  const { target } = receipt;
  if (target === undefined) return undefined;
  // What stands after the colon says the name and the length again.
  const [why = ''] = target.why.split(': ');
  return `Target “${target.name}”, ${lengthWords(target.ms, target.hours)} ${target.hours === 'business' ? 'of business hours' : 'by the calendar'}${why === '' ? '' : `: ${why}`}`;
}

/** How it ended, in a sentence without its full stop. */
export function endWords(receipt: Receipt, where: { teams: readonly { id: string; name: string }[]; channels: readonly { id: string; name: string; kind: Receipt['channel']['kind'] }[] }): string {
  const { answer, notNeeded, state } = receipt;
  if (state === 'answered' && answer !== undefined) {
    const team = where.teams.find((one) => one.id === answer.teamId)?.name;
    const channel = where.channels.find((one) => one.id === answer.channelId);
    const on = channel === undefined || channel.id === receipt.channel.id ? '' : ` on ${channelWords[channel.kind]}, ${channel.name}`;
    return `Answered by ${answer.name}${team === undefined ? '' : ` for ${team}`}${answer.by === 'outside' ? ', outside Rapport' : ''}${on}`;
  }
  if (state === 'not_needed') return `No answer needed${notNeeded?.name === undefined ? '' : `, said by ${notNeeded.name}`}${notNeeded === undefined || notNeeded.reason === '' ? '' : `: ${notNeeded.reason}`}`;
  const words = { open: 'Not answered yet', answered: 'Answered', answered_by_bot: 'The customer said that the bot had helped', abandoned: 'The customer took the question back' };
  return words[state];
}

/** "unassigned 2 h, with Lena Maas 1 h 50 m": what the picture shows, for those who do not see it. */
export function segmentWords(receipt: Receipt): string {
  return receipt.segments.map((segment) => `${segment.name !== undefined && segment.by === 'agent' ? `with ${segment.name}` : segment.name !== undefined && segment.by === 'snoozed' ? `snoozed by ${segment.name}` : heldWords[segment.by]} ${lengthWords(segment.to - segment.from, 'calendar')}`).join(', ');
}

/** The message from which the clock runs. */
export function firstMessage(receipt: Receipt): string | undefined {
  const asks = receipt.ticks.filter((tick) => tick.kind === 'in');
  return (asks.find((tick) => tick.at >= receipt.from) ?? asks.at(-1) ?? receipt.ticks[0])?.messageId;
}
