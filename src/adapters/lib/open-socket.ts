import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { field } from './read-json.js';

/**
 * Addresses of a host that a channel may connect to, checked by the operator's rules; throws `outbound_refused`. The
 * composition root makes it (`createGuardedAddress`): channels that speak no HTTP go through it and nothing else.
 */
export type OutboundAddress = (host: string, port: number) => Promise<string[]>;

/** How a channel's TLS is checked. `name`: what the certificate must be for. */
export interface TlsCheck {
  name: string;
  allowSelfSigned: boolean;
  /** https://www.rfc-editor.org/rfc/rfc7301 */
  protocols?: string[];
}

/** Connects to the first checked address that answers; with `tls`, encrypted from the first byte. Rejects after `timeoutMs`. */
export async function openSocket(to: { host: string; port: number; tls?: TlsCheck; timeoutMs: number }, addressOf: OutboundAddress): Promise<Socket | TLSSocket> {
  const addresses = await addressOf(to.host, to.port);
  const eachMs = Math.max(1_000, to.timeoutMs / addresses.length);
  let failure: unknown;
  for (const host of addresses) {
    try {
      const plain = await settled(connect({ host, port: to.port, noDelay: true, keepAlive: true }), 'connect', eachMs);
      return to.tls === undefined ? plain : await startTls(plain, to.tls, eachMs);
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

/** Goes on encrypted on a connection that stands; never below TLS 1.2. */
export function startTls(socket: Socket, check: TlsCheck, timeoutMs: number): Promise<TLSSocket> {
  const secure = connectTls({
    socket, minVersion: 'TLSv1.2', rejectUnauthorized: !check.allowSelfSigned, host: check.name,
    ...(isIP(check.name) === 0 ? { servername: check.name } : {}),
    ...(check.protocols === undefined ? {} : { ALPNProtocols: check.protocols }),
  });
  return settled(secure, 'secureConnect', Math.min(timeoutMs, 5_000));
}

function settled<T extends Socket>(socket: T, event: 'connect' | 'secureConnect', timeoutMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = (error: Error): void => {
      clean();
      socket.on('error', () => undefined);
      socket.destroy();
      reject(error);
    };
    const closed = (): void => end(Object.assign(new Error('the server closed the connection at once'), { code: 'ECONNRESET' }));
    const code = event === 'connect' ? 'ETIMEDOUT' : 'TLS_SILENT';
    const timer = setTimeout(() => end(Object.assign(new Error('no answer in time'), { code })), timeoutMs);
    const ready = (): void => {
      clean();
      resolve(socket);
    };
    const clean = (): void => {
      clearTimeout(timer);
      socket.off(event, ready).off('error', end).off('close', closed);
    };
    socket.once(event, ready).once('error', end).once('close', closed);
  });
}

/** What went wrong with a connection, for whoever reads Settings; `undefined` for what is none of these. */
export function explainSocket(error: unknown, where: string): string | undefined {
  const code = field(error, 'code');
  if (code === 'outbound_refused') return `${where} is not on the open net. If it is meant, list it in OUTBOUND_ALLOW.`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `There is no server under the name ${where}. Check the spelling.`;
  if (code === 'ECONNREFUSED') return `Nothing answers at ${where}. Check the port, and whether the server is running.`;
  if (code === 'ETIMEDOUT' || code === 'EHOSTUNREACH' || code === 'ENETUNREACH') return `${where} does not answer. Check host and port; a firewall may be in between.`;
  if (code === 'ECONNRESET' || code === 'EPIPE') return `${where} closed the connection. Check port and encryption.`;
  if (code === 'TLS_SILENT') return `${where} answers, but does not speak TLS on this port. Check port and encryption.`;
  if (code === 'ERR_SSL_WRONG_VERSION_NUMBER' || code === 'ERR_SSL_PACKET_LENGTH_TOO_LONG') return `${where} does not speak TLS on this port. Check port and encryption.`;
  if (typeof code === 'string' && /CERT|SELF_SIGNED|ERR_TLS|UNABLE_TO/u.test(code)) return `The certificate of ${where} is not valid for it (${code}).`;
  return undefined;
}
