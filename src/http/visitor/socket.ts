import type { RawData, WebSocket } from 'ws';
import type { VisitorFrame } from '../../adapters/contract/visitors.js';
import { AppError } from '../../errors.js';
import { takeMessage, takeReceipt, takeTyping } from './actions.js';
import { readCursor } from './cursor.js';
import type { VisitorLimits } from './deps.js';
import { faultOf } from './faults.js';
import { VisitorFeed } from './feed.js';
import type { VisitorReply } from './frames.js';
import { usualLimits } from './limits.js';
import { admit, countedAs, type Entrance, type Visitor, type VisitorContext } from './visitor.js';

/** Frames waiting for their turn, and malformed ones, before the socket is closed. */
const waitingMax = 50;
const nonsenseMax = 20;

/** Why we close; browsers see the number. */
const close = { refused: 4403, badToken: 4401, tooMany: 4429, nonsense: 4400, trouble: 1013, goingAway: 1001 } as const;

/** One open socket: `hello` first, then frames both ways, each in its turn. */
export class VisitorSocket {
  private visitor: Visitor | undefined;
  private feed: VisitorFeed | undefined;
  private release: (() => void) | undefined;
  private queue: Promise<void> = Promise.resolve();
  private waiting = 0;
  private nonsense = 0;
  private alive = true;
  private isTyping = false;
  private readonly heartbeat: NodeJS.Timeout;
  private readonly helloTimer: NodeJS.Timeout;
  private readonly unlisten: () => void;
  private readonly times: VisitorLimits;

  constructor(private readonly context: VisitorContext, private readonly entrance: Entrance, private readonly options: { socket: WebSocket; stillAllowed: () => Promise<boolean> }) {
    const { socket } = options;
    this.times = { ...usualLimits, ...context.deps.limits };
    this.heartbeat = setInterval(() => this.beat(), this.times.heartbeatMs);
    this.heartbeat.unref();
    this.helloTimer = setTimeout(() => socket.close(close.badToken), this.times.helloWithinMs);
    this.helloTimer.unref();
    this.unlisten = context.hub.listen(`channel:${entrance.account.channel._id}`, () => this.recheck());
    socket.on('pong', () => { this.alive = true; });
    socket.on('message', (data, isBinary) => this.receive(data, isBinary));
    socket.on('error', (error) => this.context.deps.log.info({ err: error.message }, 'a visitor\'s socket failed'));
    socket.on('close', () => this.end());
  }

  private receive(data: RawData, isBinary: boolean): void {
    this.alive = true;
    const frame = isBinary ? undefined : this.context.deps.webchat.readFrame(parsed(data));
    if (frame === undefined) return this.countNonsense();
    if (this.waiting >= waitingMax) return this.options.socket.close(close.tooMany);
    this.waiting += 1;
    this.queue = this.queue.then(() => this.handle(frame)).finally(() => { this.waiting -= 1; });
  }

  private async handle(frame: VisitorFrame): Promise<void> {
    if (this.options.socket.readyState !== this.options.socket.OPEN) return;
    try {
      await this.answer(frame);
    } catch (error) {
      const { code, retryAfterMs } = faultOf(error, this.context.deps.log);
      this.push({
        type: 'error', code,
        ...(frame.type === 'message' ? { clientId: frame.clientId } : {}),
        ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      });
      if (frame.type === 'hello') this.options.socket.close(code === 'not_signed_in' ? close.badToken : code === 'too_many' ? close.tooMany : close.trouble);
    }
  }

  private async answer(frame: VisitorFrame): Promise<void> {
    if (frame.type === 'ping') return this.push({ type: 'pong' });
    if (frame.type === 'hello') return this.hello(frame);
    const { visitor, context } = this;
    if (visitor === undefined) throw new AppError('not_signed_in', 'hello comes first');
    if (frame.type === 'message') return this.push(await takeMessage(context, visitor, frame));
    if (frame.type === 'typing') {
      this.isTyping = frame.on;
      return takeTyping(context, visitor, frame, this.feed?.newest());
    }
    const own = this.feed?.find(frame.conversationId);
    if (own === undefined) throw new AppError('not_found', 'not this visitor\'s');
    return takeReceipt(context, visitor, frame, own);
  }

  private async hello(frame: VisitorFrame & { type: 'hello' }): Promise<void> {
    if (this.visitor !== undefined) throw new AppError('bad_request', 'hello again');
    const visitor = admit(this.context, this.entrance, frame.token);
    const cursor = frame.cursor === undefined ? undefined : readCursor(frame.cursor);
    if (frame.cursor !== undefined && cursor === undefined) throw new AppError('bad_request', 'not a cursor');
    this.release = this.context.limits.connect(countedAs(visitor));
    clearTimeout(this.helloTimer);
    this.visitor = visitor;
    this.feed = new VisitorFeed(this.context, visitor, {
      ...(cursor === undefined ? {} : { cursor }),
      send: (reply) => this.sendAndWait(reply),
      fail: (error) => this.fail(error),
    });
    await this.feed.start();
  }

  /** The store could not answer: the browser comes back later and misses nothing. */
  private fail(error: unknown): void {
    faultOf(error, this.context.deps.log);
    this.options.socket.close(close.trouble);
  }

  private push(reply: VisitorReply): void {
    const { socket } = this.options;
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(reply));
  }

  private sendAndWait(reply: VisitorReply): Promise<void> {
    const { socket } = this.options;
    if (socket.readyState !== socket.OPEN) return Promise.resolve();
    return new Promise((resolve) => {
      const slow = setTimeout(() => socket.terminate(), this.times.slowAfterMs);
      slow.unref();
      socket.send(JSON.stringify(reply), () => {
        clearTimeout(slow);
        resolve();
      });
    });
  }

  private countNonsense(): void {
    this.nonsense += 1;
    if (this.nonsense > nonsenseMax) this.options.socket.close(close.nonsense);
    else this.push({ type: 'error', code: 'bad_request' });
  }

  private beat(): void {
    if (!this.alive) return this.options.socket.terminate();
    this.alive = false;
    this.options.socket.ping();
  }

  /** The channel's settings changed: is it still on, and this page still on its list? */
  private recheck(): void {
    this.options.stillAllowed().then(
      (allowed) => { if (!allowed) this.options.socket.close(close.refused); },
      (error: unknown) => this.fail(error),
    );
  }

  private end(): void {
    clearInterval(this.heartbeat);
    clearTimeout(this.helloTimer);
    this.unlisten();
    this.release?.();
    this.feed?.stop();
    const own = this.isTyping ? this.feed?.newest() : undefined;
    if (own !== undefined) this.context.deps.typing({ conversationId: own.row._id, identityId: own.identityId, on: false });
  }
}

function parsed(data: RawData): unknown {
  try {
    return JSON.parse(data.toString('utf8'));
  } catch {
    return undefined;
  }
}
