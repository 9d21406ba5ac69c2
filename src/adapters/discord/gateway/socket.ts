import type { WebSocketManager, WebSocketShardEvents } from '@discordjs/ws';
import { asNumber, asObject } from '../../lib/read-json.js';
import type { DiscordApi } from '../api.js';
import { intentsFor, requestMs } from '../limits.js';
import { checkedGateway } from '../verify.js';
import type { GatewayLimits, SessionKeeper } from './session-keeper.js';

export interface Socket {
  manager: WebSocketManager;
  keeper: SessionKeeper;
  /** The library's names of its events; it is loaded only now. */
  events: typeof WebSocketShardEvents;
}

/** An answer of `GET /gateway/bot` counts for so long. */
const freshMs = 60_000;

/**
 * The gateway client of discord.js, one shard, with our hand on where it connects to and when. Its `Client` is not used:
 * that keeps every server's channels and people in memory, passes on only what it has cached, and cannot go on with the
 * session of an earlier process. Nothing is connected yet.
 */
export async function openSocket(api: DiscordApi, clock: () => number, keeperOf: (limits: () => Promise<GatewayLimits>) => SessionKeeper): Promise<Socket> {
  const [{ WebSocketManager: Manager, WebSocketShardEvents: events }, rest] = await Promise.all([import('@discordjs/ws'), api.rest()]);
  const apiUrl = api.settings.apiUrl;
  let asked: { at: number; limits: GatewayLimits } | undefined;

  class CheckedManager extends Manager {
    override async fetchGatewayInformation(force?: boolean): ReturnType<WebSocketManager['fetchGatewayInformation']> {
      const given = await super.fetchGatewayInformation(force);
      const start = asObject(given.session_start_limit);
      asked = { at: clock(), limits: { remaining: asNumber(start?.['remaining']) ?? 0, resetAfterMs: asNumber(start?.['reset_after']) ?? 0 } };
      return { ...given, url: checkedGateway(given.url, apiUrl) };
    }
  }

  const limits = async (): Promise<GatewayLimits> => {
    if (asked === undefined || clock() - asked.at > freshMs) await manager.fetchGatewayInformation(true);
    return asked?.limits ?? { remaining: 0, resetAfterMs: freshMs };
  };
  const keeper = keeperOf(limits);
  const manager = new CheckedManager({
    token: api.settings.token,
    intents: intentsFor(api.settings.channels),
    rest,
    shardCount: 1,
    handshakeTimeout: requestMs,
    retrieveSessionInfo: () => keeper.retrieve(),
    updateSessionInfo: (_shard, info) => keeper.update(info),
    buildIdentifyThrottler: () => ({ waitForIdentify: () => keeper.beforeIdentify() }),
  });
  return { manager, keeper, events };
}
