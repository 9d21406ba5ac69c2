import { messageOf } from '../../errors.js';
import { explainSocket } from '../lib/open-socket.js';
import { field } from '../lib/read-json.js';
import type { XmppSettings } from './config.js';

/** `refused`: the account is not let in, and trying again at once would only make it worse. */
export interface Trouble {
  kind: 'refused' | 'conflict' | 'other';
  text: string;
}

const refusals: Record<string, string> = {
  'not-authorized': 'The server does not accept address and password.', 'account-disabled': 'The account is switched off on its server.', 'credentials-expired': 'The password has expired.',
  'invalid-authzid': 'The server does not accept this address.', 'mechanism-too-weak': 'The server asks for a safer way to sign in.',
};

/** What went wrong with a connection, in words that say what to do. */
export function explain(error: unknown, settings: XmppSettings): Trouble {
  const condition = field(error, 'condition');
  const domain = settings.jid.slice(settings.jid.indexOf('@') + 1);
  if (condition === 'conflict') return { kind: 'conflict', text: 'The server gave our place to another session of this account. Is the account connected twice?' };
  if (typeof condition === 'string' && refusals[condition] !== undefined) return { kind: 'refused', text: `${refusals[condition]} Check both in Settings.` };
  if (condition === 'host-unknown') return { kind: 'other', text: `The server does not know the domain ${domain}. Check the address, and the server if one is set.` };
  const where = settings.host === '' ? `the server of ${domain}` : `${settings.host}${settings.port > 0 ? `:${settings.port}` : ''}`;
  return { kind: 'other', text: explainSocket(error, where) ?? `${where}: ${typeof condition === 'string' ? condition : messageOf(error)}` };
}
