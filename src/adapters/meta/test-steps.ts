import type { OutboundFetch } from '../contract.js';
import type { ConnectionReport } from '../contract/abilities.js';
import type { CommonSettings } from './config.js';
import { readToken } from './token.js';

/** Whether the token is good, till when, and whether it may do what the channel needs. Proves app id and secret along the way. */
export async function tokenStep(deps: { fetch: OutboundFetch }, settings: CommonSettings, scopes: readonly string[]): Promise<ConnectionReport['steps'][number]> {
  const name = 'Access token';
  const token = await readToken(deps.fetch, settings);
  if (token.state === 'invalid') return { name, ok: false, detail: `${token.reason}. Make a new one and put it in here.` };
  if (token.state === 'untold') return { name, ok: false, detail: `${token.reason}. Are app id and app secret those of the app that the token was made with?` };
  const missing = scopes.filter((scope) => !token.scopes.includes(scope));
  if (missing.length > 0) return { name, ok: false, detail: `It lacks ${missing.join(', ')}. Make a new one with these permissions.` };
  return { name, ok: true, detail: token.expiresAt === undefined ? 'Valid, without an end.' : `Valid until ${new Date(token.expiresAt).toISOString().slice(0, 10)}.` };
}
