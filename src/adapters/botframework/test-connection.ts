import { AppError, messageOf } from '../../errors.js';
import type { OutboundFetch } from '../contract.js';
import type { ConnectionReport } from '../contract/abilities.js';
import type { BotSettings } from './config.js';
import type { Tokens } from './tokens.js';
import { readKeys } from './verify.js';

/** Asks for their keys and for our token. Whether messages come can only be seen when one comes. Changes nothing. */
export async function testConnection(settings: BotSettings, deps: { fetch: OutboundFetch; tokens: Tokens }): Promise<ConnectionReport> {
  const steps: ConnectionReport['steps'] = [];
  try {
    const keys = await readKeys(settings, deps.fetch);
    steps.push({ name: 'Keys of the Bot Framework', ok: keys.size > 0, detail: `${keys.size} keys at ${new URL(settings.openIdUrl).host}` });
  } catch (error) {
    steps.push({ name: 'Keys of the Bot Framework', ok: false, detail: messageOf(error) });
  }
  try {
    await deps.tokens.get();
    steps.push({ name: 'App ID and client secret', ok: true, detail: 'a token was given; answers can be sent' });
    steps.push({ name: 'Messages come in', ok: true, detail: 'not to be tested from here: write to the bot ("Test in Web Chat" in the Azure portal)' });
  } catch (error) {
    steps.push({ name: 'App ID and client secret', ok: false, detail: adviceFor(error) });
  }
  return { ok: steps.every(({ ok }) => ok), steps };
}

function adviceFor(error: unknown): string {
  const words = messageOf(error);
  if (!(error instanceof AppError) || error.code !== 'not_signed_in') return words;
  if (words.includes('AADSTS7000215')) return `${words} Copy the value of the client secret, not its id.`;
  if (words.includes('AADSTS7000222')) return `${words} The client secret has run out: make a new one.`;
  if (words.includes('AADSTS700016')) return `${words} The App ID is not known in this tenant: for a single-tenant bot enter its tenant id.`;
  return words;
}
