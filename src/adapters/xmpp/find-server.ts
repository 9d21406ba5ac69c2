import { resolveSrv } from 'node:dns/promises';
import type { OutboundAddress } from '../lib/open-socket.js';
import type { XmppSettings } from './config.js';
import type { Target } from './secure-socket.js';

/** How `_xmpp-client._tcp` is looked up; tests give their own. */
export type ResolveSrv = (name: string) => Promise<{ name: string; port: number; priority: number; weight: number }[]>;

/** Servers of the account in the order of trying: the one set, or those that the domain names (RFC 6120 §3.2). Asks DNS. */
export async function findServers(settings: XmppSettings, tools: { addressOf: OutboundAddress; resolveSrv?: ResolveSrv }): Promise<Target[]> {
  const domain = settings.jid.slice(settings.jid.indexOf('@') + 1);
  const common = { domain, tls: settings.tls, allowSelfSigned: settings.allowSelfSigned, addressOf: tools.addressOf };
  const port = settings.port || (settings.tls === 'tls' ? 5223 : 5222);
  if (settings.host !== '') return [{ ...common, host: settings.host, port }];
  const named = await servers(`${settings.tls === 'tls' ? '_xmpps-client' : '_xmpp-client'}._tcp.${domain}`, tools.resolveSrv ?? resolveSrv);
  const found = named.filter((each) => each.name !== '' && each.name !== '.').map((each) => ({ ...common, host: each.name, port: each.port }));
  return found.length > 0 ? found.slice(0, 4) : [{ ...common, host: domain, port }];
}

async function servers(name: string, resolve: ResolveSrv): Promise<{ name: string; port: number }[]> {
  try {
    return (await resolve(name)).sort((a, b) => a.priority - b.priority || b.weight - a.weight);
  } catch {
    // No such records, or no DNS: the domain itself is tried, and says what is wrong.
    return [];
  }
}
