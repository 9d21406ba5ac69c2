import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../../errors.js';
import { hashToken } from './tokens.js';

/** Every limit of the API. Each method throws `too_many` (facts: `retryAfterSeconds`) beyond it. */
export interface RateLimits {
  /** 5 a minute for one account, whoever asks, and 20 a minute for one address. */
  signIn(email: string, ip: string): Promise<void>;
  /** A right password makes the account's count start anew. */
  signedIn(email: string): Promise<void>;
  /** Set-up tokens, invites and other one-time links: 20 a minute for one address. */
  oneTimeLink(ip: string): Promise<void>;
  /** Requests of one session or key. */
  request(who: string): Promise<void>;
}

export function createRateLimits(options: { apiPerMinute: number }): RateLimits {
  const account = new RateLimiterMemory({ points: 5, duration: 60 });
  const address = new RateLimiterMemory({ points: 20, duration: 60 });
  const link = new RateLimiterMemory({ points: 20, duration: 60 });
  const api = new RateLimiterMemory({ points: options.apiPerMinute, duration: 60 });
  return {
    async signIn(email, ip) {
      await consume(address, ip);
      await consume(account, hashToken(email));
    },
    async signedIn(email) {
      await account.delete(hashToken(email));
    },
    oneTimeLink: (ip) => consume(link, ip),
    request: (who) => consume(api, who),
  };
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    const retryAfterSeconds = Math.ceil(refusal.msBeforeNext / 1000);
    throw new AppError('too_many', `Too many tries. Again in ${retryAfterSeconds} s.`, { facts: { retryAfterSeconds } });
  }
}
