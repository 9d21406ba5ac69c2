import { messageOf } from '../../errors.js';
import { explainSocket } from '../lib/open-socket.js';
import type { IrcSettings } from './config.js';
import { Refused } from './connection.js';

/** What went wrong with a connection, in words that say what to do. `isRefused`: trying again at once would only make it worse. */
export function explain(error: unknown, settings: IrcSettings): { isRefused: boolean; text: string } {
  const where = `${settings.host}:${settings.port}`;
  if (error instanceof Refused) {
    const own = error.message === '' ? '' : ` (“${error.message.slice(0, 200)}”)`;
    switch (error.why) {
      case 'password': return { isRefused: true, text: `${where} does not accept the server password${own}.` };
      case 'sasl': return { isRefused: true, text: `${where} does not accept account and password${own}. Check both in Settings.` };
      case 'banned': return { isRefused: true, text: `${where} has banned us${own}.` };
      default: return { isRefused: true, text: `The nick ${settings.nick} cannot be had on ${where}${own}. Choose another one.` };
    }
  }
  if (/bad password|access denied|banned|k-?lined|g-?lined/iu.test(messageOf(error))) return { isRefused: true, text: `${where} does not let us in (“${messageOf(error).slice(0, 200)}”).` };
  return { isRefused: false, text: explainSocket(error, where) ?? `${where}: ${messageOf(error)}` };
}
