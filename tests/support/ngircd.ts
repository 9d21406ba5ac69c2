import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { makeCertificate } from './dovecot.js';
import { freePort } from './free-port.js';
import { waitFor } from './wait-for.js';

const binary = ['/usr/sbin/ngircd', '/usr/local/sbin/ngircd', '/opt/homebrew/sbin/ngircd'].find((path) => existsSync(path));

/** For `requirePeer(this, 'ngircd', hasNgircd)`. */
export const hasNgircd = binary !== undefined;

export interface NgircdServer {
  port: number;
  /** Self-signed; only when started with `tls`. */
  tlsPort: number;
  /** Ends the server by its pid and removes its folder. */
  stop(): Promise<void>;
}

/** Starts a private ngIRCd on 127.0.0.1 with its own folder; `password`: what the server asks of everybody. */
export async function startNgircd(options: { tls?: boolean; password?: string } = {}): Promise<NgircdServer> {
  if (binary === undefined) throw new Error('ngircd is not installed');
  const dir = await mkdtemp(join(tmpdir(), 'ngircd-'));
  const [port, tlsPort] = [await freePort(), await freePort()];
  if (options.tls === true) await makeCertificate(dir);
  await writeFile(join(dir, 'ngircd.conf'), conf({ dir, port, tlsPort, ...options }));
  const child = spawn(binary, ['-n', '-f', join(dir, 'ngircd.conf')], { stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  child.stdout.on('data', (data: Buffer) => (log += data.toString()));
  child.stderr.on('data', (data: Buffer) => (log += data.toString()));
  await waitFor(() => answers(port), { what: 'ngIRCd', everyMs: 25 }).catch((error: unknown) => {
    child.kill('SIGKILL');
    throw new Error(`ngIRCd did not start: ${log}`, { cause: error });
  });
  return { port, tlsPort, stop: () => stop(child, dir) };
}

function conf(options: { dir: string; port: number; tlsPort: number; tls?: boolean; password?: string }): string {
  return `
[Global]
  Name = irc.velowerk.example
  Info = Velowerk
  Network = Velowerk
  Listen = 127.0.0.1
  Ports = ${options.port}
  MotdPhrase = Hello
  ${userInfo().uid === 0 ? 'ServerUID = root\n  ServerGID = root' : ''}
  ${options.password === undefined ? '' : `Password = ${options.password}`}
[Limits]
  MaxConnectionsIP = 0
  MaxNickLength = 30
  MaxPenaltyTime = 0
  PingTimeout = 60
  PongTimeout = 20
[Options]
  DNS = no
  Ident = no
  PAM = no
  SyslogFacility = local7
[SSL]
  ${options.tls === true ? `CertFile = ${join(options.dir, 'cert.pem')}\n  KeyFile = ${join(options.dir, 'key.pem')}\n  Ports = ${options.tlsPort}` : ''}
`;
}

async function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1');
    const end = (found: boolean): void => {
      socket.destroy();
      resolve(found);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}

async function stop(child: ChildProcess, dir: string): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGKILL');
    await ended;
  }
  await rm(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
}
