import type { Health } from '../adapters/contract.js';
import type { Channel } from '../inbox/model/channel.js';
import type { ChannelBook } from './channel-book.js';

const noteEveryMs = 60_000;
/** How much the newest gap weighs in the moving mean. */
const newestWeighs = 0.1;

/** Health of the channels: when something last came in and how often it does, tokens that end, refusals. */
export class ChannelHealth {
  private readonly noted = new Map<string, number>();

  constructor(private readonly book: ChannelBook, private readonly clock: () => number) {}

  /** Something came in. Written at most once a minute and channel, so that the hot path writes nothing more. */
  cameIn(channelId: string): void {
    const now = this.clock();
    const last = this.noted.get(channelId) ?? 0;
    if (now - last < noteEveryMs) return;
    this.noted.set(channelId, now);
    const channel = this.book.all().get(channelId);
    this.book.noteLater(channelId, { lastInAt: now, ...(channel?.lastInAt === undefined ? {} : { rhythm: rhythmAfter(channel.rhythm, now - channel.lastInAt) }) });
  }

  /** What an adapter learned about its account while taking something in. */
  async report(channelId: string, health: Health): Promise<void> {
    if (health.tokenExpiresAt !== undefined) await this.book.note(channelId, { tokenExpiresAt: health.tokenExpiresAt });
    const state = this.book.all().get(channelId)?.state;
    if (health.state === 'broken' && state !== 'broken') await this.book.setState(channelId, 'broken', health.text ?? 'refused by the provider');
    else if (health.state === 'ok' && state === 'broken') await this.book.setState(channelId, 'on');
    else if (health.state === 'trouble') await this.book.note(channelId, { lastError: { at: this.clock(), text: (health.text ?? 'not reachable').slice(0, 300) } });
  }
}

/** The moving mean of the gaps between arrivals; exact for the first few. Pure. */
export function rhythmAfter(rhythm: Channel['rhythm'], gapMs: number): NonNullable<Channel['rhythm']> {
  if (rhythm === undefined) return { gapMs, count: 1 };
  const weight = Math.max(newestWeighs, 1 / (rhythm.count + 1));
  return { gapMs: Math.round(rhythm.gapMs + (gapMs - rhythm.gapMs) * weight), count: rhythm.count + 1 };
}
