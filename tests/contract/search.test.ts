import { expect } from 'chai';
import fc from 'fast-check';
import type { SearchEntry } from '../../src/inbox/ports.js';
import type { Engine } from '../../src/store/driver.js';
import { isEmbedded } from '../../src/store/engine.js';
import { openEmbeddedSearch } from '../../src/store/search/embedded.js';
import { openMongoSearch } from '../../src/store/search/mongo.js';
import type { ResolveName } from '../../src/store/search/plan.js';
import type { StoreSearch } from '../../src/store/search/store-search.js';
import { eachEngine } from '../support/engines.js';
import { allHits, history, holds, question, typed, visible } from './search-model.js';

const problems: object[] = [];
const log = { error: (facts: object) => problems.push(facts) };

function openSearch(engine: Engine, resolve?: ResolveName): Promise<StoreSearch> {
  const options = resolve === undefined ? {} : { resolve };
  return isEmbedded(engine) ? openEmbeddedSearch(engine, { log, ...options }) : openMongoSearch(engine, options);
}

let entries = 0;
function entryOf(text: string, changes: Omit<Partial<SearchEntry>, 'facets'> & { facets?: Partial<SearchEntry['facets']> } = {}): SearchEntry {
  entries += 1;
  return {
    messageId: `chan1:${entries}`,
    conversationId: 'conv1',
    at: Date.UTC(2026, 4, 1) + entries * 1000,
    text,
    ...changes,
    facets: { channelId: 'chan1', from: ['Anna Berger', 'anna.berger@posteo.example'], tags: [], hasAttachment: false, note: false, ...changes.facets },
  };
}

eachEngine((_name, open) => {
  describe('search', () => {
    let engine: Engine;
    let search: StoreSearch;
    before(async () => {
      engine = await open();
      search = await openSearch(engine);
    });
    beforeEach(() => search.clear());
    after(async () => {
      await search?.stop();
      expect(problems).to.deep.equal([]);
    });

    const found = async (text: string, more: object = {}): Promise<string[]> => (await search.query({ text, limit: 50, ...more })).hits.map((hit) => hit.messageId);

    /** Checks before and after the entries have reached the index proper. */
    async function both(check: () => Promise<void>): Promise<void> {
      await check();
      await search.settle();
      await check();
    }

    it('answers every query, filter, permission and page as a naive model does, whatever was put, replaced and removed', async () => {
      await fc.assert(
        fc.asyncProperty(history, fc.array(question, { minLength: 1, maxLength: 6 }), async (steps, questions) => {
          await search.clear();
          const model = new Map<string, SearchEntry>();
          for (const step of steps) {
            if ('put' in step) {
              await search.put(step.put);
              for (const entry of step.put) model.set(entry.messageId, entry);
            } else if ('remove' in step) {
              await search.remove(step.remove);
              for (const id of step.remove) model.delete(id);
            } else await search.settle();
          }
          for (const { parts, limit, visibleTo } of questions) {
            const hits = await allHits(search, { text: typed(parts), limit, ...(visibleTo ? { visibleTo } : {}) });
            const expected = [...model.values()].filter((entry) => visible(entry, visibleTo) && parts.every((part) => holds(part, entry) !== part.negative));
            const row = (hit: { messageId: string; conversationId: string; at: number }): string => `${hit.messageId} ${hit.conversationId} ${hit.at}`;
            expect(hits.map(row).sort(), typed(parts)).to.deep.equal(expected.map(row).sort());
            expect(hits.map((hit) => hit.at), 'newest first').to.deep.equal(hits.map((hit) => hit.at).sort((a, b) => b - a));
          }
        }),
        { numRuns: 80 },
      );
    });

    it('finds a word in any of its forms, in each of the four languages, without being told the language', async () => {
      const texts = [
        ['en', 'We have delivered two invoices', ['invoice', 'INVOICES', 'delivery delivered', 'deliver']],
        ['de', 'Die Rechnungen für die Häuser fehlen', ['rechnung', 'Rechnungen', 'haus', 'häuser', 'HAUSER']],
        ['es', 'Necesito las facturas y la facturación de enero', ['factura', 'facturación', 'facturacion', 'enero']],
        ['fr', 'Les livraisons ont été payées à Orléans', ['livraison', 'payée', 'payees', 'orleans', 'été', 'ete']],
      ] as const;
      const put = texts.map(([language, text]) => entryOf(text, { language }));
      await search.put(put);
      await both(async () => {
        for (const [at, [, , queries]] of texts.entries()) {
          for (const query of queries.filter((one) => one !== 'delivery delivered')) expect(await found(query), query).to.deep.equal([put[at]?.messageId]);
        }
      });
    });

    it('finds forms of a word also in a text whose language nobody knows', async () => {
      const put = entryOf('rechnungen invoices facturas livraisons');
      await search.put([put]);
      await both(async () => {
        for (const query of ['rechnung', 'invoice', 'factura', 'livraison']) expect(await found(query), query).to.deep.equal([put.messageId]);
      });
    });

    it('finds addresses, links and numbers whole and by their parts', async () => {
      const put = entryOf('Please see https://shop.velowerk.example/orders/RE-2026-00123?x=1, write to anna.berger+rad@posteo.example or call +49 30 901820; our 2026/4711-2');
      await search.put([put, entryOf('anna posteo berger example rad velowerk shop 2026 00123 re')]);
      const whole = ['RE-2026-00123', 're202600123', 'RE.2026.00123', 'orders/re-2026-00123', 'anna.berger+rad@posteo.example', 'posteo.example', 'velowerk.example', 'https://shop.velowerk.example/orders/RE-2026-00123', '"30 901820"', '+49', '901820', 'RE-2026-001*', 're2026001*', '2026/4711-2', '202647112'];
      await both(async () => {
        for (const query of whole) expect(await found(query), query).to.include(put.messageId).and.have.length(1);
        for (const query of ['00123', 'posteo', 'shop', 'rad']) expect(await found(query), query).to.have.length(2);
      });
    });

    it('finds Chinese, Japanese, Korean and Thai by any part of a sentence', async () => {
      const put = [entryOf('我想退货,订单还没有到'), entryOf('注文した自転車がまだ届きません'), entryOf('주문한 자전거가 아직 도착하지 않았습니다'), entryOf('ยังไม่ได้รับสินค้า'), entryOf('iPhone手机壳很好')];
      await search.put(put);
      await both(async () => {
        const cases = [['退货', 0], ['订单', 0], ['单', 0], ['货', 0], ['自転車', 1], ['まだ', 1], ['자전거', 2], ['않았', 2], ['สินค้า', 3], ['手机', 4], ['iphone手机', 4], ['壳很好', 4]] as const;
        for (const [query, at] of cases) expect(await found(query), query).to.deep.equal([put[at]?.messageId]);
        expect(await found('货退')).to.deep.equal([]);
      });
    });

    it('takes a phrase as it was written, and words in any order', async () => {
      const put = [entryOf('the blue bike is late'), entryOf('the bike is blue and late')];
      await search.put(put);
      await both(async () => {
        expect(await found('"blue bike"')).to.deep.equal([put[0]?.messageId]);
        expect(await found('"bikes"')).to.deep.equal([]);
        expect(await found('bikes blue')).to.have.length(2);
        expect(await found('late -"blue bike"')).to.deep.equal([put[1]?.messageId]);
        expect(await found('"is bl"*')).to.deep.equal([put[1]?.messageId]);
      });
    });

    it('replaces what was known of a message: its text, its place, its permission', async () => {
      const first = entryOf('first version', { facets: { teamId: 'teamA' } });
      await search.put([first]);
      expect(await found('version', { visibleTo: { teamIds: ['teamB'], agentId: 'x' } })).to.deep.equal([]);
      await search.put([{ ...first, text: 'second version', conversationId: 'conv2', facets: { ...first.facets, teamId: 'teamB' } }]);
      await both(async () => {
        expect(await found('first')).to.deep.equal([]);
        expect((await search.query({ text: 'second', limit: 5 })).hits).to.deep.equal([{ messageId: first.messageId, conversationId: 'conv2', at: first.at }]);
        expect(await found('version', { visibleTo: { teamIds: ['teamB'], agentId: 'x' } })).to.deep.equal([first.messageId]);
        expect(await found('version', { visibleTo: { teamIds: ['teamA'], agentId: 'x' } })).to.deep.equal([]);
      });
    });

    it('does not mix up ids that differ in capitals or signs only', async () => {
      const put = [entryOf('x1', { facets: { channelId: 'a_b', teamId: 'Ab' } }), entryOf('x1', { facets: { channelId: 'a-b', teamId: 'aB' } }), entryOf('x1', { facets: { channelId: 'a b', teamId: 'ab' } })];
      await search.put(put);
      await both(async () => {
        for (const [at, id] of ['a_b', 'a-b', 'a b'].entries()) expect(await found(`channel:"${id}"`)).to.deep.equal([put[at]?.messageId]);
        for (const [at, id] of ['Ab', 'aB', 'ab'].entries()) expect(await found('x1', { visibleTo: { teamIds: [id], agentId: 'x' } })).to.deep.equal([put[at]?.messageId]);
      });
    });

    it('pages through many messages of one moment without a gap or a double', async () => {
      const at = Date.UTC(2026, 5, 1, 12);
      const put = Array.from({ length: 300 }, (_, n) => entryOf(`crowd ${n % 2 === 0 ? 'even' : 'odd'}`, { at }));
      await search.put(put);
      await search.put([entryOf('crowd later', { at: at + 60_000 }), entryOf('crowd earlier', { at: at - 60_000 })]);
      await both(async () => {
        const hits = await allHits(search, { text: 'crowd', limit: 47 });
        expect(new Set(hits.map((hit) => hit.messageId)).size).to.equal(302);
        expect(hits).to.have.length(302);
        expect([hits[0]?.at, hits[1]?.at, hits[301]?.at]).to.deep.equal([at + 60_000, at, at - 60_000]);
        expect(await allHits(search, { text: 'crowd odd', limit: 20 })).to.have.length(150);
      });
    });

    it('goes on where a page ended when something newer has come meanwhile', async () => {
      await search.put(Array.from({ length: 6 }, (_, n) => entryOf('steady', { messageId: `chan1:steady-${n}`, at: 1_000_000 + n })));
      const first = await search.query({ text: 'steady', limit: 3 });
      await search.put([entryOf('steady', { at: 2_000_000 })]);
      await search.settle();
      const second = await search.query({ text: 'steady', limit: 3, cursor: first.cursor ?? '' });
      expect([...first.hits, ...second.hits].map((hit) => hit.messageId)).to.deep.equal([5, 4, 3, 2, 1, 0].map((n) => `chan1:steady-${n}`));
      expect(second.cursor).to.equal(undefined);
    });

    it('says in words what it did not understand, and finds nothing when nothing was asked', async () => {
      await search.put([entryOf('invoice re order')]);
      const notice = async (text: string): Promise<string | undefined> => (await search.query({ text, limit: 5 })).notice;
      expect(await notice('invoice')).to.equal(undefined);
      for (const empty of ['', '  ', '"" - * :', '…!?']) {
        expect(await notice(empty)).to.equal('There is nothing to search for.');
        expect(await found(empty)).to.deep.equal([]);
      }
      expect(await notice('invoice before:yesterday')).to.equal('"before:yesterday" was left out: write a day such as before:2026-03-31.');
      expect(await notice('subject:invoice')).to.equal('There is no filter "subject:"; its words were searched for.');
      expect(await notice('invoice has:luck')).to.equal('"has:luck" was left out: there is only has:attachment.');
      expect(await found('re:invoice')).to.deep.equal([]);
    });

    it('looks up names of channels and teams where it is given them', async () => {
      const named = await openSearch(engine, (kind, name) => (kind === 'channel' && name.toLowerCase() === 'support mail' ? ['chan1', 'chan2'] : []));
      await named.put([entryOf('x1'), entryOf('x1', { facets: { channelId: 'chan2' } }), entryOf('x1', { facets: { channelId: 'chan3' } })]);
      expect((await named.query({ text: 'channel:"Support mail"', limit: 5 })).hits).to.have.length(2);
      expect((await named.query({ text: 'x1 -in:"support mail"', limit: 5 })).hits).to.have.length(1);
      const unknown = await named.query({ text: 'x1 channel:sales', limit: 5 });
      expect(unknown.hits).to.deep.equal([]);
      expect(unknown.notice).to.equal('Nothing here is called "channel:sales".');
      await named.stop();
    });

    it('gives the folded words asked for, so that they can be marked', async () => {
      expect((await search.query({ text: 'Größe Rechnungen "Blaues Rad" -storno inv* from:anna', limit: 1 })).terms).to.include.members(['grosse', 'rechnungen', 'rechnung', 'blaues', 'rad', 'inv']).and.not.include.members(['storno', 'anna']);
    });

    it('refuses a cursor that it did not give', async () => {
      for (const cursor of ['x', '', Buffer.from('[1.5]').toString('base64url'), Buffer.from('[{"$gt":0},"a"]').toString('base64url'), Buffer.from('null').toString('base64url'), '💥']) {
        const code = await search.query({ text: 'x1', limit: 1, cursor }).then(() => 'none', (error: { code: string }) => error.code);
        expect(code, cursor).to.equal('bad_request');
      }
    });

    const naughty = [
      'AND', 'OR NOT', 'a AND', 'NEAR(a b)', 'NEAR/3', '^x1', 'words:x1', '{words extras} : x1', 'x1 + y', '"', '""""', "'", "x1'; DROP TABLE _search; --", '(', ')', '((x1', '* *', '-', '--', '-"', '$ne', '{"$gt":""}', '.*', '\\', '%', '_c', '_a', '_tteamA',
      '\0', 'x1\0y', '\ud800', 'x1 \udc00', '\u202ex1', '\u200b', '\ufeff', 'ﷺ', '´`', '👩‍👩‍👧', 'x'.repeat(10_000), 'x1 '.repeat(3_300), '"'.repeat(10_000), '-'.repeat(10_000), '('.repeat(10_000), 'a*'.repeat(5_000), 'from:'.repeat(2_000), '漢'.repeat(10_000), 'é'.repeat(10_000), '\u0301'.repeat(10_000), 'in: tag: from: before: has:', 'from:* tag:"" channel:*', 'before:9999999-99-99', 'after:0000-00-00',
    ];
    it('lives through whatever is typed', async () => {
      const hidden = entryOf('x1 secret words', { facets: { teamId: 'teamA' } });
      await search.put([hidden]);
      await both(async () => {
        for (const text of naughty) {
          const started = performance.now();
          await search.query({ text, limit: 5 });
          expect(await found(text, { visibleTo: { teamIds: [], agentId: 'x' } }), JSON.stringify(text.slice(0, 40))).to.deep.equal([]);
          expect(performance.now() - started, JSON.stringify(text.slice(0, 40))).to.be.below(2_000);
        }
        expect(await found('x1 words')).to.deep.equal([hidden.messageId]);
      });
    });

    it('lives through whatever is put, and finds the rest', async () => {
      const put = naughty.map((text) => entryOf(`${text} needle77`, { facets: { from: [text], tags: [text], channelId: text.slice(0, 50) || 'c' } }));
      for (const entry of put) await search.put([entry]);
      await both(async () => {
        const hits = await allHits(search, { text: 'needle77 -in:notes', limit: 30 });
        // A text is findable by its first 100,000 characters, so by its end in all of these.
        expect(hits).to.have.length(put.length);
      });
    });

    it('takes strings from fast-check anywhere', async () => {
      const anything = fc.string({ unit: 'binary', maxLength: 60 });
      await fc.assert(
        fc.asyncProperty(anything, anything, async (text, query) => {
          const entry = entryOf(`${text} needle77`, { facets: { from: [query], tags: [text] } });
          await search.put([entry]);
          await search.query({ text: query, limit: 3 });
          expect(await found('needle77')).to.include(entry.messageId);
          await search.remove([entry.messageId]);
        }),
        { numRuns: 60 },
      );
    });

    it('keeps what was put over a restart, in the index or not yet', async () => {
      const database = `restart_${process.pid}`;
      const first = await open({ database });
      const before = await openSearch(first);
      await before.put([entryOf('settled durable')]);
      await before.settle();
      await before.put([entryOf('fresh durable')]);
      await before.stop();
      await first.close();
      const second = await open({ database });
      const after = await openSearch(second);
      expect((await after.query({ text: 'durable', limit: 5 })).hits).to.have.length(2);
      await after.settle();
      expect((await after.query({ text: 'durable', limit: 5 })).hits).to.have.length(2);
      await after.stop();
      await second.close();
    });
  });
});
