import { createHash, createPublicKey, type KeyObject, verify as verifySignature } from 'node:crypto';
import { AppError } from '../../errors.js';
import type { OutboundFetch } from '../contract.js';
import { asList, asNumber, asObject, asText, field } from '../lib/read-json.js';
import type { BotSettings } from './config.js';
import { keys as keyLimits, skewMs } from './limits.js';
import { isServiceUrl } from './service-url.js';

/** What a valid token says. */
export interface Claims {
  serviceUrl: string;
  /** Channels that the key may speak for; empty: any. */
  endorsements: readonly string[];
}

/** Checks the tokens of requests for one registration. */
export interface Verifier {
  /** The claims of a token that is ours, in time and signed; `undefined` for any other. Asks for keys at most. Throws `store_unavailable` when a token that fits cannot be checked because their keys cannot be had. */
  check(header: string | undefined, now: number): Promise<Claims | undefined>;
}

interface Key {
  key: KeyObject;
  endorsements: readonly string[];
}

const digests: Readonly<Record<string, string>> = { RS256: 'RSA-SHA256', RS384: 'RSA-SHA384', RS512: 'RSA-SHA512' };
const checkedMax = 500;

export function createVerifier(settings: BotSettings, fetch: OutboundFetch): Verifier {
  const keyOf = createKeys(settings, fetch);
  /** The connector sends the same token for up to an hour: its signature is looked at once. */
  const checked = new Map<string, { claims: Claims; until: number }>();

  return {
    check: async (header, now) => {
      const token = /^Bearer ([\w-]{1,2000}\.[\w-]{1,6000}\.[\w-]{1,2000})$/u.exec(header ?? '')?.[1];
      if (token === undefined) return undefined;
      const name = createHash('sha256').update(token).digest('base64');
      const known = checked.get(name);
      if (known !== undefined && now < known.until) return known.claims;
      const parts = token.split('.');
      const [head, body] = [decoded(parts[0]), decoded(parts[1])];
      const digest = digests[asText(field(head, 'alg')) ?? ''];
      const until = fits(body, settings, now);
      const kid = asText(field(head, 'kid'));
      const serviceUrl = asText(field(body, 'serviceurl')) ?? asText(field(body, 'serviceUrl'));
      if (digest === undefined || until === undefined || kid === undefined || serviceUrl === undefined) return undefined;
      const found = await keyOf(kid, now);
      if (found === undefined || !verifySignature(digest, Buffer.from(`${parts[0]}.${parts[1]}`), found.key, Buffer.from(parts[2] ?? '', 'base64url'))) return undefined;
      const claims = { serviceUrl, endorsements: found.endorsements };
      if (checked.size >= checkedMax) checked.clear();
      checked.set(name, { claims, until });
      return claims;
    },
  };
}

/** Whether the activity is one that this token may bring: our answer will go to its service URL, with our token. */
export function belongs(activity: unknown, claims: Claims, settings: BotSettings): boolean {
  const serviceUrl = asText(field(activity, 'serviceUrl'));
  if (serviceUrl === undefined || serviceUrl !== claims.serviceUrl || !isServiceUrl(serviceUrl, settings)) return false;
  return claims.endorsements.length === 0 || claims.endorsements.includes(asText(field(activity, 'channelId')) ?? '');
}

/** Until when a token is good; `undefined` when it is not ours, or not in time. */
function fits(body: unknown, settings: BotSettings, now: number): number | undefined {
  const [expires, begins] = [asNumber(field(body, 'exp')), asNumber(field(body, 'nbf')) ?? 0];
  if (field(body, 'iss') !== settings.issuer || field(body, 'aud') !== settings.appId || expires === undefined) return undefined;
  const until = expires * 1_000 + skewMs;
  return now < until && now >= begins * 1_000 - skewMs ? until : undefined;
}

function decoded(part: string | undefined): unknown {
  try {
    return JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function createKeys(settings: BotSettings, fetch: OutboundFetch): (kid: string, now: number) => Promise<Key | undefined> {
  let known: { at: number; keys: Map<string, Key> } | undefined;
  let asking: Promise<Map<string, Key>> | undefined;

  async function ask(now: number): Promise<Map<string, Key>> {
    asking ??= readKeys(settings, fetch).finally(() => {
      asking = undefined;
    });
    const keys = await asking;
    known = { at: now, keys };
    return keys;
  }

  return async (kid, now) => {
    const age = known === undefined ? Infinity : Math.abs(now - known.at);
    const found = known?.keys.get(kid);
    if (found !== undefined && age < keyLimits.keptMs) return found;
    if (age < keyLimits.againMs) return undefined;
    try {
      return (await ask(now)).get(kid);
    } catch (error) {
      // An old key is still theirs; without any, the request has to come again.
      if (found !== undefined) return found;
      throw new AppError('store_unavailable', 'The keys to check this request with cannot be had at the moment.', { cause: error });
    }
  };
}

/** The signing keys as the provider publishes them. Two requests; throws what the guarded client throws. */
export async function readKeys(settings: Pick<BotSettings, 'openIdUrl'>, fetch: OutboundFetch): Promise<Map<string, Key>> {
  const about = await readJson(settings.openIdUrl, fetch);
  const at = asText(field(about, 'jwks_uri'));
  if (at === undefined || new URL(at).host !== new URL(settings.openIdUrl).host) throw new AppError('connection_failed', 'the provider names no keys on its own host');
  const found = new Map<string, Key>();
  for (const row of asList(field(await readJson(at, fetch), 'keys'))) {
    const [kid, n, e] = [asText(field(row, 'kid')), asText(field(row, 'n')), asText(field(row, 'e'))];
    if (kid === undefined || n === undefined || e === undefined) continue;
    found.set(kid, { key: createPublicKey({ key: { kty: 'RSA', n, e }, format: 'jwk' }), endorsements: asList(field(row, 'endorsements')).flatMap((one) => asText(one) ?? []) });
  }
  return found;
}

async function readJson(url: string, guarded: OutboundFetch): Promise<unknown> {
  const { status, body } = await guarded(url, { method: 'GET', headers: { accept: 'application/json' } });
  if (status !== 200) throw new AppError('connection_failed', `${new URL(url).host} answered ${status}`);
  return asObject(JSON.parse(body.toString('utf8')));
}
