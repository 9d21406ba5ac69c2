import type { SocketModeClient } from '@slack/socket-mode';
import type { ConnectionHost } from '../contract/abilities.js';
import type { Account } from '../contract.js';
import { messageOf } from '../../errors.js';
import { asNumber, asObject, asText, field } from '../lib/read-json.js';
import type { Listen } from './bolt.js';
import { clientOptions, type SlackDeps } from './client.js';
import type { SlackSettings } from './config.js';
import { socketDomain } from './limits.js';
import { silentLogger } from './logger.js';
import { endOf } from './outcome.js';
import { healthOf } from './parse.js';
import type { People } from './people.js';
import { factsOf } from './receive.js';

export interface SocketUse {
  account: Account;
  host: ConnectionHost;
  deps: SlackDeps;
  listen: () => Promise<Listen>;
  people: People;
}

const firstPauseMs = 500;
const longestPauseMs = 60_000;
const openTimeoutMs = 20_000;

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
  await done.promise;
  return { stood: true, refused: false };
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
    void take(use, envelope).catch((error: unknown) => use.host.log.warn({ channelId: use.account.channel._id, err: error }, 'an event of Slack was not taken in; Slack brings it again'));
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

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

async function take(use: SocketUse, envelope: unknown): Promise<void> {
  const body = field(envelope, 'body');
  const ack = field(envelope, 'ack');
  const number = asNumber(field(envelope, 'retry_num'));
  const reason = asText(field(envelope, 'retry_reason'));
  await takeIn(use, body, { ...(number === undefined ? {} : { number }), ...(reason === undefined ? {} : { reason }) });
  if (typeof ack === 'function') await (ack as () => Promise<void>)();
}

async function takeIn(use: SocketUse, body: unknown, retry: { number?: number; reason?: string }): Promise<void> {
  const listen = await use.listen();
  const events = await listen(body, factsOf(use.account, use.people, { receivedAt: use.host.clock(), verifiedBy: 'connection' }), retry);
  await use.host.sink(events);
  use.people.meet(events);
  const health = healthOf(body);
  if (health !== undefined) use.host.report(health);
}

/** An envelope that the SDK cannot read is kept as it is, and acknowledged, or Slack would bring it for ever. */
async function takeBroken(use: SocketUse, client: SocketModeClient, data: unknown): Promise<void> {
  const envelope = asObject(safeJson(String(data)));
  const id = asText(envelope?.['envelope_id']);
  if (envelope === undefined || id === undefined) return;
  try {
    await takeIn(use, envelope['payload'] ?? envelope, {});
    await (client as unknown as { send(id: string): Promise<void> }).send(id);
  } catch (error) {
    use.host.log.warn({ channelId: use.account.channel._id, err: error }, 'an envelope of Slack could not be read');
  }
}
