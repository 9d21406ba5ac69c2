import { expect } from 'chai';
import { openNumbers } from '../../src/inbox/open-numbers.js';
import { collectionSpecs, openInboxStore } from '../../src/store/collections/collections.js';
import { conversationSpec } from '../../src/store/collections/conversations.js';
import { waitSpec } from '../../src/store/collections/waits.js';
import { migrations } from '../../src/store/migrations/list.js';
import { runMigrations } from '../../src/store/migrations/run-migrations.js';
import { eachEngine } from '../support/engines.js';
import { conversationOf } from './backup-world.js';

const t0 = Date.UTC(2026, 9, 1);
let ids = 0;

eachEngine((_name, open) => {
  describe('a store from before response times', () => {
    it('is numbered, its waits get their shape, and what comes next goes on from there', async () => {
      const engine = await open();
      await engine.prepare(collectionSpecs);
      const rows = engine.durable.collection(conversationSpec);
      const waits = engine.durable.collection(waitSpec);
      for (const n of [1, 2]) {
        const { facts: _, ...old } = conversationOf(n);
        await rows.insert({ ...old, teamId: 'orders', ...(n === 1 ? { assigneeId: 'lena', owned: true } : {}) } as never);
      }
      const old = { customerId: 'cust1', channelId: 'mail', conversationId: 'conv1', teamId: 'orders' };
      await waits.insert({ ...old, _id: 'mail:a', from: t0, fromReceivedAt: t0, firstSeq: 1, state: 'answered', to: t0 + 60_000, answer: { messageId: 'mail:out', by: 'agent', agentId: 'lena', channelId: 'mail' } } as never);
      await waits.insert({ ...old, _id: 'mail:b', from: t0 + 120_000, fromReceivedAt: t0 + 130_000, firstSeq: 3, state: 'open' } as never);
      await runMigrations(engine, migrations, { clock: Date.now, newId: () => `id${(ids += 1)}`, log: { info: () => undefined }, alone: true });

      const { now } = openInboxStore(engine);
      expect((await now.conversations.getMany(['conv1', 'conv2'])).map((row) => row.facts.n).sort()).to.deep.equal([1, 2]);
      expect((await now.conversations.get('conv1'))?.facts).to.deep.include({ firstAt: t0 + 1, firstTeamId: 'orders', owner: { agentId: 'lena', teamId: 'orders' } });
      const [first, second] = await now.waits.ofConversation('conv1');
      expect(first).to.deep.include({ kind: 'first', state: 'answered', businessMs: 60_000, asks: [], segments: [{ from: t0, by: 'agent', agentId: 'lena', teamId: 'orders' }] });
      expect(first?.answer).to.deep.include({ conversationId: 'conv1', agentId: 'lena' });
      expect(second).to.deep.include({ kind: 'next', state: 'open', asks: [{ messageId: 'mail:b', at: t0 + 120_000, receivedAt: t0 + 130_000, seq: 3 }] });
      expect(new Set([first?.n, second?.n])).to.deep.equal(new Set([1, 2]));
      const { numbers } = await openNumbers(now);
      expect([numbers.waits.next(), numbers.cases.next()]).to.deep.equal([3, 3]);
    });
  });
});
