import type { Account } from '../contract.js';
import type { ConnectionHost } from '../contract/abilities.js';
import { startPollLoop } from '../lib/poll-loop.js';
import { messageOf } from '../../errors.js';
import type { TokenFacts } from './token.js';

const everyMs = 6 * 3_600_000;
const longestPauseMs = 15 * 60_000;

/**
 * Nothing is connected: four times a day it is asked when the access token ends, so that it is renewed in time, and one
 * that was taken back is noticed before a customer's answer is lost. `also` is done in each round; `poke` brings one about.
 */
export function watchAccount(account: Account, host: ConnectionHost, duties: { readToken: () => Promise<TokenFacts>; also?: () => Promise<void> }): { stop(): Promise<void>; poke(): void } {
  let nextCheckAt = 0;
  return startPollLoop({
    everyMs,
    longestMs: longestPauseMs,
    round: async () => {
      if (host.clock() >= nextCheckAt) {
        report(host, await duties.readToken());
        nextCheckAt = host.clock() + everyMs;
      }
      await duties.also?.();
    },
    failed: (error) => host.log.warn({ channelId: account.channel._id, reason: messageOf(error) }, 'Meta could not be asked about the access token or a profile'),
  });
}

function report(host: ConnectionHost, token: TokenFacts): void {
  switch (token.state) {
    case 'valid': return host.report({ state: 'ok', ...(token.expiresAt === undefined ? {} : { tokenExpiresAt: token.expiresAt }) });
    case 'invalid': return host.report({ state: 'broken', text: token.reason });
    case 'untold': return host.report({ state: 'trouble', text: token.reason });
    default: return token satisfies never;
  }
}
