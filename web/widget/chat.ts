import { ApiError, type Api } from './api.js';
import { Connection, type Link } from './connection.js';
import { newClientId, openOutbox, type Outbox } from './outbox.js';
import type { Claim, ClientFrame, Config, ServerFrame, Session } from './protocol.js';
import { Sender } from './sender.js';
import type { Store } from './store.js';
import { Timeline } from './timeline.js';

const typingShownMs = 8_000;

export interface ChatOptions {
  api: Api;
  store: Store;
  language: string;
  /** The token lives with the caller, because `api` needs it as well. */
  token: { get(): string | undefined; set(token: string | undefined): void };
  /** Whether the visitor is looking at the messages now. */
  isLooking(): boolean;
  onChange(): void;
}

/** Everything the bubble knows and does, without drawing it. */
export class Chat {
  timeline = new Timeline();
  config: Config | undefined;
  session: Session | undefined;
  link: Link = 'idle';
  person: string | undefined;
  typing: string | undefined;
  /** There are older messages than those shown. */
  more = false;
  /** What was said up to now has been told. */
  isReady = false;
  readonly sender: Sender;

  private readonly outbox: Outbox;
  private readonly connection: Connection;
  private opening: Promise<Session> | undefined;
  private typingTimer = 0;
  private receiptTimer = 0;
  private received = new Map<string, number>();

  constructor(private readonly options: ChatOptions) {
    const { api, store, token, onChange } = options;
    this.outbox = openOutbox(store);
    this.clear();
    this.config = configFrom(store.get('config'));
    this.connection = new Connection({
      api,
      token: token.get,
      cursor: () => this.timeline.cursor(),
      frame: (frame) => this.take(frame),
      link: (link) => this.setLink(link),
      session: () => this.openSession(),
      forget: () => {
        this.opening = undefined;
        this.clear();
      },
    });
    this.sender = new Sender({
      api, onChange,
      outbox: this.outbox,
      timeline: () => this.timeline,
      isConnected: () => this.link === 'socket' || this.link === 'polling',
      viaSocket: (frame) => this.connection.send(frame),
      restart: () => this.connection.restart(),
    });
    store.onChange((key) => { if (key === 'who') this.beginAnew(store.get('token')); });
  }

  /**
   * At page load: a visitor who was here before hears of answers, a new one costs one small request. Throws when this page
   * may not show the bubble; where only the line is down, what was known last time will do.
   */
  async begin(): Promise<void> {
    const hasToken = this.options.token.get() !== undefined;
    const isExpected = this.timeline.pending().length > 0;
    try {
      if (!hasToken) this.keepConfig(await this.options.api.config(this.options.language));
      else if ((await this.openSession()).hasConversations || isExpected) this.connect();
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'offline' || this.config === undefined) throw error;
      if (hasToken || isExpected) this.connect();
    }
    this.options.onChange();
  }

  /** The visitor opens the bubble, or means to write. Tries until it succeeds. */
  connect(): void {
    this.connection.start();
  }

  /** There is a token after this. */
  ready(): Promise<unknown> {
    return this.openSession();
  }

  /** Tries at once instead of after the pause. */
  hurry(): void {
    if (this.link === 'down') this.connection.kick();
  }

  tellTyping(on: boolean): void {
    if (this.isReady && this.timeline.hasOwn()) this.signal({ type: 'typing', on });
  }

  async loadOlder(): Promise<void> {
    const oldest = this.timeline.oldest();
    if (!this.more || oldest === undefined) return;
    this.more = false;
    try {
      const page = await this.options.api.older(`${oldest.conversationId}:${oldest.seq}`);
      for (const message of page.messages) this.timeline.add(message);
      this.more = page.more;
    } catch {
      this.more = true;
    }
    this.options.onChange();
  }

  /** Who the visitor is, as the site says or as they typed it. A site's claim is told to the server once per browser. */
  async identify(claim: Claim): Promise<Session> {
    const { store, token, api } = this.options;
    const text = JSON.stringify([claim.id, claim.email, claim.name, claim.hash]);
    const session = await this.openSession();
    if (claim.id !== undefined && store.get('claim') === text) return session;
    const next = await api.identify(claim);
    this.adopt(next);
    if (claim.id === undefined) {
      // The line speaks with the token it began with.
      this.connection.restart();
    } else {
      store.set('claim', text);
      store.set('who', newClientId());
      this.beginAnew(token.get());
    }
    this.options.onChange();
    return next;
  }

  startProof(): ReturnType<Api['startProof']> {
    return this.options.api.startProof();
  }

  async finishProof(code: string): Promise<'verified' | 'wrong' | 'expired'> {
    const { result, session } = await this.options.api.finishProof(code);
    this.adopt(session);
    this.options.onChange();
    return result;
  }

  /** Forgets the visitor on this device. */
  reset(): void {
    const { store } = this.options;
    for (const { clientId } of this.timeline.pending()) this.outbox.drop(clientId);
    for (const key of ['token', 'claim']) store.remove(key);
    store.set('who', newClientId());
    this.beginAnew(undefined);
  }

  /** Call when the visitor may have come to look at the messages. */
  looked(): void {
    if (!this.options.isLooking() || this.timeline.unread() === 0) return;
    for (const { conversationId, seq } of this.timeline.unreadEnds()) {
      this.timeline.markRead(conversationId, seq);
      this.signal({ type: 'receipt', state: 'read', conversationId, seq });
    }
    this.options.onChange();
  }

  /** Another visitor, or the same with more to see: what was shown is fetched afresh. */
  private beginAnew(token: string | undefined): void {
    this.connection.stop();
    this.options.token.set(token);
    this.opening = undefined;
    this.clear();
    if (token === undefined) this.session = undefined;
    this.options.onChange();
    const isWanted = this.options.isLooking() || (token !== undefined && this.session?.hasConversations === true);
    if (isWanted) this.connect();
    else this.begin().catch((error: unknown) => console.warn('Rapport: no answer', error));
  }

  private clear(): void {
    this.timeline = new Timeline();
    for (const message of this.outbox.load()) this.timeline.addOutgoing(message);
    this.person = this.typing = undefined;
    this.more = this.isReady = false;
    this.received.clear();
  }

  private openSession(): Promise<Session> {
    const { api, language } = this.options;
    if (this.opening !== undefined) return this.opening;
    const token = this.options.token.get();
    const opening = api.session({ language, timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone, ...(token === undefined ? {} : { token }) }).then((session) => {
      if (this.opening === opening) this.adopt(session);
      return session;
    });
    opening.catch(() => { if (this.opening === opening) this.opening = undefined; });
    this.opening = opening;
    return opening;
  }

  private adopt(session: Session): void {
    this.session = session;
    this.keepConfig(session.config);
    this.options.token.set(session.token);
    this.options.store.set('token', session.token);
  }

  private keepConfig(config: Config): void {
    this.config = config;
    this.options.store.set('config', JSON.stringify(config));
  }

  private setLink(link: Link): void {
    this.link = link;
    if (link === 'down') this.typing = undefined;
    this.options.onChange();
  }

  private take(frame: ServerFrame): void {
    switch (frame.type) {
      case 'ready':
        this.isReady = true;
        this.more ||= frame.more;
        this.timeline.caughtUp(frame.cursor);
        this.sender.reconnected();
        break;
      case 'state':
        this.person = frame.person?.name;
        if (frame.email !== undefined && this.session !== undefined) this.session = { ...this.session, email: frame.email };
        this.timeline.setConversations(frame.conversations);
        break;
      case 'message':
        this.takeMessage(frame);
        break;
      case 'ack':
        this.sender.acknowledged(frame.clientId);
        break;
      case 'typing':
        this.showTyping(frame.on ? frame.name : undefined);
        break;
      case 'error':
        if (frame.clientId !== undefined) this.sender.refused(frame.clientId, new ApiError(frame.code, frame.retryAfterMs));
        break;
      case 'pong':
        return;
    }
    this.options.onChange();
    this.looked();
  }

  private takeMessage({ message }: ServerFrame & { type: 'message' }): void {
    if (message.clientId !== undefined) this.outbox.drop(message.clientId);
    if (!this.timeline.add(message) || message.by === 'you') return;
    this.showTyping(undefined);
    this.received.set(message.conversationId, message.seq);
    clearTimeout(this.receiptTimer);
    this.receiptTimer = setTimeout(() => this.tellReceived(), 300);
  }

  /** What was read by now needs no word that it arrived. */
  private tellReceived(): void {
    const unread = new Map(this.timeline.unreadEnds().map(({ conversationId, seq }) => [conversationId, seq]));
    for (const [conversationId, seq] of this.received) {
      if (unread.get(conversationId) === seq) this.signal({ type: 'receipt', state: 'delivered', conversationId, seq });
    }
    this.received.clear();
  }

  private showTyping(name: string | undefined): void {
    clearTimeout(this.typingTimer);
    this.typing = name;
    if (name === undefined) return;
    this.typingTimer = setTimeout(() => {
      this.typing = undefined;
      this.options.onChange();
    }, typingShownMs);
  }

  private signal(frame: ClientFrame): void {
    if (!this.connection.send(frame) && this.link === 'polling') this.options.api.signal(frame).catch((error: unknown) => console.warn('Rapport: not told', error));
  }
}

function configFrom(text: string | undefined): Config | undefined {
  try {
    return JSON.parse(text ?? '') as Config;
  } catch {
    return undefined;
  }
}
