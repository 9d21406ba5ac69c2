import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ImapFlow } from 'imapflow';
import { dovecotConf } from './dovecot-conf.js';
import { freePort } from './free-port.js';
import { waitFor } from './wait-for.js';

const run = promisify(execFile);
const binary = ['/usr/sbin/dovecot', '/usr/local/sbin/dovecot', '/opt/homebrew/sbin/dovecot'].find((path) => existsSync(path));

/** For `requirePeer(this, 'dovecot', hasDovecot)`. */
export const hasDovecot = binary !== undefined;

export interface Mailbox {
  user: string;
  password: string;
}

export interface DovecotServer extends Mailbox {
  host: string;
  /** Plain IMAP; offers STARTTLS when started with `tls`. */
  port: number;
  /** IMAP over TLS with a self-signed certificate; only when started with `tls`. */
  tlsPort: number;
  /** Every account; the first one is `user` and `password`. */
  accounts: Mailbox[];
  /** Puts a mail into a folder, over IMAP, as a delivery would. Line ends become CRLF. Returns its UID. */
  append(folder: string, raw: string | Buffer, options?: { user?: string; date?: Date; flags?: string[] }): Promise<number>;
  /** What the folder holds now. */
  list(folder: string, options?: { user?: string }): Promise<{ uid: number; flags: string[]; source: string }[]>;
  uidValidity(folder: string, options?: { user?: string }): Promise<string>;
  /** Deletes the folder and makes it anew with the same mails: another UIDVALIDITY, other UIDs. */
  rebuild(folder: string, options?: { user?: string }): Promise<void>;
  /** Cuts every IMAP session, as a restart of the server or a lost network would. */
  kickAll(): Promise<void>;
  /** The whole log, for the message of a failed test. */
  log(): Promise<string>;
  /** Ends the server by its pid and removes its folder. */
  stop(): Promise<void>;
}

export interface DovecotOptions {
  /** How many accounts; each has INBOX, Sent (special-use), Drafts. */
  accounts?: number;
  /** Self-signed certificate for 127.0.0.1 and localhost; STARTTLS and a TLS port. */
  tls?: boolean;
  /** No IDLE in the capabilities, so that only polling finds new mail. */
  withoutIdle?: boolean;
}

/** Starts a private Dovecot on 127.0.0.1 with its own folder. Works as root (mail belongs to `nobody`) and as any user. */
export async function startDovecot(options: DovecotOptions = {}): Promise<DovecotServer> {
  if (binary === undefined) throw new Error('dovecot is not installed');
  const dir = await mkdtemp(join(tmpdir(), 'dovecot-'));
  const accounts = Array.from({ length: options.accounts ?? 1 }, (_, n) => ({ user: `box${n + 1}@velowerk.example`, password: `secret-${n + 1}` }));
  const [port, tlsPort] = [await freePort(), await freePort()];
  const owner = await mailOwner();
  await prepareFolder(dir, { accounts, owner, tls: options.tls === true });
  await writeFile(join(dir, 'dovecot.conf'), dovecotConf({ dir, port, tlsPort: options.tls === true ? tlsPort : 0, owner, withoutIdle: options.withoutIdle === true }));
  const child = spawn(binary, ['-F', '-c', join(dir, 'dovecot.conf')], { stdio: 'ignore' });
  const log = async (): Promise<string> => readFile(join(dir, 'log'), 'utf8').catch(() => '(no log)');
  await waitFor(() => answers(port), { what: 'Dovecot' }).catch(async (error: unknown) => {
    child.kill('SIGKILL');
    throw new Error(`Dovecot did not start: ${await log()}`, { cause: error });
  });
  const first = accounts[0] ?? { user: '', password: '' };
  return { host: '127.0.0.1', port, tlsPort, accounts, ...first, ...folderTools(port, accounts), kickAll: () => kickAll(dir), log, stop: () => stop(child, dir) };
}

interface Owner {
  name: string;
  uid: number;
  gid: number;
  isRoot: boolean;
}

async function mailOwner(): Promise<Owner> {
  const me = userInfo();
  if (me.uid !== 0) return { name: me.username, uid: me.uid, gid: me.gid, isRoot: false };
  const nobody = /^nobody:[^:]*:(\d+):(\d+):/m.exec(await readFile('/etc/passwd', 'utf8'));
  return { name: 'nobody', uid: Number(nobody?.[1] ?? 65534), gid: Number(nobody?.[2] ?? 65534), isRoot: true };
}

async function prepareFolder(dir: string, options: { accounts: Mailbox[]; owner: Owner; tls: boolean }): Promise<void> {
  const { owner } = options;
  await chmod(dir, 0o755);
  await mkdir(join(dir, 'mail'));
  await chown(join(dir, 'mail'), owner.uid, owner.gid);
  const lines = options.accounts.map((each) => `${each.user}:{PLAIN}${each.password}:${owner.uid}:${owner.gid}::${join(dir, 'mail', each.user)}::`);
  await writeFile(join(dir, 'users'), `${lines.join('\n')}\n`);
  if (options.tls) await makeCertificate(dir);
}

/** A self-signed certificate for 127.0.0.1 and localhost: `cert.pem` and `key.pem` in the folder. */
export async function makeCertificate(dir: string): Promise<void> {
  await run('openssl', [
    'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1',
    '-keyout', join(dir, 'key.pem'), '-out', join(dir, 'cert.pem'),
  ]);
}

async function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1');
    const end = (found: boolean): void => {
      socket.destroy();
      resolve(found);
    };
    socket.once('data', () => end(true));
    socket.once('error', () => end(false));
    socket.once('close', () => end(false));
  });
}

type FolderTools = Pick<DovecotServer, 'append' | 'list' | 'uidValidity' | 'rebuild'>;

function folderTools(port: number, accounts: Mailbox[]): FolderTools {
  const as = async <T>(user: string | undefined, task: (client: ImapFlow) => Promise<T>): Promise<T> => {
    const account = accounts.find((each) => user === undefined || each.user === user);
    if (account === undefined) throw new Error(`no account ${user ?? ''}`);
    const client = new ImapFlow({ host: '127.0.0.1', port, secure: false, doSTARTTLS: false, logger: false, auth: { user: account.user, pass: account.password } });
    await client.connect();
    try {
      return await task(client);
    } finally {
      await client.logout();
    }
  };
  const read = async (client: ImapFlow, folder: string): Promise<{ uid: number; flags: string[]; source: string }[]> => {
    const box = await client.mailboxOpen(folder, { readOnly: true });
    const found: { uid: number; flags: string[]; source: string }[] = [];
    if (box.exists === 0) return found;
    for await (const each of client.fetch('1:*', { uid: true, flags: true, source: true })) {
      found.push({ uid: each.uid, flags: [...(each.flags ?? [])], source: each.source?.toString('latin1') ?? '' });
    }
    return found;
  };
  const append = async (client: ImapFlow, folder: string, mail: { raw: string | Buffer; flags: string[]; date?: Date }): Promise<number> => {
    const bytes = Buffer.from(Buffer.from(mail.raw).toString('latin1').replace(/\r?\n/g, '\r\n'), 'latin1');
    const done = await client.append(folder, bytes, mail.flags, mail.date);
    if (done === false || done.uid === undefined) throw new Error(`append to ${folder} failed`);
    return done.uid;
  };
  return {
    append: (folder, raw, options = {}) =>
      as(options.user, (client) => append(client, folder, { raw, flags: options.flags ?? [], ...(options.date === undefined ? {} : { date: options.date }) })),
    list: (folder, options = {}) => as(options.user, (client) => read(client, folder)),
    uidValidity: (folder, options = {}) => as(options.user, async (client) => String((await client.mailboxOpen(folder, { readOnly: true })).uidValidity)),
    rebuild: (folder, options = {}) =>
      as(options.user, async (client) => {
        const kept = await read(client, folder);
        await client.mailboxClose();
        await client.mailboxDelete(folder);
        await client.mailboxCreate(folder);
        for (const each of kept) await append(client, folder, { raw: Buffer.from(each.source, 'latin1'), flags: each.flags });
      }),
  };
}

/** Kills the `imap` and `imap-login` processes of this server: the children of its own master process. */
async function kickAll(dir: string): Promise<void> {
  const master = (await readFile(join(dir, 'run', 'master.pid'), 'utf8')).trim();
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    const [, name, parent] = /^\d+ \((.*)\) \S (\d+)/.exec(stat) ?? [];
    if (parent === master && (name === 'imap' || name === 'imap-login')) process.kill(Number(pid), 'SIGKILL');
  }
}

async function stop(child: ChildProcess, dir: string): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGTERM');
    const hard = setTimeout(() => child.kill('SIGKILL'), 5_000);
    await ended;
    clearTimeout(hard);
  }
  await rm(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
}
