import { ApiError, type Api } from './api.js';
import type { Outbox, Outgoing } from './outbox.js';
import type { ClientFrame, Upload } from './protocol.js';
import { newClientId } from './outbox.js';
import type { Timeline } from './timeline.js';

const ackWithinMs = 15_000;
/** Refusals that trying again does not mend. */
const hopeless = new Set(['bad_request', 'not_found', 'too_large', 'gone', 'forbidden', 'unsupported_media']);

export interface SenderHost {
  api: Api;
  outbox: Outbox;
  timeline(): Timeline;
  isConnected(): boolean;
  /** `false`: there is no open socket. */
  viaSocket(frame: ClientFrame): boolean;
  /** No answer came: the line is dead whatever it looks like. */
  restart(): void;
  onChange(): void;
}

/** Gets what the visitor wrote to the server: in order, for as long as it takes, and never twice (the client id sees to that). */
export class Sender {
  private isFlushing = false;
  private retryTimer = 0;

  constructor(private readonly host: SenderHost) {}

  add(text: string, uploads: Upload[]): void {
    const message: Outgoing = { clientId: newClientId(), text, uploads, at: Date.now(), state: 'waiting' };
    this.host.outbox.keep(message);
    this.host.timeline().addOutgoing(message);
    this.host.onChange();
    void this.flush();
  }

  retry(clientId: string): void {
    this.mark(clientId, 'waiting');
    void this.flush();
  }

  discard(clientId: string): void {
    this.host.outbox.drop(clientId);
    this.host.timeline().removeOutgoing(clientId);
    this.host.onChange();
  }

  /** A new line is up: what had no answer on the old one goes again. */
  reconnected(): void {
    for (const { clientId, state } of this.host.timeline().pending()) if (state === 'sending') this.mark(clientId, 'waiting');
    void this.flush();
  }

  acknowledged(clientId: string): void {
    this.host.outbox.drop(clientId);
    this.mark(clientId, 'sent');
  }

  refused(clientId: string, { code, retryAfterMs }: ApiError): void {
    if (hopeless.has(code)) {
      this.mark(clientId, 'failed');
      const message = this.host.timeline().pending().find((pending) => pending.clientId === clientId);
      if (message !== undefined) this.host.outbox.keep(message);
      return;
    }
    this.mark(clientId, 'waiting');
    clearTimeout(this.retryTimer);
    this.retryTimer = setTimeout(() => void this.flush(), Math.min(retryAfterMs ?? 5_000, 60_000));
  }

  /** Over the socket all at once, over the routes one by one. */
  private async flush(): Promise<void> {
    if (this.isFlushing) return;
    this.isFlushing = true;
    try {
      for (let next = this.nextWaiting(); next !== undefined; next = this.nextWaiting()) {
        if (!(await this.transmit(next))) return;
      }
    } finally {
      this.isFlushing = false;
    }
  }

  private nextWaiting(): Outgoing | undefined {
    return this.host.isConnected() ? this.host.timeline().pending().find(({ state }) => state === 'waiting') : undefined;
  }

  private async transmit({ clientId, text, uploads }: Outgoing): Promise<boolean> {
    const frame = { type: 'message' as const, clientId, text, uploads: uploads.map(({ handle }) => handle) };
    this.mark(clientId, 'sending');
    if (this.host.viaSocket(frame)) {
      setTimeout(() => { if (this.isUnderWay(clientId)) this.host.restart(); }, ackWithinMs);
      return true;
    }
    try {
      await this.host.api.message(frame);
      this.acknowledged(clientId);
      return true;
    } catch (error) {
      this.refused(clientId, error instanceof ApiError ? error : new ApiError('offline'));
      return false;
    }
  }

  private isUnderWay(clientId: string): boolean {
    return this.host.timeline().pending().some((message) => message.clientId === clientId && message.state === 'sending');
  }

  private mark(clientId: string, state: Outgoing['state']): void {
    this.host.timeline().changeOutgoing(clientId, state);
    this.host.onChange();
  }
}
