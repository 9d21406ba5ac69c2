import type { LiveEvents } from '../../lib/shapes.js';

export type LiveState = { at: 'connecting' } | { at: 'live' } | { at: 'down'; why: string; retryAt: number };

export type LiveEvent = { [K in keyof LiveEvents]: { name: K; data: LiveEvents[K] } }[keyof LiveEvents];

interface Options {
  /** The change number to begin after. */
  since: number;
  onEvent: (event: LiveEvent) => void;
  onState: (state: LiveState) => void;
}

const names: readonly LiveEvent['name'][] = ['ready', 'reset', 'conversation', 'gone', 'typing', 'viewing', 'customer', 'channel', 'agent', 'counts'];
const waitsMs = [1000, 2000, 4000, 8000, 15_000, 30_000] as const;
/** Without this long a word the connection is taken for dead after a sleep; the server beats every 25 s. */
const silenceMs = 70_000;

/**
 * The live connection. It remembers the last change number and resumes after it, so that nothing is missed and what came
 * twice is dropped by the rows' own numbers. Browsers give up on some answers; this one goes on trying.
 */
export class LiveConnection {
  readonly #options: Options;
  #since: number;
  #source: EventSource | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #heardAt = Date.now();

  constructor(options: Options) {
    this.#options = options;
    this.#since = options.since;
    this.#open();
  }

  /** Tries at once: the network came back, or the page into view. */
  wake(): void {
    const dead = this.#source === undefined || this.#source.readyState === EventSource.CLOSED || Date.now() - this.#heardAt > silenceMs;
    if (dead) this.#open();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = undefined;
  }

  #open(): void {
    this.close();
    const source = new EventSource(`/api/v1/events?since=${this.#since}`);
    this.#source = source;
    source.onopen = () => this.#heard(undefined);
    source.onerror = () => this.#fail(source);
    for (const name of names) {
      source.addEventListener(name, (event: MessageEvent<string>) => {
        this.#heard(event.lastEventId);
        this.#options.onEvent({ name, data: JSON.parse(event.data) } as LiveEvent);
        if (name === 'ready') this.#options.onState({ at: 'live' });
      });
    }
  }

  #heard(lastEventId: string | undefined): void {
    this.#failures = 0;
    this.#heardAt = Date.now();
    const id = Number(lastEventId);
    if (lastEventId !== undefined && lastEventId !== '' && Number.isSafeInteger(id)) this.#since = id;
  }

  #fail(source: EventSource): void {
    if (source !== this.#source) return;
    source.close();
    const wait = waitsMs[Math.min(this.#failures, waitsMs.length - 1)] ?? 30_000;
    this.#failures += 1;
    this.#options.onState({ at: 'down', why: navigator.onLine ? 'The server does not answer' : 'This device is offline', retryAt: Date.now() + wait });
    this.#timer = setTimeout(() => this.#open(), wait);
  }
}
