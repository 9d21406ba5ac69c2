import type { ConnectionHost } from '../contract/abilities.js';
import { messageOf } from '../../errors.js';
import type { XmppSettings } from './config.js';
import { explain } from './explain.js';
import { Link, type LinkTools } from './link.js';
import { limits } from './limits.js';
import { Session } from './session.js';

/** Waiting times that tests shorten, in milliseconds. */
export interface XmppTiming {
  backoffMinMs: number;
  refusedMs: number;
  linkMs: number;
}

export interface HoldDeps extends LinkTools {
  timing?: Partial<XmppTiming>;
  crashAt?: (point: string) => void;
}

/** Keeps one account connected until `stop`; what sends and acts finds its link here. */
export class Holder {
  link: Link | undefined;
  session: Session | undefined;
  /** Why the account is not let in, while that is so. */
  refused: string | undefined;
  private isStopped = false;
  private wake: (() => void) | undefined;
  private failures = 0;
  private readonly waiters = new Set<() => void>();
  private readonly running: Promise<void>;

  constructor(private readonly account: { channelId: string; settings: XmppSettings }, private readonly host: ConnectionHost, private readonly deps: HoldDeps) {
    this.running = this.run().catch((error: unknown) => {
      host.report({ state: 'trouble', text: messageOf(error) });
      host.log.warn({ channelId: account.channelId, err: error }, 'an XMPP connection is given up');
    });
  }

  /** Whether the link stands, at the latest after a few seconds. */
  async ready(): Promise<boolean> {
    if (this.isOnline || this.refused !== undefined || this.isStopped) return this.isOnline;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.waiters.delete(done);
        resolve();
      };
      const timer = setTimeout(done, this.deps.timing?.linkMs ?? limits.linkMs);
      this.waiters.add(done);
    });
    return this.isOnline;
  }

  private get isOnline(): boolean {
    return this.link?.isOnline ?? false;
  }

  poke(): void {
    this.wake?.();
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    this.wake?.();
    await this.session?.stop();
    await this.link?.stop();
    this.tellWaiters();
    await this.running;
  }

  private async run(): Promise<void> {
    const { account, host, deps } = this;
    this.link = await Link.make(account.settings, deps);
    this.session = new Session({ ...account, host, link: this.link, crashAt: deps.crashAt ?? (() => undefined) });
    while (!this.isStopped) {
      const pause = await this.once(this.link, this.session).then((end) => this.pauseAfter(end), (error: unknown) => this.pauseAfter(error));
      if (!this.isStopped) await this.rest(pause);
    }
  }

  /** One connection, from its opening to its end; resolves with what ended it. */
  private async once(link: Link, session: Session): Promise<unknown> {
    const way = await link.open();
    this.refused = undefined;
    this.tellWaiters();
    if (way === 'new') await session.begin();
    this.failures = 0;
    this.host.report({ state: 'ok' });
    return link.closed();
  }

  private pauseAfter(error: unknown): number {
    if (this.isStopped) return 0;
    const { settings, channelId } = this.account;
    const trouble = explain(error, settings);
    this.failures += 1;
    this.host.log.warn({ channelId, failures: this.failures, reason: trouble.text }, 'XMPP is not connected');
    void this.link?.drop();
    // A lost connection is followed by a new one at once; only what stays away is worth telling.
    if (trouble.kind === 'other') {
      if (this.failures > 1) this.host.report({ state: 'trouble', text: trouble.text });
      const ceiling = Math.min(limits.backoffMaxMs, (this.deps.timing?.backoffMinMs ?? limits.backoffMinMs) * 2 ** Math.min(this.failures - 1, 16));
      return ceiling / 2 + (Math.random() * ceiling) / 2;
    }
    this.refused = trouble.text;
    this.tellWaiters();
    this.host.report({ state: 'broken', text: trouble.text });
    return this.deps.timing?.refusedMs ?? limits.refusedMs;
  }

  private rest(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private tellWaiters(): void {
    for (const done of [...this.waiters]) done();
  }
}
