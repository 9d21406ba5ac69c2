import { expect } from 'chai';
import { deliveryWords } from '../../../web/src/features/conversation/model/delivery-words.js';
import { foldWords } from '../../../web/src/features/conversation/model/fold-words.js';
import { guardWords, newerThan } from '../../../web/src/features/conversation/model/guard.js';
import { indexOfMessage, storyOf, unseenMark, type StoryItem } from '../../../web/src/features/conversation/model/story.js';
import { message, noon, row } from './fixtures.js';

const minute = 60_000;
const day = 24 * 60 * minute;
const chat = { id: 'chat', kind: 'webchat' as const, name: 'Shop' };
const jonas = { type: 'agent' as const, id: 'jonas', name: 'Jonas Thiel' };
const shape = (items: readonly StoryItem[]) => items.map((item) => (item.kind === 'message' ? `${item.message.id}${item.continued ? '+' : ''}` : item.kind === 'fold' ? `(${item.messages.map((each) => each.id).join(' ')})` : item.kind === 'separator' ? '--' : 'new'));

describe('The story in a conversation', () => {
  it('has a line where the channel, the conversation or the day changes', () => {
    const story = storyOf([
      message({ id: 'a', at: noon - day, conversationId: 'one', channel: chat }),
      message({ id: 'b', at: noon, conversationId: 'one', channel: chat, seq: 2 }),
      message({ id: 'c', at: noon + 9 * minute, conversationId: 'one', channel: chat, seq: 3 }),
      message({ id: 'd', at: noon + 20 * minute, conversationId: 'two' }),
      message({ id: 'e', at: noon + 40 * minute, conversationId: 'three' }),
    ]);
    expect(shape(story)).to.deep.equal(['--', 'a', '--', 'b', 'c', '--', 'd', '--', 'e']);
  });

  it('folds the bot’s and the system’s steps in a row into one line, over days', () => {
    const bot = { type: 'bot' as const, name: 'Velo' };
    const story = storyOf([
      message({ id: 'a', channel: chat }),
      message({ id: 's1', kind: 'out', author: bot, channel: chat, seq: 2 }),
      message({ id: 's2', kind: 'event', author: { type: 'system', name: 'Rapport' }, channel: chat, seq: 3, at: noon + day }),
      message({ id: 'b', channel: chat, seq: 4, at: noon + day + minute }),
    ]);
    expect(shape(story)).to.deep.equal(['--', 'a', '(s1 s2)', '--', 'b']);
    expect(indexOfMessage(story, 's2')).to.equal(2);
    expect(indexOfMessage(story, 'b')).to.equal(4);
    expect(indexOfMessage(story, 'nowhere')).to.equal(-1);
  });

  it('writes the name once when somebody says several things in a row', () => {
    const story = storyOf([
      message({ id: 'a', channel: chat }),
      message({ id: 'b', channel: chat, seq: 2, at: noon + minute }),
      message({ id: 'c', channel: chat, seq: 3, at: noon + 30 * minute }),
      message({ id: 'd', channel: chat, seq: 4, at: noon + 30 * minute, kind: 'note', author: jonas }),
    ]);
    expect(shape(story)).to.deep.equal(['--', 'a', 'b+', 'c', 'd']);
  });

  it('marks where begins what nobody in charge has seen', () => {
    const unseenAfter = unseenMark(row({ id: 'one', lastInSeq: 3, readSeq: 1 }));
    const story = storyOf([message({ id: 'a' }), message({ id: 'b', seq: 2, kind: 'out', author: jonas }), message({ id: 'c', seq: 3 })], { unseenAfter: unseenAfter! });
    expect(shape(story)).to.deep.equal(['--', 'a', 'b', 'new', 'c']);
    expect(unseenMark(row({ id: 'one', lastInSeq: 3, readSeq: 3 }))).to.equal(undefined);
  });

  it('says in one line what the steps were, with their reasons', () => {
    const said = message({ id: 'a', kind: 'out', author: { type: 'bot', name: 'Velo' }, text: 'Which order is it about? You find the number in the mail that confirmed your order, at the top.' });
    const handed = message({ id: 'b', kind: 'event', author: { type: 'system', name: 'Rapport' }, text: 'the customer is upset', step: { type: 'handed_over', reason: 'the customer is upset' } });
    const routed = message({ id: 'c', kind: 'event', author: { type: 'system', name: 'Rapport' }, text: '', step: { type: 'routed', reason: 'knows this customer', data: { name: 'Jonas Thiel' } } });
    expect(foldWords([said, handed, routed])).to.equal('Velo: “Which order is it about? You find the number in the mail that…”, handed over (the customer is upset), routed to Jonas Thiel (knows this customer)');
    const step = (type: string, data: Record<string, unknown> = {}) => message({ id: type, kind: 'event', author: jonas, text: '', step: { type, data } });
    expect(foldWords([step('resolved')])).to.equal('Resolved by Jonas');
    expect(foldWords([step('assigned', { name: 'Jonas Thiel' })])).to.equal('Jonas took it');
    expect(foldWords([step('assigned', { name: 'Ana Neto' })])).to.equal('Assigned to Ana by Jonas');
    expect(foldWords([step('assigned')])).to.equal('Put back by Jonas');
    expect(foldWords([step('tagged', { tags: ['refund', 'axle'] })])).to.equal('Tagged refund, axle by Jonas');
    expect(foldWords([step('snoozed'), step('woken'), step('resolved'), step('reopened'), step('resolved')])).to.match(/^2 earlier steps, then /);
  });

  it('says how far an answer got, in the provider’s own words where it did not', () => {
    const delivery = (state: 'queued' | 'failed' | 'unknown' | 'read', more = {}) => deliveryWords({ state, at: noon, attempts: 1, ...more });
    expect(delivery('failed', { reason: '550 mailbox unavailable' })).to.deep.equal({ text: 'Not delivered: 550 mailbox unavailable', tone: 'bad', retry: 'Try again' });
    expect(delivery('unknown', { reason: 'the line went dead' }).retry).to.equal('Send again');
    expect(delivery('queued', { reason: '421 try later', nextAttemptAt: noon + 5 * minute }).text).to.equal('not out yet: 421 try later; next try at 12:05');
    expect(delivery('read').tone).to.equal('ok');
    expect(deliveryWords({ state: 'queued', at: noon, attempts: 0 }).text).to.equal('sending');
  });

  it('warns of what came after the reply was begun, from the customer or a colleague, never of one’s own or the bot’s', () => {
    const messages = [
      message({ id: 'before', receivedAt: noon - minute }),
      message({ id: 'own', kind: 'out', author: { type: 'agent', id: 'lena', name: 'Lena' }, receivedAt: noon + 1 }),
      message({ id: 'bot', kind: 'out', author: { type: 'bot', name: 'Velo' }, receivedAt: noon + 2 }),
      message({ id: 'note', kind: 'note', author: jonas, receivedAt: noon + 3 }),
      message({ id: 'colleague', kind: 'out', author: jonas, receivedAt: noon + 4 }),
      message({ id: 'customer', receivedAt: noon + 5, channel: chat }),
    ];
    const newer = newerThan(messages, { at: noon }, 'lena');
    expect(newer.map((each) => each.id)).to.deep.equal(['colleague', 'customer']);
    expect(guardWords(newer[1]!, noon + 2 * minute + 5)).to.equal('Ines wrote in the web chat 2 m ago');
    expect(guardWords(newer[0]!, noon + 4)).to.equal('Jonas answered by e-mail just now');
  });
});
