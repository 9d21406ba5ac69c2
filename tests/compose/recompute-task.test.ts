import { expect } from 'chai';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { buildApp } from '../../src/compose/app.js';
import { recomputeTask } from '../../src/compose/recompute-task.js';
import { readConfig } from '../../src/config.js';
import type { MessageEvent } from '../../src/inbox/model/event.js';

describe('Recomputing everything', () => {
  let folder: string;
  const lines: string[] = [];
  const write = process.stdout.write.bind(process.stdout);
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rapport-recompute-'));
  });
  after(async () => {
    process.exitCode = undefined;
    await rm(folder, { recursive: true, force: true });
  });

  const config = () => readConfig({ DATA_DIR: folder }, folder);
  const open = () => buildApp(config(), { log: pino({ level: 'silent' }), webRoot: folder, publicUrl: 'http://localhost' });

  async function said(repair: boolean): Promise<string> {
    lines.length = 0;
    process.stdout.write = (line: string | Uint8Array) => {
      lines.push(String(line));
      return true;
    };
    try {
      await recomputeTask(config(), { repair });
    } finally {
      process.stdout.write = write;
    }
    return lines.join('');
  }

  it('says that all is well, finds what was changed behind its back, and with --repair writes what the messages say', async () => {
    let app = await open();
    const now = Date.now();
    const channel = await app.book.create({ kind: 'webhook', name: 'Shop', settings: {}, secrets: { secret: 'sixteen-characters-and-more' } });
    const event: MessageEvent = {
      type: 'message', channelId: channel._id, eventId: 'evt-1', externalId: 'evt-1', receivedAt: now, verifiedBy: 'signature', direction: 'in',
      sender: { kind: 'webhook', scope: channel._id, externalUserId: 'ines', displayName: 'Ines Bauer', proof: 'channel', aliases: [] }, thread: { key: 't1', keyIs: 'exact' }, text: 'Where is the parcel with my new wheel?',
    };
    await app.receive([event]);
    await app.core.jobs.idle();
    const id = `${channel._id}:evt-1`;
    await app.stop();
    expect(await said(false)).to.include('All waits are as the messages say.');
    expect(process.exitCode).to.equal(undefined);

    app = await open();
    await app.core.store.now.waits.change(id, { set: { from: now - 60_000 } });
    await app.stop();
    expect(await said(false)).to.match(/from is kept as \d+, the messages say \d+[\s\S]*1 waits differ/);
    expect(process.exitCode).to.equal(1);
    process.exitCode = undefined;
    expect(await said(true)).to.include('1 waits differed and were repaired');
    expect(await said(false)).to.include('All waits are as the messages say.');

    app = await open();
    expect((await app.core.store.now.waits.get(id))?.from).to.equal(now);
    expect((await app.core.store.now.corrections.ofWait(id)).map(({ why }) => why)).to.deep.equal(['it was worked out anew from the messages']);
    await app.stop();
  });
});
