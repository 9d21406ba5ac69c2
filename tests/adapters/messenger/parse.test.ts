import { expect } from 'chai';
import { parseDirect } from '../../../src/adapters/meta/direct/parse.js';
import type { InboundEvent } from '../../../src/inbox/model/event.js';
import { fixture } from '../meta/support.js';

const facts = { kind: 'messenger' as const, channelId: 'chan1', receivedAt: 1_763_000_001_000, accountId: '102030405060708', appId: '4711000000000001' };
const customer = '7000000000000123';

function parsed(name: string): InboundEvent[] {
  return parseDirect(fixture('messenger', name), facts).events;
}

function only<T extends InboundEvent['type']>(name: string, type: T): Extract<InboundEvent, { type: T }> {
  const [event, ...others] = parsed(name);
  expect(others).to.deep.equal([]);
  if (event?.type !== type) throw new Error(`${name} is ${event?.type ?? 'nothing'}`);
  return event as Extract<InboundEvent, { type: T }>;
}

describe('Messenger’s webhook', () => {
  it('a text is a message of the person whom the page knows by that id, at Meta’s time', () => {
    const event = only('text', 'message');
    expect(event).to.include({ externalId: 'm_text01', direction: 'in', occurredAt: 1_763_000_000_000, eventId: 'message:m_text01' });
    expect(event.sender).to.deep.equal({ kind: 'messenger', scope: '102030405060708', externalUserId: customer, proof: 'channel', aliases: [] });
    expect(event.thread).to.deep.equal({ key: customer, keyIs: 'exact' });
    expect(event.text.replaceAll('\\', '')).to.equal('Does the *light* model fit a 28" wheel?');
    expect(event.text, 'stars that Messenger does not mean as formatting').to.contain('\\*light');
  });

  it('a choice of ours says its whole text, of which the button showed the beginning', () => {
    expect(only('quick-reply', 'message').text).to.equal('Pick it up at the workshop in Freiburg');
  });

  it('files are left at Meta to be fetched; a place is words', () => {
    const event = only('attachments', 'message');
    expect(event.remoteFiles?.map((file) => file.name)).to.deep.equal(['photo_of_wheel.jpg', 'invoice_417.pdf']);
    expect(event.text).to.contain('47.9959, 7.8494');
  });

  it('the card that Messenger makes of a link is not said twice', () => {
    expect(only('link-card', 'message').text).to.equal('https://velowerk.example/wheels');
  });

  it('a reply names what it answers', () => {
    expect(only('reply', 'message').thread.repliesTo).to.deep.equal(['m_ours01']);
  });

  it('a postback is said by the customer, and tells where they came from', () => {
    expect(only('postback', 'message')).to.include({ text: 'Opening hours', externalId: 'm_postback01', quoted: 'From a link (spring)' });
  });

  it('somebody who comes by an advertisement and says nothing asks nobody', () => {
    const event = only('referral-ad', 'message');
    expect(event.text).to.contain('City bikes in stock');
    expect(event.silent).to.be.a('string');
  });

  it('an echo with our metadata is our own message; any other is an answer from outside', () => {
    expect(only('echo-own', 'message')).to.include({ direction: 'out', echoOf: 'chan1:out-agent1-a1', externalId: 'm_echo01' });
    const outside = only('echo-page-inbox', 'message');
    expect(outside).to.include({ direction: 'out' }).and.not.to.have.property('echoOf');
    expect(outside.sender.displayName).to.equal('Page inbox');
    expect(outside.recipient?.externalUserId).to.equal(customer);
  });

  it('an edit counts its revisions, so that an older one never wins', () => {
    expect(only('edit', 'edit')).to.include({ target: 'm_text01', threadKey: customer, revision: '2', text: 'Does it fit a 26" wheel?' });
  });

  it('a reaction replaces the person’s other one', () => {
    expect(only('reaction', 'reaction')).to.include({ op: 'set', emoji: '❤️', target: 'm_echo01' });
  });

  it('receipts are told by message where Meta names them, else up to a time', () => {
    const [one, two, upTo, read] = parsed('delivered-and-read');
    expect([one, two].map((event) => event?.type === 'receipt' && event.upToId)).to.deep.equal(['m_echo01', 'm_echo02']);
    expect(upTo).to.include({ type: 'receipt', state: 'delivered', upToTime: 1_762_999_999_100 });
    expect(read).to.include({ type: 'receipt', state: 'read', upToTime: 1_762_999_999_200 });
    expect(new Set(parsed('delivered-and-read').map((event) => event.eventId)).size).to.equal(4);
  });

  it('in standby the customer’s words stand there and ask nobody, and the other app’s are answers from outside', () => {
    const [words, other, postback] = parsed('standby');
    expect(words).to.include({ type: 'message', direction: 'in', silent: 'another app answers here now' });
    expect(other).to.include({ type: 'message', direction: 'out' });
    expect(other?.type === 'message' && other.sender.displayName).to.equal('Another app (8800000000000042)');
    expect(postback).to.include({ type: 'message', text: 'More' });
  });

  it('control that is taken from us, and passed back, is told to the thread', () => {
    const [taken, passed] = parsed('handover');
    expect(taken?.type === 'thread' && taken.change.op).to.equal('control_taken');
    expect(passed?.type === 'thread' && passed.change.op).to.equal('control_passed');
  });

  it('a page that may not send any more is in trouble', () => {
    const { events, health } = parseDirect(fixture('messenger', 'policy'), facts);
    expect(events.map((event) => event.type)).to.deep.equal(['ignored']);
    expect(health?.text).to.contain('violated');
  });

  it('what is about another page of the same app is ignored', () => {
    const { events } = parseDirect(fixture('messenger', 'text'), { ...facts, accountId: '999' });
    expect(events).to.have.length(1);
    expect(events[0]).to.include({ type: 'ignored', reason: 'about another account of this app' });
  });

  it('the same body gives the same events, without a clock', () => {
    for (const name of ['text', 'standby', 'handover', 'policy', 'delivered-and-read']) {
      expect(parsed(name).map((event) => event.eventId)).to.deep.equal(parseDirect(fixture('messenger', name), { ...facts, receivedAt: 5 }).events.map((event) => event.eventId));
    }
  });

  it('a payload that is nested ten thousand deep loses no other event', () => {
    let deep: unknown = 'end';
    for (let n = 0; n < 10_000; n += 1) deep = [deep];
    const events = parseDirect({ object: 'page', entry: [{ id: facts.accountId, messaging: [{ sender: { id: '1' }, hologram: deep }, { sender: { id: '1' }, message: { mid: 'm_1', text: 'Still here' } }] }] }, facts).events;
    expect(events.map((event) => event.type)).to.deep.equal(['ignored', 'message']);
  });
});
