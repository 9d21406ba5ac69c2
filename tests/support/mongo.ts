import { spawn } from 'node:child_process';
import { access, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { MongoClient } from 'mongodb';
import { waitFor } from './wait-for.js';

/** A MongoDB (or compatible) server that tests may use. Give it back with `release`. */
export interface MongoPeer {
  url: string;
  release(): Promise<void>;
}

let own: { users: number; started: Promise<{ url: string; stop: () => Promise<void> }> } | undefined;

/**
 * The server at `MONGODB_URL`, or else a `mongod` from PATH, started once for all who ask and stopped when the last has
 * released it. `undefined` when there is neither.
 */
export async function findMongo(): Promise<MongoPeer | undefined> {
  const url = process.env['MONGODB_URL'];
  if (url !== undefined && url !== '') return { url, release: () => Promise.resolve() };
  const binary = await onPath('mongod');
  if (binary === undefined) return undefined;
  own ??= { users: 0, started: startMongod(binary) };
  const server = own;
  server.users++;
  const { url: ownUrl, stop } = await server.started;
  return {
    url: ownUrl,
    release: async () => {
      server.users--;
      if (server.users > 0) return;
      own = undefined;
      await stop();
    },
  };
}

async function startMongod(binary: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'rapport-mongod-'));
  const port = await freePort();
  const child = spawn(binary, ['--dbpath', folder, '--port', String(port), '--bind_ip', '127.0.0.1', '--quiet'], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = `mongodb://127.0.0.1:${port}/`;
  await waitFor(() => answers(url), { timeoutMs: 30_000, what: 'an answer of mongod' });
  return {
    url,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function answers(url: string): Promise<boolean> {
  const client = new MongoClient(url, { serverSelectionTimeoutMS: 500 });
  try {
    await client.db('admin').command({ ping: 1 });
    return true;
  } finally {
    await client.close();
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

async function onPath(name: string): Promise<string | undefined> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const file = join(folder, name);
    const found = await access(file).then(() => true, () => false);
    if (folder !== '' && found) return file;
  }
  return undefined;
}
