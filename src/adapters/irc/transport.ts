import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { openSocket, type OutboundAddress } from '../lib/open-socket.js';
import type { IrcSettings } from './config.js';
import { limits } from './limits.js';

/**
 * What `irc-framework` writes its lines to: opened through the guarded address, checked for the name of the server. The
 * bytes of a line are decoded together, as UTF-8, or as Latin-1 where they are none.
 */
export class GuardedTransport extends EventEmitter {
  private socket: Socket | undefined;
  private rest = Buffer.alloc(0);
  private failure: Error | undefined;
  private isDisposed = false;

  constructor(private readonly options: { settings: IrcSettings; addressOf: OutboundAddress }) {
    super();
  }

  connect(): void {
    const { settings, addressOf } = this.options;
    const tls = settings.tls ? { tls: { name: settings.host, allowSelfSigned: settings.allowSelfSigned } } : {};
    openSocket({ host: settings.host, port: settings.port, timeoutMs: limits.connectMs, ...tls }, addressOf).then((socket) => this.attach(socket), (error: unknown) => this.emit('close', error instanceof Error ? error : new Error(String(error))));
  }

  writeLine(line: string, done?: () => void): void {
    if (this.socket === undefined) done?.();
    else this.socket.write(`${line.replace(/[\r\n\0]/gu, ' ')}\r\n`, () => done?.());
  }

  close(force?: boolean): void {
    const { socket } = this;
    if (force === true) socket?.destroy();
    else socket?.end();
    setTimeout(() => socket?.destroy(), 500).unref();
  }

  disposeSocket(): void {
    this.isDisposed = true;
    this.socket?.destroy();
  }

  setEncoding(encoding: string): boolean {
    return encoding === 'utf8';
  }

  private attach(socket: Socket): void {
    if (this.isDisposed) {
      socket.destroy();
      return;
    }
    this.socket = socket;
    socket.on('data', (data: Buffer) => this.take(data));
    socket.on('error', (error) => (this.failure = error));
    socket.once('close', () => {
      this.socket = undefined;
      this.emit('close', this.failure ?? false);
    });
    this.emit('open');
  }

  private take(data: Buffer): void {
    let bytes = this.rest.length === 0 ? data : Buffer.concat([this.rest, data]);
    for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10)) {
      this.emit('line', decoded(bytes.subarray(0, end)));
      bytes = bytes.subarray(end + 1);
    }
    this.rest = Buffer.from(bytes);
    if (this.rest.length <= limits.incomingBytes) return;
    this.failure = new Error('the server does not speak IRC');
    this.socket?.destroy();
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decoded(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return bytes.toString('latin1');
  }
}
