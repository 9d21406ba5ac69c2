import { expect } from 'chai';
import fc from 'fast-check';
import { lengthIn, lengthNotice } from '../../../web/src/features/conversation/model/length.js';
import { mentionAt, mentionsIn } from '../../../web/src/features/conversation/model/mentions.js';
import { bareAddress, recipientChange, whereTo } from '../../../web/src/features/conversation/model/recipients.js';
import { fieldValue, snoozeTimes } from '../../../web/src/features/conversation/model/snooze-times.js';
import { linkify } from '../../../web/src/lib/text/linkify.js';
import { message, noon } from './fixtures.js';

const hours = { timeZone: 'Europe/Berlin', blocks: [0, 1, 2, 3, 4].map((day) => ({ day, from: 480, to: 1020 })) };
const agents = [{ id: 'ana', name: 'Ana Neto' }, { id: 'ann', name: 'Ann' }, { id: 'lena', name: 'Lena Maurer' }];

describe('The composer', () => {
  it('counts in the unit of the channel', () => {
    expect(lengthIn('utf16', '👍🏽é')).to.equal(5);
    expect(lengthIn('byte', 'é€')).to.equal(5);
    expect(lengthIn('grapheme', '👍🏽é')).to.equal(2);
  });

  it('speaks of the length only when it begins to matter, and says when it is too much', () => {
    expect(lengthNotice('x'.repeat(60), { textMax: 100, textUnit: 'utf16' })).to.equal(undefined);
    expect(lengthNotice('x'.repeat(70), { textMax: 100, textUnit: 'utf16' })).to.deep.equal({ text: '70 of 100 characters', over: false });
    expect(lengthNotice('é'.repeat(51), { textMax: 100, textUnit: 'byte' })).to.deep.equal({ text: '102 of 100 bytes', over: true });
  });

  it('never overlooks a text that is too long, whatever it is made of', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.constantFrom('utf16', 'byte', 'grapheme'), (text, textUnit) => {
      const over = lengthIn(textUnit, text) > 20;
      expect(lengthNotice(text, { textMax: 20, textUnit })?.over ?? false).to.equal(over);
    }));
  });

  it('says who gets the answer for the first time, and who no longer does', () => {
    const ours = message({ id: 'a', kind: 'out', email: { from: 'support@velowerk.example', to: ['Ines Bauer <ines@posteo.example>'], cc: ['jan@posteo.example'], subject: '', hasHtml: false } });
    expect(recipientChange([ours], 'one', { address: 'ines@posteo.example', cc: ['kim@posteo.example'] })).to.deep.equal({ added: ['kim@posteo.example'], removed: ['jan@posteo.example'] });
    expect(recipientChange([ours], 'another', { address: 'new@posteo.example', cc: [] })).to.deep.equal({ added: [], removed: [] });
    expect(bareAddress('"Bauer, Ines" <Ines@Posteo.example>')).to.equal('ines@posteo.example');
  });

  it('says where it goes', () => {
    expect(whereTo('email', { to: 'Ines', address: 'ines@posteo.example', cc: [] })).to.equal('E-mail to ines@posteo.example');
    expect(whereTo('email', { to: 'Ines', address: 'ines@posteo.example', cc: ['a@x.example', 'b@x.example'] })).to.equal('E-mail to ines@posteo.example and 2 more');
    expect(whereTo('webchat', { to: 'Ines', cc: [] })).to.equal('Web chat with Ines');
  });

  it('finds the colleagues that a note names, the longest name first', () => {
    expect(mentionsIn('@Ana Neto and @lena: please. Not mail@ann.example', agents)).to.have.members(['ana', 'lena']);
    expect(mentionsIn('@Ann, see above', agents)).to.deep.equal(['ann']);
    expect(mentionsIn('@Annabel', agents)).to.deep.equal([]);
    expect(mentionAt('see @le', 7)).to.deep.equal({ from: 4, typed: 'le' });
    expect(mentionAt('me@le', 5)).to.equal(undefined);
  });

  it('offers times to put it off to that lie ahead, each once, in work’s hours', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 14 * 24 * 60 }), (minutes) => {
      const now = noon + minutes * 60_000;
      const times = snoozeTimes(now, hours).map((time) => time.until);
      expect(times.every((until) => until > now)).to.equal(true);
      expect(new Set(times).size).to.equal(times.length);
      expect([...times].sort((one, other) => one - other)).to.deep.equal(times);
    }));
    const labels = snoozeTimes(noon, hours).map((time) => [time.label, fieldValue(time.until)]);
    expect(labels).to.deep.equal([
      ['In an hour', '2026-11-18T13:00'], ['This afternoon', '2026-11-18T16:00'], ['Tomorrow morning', '2026-11-19T08:00'], ['Next Monday', '2026-11-23T08:00'], ['In a week', '2026-11-25T08:00'],
    ]);
  });

  it('makes links of addresses and of nothing else, and loses no letter', () => {
    fc.assert(fc.property(fc.string(), (text) => {
      expect(linkify(text).map((piece) => piece.text).join('')).to.equal(text);
    }));
    const links = (text: string) => linkify(text).flatMap((piece) => piece.href ?? []);
    expect(links('See https://velowerk.example/a?b=1 (or http://x.example). Mail ines@posteo.example.')).to.deep.equal(['https://velowerk.example/a?b=1', 'http://x.example', 'mailto:ines@posteo.example']);
    expect(links('javascript:alert(1) data:text/html,x file:///etc/passwd')).to.deep.equal([]);
  });

  it('makes links of a very long text without delay', () => {
    const before = performance.now();
    linkify(`${'a.'.repeat(100_000)} ${'x@'.repeat(50_000)}`);
    expect(performance.now() - before).to.be.below(3000);
  });
});
