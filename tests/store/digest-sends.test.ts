import { expect } from 'chai';
import type { DigestSend } from '../../src/inbox/model/report.js';
import { collectionSpecs, openCollections } from '../../src/store/collections/collections.js';
import { eachEngine } from '../support/engines.js';

describe('Mails of digests in the store', () => {
  eachEngine((_name, open) => {
    const send = (id: string, more: Partial<DigestSend> = {}): DigestSend => ({ _id: id, digestId: 'D', period: 'week:2026-10-19', agentId: id, state: 'waiting', attempts: 0, nextAt: 100, createdAt: 100, changedAt: 100, ...more });
    async function sends() {
      const engine = await open();
      await engine.prepare(collectionSpecs);
      return openCollections(engine.durable).digestSends;
    }

    it('are written once, and of two who take one at once one gets it', async () => {
      const rows = await sends();
      expect(await rows.insert(send('a'))).to.equal('inserted');
      expect(await rows.insert(send('a', { state: 'sent' }))).to.equal('duplicate');
      const taken = await Promise.all([1, 2].map(() => rows.move('a', 'waiting', { set: { state: 'sending', changedAt: 200 }, unset: ['reason'] })));
      expect(taken.sort()).to.deep.equal([false, true]);
      expect((await rows.inState('sending', 10)).map((each) => each._id)).to.deep.equal(['a']);
    });

    it('are due in order, and forgotten only when they have ended', async () => {
      const rows = await sends();
      for (const each of [send('late', { nextAt: 300 }), send('second', { nextAt: 120 }), send('first'), send('gone', { state: 'sent', nextAt: 50 }), send('held', { state: 'sending', nextAt: 50 }), send('other', { digestId: 'E', changedAt: 900 })]) await rows.insert(each);
      expect((await rows.due(200, 10)).map((each) => each._id)).to.deep.equal(['first', 'other', 'second']);
      await rows.move('second', 'waiting', { set: { state: 'failed', changedAt: 700, reason: 'no such user' } });
      expect((await rows.newestOf('D', 2)).map((each) => each._id)[0]).to.equal('second');
      expect(await rows.forget(200, 10)).to.equal(2);
      expect((await rows.newestOf('D', 10)).map((each) => each._id)).to.have.members(['late', 'first', 'held']);
    });
  });
});
