import type { Client, IrcLine } from 'irc-framework';
import { AppError } from '../../errors.js';
import type { OutboundAddress } from '../lib/open-socket.js';
import { casemapOf, type Casemap, foldName } from './casemap.js';
import type { IrcSettings } from './config.js';
import { limits } from './limits.js';
import { parameter, type Self } from './render.js';
import { GuardedTransport } from './transport.js';

/** What became of a line. `refused`: the server's number and words. `lost`: written, and nothing came back. */
export type LineEnd = { is: 'taken'; msgid?: string; away?: string } | { is: 'refused'; code: string; text: string } | { is: 'lost' };

interface InFlight {
  target: string;
  text: string;
  messageId: string;
  token: string;
  msgid?: string;
  away?: string;
  settle(end: LineEnd): void;
}

/** Numbers that say that a line went nowhere (https://modern.ircdocs.horse/#numerics). */
const refusals = new Set(['401', '402', '403', '404', '407', '411', '412', '413', '414', '415', '437', '439', '477', '486', '489', '494', '531', '716', '717']);
/** Numbers that end signing in for good. */
const signInRefusals: Record<string, string> = { 464: 'password', 465: 'banned', 904: 'sasl', 902: 'sasl', 905: 'sasl', 432: 'nick' };

/** Thrown when the network does not let us in. */
export class Refused extends Error {
  constructor(readonly why: string, text: string) {
    super(text);
  }
}

/** One connection to a network, from its opening to its end; another one is another object. Lines go out one at a time, paced. */
export class Connection {
  onLine: (line: IrcLine) => void = () => undefined;
  self: Self;
  isOnline = false;
  private readonly ended: Promise<unknown>;
  private tellEnd: (reason: unknown) => void = () => undefined;
  private inFlight: InFlight | undefined;
  private queue: Promise<unknown> = Promise.resolve();
  private readonly written: number[] = [];
  private count = 0;
  private lastWords = '';

  private constructor(readonly client: Client, private readonly settings: IrcSettings, private readonly timing: { lineEveryMs: number }) {
    this.self = { nick: settings.nick, user: '~rapport' };
    this.ended = new Promise((resolve) => (this.tellEnd = resolve));
  }

  /** Connects and signs in, with another nick when ours is taken. Throws `Refused`, or what went wrong with the connection. */
  static async open(settings: IrcSettings, tools: { addressOf: OutboundAddress; lineEveryMs?: number; onLine?: (line: IrcLine) => void }): Promise<Connection> {
    const { default: framework } = await import('irc-framework');
    const client = new framework.Client();
    const connection = new Connection(client, settings, { lineEveryMs: tools.lineEveryMs ?? limits.lineEveryMs });
    if (tools.onLine !== undefined) connection.onLine = tools.onLine;
    client.requestCap(['echo-message', 'labeled-response', 'draft/message-redaction', 'draft/typing']);
    try {
      await connection.signIn(tools.addressOf);
    } catch (error) {
      connection.drop();
      throw error;
    }
    return connection;
  }

  get casemap(): Casemap {
    return casemapOf(this.client.network.options['CASEMAPPING']);
  }

  isChannel(name: string): boolean {
    return /^[#&+!]/u.test(name) && this.client.network.isChannelName(name);
  }

  hasCap(cap: string): boolean {
    return this.client.network.cap.isEnabled(cap);
  }

  /** Our message behind a line of ours that the server sends back. */
  echoOf(label: string | undefined, text: string): string | undefined {
    const { inFlight } = this;
    return inFlight !== undefined && (label === inFlight.token || text === inFlight.text) ? inFlight.messageId : undefined;
  }

  /** Writes a command that nobody waits for. */
  raw(...parts: string[]): void {
    this.client.raw(...parts);
  }

  /** Says one line when it is its turn, and waits until the server has dealt with it. Throws `connection_failed` before writing. */
  say(line: { target: string; text: string; messageId: string }): Promise<LineEnd> {
    const turn = this.queue.then(async () => {
      await this.pace();
      if (!this.isOnline) throw new AppError('connection_failed', 'The connection to the IRC server is down.', { facts: { sent: false } });
      return this.write(line);
    });
    this.queue = turn.catch(() => undefined);
    return turn;
  }

  /** Resolves with what ended the connection. */
  closed(): Promise<unknown> {
    return this.ended;
  }

  /** Says goodbye, and waits for the end. */
  async quit(): Promise<void> {
    if (!this.isOnline) {
      this.drop();
      return;
    }
    this.client.quit('Closed');
    const timer = setTimeout(() => this.drop(), 1_000);
    await this.ended;
    clearTimeout(timer);
  }

  drop(): void {
    this.client.connection.end(null, true);
    this.finish(new Error('the connection was dropped'));
  }

  private async signIn(addressOf: OutboundAddress): Promise<void> {
    const { client, settings } = this;
    const account = settings.account === '' ? settings.nick : settings.account;
    let timer: NodeJS.Timeout | undefined;
    const registered = new Promise<void>((resolve, reject) => {
      let tries = 0;
      timer = setTimeout(() => reject(Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' })), limits.signInMs);
      void this.ended.then((reason) => reject(reason instanceof Error ? reason : new Error(String(reason))));
      client.use((_client, raw) => raw.use((_command, line, _raw, _self, next) => {
        const refusal = this.isOnline ? undefined : signInRefusals[line.command];
        if (line.command === '001') {
          this.begun(line.params[0] ?? settings.nick);
          resolve();
        } else if (!this.isOnline && (line.command === '433' || line.command === '437')) {
          tries += 1;
          if (tries > limits.nickTries) reject(new Refused('nick', line.params.at(-1) ?? ''));
          else client.changeNick(`${settings.nick.slice(0, 24)}${'_'.repeat(tries)}`);
        } else if (refusal !== undefined) reject(new Refused(refusal, line.params.at(-1) ?? ''));
        this.heard(line);
        next();
      }));
    });
    client.on('socket close', (error: unknown) => this.finish(error instanceof Error ? error : new Error(this.lastWords === '' ? 'the server closed the connection' : this.lastWords)));
    client.connect({
      transport: class extends GuardedTransport {
        constructor() {
          super({ settings, addressOf });
        }
      },
      host: settings.host, port: settings.port, nick: settings.nick, username: 'rapport', gecos: settings.realName === '' ? settings.nick : settings.realName,
      auto_reconnect: false, version: '', enable_echomessage: true, ping_interval: limits.pingEveryMs / 1_000, ping_timeout: (limits.pingEveryMs * 2) / 1_000,
      ...(settings.serverPassword === '' ? {} : { password: settings.serverPassword }),
      account: settings.password === '' ? {} : { account, password: settings.password },
    });
    await registered.finally(() => clearTimeout(timer));
  }

  private begun(nick: string): void {
    this.self = { ...this.self, nick };
    this.isOnline = true;
  }

  /** A burst may go out at once; then each line waits for its time. */
  private async pace(): Promise<void> {
    const { burstLines } = limits;
    const now = performance.now();
    const before = this.written.at(-burstLines);
    const wait = before === undefined ? 0 : before + burstLines * this.timing.lineEveryMs - now;
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    this.written.push(performance.now());
    if (this.written.length > burstLines) this.written.shift();
  }

  private write(line: { target: string; text: string; messageId: string }): Promise<LineEnd> {
    return new Promise((resolve) => {
      const token = `r${(this.count += 1)}`;
      const settle = (end: LineEnd): void => {
        clearTimeout(timer);
        this.inFlight = undefined;
        resolve(end);
      };
      const timer = setTimeout(() => settle({ is: 'lost' }), limits.confirmMs);
      this.inFlight = { ...line, token, settle };
      const tag = this.hasCap('labeled-response') ? `@label=${token} ` : '';
      this.client.connection.write(`${tag}PRIVMSG ${parameter(line.target)} :${line.text}`);
      this.client.connection.write(`PING ${token}`);
    });
  }

  private heard(line: IrcLine): void {
    const { inFlight } = this;
    const isSelf = line.nick !== '' && foldName(line.nick, this.casemap) === foldName(this.self.nick, this.casemap);
    if (line.command === 'ERROR') this.lastWords = line.params.at(-1) ?? '';
    if (isSelf && line.hostname !== '' && (line.command === 'JOIN' || line.command === 'PRIVMSG')) this.self = { nick: this.self.nick, user: line.ident, host: line.hostname };
    if (isSelf && line.command === 'NICK') this.self = { ...this.self, nick: line.params[0] ?? this.self.nick };
    this.onLine(line);
    if (inFlight === undefined) return;
    if (line.command === 'PONG' && line.params.at(-1) === inFlight.token) inFlight.settle({ is: 'taken', ...(inFlight.msgid === undefined ? {} : { msgid: inFlight.msgid }), ...(inFlight.away === undefined ? {} : { away: inFlight.away }) });
    else if (refusals.has(line.command)) inFlight.settle({ is: 'refused', code: line.command, text: line.params.at(-1) ?? '' });
    else if (line.command === '301') inFlight.away = line.params.at(-1) ?? '';
    else if (isSelf && line.command === 'PRIVMSG' && line.tags['msgid'] !== undefined && this.echoOf(line.tags['label'], line.params.at(-1) ?? '') !== undefined) inFlight.msgid = line.tags['msgid'];
  }

  private finish(reason: unknown): void {
    this.isOnline = false;
    this.inFlight?.settle({ is: 'lost' });
    this.tellEnd(reason);
  }
}
