import { messageOf } from '../../errors.js';
import type { Live, Notice } from '../../inbox/ports.js';

export interface LiveLog {
  warn(facts: object, text: string): void;
}

type Listener = (notice: Notice) => unknown;

/**
 * `Live` inside this process. `publish` returns at once; listeners are called shortly after, each in the order of
 * publishing. One that throws, or returns a promise that rejects, is logged and goes on getting notices; nobody waits
 * for one that returns a promise.
 */
export function createInProcessLive(options: { log: LiveLog }): Live {
  return new InProcessLive(options.log);
}

class InProcessLive implements Live {
  private readonly listeners = new Map<symbol, Listener>();
  private pending: Notice[] = [];

  constructor(private readonly log: LiveLog) {}

  publish(notice: Notice): void {
    if (this.pending.push(notice) === 1) setImmediate(() => this.deliver());
  }

  subscribe(listener: (notice: Notice) => void): () => void {
    const key = Symbol('listener');
    this.listeners.set(key, listener);
    return () => this.listeners.delete(key);
  }

  private deliver(): void {
    const notices = this.pending;
    this.pending = [];
    for (const notice of notices) {
      for (const listener of this.listeners.values()) this.tell(listener, notice);
    }
  }

  private tell(listener: Listener, notice: Notice): void {
    try {
      const result = listener(notice);
      if (result instanceof Promise) result.catch((error: unknown) => this.report(notice, error));
    } catch (error) {
      this.report(notice, error);
    }
  }

  private report(notice: Notice, error: unknown): void {
    this.log.warn({ notice: notice.kind, error: messageOf(error) }, 'a live listener failed');
  }
}
