import type { Capabilities } from '../adapters/contract.js';

/** At most so many sends of one account at once: a platform that hangs holds no more of the workers than this. */
const atOnce = 8;

interface Account {
  underWay: number;
  /** Outbox rows that wait for a place, in order; each once. */
  waiting: Set<string>;
  /** The provider said: not before. */
  closedUntil: number;
  /** Times of the latest sends, newest last: `''` for the account, else by conversation. */
  sent: Map<string, number[]>;
}

/**
 * Keeps each account's sends within the platform's rates and apart from every other account's. Advice only, in memory:
 * what it forgets at a restart the provider says again. Never waits: it says when to come back.
 */
export class Pace {
  private readonly accounts = new Map<string, Account>();

  constructor(private readonly clock: () => number) {}

  /** `now`: go ahead, and call `done` afterwards. A number: not for so many ms. `queued`: `done` of another send hands it back. */
  ask(send: { outboxId: string; channelId: string; conversationId: string }, rates: NonNullable<Capabilities['rates']>): 'now' | 'queued' | number {
    const account = this.of(send.channelId);
    const wait = Math.max(account.closedUntil - this.clock(), ...rates.map((rate) => this.waitFor(account, rate, send)));
    if (wait > 0) return wait;
    if (account.underWay >= atOnce) {
      account.waiting.add(send.outboxId);
      return 'queued';
    }
    account.underWay += 1;
    if (rates.length > 0) this.note(account, send, Math.max(...rates.map((rate) => rate.count)));
    return 'now';
  }

  /** A send has ended. `closedForMs`: the provider wants nothing of this account for so long. Gives back who may go now. */
  done(channelId: string, closedForMs?: number): string | undefined {
    const account = this.of(channelId);
    account.underWay -= 1;
    if (closedForMs !== undefined) account.closedUntil = Math.max(account.closedUntil, this.clock() + closedForMs);
    const [next] = account.waiting;
    if (next !== undefined) account.waiting.delete(next);
    return next;
  }

  private waitFor(account: Account, rate: NonNullable<Capabilities['rates']>[number], send: { conversationId: string }): number {
    const times = account.sent.get(rate.scope === 'account' ? '' : send.conversationId) ?? [];
    const oldest = times.at(-rate.count);
    return oldest === undefined ? 0 : oldest + rate.perMs - this.clock();
  }

  private note(account: Account, send: { conversationId: string }, keep: number): void {
    for (const key of ['', send.conversationId]) {
      const times = account.sent.get(key) ?? [];
      times.push(this.clock());
      if (times.length > keep) times.splice(0, times.length - keep);
      account.sent.delete(key);
      account.sent.set(key, times);
    }
    // The least recently used conversations are forgotten; '' was moved to the end just now.
    for (const key of account.sent.keys()) {
      if (account.sent.size <= 10_000) break;
      account.sent.delete(key);
    }
  }

  private of(channelId: string): Account {
    let account = this.accounts.get(channelId);
    if (account === undefined) this.accounts.set(channelId, account = { underWay: 0, waiting: new Set(), closedUntil: 0, sent: new Map() });
    return account;
  }
}
