import type { ChannelView } from '../../../lib/shapes.js';
import { ago } from '../../../lib/time/format.js';

export interface Health {
  tone: 'ok' | 'warn' | 'bad' | 'faint';
  word: string;
  detail: string;
}

/** How a connected account is, in a word, and since when it has been heard of. */
export function healthOf(channel: ChannelView, now: number): Health {
  const detail = [channel.lastInAt === undefined ? 'nothing came in yet' : `last in ${ago(channel.lastInAt, now)}`, channel.lastOutAt === undefined ? 'nothing sent yet' : `last out ${ago(channel.lastOutAt, now)}`].join(', ');
  if (channel.state === 'broken') return { tone: 'bad', word: 'Broken', detail: channel.stateReason ?? channel.lastError?.text ?? detail };
  if (channel.state === 'paused') return { tone: 'faint', word: 'Paused', detail };
  if (channel.lastError !== undefined && channel.lastError.at > Math.max(channel.lastInAt ?? 0, channel.lastOutAt ?? 0)) return { tone: 'warn', word: 'Trouble', detail: channel.lastError.text };
  return { tone: 'ok', word: 'On', detail };
}
