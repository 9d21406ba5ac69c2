import { expect } from 'chai';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rhythmAfter } from '../../src/compose/channel-health.js';
import { removeProducts, startProduct, type Product } from '../support/product.js';

describe('Channels in a file', function () {
  this.timeout(60_000);
  let folder = '';
  let product: Product | undefined;
  const file = (): string => join(folder, 'channels.json');
  const declare = (channels: unknown): Promise<void> => writeFile(file(), JSON.stringify({ channels }));
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rapport-channels-'));
  });
  afterEach(async () => {
    await product?.stop();
    product = undefined;
    await removeProducts();
    await rm(folder, { recursive: true, force: true });
  });

  it('are there after the start, with secrets that are never shown again', async () => {
    await writeFile(join(folder, 'till-secret'), 'sixteen-characters-or-more\n');
    await declare([{ id: 'shop-till', kind: 'webhook', name: 'Till', secrets: { secret: { file: 'till-secret' } } }]);
    product = await startProduct({ env: { CHANNELS_FILE: file() } });
    const answer = await product.api<{ items: { id: string; name: string; webhookUrl?: string; secretsSet: string[] }[] }>('GET', '/channels');
    const till = answer.items.find((channel) => channel.id === 'shop-till');
    expect(till).to.deep.include({ name: 'Till', secretsSet: ['secret'] });
    expect(till?.webhookUrl).to.match(/\/hooks\/shop-till$/);
    expect(JSON.stringify(answer)).not.to.contain('sixteen-characters');
  });

  it('stop the start when something is wrong with them, and every fault is named, no secret', async () => {
    await declare([
      { id: 'one', kind: 'webhook', name: 'One', secrets: { secret: 'too-short' } },
      { id: 'two', kind: 'webhook', name: 'Two', team: 'Nobody', secrets: { secret: 'sixteen-characters-or-more' } },
    ]);
    const words = await startProduct({ env: { CHANNELS_FILE: file() } }).then(() => 'started', (error: Error) => error.message);
    expect(words).to.contain('one: ').and.to.contain('two: there is no team "Nobody"');
    expect(words).not.to.contain('too-short');
  });
});

describe('The rhythm of a channel', () => {
  it('is the mean of its gaps, exact at first, moving afterwards', () => {
    const first = rhythmAfter(undefined, 60_000);
    expect(first).to.deep.equal({ gapMs: 60_000, count: 1 });
    expect(rhythmAfter(first, 120_000)).to.deep.equal({ gapMs: 90_000, count: 2 });
    let rhythm = first;
    for (let n = 0; n < 200; n += 1) rhythm = rhythmAfter(rhythm, 300_000);
    expect(rhythm.gapMs).to.be.closeTo(300_000, 1_000);
  });
});
