import type { SessionInfo } from '@discordjs/ws';
import { messageOf } from '../../../errors.js';
import type { Timing } from '../limits.js';
import { identifyReserve } from '../limits.js';
import { checkedGateway } from '../verify.js';
import type { GatewayCursor } from './cursor.js';
import { attemptPause, identifyPause } from './pace.js';

export interface GatewayLimits {
  remaining: number;
  resetAfterMs: number;
}

/**
 * The session of one connection, as @discordjs/ws asks for it. It connects again at once and for ever, so this is where it
 * is held back: it gets the session, and with that may open a socket, only when it is time.
 */
export interface SessionKeeper {
  /** For `retrieveSessionInfo`. Never resolves once `leave` was called, never rejects. */
  retrieve(): Promise<SessionInfo | null>;
  /** For `updateSessionInfo`. */
  update(info: SessionInfo | null): void;
  /** For the identify throttle: durable before the IDENTIFY is sent. */
  beforeIdentify(): Promise<void>;
  /** The socket stands. */
  up(): void;
  down(): void;
  /**
   * From now on nothing is connected and no session forgotten. Resolves when no handshake is under way any more: the
   * library stops listening to a socket that it gives up, and an error of it would then end the process.
   */
  leave(): Promise<void>;
  /** Of the session that packets come from. */
  readonly sessionId: string;
  /** Where that session is gone on with; `undefined` once it is lost. */
  readonly resumeUrl: string | undefined;
}

export interface SessionKeeperDeps {
  cursor: GatewayCursor;
  save: () => Promise<void>;
  apiUrl: string;
  timing: Timing;
  clock: () => number;
  /** The day's sign-ins, as fresh as a minute. */
  limits: () => Promise<GatewayLimits>;
  /** Something that this connection cannot go on with. */
  failed: (error: unknown) => void;
  trouble: (text: string) => void;
  log: (facts: object, text: string) => void;
}

/** What @discordjs/ws waits for when there is nothing to come any more. */
const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

export function createSessionKeeper(deps: SessionKeeperDeps): SessionKeeper {
  const { cursor, timing, clock } = deps;
  const stored = cursor.session;
  let session: SessionInfo | null = stored === undefined ? null : { sessionId: stored.id, sequence: stored.sequence, resumeURL: stored.resumeUrl, shardId: 0, shardCount: 1 };
  let sessionId = stored?.id ?? '';
  let isDown = true;
  let hasLeft = false;
  let pausing: Promise<void> | undefined;
  let handshake: Promise<void> = Promise.resolve();
  let settled: () => void = () => undefined;
  const attempts: number[] = [];

  async function pause(): Promise<void> {
    const now = clock();
    let wait = attemptPause(attempts, now, timing);
    if (session === null) {
      wait = Math.max(wait, identifyPause(cursor.identifies, now, timing));
      const { remaining, resetAfterMs } = await deps.limits();
      if (remaining <= identifyReserve) {
        wait = Math.max(wait, resetAfterMs);
        deps.trouble(`Discord allows the bot only ${remaining} more sign-ins today; it connects again in ${Math.ceil(resetAfterMs / 60_000)} minutes.`);
      }
    }
    if (wait > 0) deps.log({ waitMs: wait, resumes: session !== null }, 'waits before it connects to Discord again');
    if (wait > 2 * timing.attemptMs) deps.trouble(`The connection to Discord broke several times; it is tried again in ${Math.ceil(wait / 1_000)} seconds.`);
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait).unref());
    attempts.push(clock());
    if (attempts.length > 50) attempts.shift();
  }

  return {
    get sessionId() {
      return sessionId;
    },
    get resumeUrl() {
      return session === null || session.resumeURL === '' ? undefined : session.resumeURL;
    },
    retrieve: async () => {
      if (isDown && !hasLeft) {
        try {
          await (pausing ??= pause());
          handshake = hasLeft ? handshake : new Promise((resolve) => {
            settled = resolve;
          });
        } catch (error) {
          // A rejection would go unheard in @discordjs/ws.
          hasLeft = true;
          deps.failed(error);
        } finally {
          pausing = undefined;
        }
      }
      return hasLeft ? never() : session;
    },
    update: (info) => {
      if (hasLeft) return;
      if (info === null) {
        session = null;
        delete cursor.session;
        cursor.hasGap = true;
        return;
      }
      session = info.sessionId === sessionId ? { ...info, resumeURL: session?.resumeURL ?? info.resumeURL } : { ...info, resumeURL: checkedOrNothing(info.resumeURL, deps) };
      sessionId = info.sessionId;
    },
    beforeIdentify: async () => {
      try {
        cursor.identifies.push(clock());
        await deps.save();
      } catch (error) {
        hasLeft = true;
        deps.failed(error);
        return never();
      }
    },
    up: () => {
      isDown = false;
      settled();
    },
    down: () => {
      isDown = true;
      settled();
    },
    leave: () => {
      hasLeft = true;
      return handshake;
    },
  };
}

/** A session whose address we do not trust is resumed nowhere: the connection ends. */
function checkedOrNothing(address: string, deps: SessionKeeperDeps): string {
  try {
    return checkedGateway(address, deps.apiUrl);
  } catch (error) {
    deps.log({ err: messageOf(error) }, 'the gateway named an address that is not taken');
    deps.failed(error);
    return '';
  }
}
