import type { SocketModeClient } from '@slack/socket-mode';
import { messageOf } from '../../errors.js';
import { asText, field } from '../lib/read-json.js';
import { clientOptions } from './client.js';
import type { SlackSettings } from './config.js';
import { socketDomain } from './limits.js';
import { silentLogger } from './logger.js';
import { endOf } from './outcome.js';
import { safeJson, type SocketUse, takeBroken, takeEnvelope } from './take-envelope.js';

const firstPauseMs = 500;
const longestPauseMs = 60_000;
const openTimeoutMs = 20_000;
/** A connection that ended sooner counts as one that never stood. */
const steadyMs = 10_000;

/**
 * Socket Mode: connects, and connects again for ever. The SDK's own reconnecting is off, because it ends the process when
 * it cannot connect; so each connection is a client of its own. An envelope is acknowledged when its events are durable.
 */
export function holdSocket(use: SocketUse): { stop(): Promise<void>; poke(): void } {
  let stopped = false;
  let current: { disconnect(): Promise<void> } | undefined;
  let wake: () => void = () => undefined;
  const pause = (ms: number): Promise<void> => new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });
  const run = async (): Promise<void> => {
    for (let failures = 0; !stopped;) {
      const ended = await connectOnce(use, (client) => {
        current = client;
        if (stopped) void client.disconnect();
      });
      current = undefined;
      failures = ended.stood ? 0 : failures + 1;
      if (stopped) return;
      if (ended.reason !== undefined) use.host.report({ state: ended.refused ? 'broken' : 'trouble', text: ended.reason });
      if (failures > 0 || ended.refused) await pause(ended.refused ? longestPauseMs : Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(failures, 10)));
    }
  };
  const running = run().catch((error: unknown) => use.host.log.warn({ err: error }, 'Socket Mode ended unexpectedly'));
  return {
    poke: () => wake(),
    stop: async () => {
      stopped = true;
      wake();
      await current?.disconnect();
      await running;
    },
  };
}

interface Ended {
  /** It had stood: what follows is a new connection, without a pause. */
  stood: boolean;
  refused: boolean;
  reason?: string;
}

async function connectOnce(use: SocketUse, opened: (client: { disconnect(): Promise<void> }) => void): Promise<Ended> {
  const client = await newClient(use);
  const done = latch();
  client.on('disconnected', () => done.resolve());
  opened({ disconnect: () => closeClient(client, done) });
  let timer: NodeJS.Timeout | undefined;
  try {
    const slow = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('Slack did not open the connection in time')), openTimeoutMs);
    });
    await Promise.race([client.start(), slow]);
  } catch (error) {
    await closeClient(client, done);
    const end = endOf(error);
    return { stood: false, refused: end.outcome.result === 'rejected', reason: end.code === undefined ? error === undefined ? 'Slack closed the connection' : messageOf(error) : end.outcome.reason };
  } finally {
    clearTimeout(timer);
  }
  use.host.report({ state: 'ok' });
  const since = performance.now();
  await done.promise;
  return { stood: performance.now() - since > steadyMs, refused: false };
}

interface Latch {
  promise: Promise<void>;
  resolve(): void;
}

function latch(): Latch {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

async function closeClient(client: SocketModeClient, done: Latch): Promise<void> {
  client.disconnect().catch(done.resolve);
  // The SDK waits up to 30 s for the other side to say goodbye as well.
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([done.promise, new Promise<void>((resolve) => {
    timer = setTimeout(resolve, 1_000);
  })]);
  clearTimeout(timer);
  done.resolve();
}

async function newClient(use: SocketUse): Promise<SocketModeClient> {
  const { SocketModeClient: Client } = await import('@slack/socket-mode');
  const given = use.account.settings as SlackSettings;
  const options = clientOptions(given.slackApiUrl, use.deps.fetch);
  const client = new Client({ appToken: given.appToken, autoReconnectEnabled: false, logger: silentLogger, clientOptions: { ...options, fetch: onlySlack(options.fetch, given.slackApiUrl) } });
  const [read] = client.listeners('ws_message');
  client.removeAllListeners('ws_message');
  client.on('ws_message', (data: unknown, isBinary: boolean) => {
    // The SDK reads an envelope before it has looked at its shape, in a promise that nobody watches.
    Promise.resolve(read === undefined ? undefined : (read as (data: unknown, isBinary: boolean) => unknown).call(client, data, isBinary)).catch(() => takeBroken(use, client, data));
  });
  client.on('slack_event', (envelope: unknown) => {
    void takeEnvelope(use, envelope).catch((error: unknown) => use.host.log.warn({ channelId: use.account.channel._id, err: error }, 'an event of Slack was not taken in; Slack brings it again'));
  });
  return client;
}

/** The address of the connection comes from the answer, and may lead nowhere but to Slack or to the host that Settings name. */
function onlySlack(guarded: typeof globalThis.fetch, slackApiUrl: string): typeof globalThis.fetch {
  return async (input, init) => {
    const answer = await guarded(input, init);
    const text = await answer.text();
    const url = asText(field(safeJson(text), 'url'));
    const fine = url === undefined || (URL.canParse(url) && (new URL(url).hostname.endsWith(socketDomain) || new URL(url).host === new URL(slackApiUrl).host));
    return new Response(fine ? text : '{"ok":false,"error":"access_denied"}', { status: answer.status, headers: answer.headers });
  };
}
