import type { HistoryItem } from '../../../lib/shapes.js';

/** How an earlier conversation ended, or stands. */
export function outcome(item: HistoryItem): { text: string; tone: 'faint' | 'accent' | 'bad' } {
  if (item.status === 'resolved') return { text: item.mood !== undefined && item.mood <= -1 ? 'resolved, upset' : 'resolved', tone: item.mood !== undefined && item.mood <= -1 ? 'bad' : 'faint' };
  if (item.status === 'spam') return { text: 'spam', tone: 'faint' };
  return { text: item.status, tone: 'accent' };
}
