import { channelPhrase } from './phrases.js';
import type { MessageView } from '../../../lib/shapes.js';
import { firstName } from '../../../lib/initials.js';
import { duration } from '../../../lib/time/format.js';

/** What reached the person, or was answered by a colleague, after the reply was begun; newest last. */
export function newerThan(messages: readonly MessageView[], began: { at: number }, agentId: string): MessageView[] {
  return messages.filter((message) => message.receivedAt > began.at && (message.kind === 'in' || (message.kind === 'out' && message.author.type !== 'bot' && message.author.id !== agentId)));
}

/** "Ines wrote by web chat 2 m ago", "Ana answered by e-mail just now". */
export function guardWords(newest: MessageView, now: number): string {
  const passed = now - newest.receivedAt;
  const when = passed < 60_000 ? 'just now' : `${duration(passed)} ago`;
  const did = newest.kind === 'in' ? 'wrote' : 'answered';
  return `${firstName(newest.author.name)} ${did} ${channelPhrase(newest.channel.kind)} ${when}`;
}
