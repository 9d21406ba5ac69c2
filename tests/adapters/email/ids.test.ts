import { expect } from 'chai';
import fc from 'fast-check';
import { createMailIds, mailIdsIn } from '../../../src/adapters/email/ids.js';
import { replyKey } from './support/mailbox.js';

const ids = createMailIds(replyKey);
const others = createMailIds(Buffer.alloc(32, 8));

describe('the ids and addresses that we sign', () => {
  it('come back from a Message-ID whatever the message is called, also in other case', () => {
    fc.assert(fc.property(fc.string({ minLength: 1, maxLength: 60, unit: 'binary' }), (messageId) => {
      const minted = ids.mintMessageId(messageId, 'velowerk.example');
      expect(minted).to.match(/^[a-z2-7]+\.[a-z2-7]{16}@velowerk\.example$/);
      expect(ids.readMessageId(`<${minted}>`)).to.deep.equal({ messageId });
      expect(ids.readMessageId(minted.toUpperCase())).to.deep.equal({ messageId });
    }));
  });

  it('are still known as ours when the message’s id is too long to be carried', () => {
    expect(ids.readMessageId(ids.mintMessageId('x'.repeat(500), 'velowerk.example'))).to.deep.equal({});
  });

  it('cannot be made without the key, nor changed by one character', () => {
    const minted = ids.mintMessageId('ch-mail:m1', 'velowerk.example');
    expect(others.readMessageId(minted)).to.equal(undefined);
    for (let at = 0; at < minted.indexOf('@'); at += 1) {
      const changed = `${minted.slice(0, at)}${minted[at] === 'a' ? 'b' : 'a'}${minted.slice(at + 1)}`;
      expect(ids.readMessageId(changed), changed).to.equal(undefined);
    }
  });

  it('are each good for one purpose only: a loop mark is no Message-ID, a reply token no loop mark', () => {
    const mark = ids.mintLoopMark('ch-mail:m1');
    expect(ids.readLoopMark(mark)).to.deep.equal({ messageId: 'ch-mail:m1' });
    expect(ids.readMessageId(`${mark}@velowerk.example`)).to.equal(undefined);
    expect(ids.readLoopMark(ids.mintMessageId('ch-mail:m1', 'x.example').split('@')[0] ?? '')).to.equal(undefined);
  });

  it('lead a reply address to its conversation in its own channel and in no other', () => {
    fc.assert(fc.property(fc.stringMatching(/^[0-9A-Za-z]{16}$/), (conversationId) => {
      const address = ids.mintReplyAddress('support@velowerk.example', 'ch-mail', conversationId) ?? '';
      expect(address.split('@')[0]?.length).to.be.at.most(64);
      expect(ids.readReplyAddress(address, 'ch-mail')).to.equal(conversationId);
      expect(ids.readReplyAddress(address.toUpperCase(), 'ch-mail')).to.equal(conversationId);
      expect(ids.readReplyAddress(address, 'ch-other')).to.equal(undefined);
      expect(others.readReplyAddress(address, 'ch-mail')).to.equal(undefined);
    }));
  });

  it('make no reply address that would be too long for mail servers', () => {
    expect(ids.mintReplyAddress('a-very-long-local-part-of-an-address@velowerk.example', 'ch-mail', 'conv0000000000aa')).to.equal(undefined);
  });

  it('are found in a References header however clients write it', () => {
    expect(mailIdsIn('<a@x> <b@x>')).to.deep.equal(['a@x', 'b@x']);
    expect(mailIdsIn('<a@x><b@x>,<a@x>')).to.deep.equal(['a@x', 'b@x']);
    expect(mailIdsIn('a@x b@x')).to.deep.equal(['a@x', 'b@x']);
    expect(mailIdsIn('nothing here')).to.deep.equal([]);
  });
});
