import { AppError, messageOf } from '../../errors.js';
import type { ConnectionReport } from '../contract/abilities.js';
import { type MastodonClient, wanted } from './client.js';
import { readScopes, readServerFacts } from './server-facts.js';

type Step = ConnectionReport['steps'][number];

/** Asks what a channel would ask: who we are, what the token may do, whether there is news. Changes nothing. */
export async function testConnection(client: MastodonClient, clock: () => number): Promise<ConnectionReport> {
  const steps: Step[] = [];
  const step = async (name: string, ask: () => Promise<Omit<Step, 'name'>>): Promise<boolean> => {
    try {
      steps.push({ name, ...await ask() });
    } catch (error) {
      steps.push({ name, ok: false, detail: adviceFor(error) });
    }
    return steps.at(-1)?.ok === true;
  };
  const signedIn = await step('Signed in', async () => {
    const facts = await readServerFacts(client, clock());
    return { ok: true, detail: `as @${facts.acct}; posts of up to ${facts.textMax} characters` };
  });
  if (signedIn) {
    await step('The token may do what is needed', async () => scopesStep(await readScopes(client)));
    await step('Notifications can be read', async () => {
      wanted(await client('/api/v1/notifications', { query: [['limit', '1']] }), clock());
      return { ok: true, detail: 'mentions and direct messages will come in' };
    });
  }
  return { ok: steps.every(({ ok }) => ok), steps };
}

function scopesStep(scopes: readonly string[] | undefined): Omit<Step, 'name'> {
  if (scopes === undefined) return { ok: true, detail: 'the server does not tell the scopes of a token' };
  const missing = ['read', 'write:statuses', 'write:media', 'write:favourites'].filter((need) => !scopes.includes(need) && !scopes.includes(need.split(':')[0] ?? need));
  return missing.length === 0 ? { ok: true, detail: scopes.join(', ') } : { ok: false, detail: `missing: ${missing.join(', ')}. Change the application's scopes and make a new token.` };
}

function adviceFor(error: unknown): string {
  if (error instanceof AppError && error.code === 'not_signed_in') return `${error.message}. Make a new access token under Preferences → Development.`;
  if (error instanceof AppError && error.code === 'not_found') return `${error.message}. Is this the address of a Mastodon server?`;
  return messageOf(error);
}
