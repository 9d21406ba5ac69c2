import { Readable } from 'node:stream';
import type { EmailSettings } from '../config.js';
import { limits } from '../limits.js';
import { tlsOptions } from '../tls.js';

/** What became of one attempt. `bytesGone`: everything was handed to the connection, so the server may have taken it. */
export type SmtpResult =
  | { done: true; response: string; serverMessageId?: string; refused: { address: string; response: string }[] }
  | { done: false; error: unknown; bytesGone: boolean };

export interface SmtpMail {
  from: string;
  to: string[];
  bytes: Buffer;
}

export interface SmtpTimes {
  totalMs: number;
}

type Connection = InstanceType<(typeof import('nodemailer/lib/smtp-connection'))['default']>;

/** Sends one mail over a connection of its own. Never rejects. */
export async function sendOverSmtp(settings: EmailSettings, mail: SmtpMail, times: SmtpTimes): Promise<SmtpResult> {
  const connection = await newSmtpConnection(settings, times.totalMs);
  const state = { bytesGone: false };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error(`no answer within ${times.totalMs / 1_000} s`), { code: 'ETIMEDOUT' })), times.totalMs);
  });
  try {
    return await Promise.race([converse(connection, settings, mail, state), failing(connection), late]);
  } catch (error) {
    return { done: false, error, bytesGone: state.bytesGone };
  } finally {
    clearTimeout(timer);
    connection.close();
  }
}

async function converse(connection: Connection, settings: EmailSettings, mail: SmtpMail, state: { bytesGone: boolean }): Promise<SmtpResult> {
  await openSmtp(connection, settings);
  const body = Readable.from(pieces(mail.bytes), { objectMode: false });
  body.once('end', () => {
    state.bytesGone = true;
  });
  const info = await new Promise<{ response: string; serverMessageId?: string | undefined; rejectedErrors?: readonly object[] | undefined }>((resolve, reject) => {
    connection.send({ from: mail.from, to: mail.to, size: mail.bytes.length }, body, (error, sent) => (error === null || error === undefined ? resolve(sent ?? { response: '' }) : reject(error)));
  });
  connection.quit();
  return {
    done: true,
    response: info.response,
    ...(info.serverMessageId === undefined ? {} : { serverMessageId: info.serverMessageId }),
    refused: (info.rejectedErrors ?? []).map((each) => ({ address: String(Reflect.get(each, 'recipient') ?? ''), response: String(Reflect.get(each, 'response') ?? '') })),
  };
}

function* pieces(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

/** Connects and signs in; rejects with nodemailer's error, whose `code`, `response` and `command` tell what happened. */
export async function openSmtp(connection: Connection, settings: EmailSettings): Promise<void> {
  await new Promise<void>((resolve, reject) => connection.connect((error) => (error === null || error === undefined ? resolve() : reject(error))));
  if (settings.smtpUser === '-') return;
  const credentials = { user: settings.smtpUser, pass: settings.smtpPassword };
  await new Promise<void>((resolve, reject) => connection.login({ credentials }, (error) => (error === null || error === undefined ? resolve() : reject(error))));
}

/** A connection that has not been opened yet. Loads the SDK at first use. */
export async function newSmtpConnection(settings: EmailSettings, totalMs: number): Promise<Connection> {
  const { default: SMTPConnection } = await import('nodemailer/lib/smtp-connection');
  return new SMTPConnection({
    host: settings.smtpHost,
    port: settings.smtpPort,
    secure: settings.smtpTls === 'tls',
    requireTLS: settings.smtpTls === 'starttls',
    ignoreTLS: settings.smtpTls === 'none',
    tls: tlsOptions(settings),
    name: settings.address.slice(settings.address.lastIndexOf('@') + 1),
    connectionTimeout: Math.min(limits.smtpConnectMs, totalMs),
    greetingTimeout: Math.min(limits.smtpGreetingMs, totalMs),
    socketTimeout: Math.min(limits.smtpSilenceMs, totalMs),
    dnsTimeout: Math.min(limits.smtpConnectMs, totalMs),
    logger: false,
  });
}

/** Errors that come while no command waits for an answer. */
function failing(connection: Connection): Promise<never> {
  return new Promise((_resolve, reject) => {
    connection.once('error', reject);
    // A second one, while closing, has nobody to tell.
    connection.on('error', () => undefined);
  });
}
