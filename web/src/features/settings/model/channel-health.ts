import type { ChannelView } from '../../../lib/shapes.js';
import { ago } from '../../../lib/time/format.js';

export interface Health {
  tone: 'ok' | 'warn' | 'bad' | 'faint';
  word: string;
  detail: string;
}

const weekMs = 7 * 86_400_000;

function gapWords(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  return minutes < 90 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}

/** How a connected account is, in a word, and since when it has been heard of. */
export function healthOf(channel: ChannelView, now: number): Health {
  const detail = [channel.lastInAt === undefined ? 'nothing came in yet' : `last in ${ago(channel.lastInAt, now)}`, channel.lastOutAt === undefined ? 'nothing sent yet' : `last out ${ago(channel.lastOutAt, now)}`].join(', ');
  if (channel.state === 'broken') return { tone: 'bad', word: 'Broken', detail: channel.stateReason ?? channel.lastError?.text ?? detail };
  if (channel.state === 'paused') return { tone: 'faint', word: 'Paused', detail };
  if (channel.lastError !== undefined && channel.lastError.at > Math.max(channel.lastInAt ?? 0, channel.lastOutAt ?? 0)) return { tone: 'warn', word: 'Trouble', detail: channel.lastError.text };
  if (channel.tokenExpiresAt !== undefined && channel.tokenExpiresAt - now < weekMs) {
    return { tone: channel.tokenExpiresAt < now ? 'bad' : 'warn', word: channel.tokenExpiresAt < now ? 'Token ended' : 'Token ends soon', detail: `Renew it in the settings of this channel; ${detail}` };
  }
  if (channel.silence !== undefined) return { tone: 'warn', word: 'Silent', detail: `nothing since ${ago(channel.silence.since, now)}, though something usually comes every ${gapWords(channel.silence.usuallyEveryMs)}: test the connection` };
  return { tone: 'ok', word: 'On', detail };
}
