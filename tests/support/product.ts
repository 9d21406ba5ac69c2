import { type ChildProcess, spawn } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const main = join(root, 'dist/server/main.js');

export const administrator = { email: 'lena@velowerk.example', password: 'korrekt pferd batterie', key: 'test-key-0123456789abcdef0123456789abcdef' };

/** The built product in a process of its own, as an operator runs it. */
export interface Product {
  url: string;
  dataDir: string;
  process: ChildProcess;
  /** All that it printed. */
  output(): string;
  /** With the administrator's key; throws on anything but 2xx unless `expect` says otherwise. */
  api<T = unknown>(method: string, path: string, body?: unknown, options?: { expect?: number; key?: string }): Promise<T>;
  /** Resolves with the signal or code it ended with. */
  ended: Promise<string>;
  stop(): Promise<void>;
  kill(): Promise<void>;
}

export interface ProductOptions {
  env?: Record<string, string>;
  /** The same again after a stop; a fresh one when absent. */
  dataDir?: string;
  /** With `false` the set-up page is open. */
  setUp?: boolean;
}

const folders = new Set<string>();

/** Starts it on a free port and waits until it is ready. Needs `npm run build` (npm test does it). */
export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  if (!existsSync(main)) throw new Error('dist/server is missing: run npm run build');
  const dataDir = options.dataDir ?? await mkdtemp(join(tmpdir(), 'rapport-product-'));
  folders.add(dataDir);
  const setUp = options.setUp === false ? {} : { SETUP_EMAIL: administrator.email, SETUP_PASSWORD: administrator.password, SETUP_API_KEY: administrator.key };
  const child = spawn(process.execPath, ['--enable-source-maps', main], {
    cwd: dataDir,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], PORT: '0', HOST: '127.0.0.1', DATA_DIR: dataDir, LOG_LEVEL: 'warn', OUTBOUND_ALLOW: '127.0.0.0/8', ...setUp, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => { output += chunk.toString(); });
  child.stderr.on('data', (chunk: Buffer) => { output += chunk.toString(); });
  const ended = new Promise<string>((resolve) => child.once('exit', (code, signal) => resolve(signal ?? String(code))));
  const port = await readyPort(child, () => output, ended);
  const url = `http://127.0.0.1:${port}`;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await ended;
  };
  return {
    url, dataDir, process: child, ended, output: () => output,
    api: (method, path, body, more) => callApi(url, { method, path, body, ...more }),
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
}

/** Removes the data folders of all products of this file; call it in `after`. */
export async function removeProducts(): Promise<void> {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
  folders.clear();
}

function readyPort(child: ChildProcess, output: () => string, ended: Promise<string>): Promise<string> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const match = /Chat\s+http:\/\/[^:]+:(\d+)\/chat/.exec(output());
      if (match?.[1] !== undefined) resolve(match[1]);
    };
    child.stdout?.on('data', look);
    void ended.then((how) => reject(new Error(`the product ended (${how}) before it was ready:\n${output()}`)));
  });
}

async function callApi<T>(url: string, call: { method: string; path: string; body: unknown; expect?: number; key?: string }): Promise<T> {
  const response = await fetch(`${url}/api/v1${call.path}`, {
    method: call.method,
    headers: { authorization: `Bearer ${call.key ?? administrator.key}`, ...(call.body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
  });
  const text = await response.text();
  const fits = call.expect === undefined ? response.ok : response.status === call.expect;
  if (!fits) throw new Error(`${call.method} ${call.path}: ${response.status} ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

export const webhookSecret = 'a-secret-for-the-webhook-channel';

/** A webhook channel; answers are posted to `deliverUrl`. */
export async function addWebhookChannel(product: Product, deliverUrl: string): Promise<string> {
  const channel = await product.api<{ id: string }>('POST', '/channels', { kind: 'webhook', name: 'Our app', settings: { deliverUrl }, secrets: { secret: webhookSecret } });
  return channel.id;
}

/** Posts one signed message, as the operator's system would; resolves with the status, or `undefined` when the connection broke. */
export async function postWebhook(product: Pick<Product, 'url'>, channelId: string, event: object, options: { secret?: string } = {}): Promise<number | undefined> {
  const body = JSON.stringify(event);
  const seconds = Math.floor(Date.now() / 1_000);
  const signature = createHmac('sha256', options.secret ?? webhookSecret).update(`${seconds}.${body}`).digest('hex');
  try {
    const response = await fetch(`${product.url}/hooks/${channelId}`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-rapport-signature': `t=${seconds},v1=${signature}` }, body });
    await response.arrayBuffer();
    return response.status;
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

export function webhookMessage(id: string, text: string, more: object = {}): object {
  return { type: 'message', id, conversation: 'thread-1', from: { id: 'ines', name: 'Ines Bauer' }, text, ...more };
}

export function newClientId(): string {
  return randomBytes(8).toString('hex');
}
