import { AppError } from '../../errors.js';
import type { OutboundFetch } from '../contract.js';
import { retryAfterMs } from '../lib/outcomes.js';
import { asNumber, asText, field } from '../lib/read-json.js';
import type { BotSettings } from './config.js';

/** Our own token towards channels: for about an hour, renewed five minutes before its end. */
export interface Tokens {
  /** Throws `not_signed_in`, `too_many` (facts: `afterMs`) or what the guarded client throws; nothing of a message has been sent then. */
  get(): Promise<string>;
  /** The channel refused it: the next one is asked for afresh. */
  forget(): void;
}

const beforeEndMs = 5 * 60_000;

export function createTokens(settings: BotSettings, deps: { fetch: OutboundFetch; clock: () => number }): Tokens {
  let known: { token: string; until: number } | undefined;
  let asking: Promise<string> | undefined;

  async function ask(): Promise<string> {
    const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: settings.appId, client_secret: settings.appPassword, scope: settings.scope });
    const { status, headers, body } = await deps.fetch(`${settings.loginUrl}/${settings.tenantId}/oauth2/v2.0/token`, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' }, body: form.toString() });
    const json = parsed(body);
    const token = asText(field(json, 'access_token'));
    if (status === 200 && token !== undefined) {
      known = { token, until: deps.clock() + (asNumber(field(json, 'expires_in')) ?? 3_600) * 1_000 - beforeEndMs };
      return token;
    }
    // The first line names the fault (AADSTS…); the rest are traces.
    const reason = `the sign-in answered ${status}: ${(asText(field(json, 'error_description')) ?? asText(field(json, 'error')) ?? '').split(/\r?\n/u)[0]?.slice(0, 300) ?? ''}`;
    if (status === 400 || status === 401) throw new AppError('not_signed_in', reason);
    if (status === 429) throw new AppError('too_many', reason, { facts: { afterMs: retryAfterMs(headers['retry-after'], deps.clock()) ?? 30_000 } });
    throw new AppError('connection_failed', reason, { facts: { sent: false } });
  }

  return {
    get: () => {
      if (known !== undefined && deps.clock() < known.until) return Promise.resolve(known.token);
      asking ??= ask().finally(() => {
        asking = undefined;
      });
      return asking;
    },
    forget: () => {
      known = undefined;
    },
  };
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
