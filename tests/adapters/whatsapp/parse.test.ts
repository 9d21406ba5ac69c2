import { expect } from 'chai';
import { parse } from '../../../src/adapters/whatsapp/parse.js';
import type { InboundEvent, MessageEvent } from '../../../src/inbox/model/event.js';
import { fixture } from '../meta/support.js';

const facts = { channelId: 'chan1', receivedAt: 1_763_000_200_000, phoneNumberId: '106540352242922' };
const ines = 'DE.13491208655302741918';
const parsed = (name: string): InboundEvent[] => parse(fixture('whatsapp', name), facts).events;

function messages(name: string): MessageEvent[] {
  return parsed(name).filter((event): event is MessageEvent => event.type === 'message');
}

function message(name: string): MessageEvent {
  const [first] = messages(name);
  if (first === undefined) throw new Error(`${name} holds no message`);
  return first;
}

describe('WhatsApp’s webhook', () => {
  it('a text comes with its formatting as light marks, at WhatsApp’s time', () => {
    expect(message('text')).to.include({ externalId: 'wamid.in01', eventId: 'message:wamid.in01', direction: 'in', occurredAt: 1_763_000_000_000, text: 'Is my **city bike** ready? _urgent_' });
  });

  it('the sender is known by the user id, and the number is an alias that WhatsApp vouches for', () => {
    const event = message('text');
    expect(event.sender).to.deep.equal({ kind: 'whatsapp', scope: '106540352242922', externalUserId: ines, displayName: 'Ines Kern', proof: 'channel', aliases: [{ type: 'phone', value: '+4915112345678', proof: 'channel' }] });
    expect(event.thread).to.deep.equal({ key: ines, keyIs: 'exact', handle: { waId: '4915112345678', userId: ines, last: 'wamid.in01' } });
  });

  it('somebody who hides their number is the same person in the same thread', () => {
    const event = message('user-id-only');
    expect(event.sender.externalUserId).to.equal(ines);
    expect(event.thread.key).to.equal(message('text').thread.key);
    expect(event.sender.aliases).to.deep.equal([{ type: 'username', value: 'ines.kern', proof: 'channel' }]);
  });

  it('without a user id the number is the key, normalised; the answer goes to the number as WhatsApp spelt it', () => {
    const event = message('number-only');
    expect(event.sender.externalUserId).to.equal('5511987654321');
    expect(event.sender.aliases).to.deep.include({ type: 'phone', value: '+5511987654321', proof: 'channel' });
    expect(event.thread.handle).to.include({ waId: '551187654321' });
  });

  it('media are left at WhatsApp by their id; the caption is the text', () => {
    expect(message('image')).to.deep.include({ text: 'The **bent** wheel', remoteFiles: [{ name: 'image.jpg', source: { mediaId: '500001' }, mime: 'image/jpeg' }] });
    expect(message('document-reply')).to.deep.include({ remoteFiles: [{ name: 'invoice 417.pdf', source: { mediaId: '500002' }, mime: 'application/pdf' }] });
    expect(message('document-reply').thread.repliesTo).to.deep.equal(['wamid.out01']);
  });

  it('a button of ours says its whole text, anybody else’s what it shows', () => {
    expect(messages('button-and-list').map((event) => event.text)).to.deep.equal(['Pick it up at the workshop', 'Friday', 'No more of this']);
  });

  it('places, contacts and orders are words', () => {
    const [place, contact, order] = messages('location-contacts-order').map((event) => event.text);
    expect(place).to.equal('Location\nVelowerk\nWiehre 1, Freiburg\n47.9959, 7.8494');
    expect(contact).to.equal('Contact: Tarek Aydin, +49 151 2223344');
    expect(order).to.equal('Order\nPlease\n2 × TUBE-28 at 6.9 EUR');
  });

  it('reactions, edits and revokes are about the message they name', () => {
    const [set, back, edit, revoke] = parsed('reaction-edit-revoke');
    expect(set).to.include({ type: 'reaction', op: 'set', target: 'wamid.out01', emoji: '👍' });
    expect(back).to.include({ type: 'reaction', op: 'set', target: 'wamid.out01' }).and.not.to.have.property('emoji');
    expect(edit).to.include({ type: 'edit', target: 'wamid.in01', text: 'Is my cargo bike ready?', revision: '1763000100000' });
    expect(revoke).to.include({ type: 'delete', target: 'wamid.in01', by: 'author' });
  });

  it('a status is found by WhatsApp’s id and by ours; a failed one tells why', () => {
    const [sent, read, failed] = parsed('statuses');
    expect(sent).to.deep.include({ type: 'delivery', state: 'sent', targets: ['wamid.out01', 'out-agent1-a1'] });
    expect(read).to.include({ state: 'read' });
    expect(failed).to.include({ state: 'failed', because: 'window_closed' });
    expect(failed?.type === 'delivery' && failed.reason).to.contain('24 hours').and.to.contain('131047');
  });

  it('an answer from the phone app is an answer from outside, in the same thread', () => {
    const event = message('phone-app-echo');
    expect(event).to.include({ direction: 'out', externalId: 'wamid.echo01' });
    expect(event.sender.displayName).to.equal('WhatsApp Business app');
    expect(event.thread.key).to.equal(ines);
    expect(event.thread).not.to.have.property('handle');
  });

  it('another number moves the thread, and names the person by both', () => {
    const [thread, identity] = parsed('changed-number');
    expect(thread).to.deep.include({ type: 'thread', threadKey: ines, change: { op: 'rekey', to: 'DE.24817305912873645029', reason: 'has another number' } });
    expect(identity?.type === 'identity' && identity.sender.aliases.map((alias) => alias.value)).to.deep.equal(['+4915112345678', '+4915187654321']);
    const [again] = parsed('user-id-update');
    expect(again).to.deep.include({ type: 'thread', threadKey: ines, change: { op: 'rekey', to: 'DE.24817305912873645029', reason: 'has another WhatsApp id' } });
  });

  it('what WhatsApp does not pass on is shown as unreadable', () => {
    expect(message('unsupported').unreadable).to.contain('not supported');
  });

  it('an advertisement is told beside the words', () => {
    expect(message('advertisement')).to.include({ text: 'Tell me more', quoted: 'From the advertisement · City bikes · In stock now · https://fb.me/velowerk' });
  });

  it('a group is one thread', () => {
    expect(message('group').thread).to.deep.include({ key: 'group.Y2FwaV9ncm91cDox' });
  });

  it('a restricted account is in trouble; another number of it is ignored', () => {
    expect(parse(fixture('whatsapp', 'account-restricted'), facts).health?.state).to.equal('trouble');
    expect(parse(fixture('whatsapp', 'text'), { ...facts, phoneNumberId: '1' }).events[0]).to.include({ type: 'ignored', reason: 'about another number' });
  });

  it('no two kinds of events share an id, and none comes from a clock', () => {
    const names = ['text', 'image', 'reaction-edit-revoke', 'statuses', 'changed-number', 'user-id-update', 'phone-app-echo'];
    const ids = names.flatMap((name) => parsed(name).map((event) => event.eventId));
    expect(new Set(ids).size).to.equal(ids.length);
    expect(names.flatMap((name) => parse(fixture('whatsapp', name), { ...facts, receivedAt: 1 }).events.map((event) => event.eventId))).to.deep.equal(ids);
  });
});
