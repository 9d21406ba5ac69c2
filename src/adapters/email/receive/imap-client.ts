import type { ImapFlow, ListResponse } from 'imapflow';
import { AppError } from '../../../errors.js';
import type { EmailSettings } from '../config.js';
import { limits } from '../limits.js';
import { tlsOptions } from '../tls.js';

export interface ConnectTimes {
  connectMs: number;
}

/** A client that is not connected yet; it is never used again after its connection has ended. The SDK is loaded here, at first use. */
export async function newImapClient(settings: EmailSettings, times: ConnectTimes): Promise<ImapFlow> {
  const imapflow = await import('imapflow');
  const client = new imapflow.ImapFlow({
    host: settings.imapHost,
    port: settings.imapPort,
    secure: settings.imapTls === 'tls',
    ...(settings.imapTls === 'tls' ? {} : { doSTARTTLS: settings.imapTls === 'starttls' }),
    auth: { user: settings.imapUser, pass: settings.imapPassword },
    tls: tlsOptions(settings),
    logger: false,
    disableAutoIdle: true,
    clientInfo: { name: 'Rapport' },
    connectionTimeout: times.connectMs,
    greetingTimeout: times.connectMs,
    maxIdleTime: 4 * 60_000,
    maxLiteralSize: limits.rawBytes + 1024 * 1024,
    maxResponseSize: limits.rawBytes + 8 * 1024 * 1024,
  });
  // The operation under way rejects with the same error; without a listener it would end the process.
  client.on('error', () => undefined);
  return client;
}

/** The path of the Sent folder: as set, else the special-use one; `undefined` when there is none or it is not wanted. */
export async function findSentFolder(client: ImapFlow, setting: string): Promise<string | undefined> {
  if (setting === '-') return undefined;
  const folders = await client.list();
  if (setting !== '') return folders.find((folder) => folder.path === setting || folder.path.toLowerCase() === setting.toLowerCase())?.path;
  return (folders.find(isSent('extension')) ?? folders.find(isSent('name')))?.path;
}

function isSent(source: string): (folder: ListResponse) => boolean {
  return (folder) => folder.specialUse === '\\Sent' && (folder.specialUseSource ?? source) === source;
}

/** Ends the connection when an answer does not come: IMAP connections die without a word. */
export async function within<T>(client: ImapFlow, ms: number, operation: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      client.close();
      reject(new AppError('connection_failed', 'timed out: the IMAP server stopped answering'));
    }, ms);
  });
  try {
    return await Promise.race([operation, late]);
  } finally {
    clearTimeout(timer);
  }
}
