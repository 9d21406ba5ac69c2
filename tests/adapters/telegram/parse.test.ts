import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { parse } from '../../../src/adapters/telegram/parse.js';
import type { InboundEvent, MessageEvent } from '../../../src/inbox/model/event.js';

const facts = { channelId: 'bot', receivedAt: 1_795_000_100_000, verifiedBy: 'token' as const, botId: 7310042, colleagues: new Set(['515001']) };

function read(name: string): InboundEvent[] {
  const events = parse(JSON.parse(readFileSync(new URL(`../../fixtures/telegram/${name}.json`, import.meta.url), 'utf8')), facts);
  if (events === undefined) throw new Error(`${name} is no update`);
  return events;
}

function message(name: string): MessageEvent {
  const [event] = read(name);
  if (event?.type !== 'message') throw new Error(`${name} is a ${event?.type ?? 'nothing'}`);
  return event;
}

describe('What a Telegram update means', () => {
  it('is a message with its writer, its place and the platform’s time', () => {
    const event = message('text');
    expect(event).to.include({ externalId: '441201/11', direction: 'in', text: 'Is the blue one still there? 5 * 3 * 2', occurredAt: 1_795_000_000_000 });
    expect(event.thread).to.deep.equal({ key: '441201', keyIs: 'exact' });
    expect(event.sender).to.deep.include({ scope: 'user', externalUserId: '441201', displayName: 'Anna Keller', language: 'de' });
    expect(event.sender.aliases).to.deep.equal([{ type: 'username', value: 'anna_k', proof: 'channel' }]);
  });

  it('reads entities by UTF-16 offsets, behind an emoji of four units too', () => {
    expect(message('formatted').text).to.equal('👋🏽 **bold** and `code`: see [the list](https://velowerk.example/list)');
  });

  it('keeps signs that the writer typed as signs', () => {
    expect(message('photo').text).to.equal('the \\*left* brake');
  });

  it('takes the largest of a picture’s sizes', () => {
    expect(message('photo').remoteFiles).to.deep.equal([{ name: 'photo.jpg', mime: 'image/jpeg', size: 184_000, source: { fileId: 'AgAClarge' } }]);
  });

  it('keeps every picture of an album as its own message, the words with the one that has them', () => {
    const [first, second] = [message('album-1'), message('album-2')];
    expect([first.externalId, first.text, first.remoteFiles?.length]).to.deep.equal(['441201/14', 'both sides', 1]);
    expect([second.externalId, second.text, second.remoteFiles?.length]).to.deep.equal(['441201/15', '', 1]);
    expect(second.unreadable).to.equal(undefined);
  });

  it('makes each topic of a forum a conversation with the topic’s name, read along by the group’s members', () => {
    expect(message('topic').thread).to.deep.equal({ key: '-1001999000111#t77', keyIs: 'exact', subject: 'Velowerk riders › Spare parts', audience: 'private' });
  });

  it('says of a group that has a public name that everybody can read it', () => {
    expect(message('public-group').thread.audience).to.equal('public');
  });

  it('takes what a colleague writes in a group for an answer to whom they quote', () => {
    const event = message('colleague');
    expect(event.direction).to.equal('out');
    expect(event.recipient?.externalUserId).to.equal('441201');
    expect(event.thread.repliesTo).to.deep.equal(['-1001999000111/301']);
  });

  it('names nobody as the one answered when a colleague quotes nobody', () => {
    const post = { message_id: 9, message_thread_id: 77, is_topic_message: true, from: { id: 515001, is_bot: false, first_name: 'Jonas' }, chat: { id: -100, type: 'supergroup', title: 'G' }, date: 1, text: 'All done.', reply_to_message: { message_id: 77, from: { id: 3, is_bot: false, first_name: 'Mia' }, forum_topic_created: { name: 'Spare parts' } } };
    const [event] = parse({ update_id: 1, message: post }, facts) ?? [];
    expect(event).to.include({ type: 'message', direction: 'out' });
    expect(event).not.to.have.property('recipient');
    expect(event?.type === 'message' && event.thread.repliesTo).to.equal(undefined);
  });

  it('lets neither bots nor lines of the platform make anybody wait', () => {
    expect(message('bot-in-group').silent).to.equal('written by a bot');
    expect(message('joined')).to.include({ silent: 'line of the platform: new_chat_members', text: 'Anna joined the group' });
  });

  it('tells a business account’s customer from its owner', () => {
    expect(message('business')).to.include({ direction: 'in', externalId: 'bYkz3AbC_-9/441201/5001' });
    const own = message('business-own');
    expect([own.direction, own.sender.externalUserId, own.recipient?.externalUserId]).to.deep.equal(['out', '515001', '441201']);
    expect(own.thread.key).to.equal('bYkz3AbC_-9/441201');
  });

  it('makes one deletion of every message that was taken back in a business chat', () => {
    expect(read('business-deleted').map((event) => event.type === 'delete' && [event.target, event.eventId])).to.deep.equal([
      ['bYkz3AbC_-9/441201/5001', '700012/deleted_business_messages/441201/5001'],
      ['bYkz3AbC_-9/441201/5002', '700012/deleted_business_messages/441201/5002'],
    ]);
  });

  it('gives edits a revision that grows with time and with the update', () => {
    const [event] = read('edited');
    expect(event).to.include({ type: 'edit', target: '441201/11', text: 'Is the green one still there?' });
    const later = parse({ update_id: 700_008, edited_message: { message_id: 11, date: 1_795_000_000, edit_date: 1_795_000_060, chat: { id: 441201, type: 'private' }, text: 'x' } }, facts)?.[0];
    expect(event?.type === 'edit' && later?.type === 'edit' && event.revision < later.revision).to.equal(true);
  });

  it('calls a group by its new number, once, whichever half of the move comes first', () => {
    const [to, from] = [read('migrated')[0], read('migrated-from')[0]];
    expect(to).to.deep.include({ type: 'thread', threadKey: '-4455', eventId: 'moved/-4455/-1001999000333' });
    expect(to?.type === 'thread' && to.change.op === 'rekey' && to.change.to).to.equal('-1001999000333');
    expect(from?.eventId).to.equal(to?.eventId);
  });

  it('reads a person’s reactions as all that they have there now', () => {
    expect(read('reaction').map((event) => event.type === 'reaction' && [event.op, event.emoji, event.target])).to.deep.equal([['set', '👍', '-1001999000111/301'], ['add', '🔥', '-1001999000111/301']]);
    const [gone] = read('reaction-gone');
    expect(gone?.type === 'reaction' && gone.op === 'set' && gone.emoji === undefined).to.equal(true);
  });

  it('hears that somebody has blocked the bot', () => {
    expect(read('blocked')[0]).to.deep.include({ type: 'thread', threadKey: '441201', change: { op: 'opt_out', reason: 'blocked the bot' } });
  });

  it('believes a phone number only when the contact is the sender’s own', () => {
    expect(message('contact').sender.aliases).to.deep.include({ type: 'phone', value: '+4915155501234', proof: 'channel' });
    const other = parse({ update_id: 1, message: { message_id: 1, date: 1, chat: { id: 5, type: 'private' }, from: { id: 5, first_name: 'Mia' }, contact: { phone_number: '4915155501234', first_name: 'Anna', user_id: 441201 } } }, facts)?.[0];
    expect(other?.type === 'message' && other.sender.aliases).to.deep.equal([]);
  });

  it('says in words what has none: places, forwarded posts, quotes', () => {
    expect(message('venue').text).to.equal('Velowerk, Werkstr. 4: https://www.openstreetmap.org/?mlat=47.9959&mlon=7.8522');
    expect(message('forwarded-quote')).to.include({ text: '(forwarded from Mia)\nthey told me so', quoted: 'the blue one' });
  });

  it('shows a message of a kind that has no words here as unreadable, with its source', () => {
    const event = message('rich');
    expect(event.unreadable).to.contain('rich_message');
    expect(event.native).to.have.property('rich_message');
  });

  it('says why it leaves a channel’s own posts out', () => {
    expect(read('channel-post')[0]).to.include({ type: 'ignored', reason: 'a post of a channel; what people say to it comes from its group' });
  });

  it('keeps two updates apart that got the same number years from each other', () => {
    const update = (id: number) => parse({ update_id: 9, message: { message_id: id, date: 1, chat: { id: 5, type: 'private' }, from: { id: 5, first_name: 'Mia' }, text: 'x' } }, facts)?.[0]?.eventId;
    expect(update(1)).not.to.equal(update(2));
  });

  it('is nothing when it has no number', () => {
    for (const body of [null, [], 'x', {}, { update_id: 'x' }, { message: {} }]) expect(parse(body, facts)).to.equal(undefined);
  });
});
