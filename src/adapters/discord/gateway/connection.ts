import { AppError, messageOf } from '../../../errors.js';
import type { ConnectionHost } from '../../contract/abilities.js';
import { asObject } from '../../lib/read-json.js';
import type { DiscordApi } from '../api.js';
import { snowflake } from '../ids.js';
import { type Timing, waitingMax } from '../limits.js';
import { loadChannel } from '../load-channel.js';
import type { NonceBook } from '../nonce-book.js';
import { patiently } from '../patience.js';
import { createPlaceBook } from '../place-book.js';
import { GatewayRefused, refusalOf } from './close-codes.js';
import { type GatewayCursor, readCursor, writeCursor } from './cursor.js';
import { createIntake, type Intake } from './intake.js';
import { createSessionKeeper } from './session-keeper.js';
import { openSocket, type Socket } from './socket.js';
import { createTaker, type Item } from './taker.js';

export interface ConnectionDeps {
  channelId: string;
  api: DiscordApi;
  host: ConnectionHost;
  nonces: NonceBook;
  timing: Timing;
  /** Told once the cursor is read: it knows the direct messages. */
  reads: (cursor: GatewayCursor) => void;
  healthy: (trouble?: string) => void;
}

const batchMax = 200;
/** 1000 and 1001 would end the session. https://docs.discord.com/developers/events/gateway#initiating-a-disconnect */
const resumableCode = 4200;

/**
 * One connection, from its first request until `signal` or until it cannot go on; then it throws. It says goodbye so that
 * its session can be resumed, by the next one or by another process, from what is stored by then.
 */
export async function connection(deps: ConnectionDeps, signal: AbortSignal): Promise<void> {
  const { api, host } = deps;
  const bot = snowflake(asObject(await api.ask('GET', '/users/@me'))?.['id']);
  if (bot === undefined) throw new Error('Discord did not say which bot this is.');
  const cursor = readCursor(await host.getCursor(), { bot, now: host.clock() });
  deps.reads(cursor);
  if (signal.aborted) return;
  const end = createEnd(signal);
  const socket = await openSocket(api, host.clock, (limits) => createSessionKeeper({
    cursor, limits, save: () => host.setCursor(writeCursor(cursor, host.clock())), apiUrl: api.settings.apiUrl, timing: deps.timing, clock: host.clock, failed: end.failed,
    trouble: (text) => host.report({ state: 'trouble', text }), log: (facts, text) => host.log.info({ channelId: deps.channelId, ...facts }, text),
  }));
  let isStopped = false;
  const places = createPlaceBook(new Set(api.settings.channels), (id) => patiently(() => isStopped, () => loadChannel(api, id)));
  const take = createTaker({ ...deps, cursor, keeper: socket.keeper, places, isStopped: () => isStopped });
  const intake = createIntake<Item>({ batchMax, work: take, failed: end.failed });
  listen(socket, intake, { ...deps, failed: end.failed });
  try {
    socket.manager.connect().catch(end.failed);
    await end.reached;
  } finally {
    isStopped = true;
    await Promise.all([within(deps.timing.leaveMs, goodbye(socket)), intake.close()]);
    await host.setCursor(writeCursor(cursor, host.clock())).catch((error: unknown) => host.log.warn({ channelId: deps.channelId, err: messageOf(error) }, 'the place in the session could not be noted'));
  }
}

/** `reached` resolves when we are to stop, and rejects with the first thing that ends the connection otherwise. */
function createEnd(signal: AbortSignal): { reached: Promise<void>; failed: (error: unknown) => void } {
  let failed: (error: unknown) => void = () => undefined;
  const reached = new Promise<void>((resolve, reject) => {
    failed = reject;
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  // It may fail before anybody waits for it.
  reached.catch(() => undefined);
  return { reached, failed };
}

function listen({ manager, keeper, events }: Socket, intake: Intake<Item>, { channelId, host, failed }: ConnectionDeps & { failed: (error: unknown) => void }): void {
  manager.on(events.Hello, () => keeper.up());
  manager.on(events.Ready, () => intake.push({ type: 'began', isNew: true }));
  manager.on(events.Resumed, () => intake.push({ type: 'began', isNew: false }));
  manager.on(events.Error, ({ error }) => host.log.warn({ channelId, err: messageOf(error) }, 'the gateway client met an error'));
  manager.on(events.Closed, ({ code }) => {
    keeper.down();
    const sentence = refusalOf(code);
    if (sentence !== undefined) failed(new GatewayRefused(sentence));
  });
  manager.on(events.Dispatch, ({ data }) => {
    intake.push({ type: 'packet', packet: { kind: String(data.t), sequence: data.s, data: data.d }, sessionId: keeper.sessionId });
    if (intake.waiting > waitingMax) failed(new AppError('store_unavailable', 'More came than could be stored; the session is gone on with where it was.'));
  });
}

/** Goes on by itself when it takes longer than anybody waits for it. */
async function goodbye({ manager, keeper }: Socket): Promise<void> {
  await keeper.leave();
  await manager.destroy({ code: resumableCode, reason: 'will be back' });
}

/** A peer that is dead does not answer a goodbye. */
async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, late]);
  clearTimeout(timer);
}
