import { firstName } from '../../../lib/initials.js';
import type { ConversationRow, MessageView } from '../../../lib/shapes.js';
import { momentWords } from '../../../lib/time/clock.js';
import { calendarDay, timeOfDay } from '../../../lib/time/format.js';
import { channelPhrase } from './phrases.js';

/** Why nobody waits here although the customer spoke last, and what starts the clock after all. */
export interface WaitLine {
  kind: 'elsewhere' | 'thanks' | 'not_needed';
  words: string;
  /** The message it is about, and where it stands. */
  show?: { conversationId: string; messageId: string };
  start: 'Start the clock' | 'Still waiting here';
}

/** Nothing while the clock runs, or when there is nothing to explain. `agentId` is the reader. */
export function waitLineOf(row: ConversationRow, messages: readonly MessageView[], at: { agentId: string; now: number }): WaitLine | undefined {
  if (row.due !== undefined || row.status === 'spam') return undefined;
  if (row.answeredElsewhere !== undefined) return elsewhere(row.answeredElsewhere, messages, at);
  if (row.acknowledged !== undefined) {
    return { kind: 'thanks', words: 'Taken as thanks: nobody waits.', show: { conversationId: row.id, messageId: row.acknowledged }, start: 'Start the clock' };
  }
  return notNeeded(row.id, messages, at.agentId);
}

function elsewhere(answer: NonNullable<ConversationRow['answeredElsewhere']>, messages: readonly MessageView[], { agentId, now }: { agentId: string; now: number }): WaitLine {
  const message = messages.find((other) => other.id === answer.messageId);
  const when = calendarDay(answer.at) === calendarDay(now) ? `at ${timeOfDay(answer.at)}` : momentWords(answer.at, now);
  const words = message === undefined ? `Answered in another conversation ${when}.` : `${who(message, agentId)} answered ${channelPhrase(message.channel.kind)} ${when}.`;
  return { kind: 'elsewhere', words, show: answer, start: 'Still waiting here' };
}

/** As long as neither side has said anything since. */
function notNeeded(conversationId: string, messages: readonly MessageView[], agentId: string): WaitLine | undefined {
  const last = messages.findLast((message) => message.conversationId === conversationId && (isTalk(message) || changesWait(message)));
  if (last?.step?.type !== 'not_needed') return undefined;
  const reason = last.step.reason ?? '';
  return { kind: 'not_needed', words: `${who(last, agentId)} said that no answer is needed${reason === '' ? '' : `: ${reason}`}.`, start: 'Start the clock' };
}

function isTalk(message: MessageView): boolean {
  return message.kind === 'in' || (message.kind === 'out' && message.author.type !== 'bot');
}

function changesWait(message: MessageView): boolean {
  return message.step !== undefined && ['not_needed', 'wait_started', 'wait_resumed'].includes(message.step.type);
}

function who(message: MessageView, agentId: string): string {
  return message.author.id === agentId ? 'You' : message.author.type === 'agent' ? firstName(message.author.name) : message.author.name;
}
