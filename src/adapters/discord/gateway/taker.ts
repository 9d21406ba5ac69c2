import type { InboundEvent } from '../../../inbox/model/event.js';
import type { ConnectionHost } from '../../contract/abilities.js';
import { asObject } from '../../lib/read-json.js';
import type { DiscordApi } from '../api.js';
import { snowflake, snowflakeAt } from '../ids.js';
import type { NonceBook } from '../nonce-book.js';
import { parse, type Packet, type ParseFacts } from '../parse.js';
import type { PlaceBook } from '../place-book.js';
import { backFill, unseen } from './back-fill.js';
import { type GatewayCursor, noteSeen, writeCursor } from './cursor.js';
import type { SessionKeeper } from './session-keeper.js';

/** What comes over the socket, in order. `began`: a session stands, new or gone on with. */
export type Item = { type: 'packet'; packet: Packet; sessionId: string } | { type: 'began'; isNew: boolean };

export interface TakerDeps {
  channelId: string;
  api: DiscordApi;
  host: ConnectionHost;
  nonces: NonceBook;
  cursor: GatewayCursor;
  keeper: SessionKeeper;
  places: PlaceBook;
  isStopped: () => boolean;
  /** A session stands and what was missed is read; the text tells what is wrong all the same. */
  healthy: (trouble?: string) => void;
}

/** How seldom the place in the session is noted while nothing is taken in. */
const quietSaveMs = 60_000;
/** What is on its way while something younger is stored already. */
const marginMs = 60_000;

/** Takes packets in: to the store first, then the cursor goes on. Throws when the store, or Discord's history, is not to be had. */
export function createTaker(deps: TakerDeps): (batch: readonly Item[]) => Promise<void> {
  const { cursor, host, keeper, places } = deps;
  const typists = new Set<string>();
  let savedAt = 0;

  const facts: Omit<ParseFacts, 'place' | 'sessionId' | 'receivedAt'> = {
    channelId: deps.channelId, self: cursor.bot, colleagueRoles: new Set(deps.api.settings.colleagueRoles), ours: (nonce) => deps.nonces.messageOf(nonce),
  };
  const save = async (): Promise<void> => {
    savedAt = host.clock();
    await host.setCursor(writeCursor(cursor, savedAt));
  };

  async function read({ packet, sessionId }: Item & { type: 'packet' }): Promise<InboundEvent[]> {
    places.note(packet.kind, packet.data);
    const data = asObject(packet.data);
    const channel = snowflake(data?.['channel_id']);
    const isOwn = asObject(data?.['author'])?.['id'] === cursor.bot;
    const place = channel === undefined
      ? { kind: 'direct' as const, id: '0' }
      : await places.find(channel, { isGuild: snowflake(data?.['guild_id']) !== undefined, wantsRecipient: isOwn && deps.nonces.messageOf(String(data?.['nonce'] ?? '')) === undefined });
    const parsed = parse(packet, { ...facts, place, sessionId, receivedAt: host.clock() });
    if (parsed.typing !== undefined) {
      typists.add(parsed.typing.threadKey);
      host.typing(parsed.typing);
    }
    for (const event of parsed.events) {
      if (event.type !== 'message') continue;
      noteSeen(place.kind === 'direct' ? cursor.directs : cursor.seen, place.id, event.externalId);
      if (typists.delete(place.id)) host.typing({ channelId: deps.channelId, threadKey: place.id, on: false });
    }
    return parsed.events;
  }

  async function store(events: InboundEvent[], upTo: (Item & { type: 'packet' }) | undefined): Promise<void> {
    if (events.length > 0) await host.sink(events);
    const resumeUrl = keeper.resumeUrl;
    if (upTo !== undefined && upTo.sessionId === keeper.sessionId && resumeUrl !== undefined) {
      cursor.session = { id: upTo.sessionId, sequence: upTo.packet.sequence, resumeUrl };
      if (!cursor.hasGap) cursor.aliveAt = Math.max(cursor.aliveAt, host.clock() - marginMs);
    }
    if (events.length > 0 || host.clock() - savedAt > quietSaveMs) await save();
  }

  async function begin(isNew: boolean): Promise<void> {
    let unreadable: string[] = [];
    if (!cursor.hasGap) {
      for (const id of isNew ? deps.api.settings.channels : []) if (await places.channel(id) === undefined) unreadable.push(unseen(id));
    } else {
      const result = await fillGap(deps, facts, save);
      if (deps.isStopped()) return;
      unreadable = result.unreadable;
      host.log.info({ channelId: deps.channelId, found: result.found }, 'read what was written while nobody listened');
      cursor.hasGap = false;
    }
    await save();
    deps.healthy(unreadable.length === 0 ? undefined : `Not everything can be read. ${unreadable.join('; ')}.`);
  }

  return async (batch) => {
    let events: InboundEvent[] = [];
    let upTo: (Item & { type: 'packet' }) | undefined;
    for (const item of batch) {
      if (item.type === 'packet') {
        events.push(...await read(item));
        upTo = item;
        continue;
      }
      await store(events, upTo);
      events = [];
      await begin(item.isNew);
    }
    await store(events, upTo);
  };
}

function fillGap({ api, places, host, cursor, isStopped }: TakerDeps, facts: Omit<ParseFacts, 'place' | 'sessionId' | 'receivedAt'>, save: () => Promise<void>) {
  const alive = snowflakeAt(cursor.aliveAt);
  return backFill({
    api, places, isStopped, facts: { ...facts, receivedAt: host.clock() },
    take: async (events, page) => {
      if (events.length > 0) await host.sink(events);
      noteSeen(cursor.directs.has(page.channel) ? cursor.directs : cursor.seen, page.channel, page.newest);
      await save();
    },
  }, { direct: [...cursor.directs.keys()], after: (channel) => snowflake(cursor.directs.get(channel) ?? cursor.seen.get(channel)) ?? alive, since: cursor.aliveAt });
}
