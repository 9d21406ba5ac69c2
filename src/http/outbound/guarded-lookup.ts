import { lookup as systemLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import type { buildConnector } from 'undici';
import { AppError } from '../../errors.js';
import type { AddressRules } from './address-rules.js';

export type Resolve = (host: string, options: LookupOptions & { all: true }, done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void) => void;

const connectMs = 5000;

/**
 * Connects for undici, and decides at the last moment: the very addresses that are checked are the ones connected to, so
 * that a name whose answer changes in between gains nothing. Throws `outbound_refused`.
 */
export function guardedConnector(build: typeof buildConnector, rules: AddressRules, resolve: Resolve = systemLookup): buildConnector.connector {
  return (options, callback) => {
    const host = options.hostname.replace(/^\[|\]$/g, '').toLowerCase();
    const port = Number(options.port) || (options.protocol === 'https:' ? 443 : 80);
    // A literal address is never looked up, so that the check below would not see it.
    if (isIP(host) !== 0 && !rules.allowsAddress(host, port)) {
      callback(refused(host), null);
      return;
    }
    const connect = build({ timeout: connectMs, lookup: guardedLookup({ rules, port, resolve }), autoSelectFamily: true });
    connect(options, callback);
  };
}

function guardedLookup(guard: { rules: AddressRules; port: number; resolve: Resolve }): LookupFunction {
  const { rules, port, resolve } = guard;
  return (host, options, done) => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      if (error) {
        done(error, '');
        return;
      }
      const listed = rules.allowsName(host.toLowerCase(), port);
      const allowed = addresses.filter(({ address }) => listed || rules.allowsAddress(address, port));
      const first = allowed[0];
      if (!first) done(refused(host), '');
      else if (options.all) done(null, allowed);
      else done(null, first.address, first.family);
    });
  };
}

export function refused(host: string): AppError {
  return new AppError('outbound_refused', `${host} is not an address on the open net. If it is meant, list it in OUTBOUND_ALLOW.`, { facts: { host } });
}
