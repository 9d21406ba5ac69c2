import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificate } from './dovecot.js';
import { freePort } from './free-port.js';
import { waitFor } from './wait-for.js';

const binary = ['/usr/bin/prosody', '/usr/local/bin/prosody', '/opt/homebrew/bin/prosody'].find((path) => existsSync(path));

/** For `requirePeer(this, 'prosody', hasProsody)`. */
export const hasProsody = binary !== undefined;

export interface ProsodyServer {
  /** `localhost`; rooms are at `conference.localhost`. */
  domain: string;
  port: number;
  /** TLS from the first byte, self-signed; only when started with `tls`, and then the other port has STARTTLS. */
  tlsPort: number;
  httpPort: number;
  /** Makes the account, or gives it another password; counts from the next sign-in. */
  account(name: string, password: string): void;
  /** The account is gone; whoever is signed in stays so. */
  removeAccount(name: string): void;
  log(): Promise<string>;
  /** Ends the server by its pid and removes its folder. */
  stop(): Promise<void>;
}

export interface ProsodyOptions {
  tls?: boolean;
  /** Without stream management, archive and copies: an old server. */
  isOld?: boolean;
}

/** Starts a private Prosody on 127.0.0.1 with its own folder. */
export async function startProsody(options: ProsodyOptions = {}): Promise<ProsodyServer> {
  if (binary === undefined) throw new Error('prosody is not installed');
  const dir = await mkdtemp(join(tmpdir(), 'prosody-'));
  const [port, tlsPort, httpPort] = [await freePort(), await freePort(), await freePort()];
  if (options.tls === true) await makeCertificate(dir);
  const config = join(dir, 'prosody.cfg.lua');
  await writeFile(config, conf({ dir, port, tlsPort, httpPort, ...options }));
  const child = spawn(binary, ['-F', '--config', config], { stdio: 'ignore', cwd: dir });
  const log = async (): Promise<string> => readFile(join(dir, 'log'), 'utf8').catch(() => '(no log)');
  await waitFor(() => answers(port), { what: 'Prosody', everyMs: 25 }).catch(async (error: unknown) => {
    child.kill('SIGKILL');
    throw new Error(`Prosody did not start: ${await log()}`, { cause: error });
  });
  const accounts = join(dir, 'data', 'localhost', 'accounts');
  mkdirSync(accounts, { recursive: true });
  const fileOf = (name: string): string => join(accounts, `${encoded(name)}.dat`);
  return {
    domain: 'localhost', port, tlsPort, httpPort, log, stop: () => stop(child, dir),
    account: (name, password) => writeFileSync(fileOf(name), `return { ["password"] = "${password}"; };\n`),
    removeAccount: (name) => rmSync(fileOf(name)),
  };
}

function encoded(name: string): string {
  return name.replace(/[^A-Za-z0-9]/gu, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
}

function conf(options: { dir: string; port: number; tlsPort: number; httpPort: number } & ProsodyOptions): string {
  const { dir, port, tlsPort, httpPort } = options;
  const tls = options.tls === true;
  const modern = options.isOld === true ? '' : '"carbons"; "mam"; "smacks"; "blocklist";';
  return `
run_as_root = true
data_path = "${join(dir, 'data')}"
pidfile = "${join(dir, 'pid')}"
log = { info = "${join(dir, 'log')}" }
interfaces = { "127.0.0.1" }
c2s_ports = { ${port} }
c2s_direct_tls_ports = { ${tls ? tlsPort : ''} }
http_ports = { ${httpPort} }
https_ports = { }
modules_enabled = { "roster"; "saslauth"; "disco"; "ping"; ${tls ? '"tls";' : ''} ${modern} }
modules_disabled = { "s2s" }
authentication = "internal_plain"
c2s_require_encryption = ${tls ? 'true' : 'false'}
allow_unencrypted_plain_auth = false
archive_expires_after = "never"
default_archive_policy = true
storage = "internal"
smacks_hibernation_time = 60
${tls ? `ssl = { certificate = "${join(dir, 'cert.pem')}"; key = "${join(dir, 'key.pem')}" }` : ''}
VirtualHost "localhost"
Component "conference.localhost" "muc"
  restrict_room_creation = false
  muc_room_locking = false
  ${options.isOld === true ? '' : 'modules_enabled = { "muc_mam" }\n  muc_log_by_default = true'}
${options.isOld === true ? '' : `Component "upload.localhost" "http_file_share"
  http_host = "127.0.0.1"
  http_external_url = "http://127.0.0.1:${httpPort}/"
  http_file_share_access = { "localhost" }`}
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
