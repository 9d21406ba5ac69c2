import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fillStore } from './fill/fill.js';
import type { Size } from './fill/plan.js';
import { Server } from './lib/server.js';

export const webhookSecret = 'bench-signing-secret-0123456789';

/** A data folder with a server's worth of data in it. */
export interface FilledStore {
  folder: string;
  /** The webhook channel. */
  channelId: string;
  size: Size;
}

/** Raised when the documents that are filled in change, so that a kept folder is filled anew. */
const version = 3;

/** Fills a folder, or finds it filled by an earlier run with `--keep`. */
export async function prepareStore(folder: string, size: Size, say: (line: string) => void): Promise<FilledStore> {
  const marker = join(folder, 'bench.json');
  if (existsSync(marker)) {
    const kept = JSON.parse(readFileSync(marker, 'utf8')) as FilledStore & { version: number };
    if (kept.version === version && kept.size.messages === size.messages) {
      say(`Using the ${size.messages} messages kept in ${folder}`);
      return { folder, channelId: kept.channelId, size };
    }
  }
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const channelId = await setUp(folder);
  const begun = performance.now();
  say(`Filling ${size.messages} messages, ${size.conversations} conversations, ${size.customers} customers …`);
  await fillStore(folder, size, say);
  say(`Filled in ${((performance.now() - begun) / 1_000).toFixed(0)} s.`);
  writeFileSync(marker, JSON.stringify({ version, size, channelId }));
  return { folder, channelId, size };
}

/** Administrator and channels, made by the server itself. */
async function setUp(folder: string): Promise<string> {
  const server = await Server.start(folder);
  try {
    await server.call('PATCH', '/settings', { botOn: false });
    const { id } = await server.call<{ id: string }>('POST', '/channels', { kind: 'webhook', name: 'Bench', settings: { trustsAddresses: true }, secrets: { secret: webhookSecret } });
    const mail = await server.call<{ id: string }>('POST', '/channels', {
      kind: 'email', name: 'support@velowerk.example', settings: { address: 'support@velowerk.example', imapHost: 'mail.velowerk.example', smtpHost: 'mail.velowerk.example' }, secrets: { imapPassword: 'nobody-listens' },
    });
    // There is no mail server at its end.
    await server.call('POST', `/channels/${mail.id}/pause`);
    const channels = await server.call<{ items: { kind: string }[] }>('GET', '/channels');
    if (!channels.items.some((channel) => channel.kind === 'webchat')) await server.call('POST', '/channels', { kind: 'webchat', name: 'Shop chat', settings: {} });
    return id;
  } finally {
    await server.stop();
  }
}

/** Bytes of the database file; the server is stopped, so that the log is in it. */
export function databaseBytes(folder: string): number {
  return ['rapport.db', 'rapport.db-wal'].map((name) => join(folder, name)).filter(existsSync).reduce((sum, file) => sum + statSync(file).size, 0);
}
