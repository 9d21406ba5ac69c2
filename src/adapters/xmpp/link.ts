import { randomBytes, randomUUID } from 'node:crypto';
import type { Client, Transport, XmlElement } from '@xmpp/client';
import { AppError } from '../../errors.js';
import type { XmppSettings } from './config.js';
import { findServers, type ResolveSrv } from './find-server.js';
import { limits } from './limits.js';
import { SecureSocket, type Target } from './secure-socket.js';
import { attr, element, ns, type Stanza } from './stanza.js';
import type { OutboundAddress } from '../lib/open-socket.js';

/** What the server made of a stanza. `taken`: it has it. `unknown`: written, and nothing came back. Else the error, or the room's copy. */
export type Confirmation = { is: 'taken' | 'unknown' } | { is: 'error' | 'reflected'; stanza: Stanza };

export interface LinkTools {
  addressOf: OutboundAddress;
  resolveSrv?: ResolveSrv;
  confirmMs?: number;
}

interface Waiting {
  id: string;
  isRoom: boolean;
  settle(end: Confirmation): void;
}

const smNs = 'urn:xmpp:sm:3';

/** One account's session over all its connections: opening one again goes on where the last one broke off, if the server can. */
export class Link {
  /** Set by whoever opens the link; called for every stanza, in order. */
  onStanza: (stanza: Stanza) => void = () => undefined;
  /** The server has a stanza after all, about which `confirm` had given up. */
  onLate: (stanza: Stanza) => void = () => undefined;
  lastError: unknown;
  private readonly waiting = new Map<Stanza, Waiting>();
  private readonly given = new Set<Stanza>();
  private isOpen = false;
  private plain: Transport | undefined;

  private constructor(private readonly client: Client, private readonly toXml: (stanza: Stanza) => XmlElement, private readonly settings: XmppSettings, private readonly tools: LinkTools) {
    client.on('error', (error: unknown) => (this.lastError = error));
    client.on('disconnect', () => (this.isOpen = false));
    // The library forgets to count answers to questions (its caller takes them before its counter): the server would think them lost.
    client.prependListener('element', (stanza: XmlElement) => {
      if (stanza.name === 'iq' && client.iqCaller.handlers.has(attr(stanza, 'id') ?? '') && /^(?:result|error)$/u.test(attr(stanza, 'type') ?? '')) client.streamManagement.inbound += 1;
    });
    client.on('stanza', (stanza: XmlElement) => this.heard(stanza));
    client.streamManagement.on('ack', (stanza: XmlElement) => this.acknowledged(stanza));
    client.streamManagement.on('fail', (stanza: XmlElement) => {
      this.given.delete(stanza);
      this.waiting.get(stanza)?.settle({ is: 'unknown' });
    });
  }

  /** Loads the SDK; connects nothing yet. */
  static async make(settings: XmppSettings, tools: LinkTools): Promise<Link> {
    const { client, xml } = await import('@xmpp/client');
    const at = settings.jid.indexOf('@');
    const [username, domain] = [settings.jid.slice(0, at), settings.jid.slice(at + 1)];
    const agentId = randomUUID();
    const made = client({
      service: 'xmpp://server.invalid', domain, username, timeout: 5_000, resource: `rapport-${randomBytes(6).toString('hex')}`,
      credentials: async (authenticate, mechanisms, _fast, entity) => {
        const usable = mechanisms.filter((each) => each !== 'ANONYMOUS' && (each !== 'PLAIN' || entity.isSecure()));
        if (usable[0] === undefined) throw new AppError('connection_failed', 'The server offers no way to sign in that is safe without encryption.');
        await authenticate({ username, password: settings.password }, usable[0], xml('user-agent', { id: agentId }));
      },
    });
    made.reconnect.stop();
    Object.assign(made.streamManagement, { timeout: limits.deadLinkMs, requestAckDebounce: 10 });
    const toXml = (stanza: Stanza): XmlElement => xml(stanza.name, stanza.attrs, ...stanza.children.map((each) => (typeof each === 'string' ? each : toXml(each))));
    return new Link(made, toXml, settings, tools);
  }

  get isOnline(): boolean {
    return this.isOpen;
  }

  /** Connects and signs in. `resumed`: nothing was lost, and nothing needs to be asked for again. Throws what went wrong. */
  async open(): Promise<'new' | 'resumed'> {
    let failure: unknown = new Error('no server');
    for (const target of await findServers(this.settings, this.tools)) {
      try {
        return await this.openAt(target);
      } catch (error) {
        failure = error;
        await this.drop();
        if (!isUnreachable(error)) break;
      }
    }
    throw failure;
  }

  /** Resolves when the connection is gone, with what was the matter. */
  async closed(): Promise<unknown> {
    if (this.isOpen) await new Promise<void>((resolve) => this.client.once('disconnect', () => resolve()));
    return this.lastError ?? Object.assign(new Error('the connection broke'), { code: 'ECONNRESET' });
  }

  /** Ends the connection, not the session: `open` may go on with it. */
  async drop(): Promise<void> {
    this.isOpen = false;
    await this.client.disconnect().catch(() => undefined);
  }

  /** Says goodbye: the session is over, whoever waits is told that nobody knows. */
  async stop(): Promise<void> {
    if (this.isOpen) await this.client.send(this.toXml(element('presence', { type: 'unavailable' }))).catch(() => undefined);
    this.isOpen = false;
    await this.client.stop().catch(() => undefined);
  }

  /** Writes what needs no answer. Throws `connection_failed` (facts: `sent: false`) when the link is down. */
  async send(stanza: Stanza): Promise<void> {
    if (!this.isOpen) throw new AppError('connection_failed', 'The connection to the XMPP server is down.', { facts: { sent: false } });
    await this.client.send(this.toXml(stanza));
  }

  /** Writes a message, and waits until the server has it, sends it back, or (`room`) the room has said it. Throws as `send`. */
  async confirm(stanza: Stanza, options: { room: boolean }): Promise<Confirmation> {
    if (!this.isOpen) throw new AppError('connection_failed', 'The connection to the XMPP server is down.', { facts: { sent: false } });
    const written = this.toXml(stanza);
    return new Promise<Confirmation>((resolve) => {
      const settle = (end: Confirmation): void => {
        clearTimeout(timer);
        this.waiting.delete(written);
        resolve(end);
      };
      const timer = setTimeout(() => {
        this.given.add(written);
        settle({ is: 'unknown' });
      }, this.tools.confirmMs ?? limits.confirmMs);
      this.waiting.set(written, { id: attr(stanza, 'id') ?? '', isRoom: options.room, settle });
      this.client.send(written).then(() => this.barrier(written, options.room), () => settle({ is: 'unknown' }));
    });
  }

  /** Asks the server or somebody else. Throws the error that came back (`condition`), or for no answer. */
  async request(type: 'get' | 'set', to: string | undefined, content: Stanza, timeoutMs: number = limits.requestMs): Promise<Stanza> {
    if (!this.isOpen) throw new AppError('connection_failed', 'The connection to the XMPP server is down.', { facts: { sent: false } });
    return this.client.iqCaller.request(this.toXml(element('iq', { type, to }, content)), timeoutMs);
  }

  private async openAt(target: Target): Promise<'new' | 'resumed'> {
    this.lastError = undefined;
    this.useTransport(target);
    const { client } = this;
    const signedIn = this.signedIn();
    signedIn.catch(() => undefined);
    const opening = client.connect('xmpp://server.invalid').then(() => client.open({ domain: target.domain, lang: 'en' })).then(() => signedIn);
    opening.catch(() => undefined);
    // The library's own steps wait for their time even when the connection is gone.
    const way = await Promise.race([signedIn, opening]);
    this.isOpen = true;
    return way;
  }

  /** The library's transport with our socket in it. */
  private useTransport(target: Target): void {
    const plain = (this.plain ??= this.client.transports.find((each) => each.prototype.socketParameters('xmpp://server.invalid') !== undefined));
    if (plain === undefined) throw new AppError('bug', '@xmpp/client has no TCP transport');
    const Guarded = class extends (plain as unknown as new () => object) {} as unknown as Transport;
    Object.assign(Guarded.prototype, { Socket: SecureSocket, Parser: plain.prototype.Parser, NS: 'jabber:client', socketParameters: () => target });
    this.client.transports = [Guarded];
  }

  /** Bound and, where the server has it, with stream management; only then does anything we send count. */
  private signedIn(): Promise<'new' | 'resumed'> {
    const { client } = this;
    return new Promise((resolve, reject) => {
      let offers = false;
      let bound = false;
      const settle = (act: () => void): void => {
        clearTimeout(timer);
        client.off('online', online).off('error', failed).off('disconnect', lost).off('nonza', nonza);
        client.streamManagement.off('resumed', resumed);
        act();
      };
      const failed = (error: unknown): void => settle(() => reject(error instanceof Error ? error : new Error(String(error))));
      const lost = (): void => failed(this.lastError ?? Object.assign(new Error('the server closed the connection'), { code: 'ECONNRESET' }));
      const resumed = (): void => settle(() => resolve('resumed'));
      const done = (): void => settle(() => setImmediate(resolve, 'new'));
      const online = (): void => {
        bound = true;
        setImmediate(() => (client.streamManagement.enabled || !offers) && done());
      };
      const nonza = (each: XmlElement): void => {
        if (each.name === 'stream:features') offers = each.children.some((one) => typeof one === 'object' && one.attrs['xmlns'] === smNs && one.name === 'sm');
        else if (bound && each.attrs['xmlns'] === smNs && (each.name === 'enabled' || each.name === 'failed')) done();
      };
      const timer = setTimeout(() => failed(Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' })), limits.signInMs);
      client.on('online', online).on('error', failed).on('disconnect', lost).on('nonza', nonza);
      client.streamManagement.on('resumed', resumed);
    });
  }

  /** Without stream management an answer to a ping says the same: a server takes stanzas in their order. */
  private barrier(written: XmlElement, room: boolean): void {
    if (room || this.client.streamManagement.enabled) return;
    this.request('get', undefined, element('ping', { xmlns: ns.ping })).then(() => this.waiting.get(written)?.settle({ is: 'taken' }), (error: unknown) => {
      // Any answer at all will do.
      this.waiting.get(written)?.settle({ is: (error as { condition?: unknown }).condition === undefined ? 'unknown' : 'taken' });
    });
  }

  private acknowledged(written: XmlElement): void {
    const waiting = this.waiting.get(written);
    if (waiting !== undefined && !waiting.isRoom) waiting.settle({ is: 'taken' });
    if (this.given.delete(written)) this.onLate(written);
  }

  private heard(stanza: XmlElement): void {
    const id = attr(stanza, 'id');
    const type = attr(stanza, 'type');
    if (stanza.name === 'message' && id !== undefined && (type === 'error' || type === 'groupchat')) {
      for (const waiting of this.waiting.values()) {
        if (waiting.id !== id || (type === 'groupchat' && !waiting.isRoom)) continue;
        waiting.settle({ is: type === 'error' ? 'error' : 'reflected', stanza });
        if (type === 'error') return;
      }
    }
    this.onStanza(stanza);
  }
}

function isUnreachable(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return code === 'ECONNREFUSED' || code === 'ETIMEDOUT' || code === 'EHOSTUNREACH' || code === 'ENETUNREACH' || code === 'ENOTFOUND';
}
