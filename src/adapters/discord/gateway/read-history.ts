import { asObject } from '../../lib/read-json.js';
import type { InboundSink } from '../../contract/abilities.js';
import type { DiscordApi } from '../api.js';
import { snowflake, snowflakeAt } from '../ids.js';
import { loadChannel } from '../load-channel.js';
import type { NonceBook } from '../nonce-book.js';
import { patiently } from '../patience.js';
import { createPlaceBook } from '../place-book.js';
import { backFill } from './back-fill.js';

export interface HistoryRequest {
  channelId: string;
  api: DiscordApi;
  nonces: NonceBook;
  clock: () => number;
  /** Direct messages that the connection knows of; absent without one. */
  directs: Iterable<string> | undefined;
  since: number;
  sink: InboundSink;
}

/** "Back-fill the gap" in Settings: everything since a moment, whatever the cursor says; the ledger knows what it has. */
export async function readHistory({ channelId, api, nonces, clock, directs, since, sink }: HistoryRequest): Promise<{ found: number; complete: boolean; note?: string }> {
  const self = snowflake(asObject(await api.ask('GET', '/users/@me'))?.['id']) ?? '0';
  const start = snowflakeAt(since);
  const isStopped = (): boolean => false;
  const result = await backFill({
    api, isStopped,
    places: createPlaceBook(new Set(api.settings.channels), (id) => patiently(isStopped, () => loadChannel(api, id))),
    facts: { channelId, receivedAt: clock(), self, colleagueRoles: new Set(api.settings.colleagueRoles), ours: (nonce) => nonces.messageOf(nonce) },
    take: async (events) => {
      if (events.length > 0) await sink(events);
    },
  }, { direct: directs ?? [], after: () => start, since });
  const notes = [...result.unreadable, ...(directs === undefined ? ['direct messages are known only while the channel is connected'] : [])];
  return { found: result.found, complete: notes.length === 0, ...(notes.length === 0 ? {} : { note: `${notes.join('; ')}.` }) };
}
