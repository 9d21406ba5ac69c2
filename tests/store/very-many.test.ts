import { expect } from 'chai';
import type { Conversation } from '../../src/inbox/model/conversation.js';
import type { Wait } from '../../src/inbox/model/wait.js';
import { collectionSpecs, openCollections } from '../../src/store/collections/collections.js';
import { eachEngine } from '../support/engines.js';

describe('Somebody with very many conversations', () => {
  eachEngine((_name, open) => {
    async function store() {
      const engine = await open();
      await engine.prepare(collectionSpecs);
      return openCollections(engine.durable);
    }
    const many = (count: number): number[] => Array.from({ length: count }, (_none, n) => n);
    const wait = (n: number, more: Partial<Wait>): Wait => ({
      _id: `wait-${n}`, n, changeSeq: n, conversationId: 'c', customerId: 'ines', channelId: 'chat', kind: 'next', known: true, priority: 'normal', tags: [],
      from: 10_000 - n, fromReceivedAt: 10_000 - n, firstSeq: 1, state: 'open', asks: [], segments: [], ...more,
    });
    const row = (n: number, customerId: string): Conversation => ({
      _id: `of-${customerId}-${n}`, channelId: 'chat', channelKind: 'webchat', channelName: 'Chat', threadKey: `${n}`, customerId, identityId: customerId, customerName: customerId, status: 'open', shelf: 'active', priority: 'normal',
      owned: false, tags: [], facts: { n, firstAt: n, known: false, touches: 0, asks: 0, transfers: 0, reopened: 0, waits: 0 }, lastSeq: 0, lastInSeq: 0, lastMessageAt: n % 7, readSeq: 0, ownership: 0, talkedAt: 0,
      preview: { text: '', by: 'customer', name: customerId }, participants: [], changeSeq: n, createdAt: 0,
    });
    async function insert<T>(docs: T[], one: (doc: T) => Promise<unknown>): Promise<void> {
      for (let at = 0; at < docs.length; at += 100) await Promise.all(docs.slice(at, at + 100).map(one));
    }

    it('is read with every one of them, over all records joined into them', async () => {
      const { conversations } = await store();
      await insert([...many(1_050).map((n) => row(n, 'ines')), ...many(3).map((n) => row(n, 'ben')), row(0, 'vera')], (each) => conversations.insert(each));
      expect((await conversations.everyOf(['ines', 'ben'])).map(({ _id }) => _id).sort()).to.deep.equal([...many(1_050).map((n) => `of-ines-${n}`), ...many(3).map((n) => `of-ben-${n}`)].sort());
      expect((await conversations.everyOf(['vera'])).map(({ _id }) => _id)).to.deep.equal(['of-vera-0']);
    });

    it('has every open wait, and every wait of a conversation in the order of their beginnings', async () => {
      const { waits } = await store();
      await insert(many(1_050).map((n) => wait(n, n % 3 === 0 ? {} : { state: 'answered', to: 10_000 })), (each) => waits.insert(each));
      await waits.insert(wait(2_000, { conversationId: 'd', customerId: 'vera' }));
      expect((await waits.openOf(['ines'])).map(({ n }) => n).sort((a, b) => a - b)).to.deep.equal(many(350).map((n) => n * 3));
      expect((await waits.ofConversation('c')).map(({ from }) => from)).to.deep.equal(many(1_050).map((n) => 10_000 - 1_049 + n));
      expect((await waits.ofConversation('d')).map(({ n }) => n)).to.deep.equal([2_000]);
    });
  });
});
