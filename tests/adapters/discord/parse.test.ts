import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { parse, type Parsed, type ParseFacts } from '../../../src/adapters/discord/parse.js';
import { toMarks } from '../../../src/adapters/discord/text-in.js';
import type { InboundEvent } from '../../../src/inbox/model/event.js';

const self = '700000000000000001';
const facts: ParseFacts = {
  channelId: 'chan1', receivedAt: 5, self, sessionId: 'session-1', colleagueRoles: new Set(['1093000000000000201']), ours: () => undefined,
  place: { kind: 'thread', id: '1441000000000000200', guildId: '1093000000000000100', name: 'Slipping hub', audience: 'public' },
};
const direct: ParseFacts = { ...facts, place: { kind: 'direct', id: '1441000000000000300' } };

function read(fixture: string, given: ParseFacts = facts): Parsed {
  const frame = JSON.parse(readFileSync(new URL(`../../fixtures/discord/${fixture}.json`, import.meta.url), 'utf8')) as { t: string; s: number; d: unknown };
  return parse({ kind: frame.t, sequence: frame.s, data: frame.d }, given);
}

function one(fixture: string, given: ParseFacts = facts): InboundEvent {
  const { events } = read(fixture, given);
  expect(events.length).to.equal(1);
  return events[0] as InboundEvent;
}

describe('what Discord’s gateway tells', () => {
  it('a direct message is the customer’s, private, with the platform’s time', () => {
    expect(one('direct-message', direct)).to.deep.equal({
      channelId: 'chan1', receivedAt: 5, verifiedBy: 'connection', occurredAt: Date.parse('2026-11-20T10:15:30.123Z'),
      type: 'message', eventId: 'message:1441900000000000001', externalId: '1441900000000000001', direction: 'in',
      sender: { kind: 'discord', scope: 'discord.com', externalUserId: '712000000000000001', proof: 'channel', aliases: [{ type: 'username', value: 'anna.lindqvist', proof: 'channel' }], displayName: 'Anna Lindqvist' },
      text: 'Hello, does the **Stadtrad 3** fit a child seat?', thread: { key: '1441000000000000300', keyIs: 'exact', audience: 'private' },
    });
  });

  it('a forum post is public, has its title, and names people, emoji and times', () => {
    const event = one('forum-post');
    expect(event).to.deep.include({ thread: { key: '1441000000000000200', keyIs: 'exact', audience: 'public', handle: { guild: '1093000000000000100', thread: true }, subject: 'Slipping hub' } });
    expect(event).to.have.property('text', 'My gear hub slips under load. @piet_jansen had the same, see https://velowerk.example/hub :wrench: at 2026-11-20 09:55 UTC');
    expect(event).to.have.nested.property('sender.displayName', 'Anna L.');
  });

  it('a reply names what it answers; a forward answers nothing and brings its words and files', () => {
    expect(one('reply')).to.have.deep.nested.property('thread.repliesTo', ['1441900000000000001']);
    const forward = one('forward', direct);
    expect(forward).not.to.have.nested.property('thread.repliesTo');
    expect(forward).to.include({ text: 'Forwarded message:\nThe *spring offer* ends on Sunday.' });
    expect(forward).to.have.nested.property('remoteFiles[0].name', 'offer.pdf');
  });

  it('files come with what is needed to ask for them again', () => {
    expect(one('attachment', direct)).to.have.deep.nested.property('remoteFiles[0]', {
      name: 'hub.jpg', mime: 'image/jpeg', size: 48_213,
      source: { url: 'https://cdn.discordapp.com/attachments/1441000000000000300/1441900000000000901/hub.jpg?ex=6a8f1c2d&is=6a8dcaad&hm=0f1e2d&', attachment: '1441900000000000901', channel: '1441000000000000300', message: '1441900000000000005' },
    });
    expect(one('voice-message', direct)).to.have.nested.property('remoteFiles[0].mime', 'audio/ogg');
  });

  it('our own message is an echo of ours where we know its nonce, else an answer from outside', () => {
    expect(one('own-echo')).to.include({ direction: 'out' }).and.not.to.have.property('echoOf');
    expect(one('own-echo', { ...facts, ours: (nonce) => (nonce === 'bm9uY2Utb2Ytb3Vycy0xMjM0N' ? 'chan1:out-1' : undefined) })).to.include({ direction: 'out', echoOf: 'chan1:out-1' });
  });

  it('a colleague is known by their role, and answers whom they replied to', () => {
    const event = one('colleague');
    expect(event).to.include({ direction: 'out' });
    expect(event).to.have.nested.property('recipient.externalUserId', '712000000000000001');
    expect(one('colleague', { ...facts, colleagueRoles: new Set() })).to.include({ direction: 'in' });
  });

  it('bots, webhooks and Discord itself ask nobody', () => {
    expect(one('bot')).to.include({ silent: 'posted by a bot' });
    expect(one('webhook')).to.include({ silent: 'posted by a webhook', text: 'Maintenance\n\nThe shop is back.' });
    expect(one('system-pin')).to.include({ silent: 'a line by Discord itself', text: 'pinned a message' });
    expect(one('thread-starter')).to.include({ text: 'started this thread: The first words' });
  });

  it('stickers and polls are told in words, and an empty message as unreadable', () => {
    expect(one('sticker', direct)).to.include({ text: '[sticker: Wave]' });
    expect(one('poll')).to.include({ text: 'Poll: Which colour?\n- Green\n- Blue' });
    const empty = parse({ kind: 'MESSAGE_CREATE', sequence: 1, data: { id: '12345678', channel_id: '12345679', author: { id: '12345670' }, content: '' } }, direct).events[0];
    expect(empty).to.have.property('unreadable');
  });

  it('an edit has the platform’s time as revision; a preview of a link, and our own change, is none', () => {
    expect(one('edit')).to.include({ type: 'edit', target: '1441900000000000001', revision: '2026-11-20T10:16:01.456Z', text: 'My gear hub (8 speed) slips', eventId: 'edit:1441900000000000001:2026-11-20T10:16:01.456Z' });
    expect(one('link-preview')).to.include({ type: 'ignored' });
    expect(one('edit', { ...facts, self: '712000000000000001' })).to.include({ type: 'ignored', reason: 'we changed it ourselves' });
  });

  it('deletions, also many at once, say who can have done it', () => {
    expect(one('delete')).to.include({ type: 'delete', target: '1441900000000000001', by: 'provider' });
    expect(one('delete', direct)).to.include({ by: 'author' });
    expect(read('delete-bulk').events.map((event) => event.eventId)).to.deep.equal(['delete:1441900000000000001', 'delete:1441900000000000004']);
  });

  it('reactions have the character, or the name of a server’s own, and a name of their own in the ledger', () => {
    const added = one('reaction-add');
    const removed = one('reaction-remove');
    expect(added).to.deep.include({ type: 'reaction', op: 'add', emoji: '👍', target: '1441900000000000007' });
    expect(removed).to.include({ op: 'remove', emoji: '👍' });
    expect(one('reaction-custom')).to.include({ emoji: ':wrench:' });
    expect(new Set([added.eventId, removed.eventId, one('reaction-add', { ...facts, sessionId: 'session-2' }).eventId]).size).to.equal(3);
    expect(one('reaction-add').eventId).to.equal(added.eventId);
    expect(one('reaction-add', { ...facts, self: '712000000000000001' })).to.include({ type: 'ignored' });
  });

  it('typing is a sign and no event; an unknown kind is kept as it came', () => {
    expect(read('typing', direct)).to.deep.equal({ events: [], typing: { channelId: 'chan1', threadKey: '1441000000000000300', on: true } });
    expect(one('unknown')).to.deep.include({ type: 'ignored', reason: 'unknown kind MESSAGE_TRANSLATED' });
    expect(one('unknown')).to.have.nested.property('native.d.language', 'de');
  });

  it('nothing is told of places that nobody chose', () => {
    for (const fixture of ['forum-post', 'edit', 'delete', 'reaction-add', 'typing', 'unknown']) {
      expect(read(fixture, { ...facts, place: { kind: 'elsewhere', id: '1441000000000000200' } }), fixture).to.deep.equal({ events: [] });
    }
  });

  it('code is left alone, escapes and underlines are taken off, and nothing becomes a mark that was none', () => {
    expect(toMarks('`<@712000000000000001>` and ```__x__```', [])).to.equal('`<@712000000000000001>` and ```__x__```');
    expect(toMarks('\\> no quote, \\*no italics\\*, __underlined__, \\@you', [])).to.equal('> no quote, \\*no italics\\*, underlined, @you');
    expect(toMarks('<@712000000000000001>', [{ id: '712000000000000001', global_name: '**Boss**' }])).to.equal('@\\*\\*Boss**');
    expect(toMarks('<t:99999999999:R> <t:1795168530>', [])).to.equal('<t:99999999999:R> 2026-11-20 09:55 UTC'.replace('<t:99999999999:R>', new Date(99_999_999_999_000).toISOString().slice(0, 16).replace('T', ' ') + ' UTC'));
  });
});
