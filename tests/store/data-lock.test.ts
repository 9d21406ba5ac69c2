import { expect } from 'chai';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { acquireDataLock } from '../../src/store/data-lock.js';
import { waitFor } from '../support/wait-for.js';

const child = fileURLToPath(new URL('./data-lock-child.ts', import.meta.url));

describe('the lock on a data folder', () => {
  let folder: string;
  let holder: ChildProcess | undefined;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rapport-lock-'));
  });
  afterEach(async () => {
    holder?.kill('SIGKILL');
    await rm(folder, { recursive: true });
  });

  it('is held by one process and tells others which; it is free again at once after kill -9', async () => {
    holder = spawn(process.execPath, ['--import', 'tsx', child, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(holder.stdout!, 'data');
    const fault = await acquireDataLock(folder, 'another').then(() => undefined, (error: { code: string; message: string }) => error);
    expect(fault?.code).to.equal('conflict');
    expect(fault?.message).to.equal(`the data folder ${folder} is in use by the server, process ${holder.pid}`);
    const ended = once(holder, 'exit');
    holder.kill('SIGKILL');
    await ended;
    const lock = await waitFor(() => acquireDataLock(folder, 'another'), { timeoutMs: 2_000 });
    await lock.release();
  });

  it('is refused also to the same process, and free after its release', async () => {
    const first = await acquireDataLock(folder, 'the server');
    expect(await acquireDataLock(folder, 'twice').then(() => 'taken', (error: { code: string }) => error.code)).to.equal('conflict');
    await first.release();
    await (await acquireDataLock(folder, 'again')).release();
  });
});
