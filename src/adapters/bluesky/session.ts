import type { CredentialSession } from '@atproto/api';
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { AppError, messageOf } from '../../errors.js';
import type { OutboundFetch } from '../contract.js';
import { asText, field } from '../lib/read-json.js';
import { asWebFetch } from '../lib/web-fetch.js';
import type { BlueskySettings } from './config.js';
import { signInPauseMs } from './limits.js';

type Tokens = NonNullable<CredentialSession['session']>;

/** One account's signed-in session, shared by all that ask for it. Sessions are few a day, so they are kept over restarts. */
export interface BlueskySession {
  /** Signed in; the SDK renews the short-lived token by itself. Throws `not_signed_in`, `too_many` (facts: `afterMs`) or what the guarded client throws. */
  get(): Promise<CredentialSession>;
  /** Takes up what was kept before; a session that came since stays. */
  restore(sealed: string | undefined): void;
  /** The tokens, sealed with the app password: what may stand in a cursor. The same text while they are the same. */
  sealed(): string | undefined;
}

export function createSession(settings: BlueskySettings, deps: { fetch: OutboundFetch; clock: () => number }): BlueskySession {
  let kept: Tokens | undefined;
  let sealed: { tokens: Tokens; text: string } | undefined;
  let opening: Promise<CredentialSession> | undefined;
  let refused: { until: number; error: AppError } | undefined;

  async function open(): Promise<CredentialSession> {
    const { CredentialSession: Session } = await import('@atproto/api');
    const session = new Session(new URL(settings.baseUrl), asWebFetch(deps.fetch), (event, tokens) => {
      if (event !== 'network-error') kept = tokens;
      if (event === 'expired') opening = undefined;
    });
    if (kept !== undefined && await resumed(session, kept)) return session;
    try {
      await session.login({ identifier: settings.identifier, password: settings.appPassword });
    } catch (error) {
      throw signInError(error, deps.clock());
    }
    return session;
  }

  return {
    get: async () => {
      if (refused !== undefined && deps.clock() < refused.until) throw refused.error;
      opening ??= open();
      try {
        return await opening;
      } catch (error) {
        opening = undefined;
        if (error instanceof AppError && error.code === 'not_signed_in') refused = { until: deps.clock() + signInPauseMs, error };
        throw error;
      }
    },
    restore: (text) => {
      if (kept !== undefined || text === undefined) return;
      kept = unseal(text, settings);
      if (kept !== undefined) sealed = { tokens: kept, text };
    },
    sealed: () => {
      if (kept !== undefined && sealed?.tokens !== kept) sealed = { tokens: kept, text: seal(kept, settings) };
      return kept === undefined ? undefined : sealed?.text;
    },
  };
}

/** A session that is over is signed in again; one that could not be asked stays as it is. */
async function resumed(session: CredentialSession, tokens: Tokens): Promise<boolean> {
  try {
    await session.resumeSession(tokens);
    return true;
  } catch (error) {
    if (session.session !== undefined && statusOf(error) !== 401 && statusOf(error) !== 400) throw networkError(error);
    return false;
  }
}

function signInError(error: unknown, now: number): AppError {
  const status = statusOf(error);
  const words = messageOf(error);
  if (field(error, 'error') === 'AuthFactorTokenRequired') return new AppError('not_signed_in', 'This is the account\'s own password, which asks for a code: make an app password.', { cause: error });
  if (status === 401 || status === 400) return new AppError('not_signed_in', `the service refused the sign-in: ${words}`, { cause: error });
  if (status === 429) {
    const reset = Number(asText(field(field(error, 'headers'), 'ratelimit-reset'))) * 1_000;
    return new AppError('too_many', `too many sign-ins: ${words}`, { cause: error, facts: { afterMs: Number.isNaN(reset) ? 300_000 : Math.min(3_600_000, Math.max(10_000, reset - now)) } });
  }
  return networkError(error);
}

function statusOf(error: unknown): number | undefined {
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;
  return typeof status === 'number' ? status : undefined;
}

function networkError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof Error && error.cause instanceof AppError) return error.cause;
  return new AppError('connection_failed', messageOf(error), { cause: error, facts: { sent: false } });
}

/** The cursor stands in the store as it is, so tokens in it are sealed: AES-256-GCM, its key from the app password and a salt. */
function seal(tokens: Tokens, settings: BlueskySettings): string {
  const salt = randomBytes(16);
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyOf(settings, salt), nonce);
  const body = Buffer.concat([cipher.update(JSON.stringify(tokens), 'utf8'), cipher.final()]);
  return Buffer.concat([salt, nonce, cipher.getAuthTag(), body]).toString('base64');
}

/** `undefined` for what was sealed with another password, or is none of ours. */
function unseal(sealed: string | undefined, settings: BlueskySettings): Tokens | undefined {
  const bytes = Buffer.from(sealed ?? '', 'base64');
  if (bytes.length < 45) return undefined;
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyOf(settings, bytes.subarray(0, 16)), bytes.subarray(16, 28), { authTagLength: 16 });
    decipher.setAuthTag(bytes.subarray(28, 44));
    const tokens: unknown = JSON.parse(Buffer.concat([decipher.update(bytes.subarray(44)), decipher.final()]).toString('utf8'));
    return typeof field(tokens, 'refreshJwt') === 'string' ? (tokens as Tokens) : undefined;
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}

function keyOf(settings: BlueskySettings, salt: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', settings.appPassword, salt, `bluesky session ${settings.identifier}`, 32));
}
