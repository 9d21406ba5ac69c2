import { expect } from 'chai';
import { Pace } from '../../src/workers/pace.js';

describe('The pace of an account', () => {
  const time = { now: 1_000_000 };
  const send = (outboxId: string, channelId = 'slack', conversationId = 'c1') => ({ outboxId, channelId, conversationId });
  const fresh = (): Pace => new Pace(() => time.now);
  const perConversation = [{ scope: 'conversation' as const, count: 1, perMs: 1_000 }];

  it('keeps the platform’s rate for each conversation, and says when to come back', () => {
    const pace = fresh();
    expect(pace.ask(send('m1'), perConversation)).to.equal('now');
    pace.done('slack');
    expect(pace.ask(send('m2'), perConversation)).to.equal(1_000);
    expect(pace.ask(send('m3', 'slack', 'c2'), perConversation)).to.equal('now');
    time.now += 1_000;
    expect(pace.ask(send('m2'), perConversation)).to.equal('now');
  });

  it('keeps the rate of the whole account over all conversations', () => {
    const pace = fresh();
    const rates = [{ scope: 'account' as const, count: 2, perMs: 500 }];
    for (const id of ['m1', 'm2']) {
      expect(pace.ask(send(id, 'x', id), rates)).to.equal('now');
      pace.done('x');
    }
    expect(pace.ask(send('m3', 'x', 'm3'), rates)).to.equal(500);
  });

  it('lets a platform that hangs hold only so many sends, and the others none', () => {
    const pace = fresh();
    for (let n = 0; n < 8; n += 1) expect(pace.ask(send(`m${n}`, 'hangs', `c${n}`), [])).to.equal('now');
    expect(pace.ask(send('m8', 'hangs', 'c8'), [])).to.equal('queued');
    expect(pace.ask(send('m8', 'hangs', 'c8'), []), 'queued once, however often it asks').to.equal('queued');
    expect(pace.ask(send('other', 'telegram'), [])).to.equal('now');
    expect(pace.done('hangs'), 'whoever waits is called').to.equal('m8');
    expect(pace.done('hangs')).to.equal(undefined);
  });

  it('keeps an account shut for as long as the provider says', () => {
    const pace = fresh();
    expect(pace.ask(send('m1'), [])).to.equal('now');
    pace.done('slack', 30_000);
    expect(pace.ask(send('m2', 'slack', 'c9'), [])).to.equal(30_000);
    time.now += 30_000;
    expect(pace.ask(send('m2', 'slack', 'c9'), [])).to.equal('now');
  });
});
