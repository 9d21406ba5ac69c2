import { messageOf } from '../../../errors.js';
import { DiscordRefusal } from '../api.js';
import { GatewayRefused } from './close-codes.js';
import { connection, type ConnectionDeps } from './connection.js';
import { createLatch } from './latch.js';

export interface GatewayHolder {
  stop(): Promise<void>;
  /** Look now, if it waits to try again. */
  poke(): void;
}

/** Keeps one bot connected, for ever: what ends a connection is followed by a fresh one after a growing pause. */
export function holdGateway(deps: Omit<ConnectionDeps, 'healthy'>): GatewayHolder {
  const { host, timing, channelId } = deps;
  const ended = new AbortController();
  const latch = createLatch();
  let failures = 0;
  const healthy = (trouble?: string): void => {
    failures = 0;
    host.report(trouble === undefined ? { state: 'ok' } : { state: 'trouble', text: trouble });
  };

  /** Reports, and tells how long to wait. */
  function afterFailure(error: unknown): number {
    failures += 1;
    host.log.warn({ channelId, err: messageOf(error), failures }, 'the connection to Discord ended');
    const refusal = error instanceof GatewayRefused ? error.message : error instanceof DiscordRefusal && error.status === 401 ? tokenRefused : undefined;
    host.report(refusal === undefined ? { state: 'trouble', text: messageOf(error) } : { state: 'broken', text: refusal });
    if (refusal !== undefined) return timing.refusedMs;
    const asked = error instanceof DiscordRefusal ? error.retryAfterMs ?? 0 : 0;
    return Math.max(asked, Math.min(timing.retryMaxMs, timing.retryMs * 2 ** Math.min(failures - 1, 20)));
  }

  async function run(): Promise<void> {
    while (!ended.signal.aborted) {
      try {
        await connection({ ...deps, healthy }, ended.signal);
      } catch (error) {
        if (!ended.signal.aborted) await latch.wait(afterFailure(error));
      }
    }
  }

  const running = run();
  return {
    stop: async () => {
      ended.abort();
      latch.set();
      await running;
    },
    poke: () => latch.set(),
  };
}

const tokenRefused = 'Discord does not accept the bot token: reset it in the Developer Portal (Bot → Reset Token) and put the new one into Settings.';
