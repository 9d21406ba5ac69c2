import { expect } from 'chai';
import { rm } from 'node:fs/promises';
import type { SearchEntry } from '../../src/inbox/ports.js';
import { openEmbedded } from '../../src/store/embedded/engine.js';
import type { EmbeddedEngine } from '../../src/store/embedded/raw-sql.js';
import { openEmbeddedSearch } from '../../src/store/search/embedded.js';
import type { StoreSearch } from '../../src/store/search/store-search.js';
import { embeddedDatabases } from '../support/engines.js';
import { waitFor } from '../support/wait-for.js';
import { allHits } from '../contract/search-model.js';

const entryOf = (n: number, text = `steady number${n} ${n % 2 === 0 ? 'even' : 'odd'}`): SearchEntry => ({
  messageId: `chan:${n}`, conversationId: `conv${n % 50}`, at: Date.UTC(2026, 4, 1) + n * 1000, text,
  facets: { channelId: 'chan', from: ['Ada'], tags: [], hasAttachment: false, note: false },
});

describe('search in the embedded store', () => {
  const { open, fileOf } = embeddedDatabases();
  const faults: object[] = [];
  const openSearch = (engine: EmbeddedEngine): Promise<StoreSearch> => openEmbeddedSearch(engine, { log: { error: (facts) => faults.push(facts) } });
  const segmentSizes = (engine: EmbeddedEngine): number[] => engine.sql.all('SELECT size FROM _search_segments ORDER BY low').map(([size]) => Number(size));
  afterEach(() => expect(faults.splice(0)).to.deep.equal([]));

  it('finds everything that was acknowledged, once, after a power cut at any moment of indexing and merging', async function () {
    this.timeout(120_000);
    const engine = await open();
    const search = await openSearch(engine);
    const snapshots: { file: string; acknowledged: number; rewritten: number }[] = [];
    let acknowledged = 0;
    let rewritten = 0;
    for (let n = 0; n < 2_600; n += 26) {
      await search.put(Array.from({ length: 26 }, (_, i) => entryOf(n + i)));
      acknowledged = n + 26;
      if (n % 260 === 0) {
        await search.put(Array.from({ length: 20 }, (_, i) => entryOf(i, `steady rewritten${n} even`)));
        rewritten = n;
        const file = fileOf(`snapshot${n}`);
        snapshots.push({ file, acknowledged, rewritten });
        await engine.backupTo(file);
      }
    }
    await search.stop();
    expect(Math.max(...segmentSizes(engine)), 'segments were merged meanwhile').to.be.above(900);
    for (const snapshot of snapshots) {
      const copy = await openEmbedded({ file: snapshot.file });
      const again = await openSearch(copy);
      const hits = await allHits(again, { text: 'steady', limit: 500 });
      expect(new Set(hits.map((hit) => hit.messageId)).size, 'none twice').to.equal(hits.length);
      expect(hits.length).to.be.at.least(snapshot.acknowledged);
      expect(await allHits(again, { text: `rewritten${snapshot.rewritten}`, limit: 50 })).to.have.length(20);
      await again.settle();
      expect(await allHits(again, { text: 'steady', limit: 500 })).to.have.length(hits.length);
      await waitFor(() => copy.sql.get('SELECT count(*) FROM _search_blobs WHERE id / 16777216 NOT IN (SELECT id FROM _search_segments)')?.[0] === 0, { what: 'the sweep of what nobody uses' });
      await again.stop();
      await copy.close();
      await rm(snapshot.file);
    }
  });

  it('takes back all of a put that fails half way, and goes on', async () => {
    const engine = await open();
    const search = await openSearch(engine);
    await search.put([entryOf(1)]);
    const failed = await search.put([entryOf(2), entryOf(1, 'changed'), { ...entryOf(3), text: undefined as unknown as string }]).then(() => 'kept', () => 'refused');
    expect(failed).to.equal('refused');
    expect((await search.query({ text: 'steady', limit: 5 })).hits.map((hit) => hit.messageId)).to.deep.equal(['chan:1']);
    await search.put([entryOf(2)]);
    await search.settle();
    expect((await search.query({ text: 'steady', limit: 5 })).hits.map((hit) => hit.messageId)).to.deep.equal(['chan:2', 'chan:1']);
    await search.stop();
  });

  it('forgets what was replaced and removed: the index does not grow by changing the same messages', async function () {
    this.timeout(60_000);
    const engine = await open();
    const search = await openSearch(engine);
    for (let round = 0; round < 12; round += 1) await search.put(Array.from({ length: 400 }, (_, n) => entryOf(n, `steady round${round} ${'filler '.repeat(5)}`)));
    await search.remove(Array.from({ length: 350 }, (_, n) => `chan:${n}`));
    await search.settle();
    await waitFor(() => segmentSizes(engine).reduce((sum, size) => sum + size, 0) < 400, { what: 'the removal of what is gone' });
    expect(await allHits(search, { text: 'round11', limit: 20 })).to.have.length(50);
    expect(await allHits(search, { text: 'round10', limit: 20 })).to.have.length(0);
    expect(engine.sql.get('SELECT count(*) FROM _search_entries')?.[0]).to.equal(50);
    await search.stop();
  });

  it('shares the commit of the message that is written in the same tick', async () => {
    const engine = await open();
    const search = await openSearch(engine);
    const message = engine.groupWrite((sql) => sql.exec('CREATE TABLE message (text)'));
    const put = search.put([entryOf(1)]);
    // Written before anything could be awaited, so before the tick's commit.
    expect(engine.sql.get('SELECT count(*) FROM _search_pending')?.[0]).to.equal(1);
    await Promise.all([message, put]);
    await search.stop();
  });
});
