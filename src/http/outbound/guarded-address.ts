import { lookup as systemLookup } from 'node:dns';
import { isIP } from 'node:net';
import { createAddressRules } from './address-rules.js';
import { refused, type Resolve } from './guarded-lookup.js';

/**
 * For connections that are not HTTP: the addresses of a host that may be connected to, in the order of trying. Connect to
 * one of these and never to the name, so that an answer that changes in between gains nothing. Asks DNS. Throws
 * `outbound_refused` for a private or otherwise special address that is not in `allow`, and the system's error for a name
 * that is not found.
 */
export function createGuardedAddress(options: { allow: readonly string[]; resolve?: Resolve }): (host: string, port: number) => Promise<string[]> {
  const rules = createAddressRules(options.allow);
  const resolve = options.resolve ?? systemLookup;
  return async (given, port) => {
    const host = given.replace(/^\[|\]$/g, '').toLowerCase();
    if (!rules.allowsPort(host, port)) throw refused(`${host}:${port}`);
    const found = isIP(host) === 0 ? await look(resolve, host) : [host];
    const allowed = rules.allowsName(host, port) ? found : found.filter((address) => rules.allowsAddress(address, port));
    if (allowed.length === 0) throw refused(host);
    return allowed;
  };
}

function look(resolve: Resolve, host: string): Promise<string[]> {
  return new Promise((done, fail) => {
    resolve(host, { all: true }, (error, addresses) => (error === null ? done(addresses.map(({ address }) => address)) : fail(error)));
  });
}
