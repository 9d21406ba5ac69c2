import { expect } from 'chai';
import fc from 'fast-check';
import { appendNewer, lastSeqOf, mergeNewest, prependOlder, threadOf, upsert, withoutMessage, type Thread } from '../../../web/src/lib/cache/thread.js';
import { message, noon } from './fixtures.js';

const numbered = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => message({ id: `m${from + index}`, seq: from + index, receivedAt: noon + from + index }));
const ids = (thread: Thread) => thread.messages.map((each) => each.id);

describe('The window on a person’s story', () => {
  it('has every message once and in the order of its numbers, in whatever order they come', () => {
    fc.assert(fc.property(fc.shuffledSubarray(numbered(1, 12)), fc.shuffledSubarray(numbered(1, 12)), (first, second) => {
      const thread = [...first, ...second].reduce<Thread>((window, each) => upsert(window, each), threadOf({ messages: [] }));
      const expected = [...new Set([...first, ...second].map((each) => each.seq))].sort((one, other) => one - other);
      expect(thread.messages.map((each) => each.seq)).to.deep.equal(expected);
    }));
  });

  it('orders one conversation by number even when the clocks disagree', () => {
    const thread = [message({ id: 'b', seq: 2, receivedAt: noon - 5000 }), message({ id: 'a', seq: 1, receivedAt: noon })].reduce(upsert, threadOf({ messages: [] }));
    expect(ids(thread)).to.deep.equal(['a', 'b']);
  });

  it('puts the server’s message in the place of the one that was shown early', () => {
    const early = message({ id: 'pending:x', clientId: 'x', seq: 3.5, kind: 'out' });
    const sent = message({ id: 'mail:4', clientId: 'x', seq: 4, kind: 'out' });
    const thread = upsert(upsert(threadOf({ messages: numbered(1, 3) }), early), sent);
    expect(ids(thread)).to.deep.equal(['m1', 'm2', 'm3', 'mail:4']);
    expect(ids(upsert(thread, sent))).to.deep.equal(ids(thread));
  });

  it('keeps a message that is still on its way when the newest page is fetched again', () => {
    const early = message({ id: 'pending:x', clientId: 'x', seq: 3.5, kind: 'out', receivedAt: noon + 99 });
    const thread = mergeNewest(upsert(threadOf({ messages: numbered(1, 3) }), early), { messages: numbered(2, 3) });
    expect(ids(thread)).to.deep.equal(['m1', 'm2', 'm3', 'pending:x']);
    expect(ids(withoutMessage(thread, 'pending:x'))).to.deep.equal(['m1', 'm2', 'm3']);
  });

  it('joins the newest page to older ones, and begins afresh when there is a hole between them', () => {
    const thread = prependOlder(threadOf({ messages: numbered(11, 20), before: 'c10' }), { messages: numbered(1, 10) });
    expect(ids(mergeNewest(thread, { messages: numbered(15, 24), before: 'c14' }))).to.deep.equal(numbered(1, 24).map((each) => each.id));
    expect(mergeNewest(thread, { messages: numbered(15, 24), before: 'c14' }).before).to.equal(undefined);
    const afresh = mergeNewest(thread, { messages: numbered(40, 49), before: 'c39' });
    expect(ids(afresh)[0]).to.equal('m40');
    expect(afresh.before).to.equal('c39');
  });

  it('stays in the past while somebody reads there, and takes only changes of what it shows', () => {
    const past = threadOf({ messages: numbered(1, 10), after: 'c10' });
    expect(mergeNewest(past, { messages: numbered(40, 49) })).to.equal(past);
    expect(ids(upsert(past, message({ id: 'm50', seq: 50 })))).to.deep.equal(ids(past));
    const changed = upsert(past, { ...numbered(5, 5)[0]!, text: 'changed' });
    expect(changed.messages[4]?.text).to.equal('changed');
    const further = appendNewer(past, { messages: numbered(9, 14) });
    expect(ids(further)).to.deep.equal(numbered(1, 14).map((each) => each.id));
    expect(further.after).to.equal(undefined);
  });

  it('leaves what is older than the window to its own page', () => {
    const thread = threadOf({ messages: numbered(11, 20), before: 'c10' });
    expect(ids(upsert(thread, message({ id: 'm3', seq: 3, receivedAt: noon + 3 })))).to.deep.equal(ids(thread));
  });

  it('knows how far it goes, so that a hole is noticed', () => {
    const thread = threadOf({ messages: [...numbered(1, 4), message({ id: 'other', conversationId: 'two', seq: 90, receivedAt: noon + 50 })] });
    expect(lastSeqOf(thread, 'one')).to.equal(4);
    expect(lastSeqOf(thread, 'two')).to.equal(90);
    expect(lastSeqOf(thread, 'three')).to.equal(0);
  });
});
