import { randomBytes } from 'node:crypto';
import type { IrcLine } from 'irc-framework';
import type { InboundEvent } from '../../inbox/model/event.js';
import type { ConnectionHost } from '../contract/abilities.js';
import type { OutboundAddress } from '../lib/open-socket.js';
import { foldName } from './casemap.js';
import type { IrcSettings } from './config.js';
import { Connection } from './connection.js';
import { explain } from './explain.js';
import { limits } from './limits.js';
import { parse, type ParseContext } from './parse.js';
import { People } from './people.js';
import { parameter } from './render.js';
import { accountOf } from './verify.js';

export interface IrcTools {
  addressOf: OutboundAddress;
  /** Only for tests, which cannot wait. */
  timing?: { backoffMinMs?: number; refusedMs?: number; lineEveryMs?: number };
}

const retryStoreMs = 1_000;

/** Keeps one nick on its network until `stop`; what sends and acts finds its connection here. */
export class Holder {
  connection: Connection | undefined;
  /** Why we are not let in, while that is so. */
  refused: string | undefined;
  readonly people = new People();
  private readonly pending: InboundEvent[] = [];
  private draining: Promise<void> | undefined;
  private isStopped = false;
  private failures = 0;
  private count = 0;
  private readonly mark = randomBytes(9).toString('base64url');
  private readonly sleepers = new Set<() => void>();
  private readonly running: Promise<void>;

  constructor(readonly account: { channelId: string; settings: IrcSettings }, private readonly host: ConnectionHost, private readonly tools: IrcTools) {
    this.running = this.run();
  }

  get isOnline(): boolean {
    return this.connection?.isOnline ?? false;
  }

  /** Whether the connection stands, at the latest after a few seconds. */
  async ready(): Promise<boolean> {
    for (let waited = 0; !this.isOnline && this.refused === undefined && !this.isStopped && waited < limits.linkMs; waited += 100) await this.rest(100);
    return this.isOnline;
  }

  poke(): void {
    for (const wake of [...this.sleepers]) wake();
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await this.connection?.quit();
    this.poke();
    await this.running;
    await this.draining;
  }

  private async run(): Promise<void> {
    while (!this.isStopped) {
      try {
        this.afterEnd(await this.once());
      } catch (error) {
        this.afterEnd(error);
      }
      if (!this.isStopped) await this.rest(this.pause());
    }
  }

  private async once(): Promise<unknown> {
    const { settings } = this.account;
    const { lineEveryMs } = this.tools.timing ?? {};
    const connection = await Connection.open(settings, { addressOf: this.tools.addressOf, ...(lineEveryMs === undefined ? {} : { lineEveryMs }), onLine: (line) => this.heard(line) });
    if (this.isStopped) {
      await connection.quit();
      return undefined;
    }
    this.connection = connection;
    this.refused = undefined;
    this.failures = 0;
    for (const channel of settings.channels) connection.raw('JOIN', parameter(channel));
    this.host.report(connection.self.nick === settings.nick ? { state: 'ok' } : { state: 'trouble', text: `The nick ${settings.nick} is taken; we are ${connection.self.nick} until it is free.` });
    return connection.closed();
  }

  private afterEnd(error: unknown): void {
    if (this.isStopped) return;
    const trouble = explain(error, this.account.settings);
    this.failures += 1;
    this.host.log.warn({ channelId: this.account.channelId, failures: this.failures, reason: trouble.text }, 'IRC is not connected');
    this.refused = trouble.isRefused ? trouble.text : undefined;
    if (trouble.isRefused) this.host.report({ state: 'broken', text: trouble.text });
    else if (this.failures > 1) this.host.report({ state: 'trouble', text: trouble.text });
  }

  private pause(): number {
    const { timing } = this.tools;
    if (this.refused !== undefined) return timing?.refusedMs ?? limits.refusedMs;
    const ceiling = Math.min(limits.backoffMaxMs, (timing?.backoffMinMs ?? limits.backoffMinMs) * 2 ** Math.min(this.failures, 16));
    return ceiling / 2 + (Math.random() * ceiling) / 2;
  }

  private heard(line: IrcLine): void {
    const { host, people } = this;
    const context = this.context();
    people.useCasemap(context.casemap);
    const account = accountOf(line.tags);
    if (account !== undefined && line.nick !== '') people.is(line.nick, `account~${foldName(account, context.casemap)}`);
    this.refusedChannel(line);
    const parsed = parse(line, context);
    // Who goes is gone after their last line, and who is renamed keeps being who they were.
    if (line.command === 'NICK') people.renamed(line.nick, line.params[0] ?? '');
    if (line.command === 'QUIT' || (line.command === 'ACCOUNT' && line.params[0] === '*')) people.left(line.nick);
    if (parsed.typing !== undefined) host.typing(parsed.typing);
    this.pending.push(...parsed.events);
    if (this.pending.length > 0) this.draining ??= this.drain();
  }

  private refusedChannel(line: IrcLine): void {
    if (!/^(?:471|473|474|475|403|405|477)$/u.test(line.command) || !this.isOnline) return;
    this.host.report({ state: 'trouble', text: `The channel ${line.params[1] ?? ''} does not let us in (“${(line.params.at(-1) ?? '').slice(0, 200)}”).` });
  }

  private context(): ParseContext {
    const { account: { channelId, settings }, connection, people, host } = this;
    this.count += 1;
    return {
      channelId, receivedAt: host.clock(), network: settings.host.replaceAll(':', '.'), self: connection?.self.nick ?? settings.nick, casemap: connection?.casemap ?? 'rfc1459', mark: `${this.mark}.${this.count}`,
      privateMessages: settings.privateMessages, channelLines: settings.channelLines,
      isChannel: (name) => connection?.isChannel(name) ?? /^[#&+!]/u.test(name),
      personOf: (nick) => people.personOf(nick),
      echoOf: (label, text) => connection?.echoOf(label, text),
    };
  }

  /** Into the ledger, in order; a store that is away is waited for. */
  private async drain(): Promise<void> {
    while (this.pending.length > 0) {
      const batch = this.pending.slice(0, 200);
      try {
        await this.host.sink(batch);
        this.pending.splice(0, batch.length);
      } catch (error) {
        this.host.log.warn({ channelId: this.account.channelId, err: error }, 'the store does not take messages at the moment');
        if (this.isStopped) break;
        await this.rest(retryStoreMs);
      }
    }
    this.draining = undefined;
  }

  private rest(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.sleepers.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      this.sleepers.add(wake);
    });
  }
}
