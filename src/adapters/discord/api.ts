import type { REST } from 'discord.js';
import { AppError } from '../../errors.js';
import type { OutboundFetch } from '../contract.js';
import { asNumber, asObject, asText } from '../lib/read-json.js';
import { asWebFetch } from '../lib/web-fetch.js';
import type { DiscordSettings } from './config.js';
import { requestMs, uploadMs } from './limits.js';

/** An answer of Discord that is a refusal. `code`: of its JSON error; `status` of HTTP, 429 also for a limit that we already know of. */
export class DiscordRefusal extends Error {
  readonly status: number;
  readonly code: number;
  /** With 429. */
  readonly retryAfterMs: number | undefined;
  readonly isGlobal: boolean;
  /** Codes of the fields that were not accepted: `BASE_TYPE_BAD_LENGTH`. */
  readonly fieldErrors: string;

  constructor(message: string, facts: { status: number; code?: number; retryAfterMs?: number; isGlobal?: boolean; fieldErrors?: string }) {
    super(message);
    this.name = 'DiscordRefusal';
    this.status = facts.status;
    this.code = facts.code ?? 0;
    this.retryAfterMs = facts.retryAfterMs;
    this.isGlobal = facts.isGlobal ?? false;
    this.fieldErrors = facts.fieldErrors ?? '';
  }
}

export interface ApiRequest {
  body?: unknown;
  query?: Record<string, string>;
  files?: { name: string; data: Buffer; contentType: string }[];
}

/** One bot's way to Discord's REST API. Throws `DiscordRefusal`, and what the guarded client throws; never asks twice by itself. */
export interface DiscordApi {
  readonly settings: DiscordSettings;
  /** The underlying client, which the gateway asks for its address with. */
  rest(): Promise<REST>;
  ask(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', route: `/${string}`, request?: ApiRequest): Promise<unknown>;
  /** Ends its housekeeping. */
  close(): void;
}

/** discord.js is loaded with the first request. It keeps each route's bucket and answers for itself when one is empty. */
export function createApi(settings: DiscordSettings, fetch: OutboundFetch): DiscordApi {
  let client: Promise<REST> | undefined;
  const rest = (): Promise<REST> => (client ??= openRest(settings, fetch));
  return {
    settings,
    rest,
    close: () => {
      void client?.then((one) => {
        one.clearHandlerSweeper();
        one.clearHashSweeper();
      });
    },
    ask: async (method, fullRoute, { body, query, files } = {}) => {
      const one = await rest();
      // discord.js forgets a token after a 401; the next request must be refused by Discord, not by it.
      one.setToken(settings.token);
      try {
        return await one.request({
          method: method as never, fullRoute,
          ...(body === undefined ? {} : { body }),
          ...(query === undefined ? {} : { query: new URLSearchParams(query) }),
          ...(files === undefined || files.length === 0 ? {} : { files }),
        });
      } catch (error) {
        throw asRefusal(error) ?? error;
      }
    },
  };
}

async function openRest(settings: DiscordSettings, fetch: OutboundFetch): Promise<REST> {
  const { REST: Client } = await import('discord.js');
  const guarded = asWebFetch(fetch, { timeoutMs: requestMs });
  const uploading = asWebFetch(fetch, { timeoutMs: uploadMs });
  return new Client({
    api: settings.apiUrl, retries: 0, rejectOnRateLimit: () => true, timeout: 3 * requestMs, hashSweepInterval: 0,
    // discord.js would use a client of its own, which knows nothing of refused addresses.
    makeRequest: (url, init) => (init.body instanceof FormData ? uploading : guarded)(url, init as unknown as RequestInit),
  });
}

/** discord.js throws three kinds of errors for answers; told apart by their fields, because its classes are not loaded here. */
export function asRefusal(error: unknown): DiscordRefusal | undefined {
  // What the guarded client throws comes through as it is.
  if (!(error instanceof Error) || error instanceof AppError) return undefined;
  const facts = error as unknown as Record<string, unknown>;
  const status = asNumber(facts['status']);
  const retryAfterMs = asNumber(facts['retryAfter']);
  if (retryAfterMs !== undefined && facts['timeToReset'] !== undefined) {
    return new DiscordRefusal('Discord asks to send more slowly.', { status: 429, retryAfterMs, isGlobal: facts['global'] === true });
  }
  if (status === undefined) return undefined;
  const raw = asObject(facts['rawError']);
  const message = asText(raw?.['message']) ?? `it answered ${status}`;
  const code = asNumber(raw?.['code']);
  const fieldErrors = raw?.['errors'] === undefined ? undefined : JSON.stringify(raw['errors']).slice(0, 2_000);
  return new DiscordRefusal(`Discord: ${message}`, { status, ...(code === undefined ? {} : { code }), ...(fieldErrors === undefined ? {} : { fieldErrors }) });
}
