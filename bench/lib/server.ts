import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../dist/server/main.js', import.meta.url));

export const adminKey = 'bench-key-of-the-first-administrator-0001';
export const setUp = { SETUP_EMAIL: 'lead@velowerk.example', SETUP_PASSWORD: 'bench-password-of-nobody', SETUP_API_KEY: adminKey };

/** The built server in a process of its own. */
export class Server {
  readonly port: number;
  /** From starting the process to the first `ready` of `/readyz`. */
  readonly readyMs: number;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, port: number, readyMs: number) {
    this.#child = child;
    this.port = port;
    this.readyMs = readyMs;
  }

  static async start(dataDir: string): Promise<Server> {
    const port = await freePort();
    const started = performance.now();
    const child = spawn(process.execPath, [main], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], PORT: String(port), HOST: '127.0.0.1', DATA_DIR: dataDir, LOG_LEVEL: 'error', ...setUp },
      // Away from a .env that somebody keeps in the project.
      cwd: dataDir,
    });
    const gone = once(child, 'exit').then(([code]) => {
      throw new Error(`the server ended with ${String(code)} while starting`);
    });
    await Promise.race([untilReady(port), gone]);
    gone.catch(() => undefined);
    return new Server(child, port, performance.now() - started);
  }

  /** Resident memory in MB. */
  memoryMb(): number {
    const status = readFileSync(`/proc/${this.#child.pid ?? 'self'}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1_024;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await ended;
  }

  /** One call of the API as the administrator; throws on anything but 2xx. */
  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`http://127.0.0.1:${this.port}/api/v1${path}`, {
      method, headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 300)}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }
}

/** Processor time a process has used so far, in ms; says more than a clock does on a machine that is not idle. */
export function processorMs(pid: number): number {
  const [user = 0, system = 0] = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ').slice(11, 13).map(Number);
  // Linux counts in hundredths of a second (USER_HZ).
  return (user + system) * 10;
}

async function untilReady(port: number): Promise<void> {
  for (let tries = 0; tries < 12_000; tries += 1) {
    try {
      const response = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(1_000) });
      if (response.ok) return;
    } catch (error) {
      if (!(error instanceof Error)) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error('the server did not become ready within a minute');
}

export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => {
    probe.listen(0, '127.0.0.1', resolve);
  });
  const address = probe.address();
  await new Promise((resolve) => {
    probe.close(resolve);
  });
  return typeof address === 'object' && address !== null ? address.port : 0;
}
