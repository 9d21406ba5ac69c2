import type { ConnectionHost } from '../contract/abilities.js';
import type { OutboundFetch } from '../contract.js';
import type { InboundEvent } from '../../inbox/model/event.js';
import { messageOf } from '../../errors.js';
import { asNumber } from '../lib/read-json.js';
import type { TelegramSettings } from './config.js';
import { openApi } from './api.js';
import { isApiError } from './errors.js';
import { allowedUpdates, pollGraceMs, pollSeconds, updatesPerPoll, webhookCheckMs } from './limits.js';

export interface ConnectionDeps {
  settings: TelegramSettings;
  fetch: OutboundFetch;
  host: ConnectionHost;
  read(update: unknown): InboundEvent[];
}

const firstWaitMs = 1_000;
const longestWaitMs = 60_000;
const asked: string[] = [...allowedUpdates];

/** Long poll: takes updates in order. Webhook: registers it, and looks now and then whether Telegram gets through. */
export function holdConnection(deps: ConnectionDeps): { stop(): Promise<void>; poke(): void } {
  const stopped = new AbortController();
  let wake: () => void = () => undefined;
  const pause = (ms: number): Promise<void> => new Promise((resolve) => {
    const timer = setTimeout(() => wake(), ms);
    wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });
  const step = deps.settings.mode === 'webhook' ? webhookStep(deps) : pollStep(deps, stopped.signal);
  const running = run(step, { deps, signal: stopped.signal, pause });
  return {
    stop: async () => {
      stopped.abort();
      wake();
      await running;
    },
    poke: () => wake(),
  };
}

/** Does one step and says how long to wait until the next. */
type Step = () => Promise<number>;

async function run(step: Step, options: { deps: ConnectionDeps; signal: AbortSignal; pause(ms: number): Promise<void> }): Promise<void> {
  let failures = 0;
  while (!options.signal.aborted) {
    let waitMs: number;
    try {
      waitMs = await step();
      failures = 0;
    } catch (error) {
      if (options.signal.aborted) return;
      failures += 1;
      const told = tell(error, options.deps.host);
      if (told.broken) return;
      waitMs = told.afterMs ?? Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(failures - 1, 6));
    }
    if (waitMs > 0 && !options.signal.aborted) await options.pause(waitMs);
  }
}

function tell(error: unknown, host: ConnectionHost): { broken: boolean; afterMs?: number } {
  const text = isApiError(error) ? `Telegram: ${error.description}` : messageOf(error);
  if (isApiError(error) && (error.error_code === 401 || error.error_code === 404)) {
    host.report({ state: 'broken', text: 'Telegram does not know this bot token any more. Get a new one from @BotFather (/token) and put it in.' });
    return { broken: true };
  }
  const other = isApiError(error) && error.error_code === 409;
  host.report({ state: 'trouble', text: other ? 'Another program fetches this bot’s messages with the same token. Stop it, or make a bot of its own for Rapport.' : text });
  host.log.warn({ reason: text }, 'telegram: no connection');
  const seconds = isApiError(error) ? error.parameters.retry_after : undefined;
  return { broken: false, ...(seconds === undefined ? {} : { afterMs: seconds * 1_000 }) };
}

/** The cursor is the next update's number: asking with it tells Telegram that all before are safe here. Stored first, then advanced. */
function pollStep(deps: ConnectionDeps, signal: AbortSignal): Step {
  let ready = false;
  return async () => {
    if (!ready) {
      // A registered webhook would make every getUpdates fail with 409; what waits there is kept.
      await (await openApi(deps.settings, deps.fetch, { signal })).deleteWebhook({ drop_pending_updates: false });
      ready = true;
    }
    const offset = asNumber((await deps.host.getCursor())['offset']);
    const api = await openApi(deps.settings, deps.fetch, { signal, timeoutMs: pollSeconds * 1_000 + pollGraceMs });
    const updates = await api.getUpdates({ timeout: pollSeconds, limit: updatesPerPoll, allowed_updates: asked as never, ...(offset === undefined ? {} : { offset }) });
    deps.host.report({ state: 'ok' });
    const last = updates.at(-1);
    if (last === undefined || signal.aborted) return 0;
    const events = updates.flatMap((update) => deps.read(update));
    if (events.length > 0) await deps.host.sink(events);
    await deps.host.setCursor({ offset: last.update_id + 1 });
    return 0;
  };
}

/** Telegram never tells the secret back, so it is registered anew at every start; the same again changes nothing. */
function webhookStep(deps: ConnectionDeps): Step {
  let ready = false;
  return async () => {
    const api = await openApi(deps.settings, deps.fetch);
    if (!ready) {
      await api.setWebhook(deps.settings.publicUrl, { secret_token: deps.settings.webhookSecret, allowed_updates: asked as never, max_connections: 40, drop_pending_updates: false });
      ready = true;
    }
    const info = await api.getWebhookInfo();
    if (info.url !== deps.settings.publicUrl) {
      ready = false;
      deps.host.report({ state: 'trouble', text: `Somebody has given Telegram another address for this bot: ${info.url === '' ? 'none' : info.url}. It is set right now.` });
      return firstWaitMs;
    }
    const recent = info.last_error_date !== undefined && deps.host.clock() - info.last_error_date * 1_000 < 2 * webhookCheckMs && info.pending_update_count > 0;
    deps.host.report(recent ? { state: 'trouble', text: `Telegram cannot reach us: ${info.last_error_message ?? 'no reason given'} (${info.pending_update_count} waiting)` } : { state: 'ok' });
    return webhookCheckMs;
  };
}
