import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import type { InboundEvent, MessageEvent } from '../../../src/inbox/model/event.js';
import { parse, type Parsed } from '../../../src/adapters/x/parse.js';
import { directThread, postThread } from '../../../src/adapters/x/ids.js';

const us = '1500000000000000001';
const ines = '1600000000000000001';
const thread = postThread('2090000000000000001', ines);

function read(name: string, more: { directMessages?: boolean; accountId?: string } = {}): Parsed {
  const body: unknown = JSON.parse(readFileSync(new URL(`../../fixtures/x/${name}.json`, import.meta.url), 'utf8'));
  return parse(body, { channelId: 'chan1', receivedAt: 5, verifiedBy: 'signature', accountId: us, directMessages: true, ...more });
}

function only(name: string, more = {}): InboundEvent {
  const { events } = read(name, more);
  expect(events.length).to.equal(1);
  const [event] = events;
  if (event === undefined) throw new Error('no event');
  return event;
}

function message(name: string): MessageEvent {
  const event = only(name);
  if (event.type !== 'message') throw new Error(`${name} is ${event.type}: ${'reason' in event ? event.reason : ''}`);
  return event;
}

describe('what X tells', () => {
  it('a mention is a public conversation of its own, and its signs are no marks', () => {
    const event = message('mention');
    expect(event.text).to.equal('Danke @VelowerkHilfe, die Bremse hält & quietscht nicht mehr \\*freu*');
    expect(event.thread).to.deep.include({ key: postThread('2090000000000000010', ines), keyIs: 'exact', audience: 'public' });
    expect(event.sender).to.deep.equal({ kind: 'x', scope: 'x.com', externalUserId: ines, proof: 'channel', displayName: 'Ines Kern', language: 'de', aliases: [{ type: 'username', value: 'ines_kern', proof: 'channel' }] });
    expect(event.occurredAt).to.equal(Date.parse('2026-09-14T09:30:12.000Z'));
  });

  it('a reply loses the hidden mention and X’s short links, and brings its picture', () => {
    const event = message('reply-with-picture');
    expect(event.text).to.equal('Hier bricht der Rahmen: https://forum.velowerk.example/rahmen_riss');
    expect(event.thread).to.deep.include({ key: thread, handle: { postId: '2090000000000000020', username: 'ines_kern' } });
    expect(event.remoteFiles).to.deep.equal([{ name: 'VeloRahmen01.jpg', source: { url: 'https://pbs.twimg.com/media/VeloRahmen01.jpg' } }]);
  });

  it('media that X only names are asked for by post and key', () => {
    expect(message('reply-with-media-not-included').remoteFiles).to.deep.equal([{ name: 'media-1', source: { postId: '2090000000000000025', mediaKey: '7_2090000000000000024' } }]);
  });

  it('an edited post is an edit of its first id', () => {
    expect(only('edited-reply')).to.deep.include({ type: 'edit', target: '2090000000000000030', threadKey: thread, text: 'Rahmen 54, nicht 56', eventId: 'edit:2090000000000000031', revision: 'p02090000000000000031' });
  });

  it('a long post comes whole', () => {
    expect(message('long-post').text).to.have.length.greaterThan(400);
  });

  it('our own post under a customer’s is an answer from outside, in their thread', () => {
    const event = message('own-reply');
    expect(event).to.deep.include({ direction: 'out', externalId: '2090000000000000050', text: 'Das tauschen wir.' });
    expect(event.thread.key).to.equal(thread);
    expect(event.recipient?.externalUserId).to.equal(ines);
    expect(event.thread).not.to.have.property('handle');
  });

  it('announcements, reposts, encrypted chats and our own likes are kept as ignored', () => {
    for (const name of ['own-announcement', 'repost', 'encrypted-chat', 'like-by-us']) expect(only(name), name).to.include({ type: 'ignored' }).and.to.have.property('native');
  });

  it('an account that X calls automated asks nobody', () => {
    expect(message('automated-account').silent).to.equal('an automated account');
  });

  it('a deletion of ours names our post', () => {
    expect(only('own-post-deleted')).to.deep.include({ type: 'delete', target: '2090000000000000050', by: 'author' });
  });

  it('a like of ours is a reaction of the one who gave it', () => {
    const event = only('like-of-ours');
    expect(event).to.deep.include({ type: 'reaction', target: '2090000000000000050', threadKey: thread, op: 'add', emoji: '❤️', occurredAt: 1_789_378_500_123 });
    expect(event.type === 'reaction' && event.by.externalUserId).to.equal(ines);
  });

  it('a direct message comes with its file, apart from posts, and private', () => {
    const event = message('dm-received');
    expect(event).to.deep.include({ externalId: 'dm:2090000000000000101', text: 'Meine Rechnung:', occurredAt: 1_789_378_600_704 });
    expect(event.thread).to.deep.equal({ key: directThread(ines), keyIs: 'exact' });
    expect(event.remoteFiles?.[0]?.name).to.equal('invoice.jpg');
    expect(message('dm-sent')).to.deep.include({ direction: 'out', externalId: 'dm:2090000000000000110' });
  });

  it('of several direct messages in one delivery, one that nobody understands loses no other', () => {
    expect(read('dm-two-in-one').events.map((event) => (event.type === 'message' ? event.text : event.type))).to.deep.equal(['Erstens', 'ignored', 'Zweitens']);
  });

  it('direct messages are told to have been read and being typed, where they are switched on', () => {
    expect(only('dm-read')).to.deep.include({ type: 'receipt', state: 'read', threadKey: directThread(ines), upToId: 'dm:2090000000000000110' });
    expect(read('dm-typing').typing).to.deep.equal([{ channelId: 'chan1', threadKey: directThread(ines), on: true }]);
    expect(only('dm-received', { directMessages: false }).type).to.equal('ignored');
    expect(only('dm-read', { directMessages: false }).type).to.equal('ignored');
    expect(read('dm-typing', { directMessages: false }).typing).to.deep.equal([]);
  });

  it('what is told for another account is not ours', () => {
    expect(only('mention', { accountId: '999' })).to.include({ type: 'ignored' });
  });

  it('access that is taken back breaks the channel', () => {
    expect(read('oauth-revoked').health?.state).to.equal('broken');
    expect(read('oauth-revoked', { accountId: '999' }).health).to.equal(undefined);
  });

  it('the older Account Activity API says what to do instead', () => {
    expect(only('account-activity')).to.include({ type: 'ignored' }).and.to.have.property('reason').that.contains('X Activity API');
  });
});
