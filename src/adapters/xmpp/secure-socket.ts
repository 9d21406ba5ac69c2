import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { AppError } from '../../errors.js';
import { openSocket, type OutboundAddress, startTls } from '../lib/open-socket.js';
import type { XmppSettings } from './config.js';
import { limits } from './limits.js';

/** Where a session is opened. */
export interface Target {
  host: string;
  port: number;
  domain: string;
  tls: XmppSettings['tls'];
  allowSelfSigned: boolean;
  addressOf: OutboundAddress;
}

const headMax = 64 * 1024;

/**
 * The socket of `@xmpp/client`, opened through the guarded address and encrypted before the library sees it: so there is no
 * falling back to plain text, the certificate is checked for the domain of the address, and a character that two packets
 * share stays whole (the library would read each packet by itself).
 */
export class SecureSocket extends EventEmitter {
  secure = false;
  private socket: Socket | undefined;
  private isEnded = false;

  connect(target: Target): void {
    void open(target).then((socket) => this.attach(socket, target.tls !== 'none'), (error: unknown) => this.emit('error', error));
  }

  write(data: string, done?: (error?: Error | null) => void): void {
    if (this.socket === undefined) done?.(new Error('the connection is closed'));
    else this.socket.write(data, done);
  }

  end(): void {
    this.isEnded = true;
    const { socket } = this;
    if (socket === undefined) setImmediate(() => this.emit('close'));
    else {
      socket.end();
      setTimeout(() => socket.destroy(), 1_000).unref();
    }
  }

  private attach(socket: Socket, secure: boolean): void {
    if (this.isEnded) {
      socket.destroy();
      return;
    }
    this.socket = socket;
    this.secure = secure;
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => this.emit('data', text));
    socket.on('error', (error) => this.emit('error', error));
    socket.once('close', () => {
      this.socket = undefined;
      this.emit('close');
    });
    this.emit('connect');
  }
}

async function open(target: Target): Promise<Socket> {
  const { host, port, tls, addressOf } = target;
  const check = { name: target.domain, allowSelfSigned: target.allowSelfSigned };
  const to = { host, port, timeoutMs: limits.connectMs };
  if (tls === 'tls') return openSocket({ ...to, tls: { ...check, protocols: ['xmpp-client'] } }, addressOf);
  const socket = await openSocket(to, addressOf);
  if (tls === 'none') return socket;
  try {
    await askForTls(socket, target.domain);
    return await startTls(socket, check, limits.connectMs);
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/** RFC 6120 §5.4.2. Whatever stands behind "proceed" already came from nobody we know. */
async function askForTls(socket: Socket, domain: string): Promise<void> {
  socket.write(`<?xml version='1.0'?><stream:stream to='${domain}' version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>`);
  const features = await readUntil(socket, /<\/stream:features>|<stream:error|<\/stream:stream>/u);
  if (features.includes('<host-unknown')) throw Object.assign(new Error('the server does not know the domain'), { condition: 'host-unknown' });
  if (!features.includes('urn:ietf:params:xml:ns:xmpp-tls')) throw new AppError('connection_failed', 'The server offers no encryption on this port.', { facts: { sent: false } });
  socket.write("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
  const answer = await readUntil(socket, /<proceed[^>]*(?:\/>|>\s*<\/proceed>)|<failure/u);
  if (!/<proceed[^>]*(?:\/>|>\s*<\/proceed>)\s*$/u.test(answer)) throw new AppError('connection_failed', 'The server refused to encrypt.', { facts: { sent: false } });
}

function readUntil(socket: Socket, end: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const settle = (act: () => void): void => {
      clearTimeout(timer);
      socket.off('data', onData).off('error', onError).off('close', onClose);
      act();
    };
    const onError = (error: Error): void => settle(() => reject(error));
    const onClose = (): void => onError(Object.assign(new Error('the server closed the connection'), { code: 'ECONNRESET' }));
    const timer = setTimeout(() => onError(Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' })), limits.connectMs);
    const onData = (data: Buffer): void => {
      text += data.toString('latin1');
      if (text.length > headMax) onError(new Error('the server does not speak XMPP'));
      else if (end.test(text)) settle(() => resolve(text));
    };
    socket.on('data', onData).once('error', onError).once('close', onClose);
  });
}
