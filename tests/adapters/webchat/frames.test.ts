import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import type { VisitorFrame } from '../../../src/adapters/contract/visitors.js';
import { createWebchatAdapter } from '../../../src/adapters/webchat/index.js';
import type { Message } from '../../../src/inbox/model/message.js';

const webchat = createWebchatAdapter({ visitorKey: randomBytes(32) });
const now = Date.UTC(2026, 10, 9);
const clientId = 'c0ffee00c0ffee00';

const valid: unknown[] = [
  { type: 'hello', token: 'abc.def', cursor: 'conv1:12,conv2:3' },
  { type: 'message', clientId, text: 'Where is my parcel?', uploads: ['abc.def'] },
  { type: 'typing', on: true },
  { type: 'receipt', state: 'read', conversationId: 'conv1', seq: 12 },
  { type: 'ping' },
];

function message(input: Record<string, unknown>): VisitorFrame | undefined {
  return webchat.readFrame({ type: 'message', clientId, text: 'x', ...input });
}

describe('What a browser may say', () => {
  it('is one of five frames', () => {
    for (const frame of valid) expect(webchat.readFrame(frame), JSON.stringify(frame)).to.deep.equal(frame);
  });

  it('is refused with unknown or missing fields', () => {
    for (const frame of valid) {
      expect(webchat.readFrame({ ...(frame as object), isAdmin: true })).to.equal(undefined);
      expect(webchat.readFrame({ ...(frame as object), type: 'message2' })).to.equal(undefined);
    }
    expect(webchat.readFrame({ type: 'message', text: 'no id' })).to.equal(undefined);
    expect(webchat.readFrame(JSON.parse('{"type":"ping","__proto__":{"polluted":1}}'))).to.equal(undefined);
  });

  it('is refused with query operators where texts belong', () => {
    for (const field of ['clientId', 'text', 'uploads', 'type']) for (const operator of [{ $ne: null }, { $gt: '' }, { $regex: '.*' }, [{ $ne: 1 }]]) expect(message({ [field]: operator })).to.equal(undefined);
    for (const operator of [{ $ne: null }, { $gt: 0 }]) {
      expect(webchat.readFrame({ type: 'receipt', state: 'read', conversationId: operator, seq: 1 })).to.equal(undefined);
      expect(webchat.readFrame({ type: 'hello', token: operator })).to.equal(undefined);
      expect(webchat.readClaim({ id: operator })).to.equal(undefined);
      expect(webchat.readClaim({ email: operator })).to.equal(undefined);
    }
  });

  it('is a message only with something in it', () => {
    expect(message({ text: '' })).to.equal(undefined);
    expect(message({ text: ' \n\t ' })).to.equal(undefined);
    expect(message({ text: '', uploads: ['abc.def'] })).to.have.property('text', '');
  });

  it('keeps emoji, tabs and line ends, and no control or half characters', () => {
    expect(message({ text: 'Guten\u0000 Tag\u0007 👩‍🚀\r\n\tIhre\u2028Ines\ud800 \n' })).to.have.property('text', 'Guten Tag 👩‍🚀\n\tIhre\u2028Ines\ufffd');
  });

  it('is not longer than a message may be', () => {
    expect(message({ text: 'x'.repeat(10_000) })).to.have.property('type', 'message');
    expect(message({ text: 'x'.repeat(10_001) })).to.equal(undefined);
    expect(message({ uploads: Array.from({ length: 6 }, () => 'a.b') })).to.equal(undefined);
  });

  it('survives 10,000 mutilated frames, and what gets through is well-formed', () => {
    const bytes = fc.constantFrom(...valid.map((frame) => JSON.stringify(frame))).chain((text) => fc.tuple(fc.constant(text), fc.array(fc.tuple(fc.nat(text.length), fc.nat(3), fc.string({ maxLength: 4 })), { minLength: 1, maxLength: 4 })));
    const mutilated = bytes.map(([text, edits]) => edits.reduce((all, [at, cut, put]) => all.slice(0, at) + put + all.slice(at + cut), text));
    const replaced = fc.tuple(fc.constantFrom(...valid), fc.string(), fc.anything({ withBigInt: false, withNullPrototype: true, withSparseArray: true })).map(([frame, key, value]) => ({ ...(frame as object), [key]: value }));
    const anyField = fc.tuple(fc.constantFrom(...valid), fc.nat(4), fc.jsonValue()).map(([frame, at, value]) => ({ ...(frame as object), [Object.keys(frame as object)[at] ?? 'type']: value }));
    fc.assert(fc.property(fc.oneof(mutilated, replaced, anyField, fc.jsonValue()), (input) => {
      const frame = webchat.readFrame(typeof input === 'string' ? parsed(input) : input);
      if (frame === undefined) return;
      expect(['hello', 'message', 'typing', 'receipt', 'ping']).to.include(frame.type);
      if (frame.type === 'message') expect(/\p{Cs}|\u0000/u.test(frame.text)).to.equal(false);
      if (frame.type === 'receipt') expect(frame.seq).to.be.within(1, 1e9);
      expect(JSON.stringify(frame).length).to.be.lessThan(70_000);
    }), { numRuns: 10_000 });
    expect(({} as Record<string, unknown>)['polluted']).to.equal(undefined);
  });

  it('takes no longer for deep or long nonsense', () => {
    const deep = JSON.parse('['.repeat(5_000) + ']'.repeat(5_000)) as unknown;
    const began = performance.now();
    for (const nonsense of [deep, { type: 'message', clientId: '-'.repeat(60_000), text: deep }, { type: 'hello', token: 'A'.repeat(60_000) }, { type: 'message', clientId, text: '\n'.repeat(10_000) }]) webchat.readFrame(nonsense);
    expect(performance.now() - began).to.be.lessThan(200);
  });
});

describe('What becomes of it', () => {
  const pass = { ...webchat.newPass('shop', 'de'), name: 'Ines Bauer', email: { address: 'ines@posteo.example', proof: 'claimed' as const } };
  const frame = { type: 'message' as const, clientId, text: 'Where is my parcel?', uploads: [] };

  it('the same client message twice is one event with one id', () => {
    const [one, two] = [0, 5].map((later) => webchat.messageEvent(frame, pass, { receivedAt: now + later, files: [] }));
    expect(one?.eventId).to.equal(two?.eventId);
    expect(one).to.include({ type: 'message', direction: 'in', verifiedBy: 'token', externalId: `${pass.visitorId}:${clientId}`, clientId, channelId: 'shop' });
  });

  it('the same client id of two visitors is two messages', () => {
    const other = webchat.messageEvent(frame, webchat.newPass('shop'), { receivedAt: now, files: [] });
    expect(other.eventId).to.not.equal(webchat.messageEvent(frame, pass, { receivedAt: now, files: [] }).eventId);
  });

  it('a message belongs to the visitor\'s own thread, and says who wrote as far as it is known', () => {
    const event = webchat.messageEvent(frame, pass, { receivedAt: now, files: [{ channelId: 'shop', visitorId: pass.visitorId, blobId: 'b1', name: 'fork.jpg', mime: 'image/jpeg', size: 10 }] });
    expect(event).to.deep.include({ thread: { key: pass.visitorId, keyIs: 'exact' }, attachments: [{ blobId: 'b1', name: 'fork.jpg', mime: 'image/jpeg', size: 10 }] });
    expect(event).to.have.deep.property('sender', { kind: 'webchat', scope: 'shop', externalUserId: pass.visitorId, displayName: 'Ines Bauer', proof: 'claimed', language: 'de', aliases: [{ type: 'email', value: 'ines@posteo.example', proof: 'claimed' }] });
  });

  it('a proven user writes under the site\'s id, in the thread this browser began', () => {
    const event = webchat.messageEvent(frame, { ...pass, userId: '4711' }, { receivedAt: now, files: [] });
    expect(event).to.have.nested.property('sender.externalUserId', 'user:4711');
    expect(event).to.have.nested.property('sender.proof', 'channel');
    expect(event).to.have.nested.property('thread.key', pass.visitorId);
  });

  it('a receipt is the same event however often it is told', () => {
    const receipt = { type: 'receipt' as const, state: 'read' as const, conversationId: 'conv1', seq: 7 };
    expect(webchat.receiptEvent(receipt, pass, { receivedAt: now, threadKey: 't' })).to.deep.equal({
      type: 'receipt', channelId: 'shop', eventId: 'receipt:conv1:read:7', receivedAt: now, verifiedBy: 'token', state: 'read', threadKey: 't', upToSeq: 7,
    });
  });

  it('an answer counts as sent as soon as it is stored', async () => {
    const outcome = await webchat.deliver({} as never, {} as never, {} as never);
    expect(outcome).to.deep.equal({ result: 'sent' });
  });
});

describe('What a visitor may see', () => {
  const base: Message = { _id: 'shop:1', conversationId: 'conv1', customerId: 'cu1', channelId: 'shop', seq: 4, kind: 'out', author: { type: 'agent', id: 'a1', name: 'Lena Marquardt' }, text: 'On its way.', at: now, receivedAt: now, matched: 'same thread', mood: -1, delivery: { state: 'failed', at: now, attempts: 1, reason: 'inner words' } };
  const show = (change: Partial<Message>, agentName?: string) => webchat.show({ ...base, ...change }, { companyName: 'Velowerk', fileUrl: (file) => `files/${file.id}`, ...(agentName === undefined ? {} : { agentName }) });

  it('is the text and the first name, and nothing of the inside', () => {
    expect(show({})).to.deep.equal({ conversationId: 'conv1', seq: 4, by: 'agent', name: 'Lena', text: 'On its way.', at: now });
    expect(show({}, 'Lena from the workshop')).to.have.property('name', 'Lena from the workshop');
  });

  it('is never an address, even where one was entered as a name', () => {
    expect(show({ author: { type: 'agent', id: 'a1', name: 'lena@velowerk.example' } })).to.have.property('name', 'Velowerk');
    expect(show({}, 'lena@velowerk.example')).to.have.property('name', 'Lena');
    expect(show({ author: { type: 'outside', name: 'lena@velowerk.example' } })).to.include({ by: 'company', name: 'Velowerk' });
  });

  it('is never a note, and of the steps only what concerns them, without reasons', () => {
    expect(show({ kind: 'note' })).to.equal(undefined);
    expect(show({ kind: 'event', step: { type: 'assigned', reason: 'least loaded' } })).to.equal(undefined);
    expect(show({ kind: 'event', text: 'inside', step: { type: 'handed_over', reason: 'customer is upset', data: { brief: 'secret' } } })).to.deep.equal({ conversationId: 'conv1', seq: 4, by: 'line', line: 'handed_over', text: '', at: now });
  });

  it('holds the bot\'s quick replies and the files with signed links', () => {
    expect(show({ author: { type: 'bot', name: 'Velowerk\'s assistant' }, choices: ['48213', 'another one'], attachments: [{ id: 'b1', name: 'label.pdf', mime: 'application/pdf', size: 9, kind: 'file', contentId: 'x' }] }))
      .to.deep.include({ by: 'bot', name: 'Velowerk\'s assistant', choices: ['48213', 'another one'], attachments: [{ name: 'label.pdf', mime: 'application/pdf', size: 9, kind: 'file', url: 'files/b1' }] });
  });
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
