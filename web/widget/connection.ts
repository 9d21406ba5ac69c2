import { ApiError, type Api } from './api.js';
import type { ClientFrame, ServerFrame } from './protocol.js';

/** `socket` and `polling` are connected; `connecting` tries for the first time; `down` waits for the next try. */
export type Link = 'idle' | 'connecting' | 'socket' | 'polling' | 'down';

export interface ConnectionHost {
  api: Api;
  token(): string | undefined;
  cursor(): string | undefined;
  frame(frame: ServerFrame): void;
  link(link: Link): void;
  /** Sees to it that there is a token. */
  session(): Promise<unknown>;
  /** The token is refused: the next `session` gets another. */
  forget(): void;
}

const readyWithinMs = 8_000;
const pingEveryMs = 20_000;
const answerWithinMs = 10_000;
/** After polling for so long the socket gets another chance. */
const pollForMs = 5 * 60_000;
const longestPauseMs = 30_000;

type End = 'closed' | 'bad token' | 'refused';

/** Keeps the line to the server: the socket, or long polls where sockets do not pass; again and again with growing pauses. */
export class Connection {
  private running = false;
  private socket: WebSocket | undefined;
  private stopCurrent: () => void = () => undefined;
  private wakeUp: () => void = () => undefined;
  private tries = 0;
  private socketFailures = 0;
  private round = 0;

  constructor(private readonly host: ConnectionHost) {
    addEventListener('online', () => this.kick());
    addEventListener('offline', () => this.stopCurrent());
    addEventListener('pageshow', (event) => { if (event.persisted) this.kick(); });
  }

  start(): void {
    if (this.running) return;
    this.running = true;
    this.tries = 0;
    this.round += 1;
    this.host.link('connecting');
    void this.run(this.round);
  }

  stop(): void {
    this.running = false;
    this.stopCurrent();
    this.wakeUp();
    this.host.link('idle');
  }

  /** Tries again now instead of after the pause. */
  kick(): void {
    this.tries = 0;
    this.wakeUp();
  }

  /** Whatever is under way is given up and begun anew, from the cursor. */
  restart(): void {
    this.kick();
    this.stopCurrent();
  }

  /** `false` when there is no open socket: use the routes. */
  send(frame: ClientFrame): boolean {
    if (this.socket === undefined || this.socket.readyState !== this.socket.OPEN) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  /** Stopped and started again, an older round ends by itself. */
  private async run(round: number): Promise<void> {
    while (this.running && round === this.round) {
      const end = await this.host.session().then(() => (this.socketFailures < 2 ? this.viaSocket() : this.viaPolls()), endOf);
      if (!this.running || round !== this.round) return;
      if (end === 'bad token') this.host.forget();
      this.host.link('down');
      await this.pause(end === 'refused' ? 60_000 : Math.min(longestPauseMs, 400 * 2 ** this.tries) * (0.5 + Math.random()));
      this.tries += 1;
    }
  }

  private viaSocket(): Promise<End> {
    return new Promise((resolve) => {
      const socket = this.openSocket();
      if (socket === undefined) return resolve('closed');
      let isReady = false;
      let timer = setTimeout(() => end('closed'), readyWithinMs);
      let pinger = 0;
      let isOver = false;
      const end = (how: End): void => {
        if (isOver) return;
        isOver = true;
        clearTimeout(timer);
        clearInterval(pinger);
        this.socket = undefined;
        if (!isReady && navigator.onLine) this.socketFailures += 1;
        socket.close();
        resolve(how);
      };
      this.stopCurrent = () => end('closed');
      socket.onopen = () => {
        const cursor = this.host.cursor();
        socket.send(JSON.stringify({ type: 'hello', token: this.host.token() ?? '', ...(cursor === undefined ? {} : { cursor }) }));
      };
      socket.onmessage = ({ data }) => {
        if (isOver) return;
        const frame = JSON.parse(String(data)) as ServerFrame;
        clearTimeout(timer);
        if (!isReady) timer = setTimeout(() => end('closed'), readyWithinMs);
        if (frame.type === 'ready') {
          isReady = true;
          clearTimeout(timer);
          this.socketFailures = 0;
          this.tries = 0;
          this.socket = socket;
          pinger = setInterval(() => {
            socket.send('{"type":"ping"}');
            timer = setTimeout(() => end('closed'), answerWithinMs);
          }, pingEveryMs);
          this.host.link('socket');
        }
        this.host.frame(frame);
      };
      socket.onclose = ({ code }) => {
        // A refusal is an answer: sockets do pass.
        if (code === 4401 || code === 4403 || code === 4429) isReady = true;
        end(code === 4401 ? 'bad token' : code === 4403 ? 'refused' : 'closed');
      };
    });
  }

  private async viaPolls(): Promise<End> {
    const abort = new AbortController();
    const until = Date.now() + pollForMs;
    let cursor = this.host.cursor();
    let wait = false;
    this.stopCurrent = () => abort.abort();
    try {
      while (this.running && Date.now() < until) {
        const answer = await this.host.api.events(cursor, { wait, signal: abort.signal });
        cursor = answer.cursor;
        wait = true;
        this.tries = 0;
        this.host.link('polling');
        for (const frame of answer.frames) this.host.frame(frame);
      }
      this.tries = -1;
      this.socketFailures = 1;
      return 'closed';
    } catch (error) {
      if (!(error instanceof ApiError) || error.code === 'offline') this.socketFailures = 1;
      return endOf(error);
    }
  }

  private openSocket(): WebSocket | undefined {
    try {
      return new WebSocket(`${this.host.api.base.replace(/^http/, 'ws')}/socket`);
    } catch (error) {
      // A page's own CSP may forbid sockets; long polls remain.
      console.warn('Rapport: no socket from this page', error);
      this.socketFailures += 1;
      return undefined;
    }
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.max(0, ms));
      this.wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

function endOf(error: unknown): End {
  const code = error instanceof ApiError ? error.code : 'offline';
  if (code === 'not_signed_in') return 'bad token';
  return code === 'forbidden' || code === 'gone' || code === 'not_found' ? 'refused' : 'closed';
}
