import { expect } from 'chai';
import fc from 'fast-check';
import { identityLines } from '../../../web/src/features/customer/model/identity-lines.js';
import { localTime, sinceWords } from '../../../web/src/features/customer/model/local-time.js';
import { moodLine } from '../../../web/src/features/customer/model/mood-line.js';
import { filtersIn, withFilter, withoutFilter } from '../../../web/src/features/search/model/query-parts.js';
import { initials } from '../../../web/src/lib/initials.js';
import { problemOf } from '../../../web/src/lib/api/api-error.js';
import { queryString } from '../../../web/src/lib/api/query-string.js';
import { Keyboard, strokeOf } from '../../../web/src/lib/keys/keyboard.js';
import { keyName } from '../../../web/src/lib/keys/key-names.js';
import { clockFace } from '../../../web/src/lib/time/clock.js';
import { ago, dayWords, duration, fileSize } from '../../../web/src/lib/time/format.js';
import { tokenInAddress } from '../../../web/src/lib/token-in-address.js';
import { noon, waitIn } from './fixtures.js';

const minute = 60_000;
const hour = 60 * minute;

describe('The words and signs of the agent’s screen', () => {
  it('draw the customer’s clock green while there is time, amber from the half, red beyond', () => {
    const face = (waited: number) => clockFace(waitIn(noon - waited, 4 * hour), noon);
    expect(face(30 * minute)).to.deep.equal({ tone: 'ok', share: 0.125, words: '3 h 30 m left', waited: '30 m' });
    expect(face(2 * hour)).to.deep.include({ tone: 'warn', share: 0.5 });
    expect(face(5 * hour + 12 * minute)).to.deep.equal({ tone: 'bad', share: 1, words: '1 h 12 m over', waited: '5 h 12 m' });
    expect(face(-minute)).to.deep.include({ tone: 'ok', share: 0, waited: '< 1 m' });
  });

  it('say times as people do', () => {
    expect(duration(26 * hour)).to.equal('1 d 2 h');
    expect(duration(2 * hour)).to.equal('2 h');
    expect(ago(noon - 5 * minute, noon)).to.equal('5 m ago');
    expect(ago(noon - 20 * hour, noon)).to.equal('yesterday');
    expect(dayWords(noon, noon + hour)).to.equal('today');
    expect(dayWords(noon - 48 * hour, noon)).to.equal('Mon 16 Nov');
    expect(dayWords(noon + 24 * hour, noon)).to.equal('tomorrow');
    expect(sinceWords(new Date(2019, 3, 2).getTime(), noon)).to.equal('2019');
    expect(sinceWords(new Date(2026, 5, 2).getTime(), noon)).to.equal('June');
    expect(fileSize(10 * 1024 * 1024)).to.equal('10 MB');
    expect(fileSize(900)).to.equal('900 B');
    expect(localTime('Europe/Lisbon', Date.UTC(2026, 10, 18, 11, 5))).to.equal('Lisbon, 11:05');
    expect(localTime('Mars/Olympus', noon)).to.equal(undefined);
  });

  it('shorten any name to one or two letters', () => {
    expect(initials('Ines Bauer')).to.equal('IB');
    expect(initials('@tomkowalski')).to.equal('TO');
    expect(initials('')).to.equal('?');
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (name) => {
      expect([...initials(name)].length).to.be.within(1, 4);
    }));
  });

  it('name every address once, with the best proof there is', () => {
    const lines = identityLines([
      { id: 'email:1', kind: 'email', proof: 'verified', aliases: [{ type: 'email', value: 'ines@posteo.example', proof: 'verified' }] },
      { id: 'webchat:1', kind: 'webchat', proof: 'channel', aliases: [{ type: 'email', value: 'ines@posteo.example', proof: 'claimed' }, { type: 'phone', value: '+49761', proof: 'claimed' }, { type: 'native', value: 'v-1', proof: 'channel' }] },
    ]);
    expect(lines.map((line) => [line.text, line.proof])).to.deep.equal([['ines@posteo.example', 'verified'], ['web chat', 'channel'], ['+49761', 'claimed']]);
  });

  it('draw moods inside their picture', () => {
    fc.assert(fc.property(fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 1, maxLength: 40 }), (values) => {
      const points = moodLine(values.map((value, at) => ({ value, at, messageId: String(at) })), { width: 264, height: 44, inset: 5 });
      expect(points.every((point) => point.x >= 0 && point.x <= 264 && point.y >= 4.99 && point.y <= 39.01)).to.equal(true);
    }));
  });

  it('show the filters of a query apart, and take each away', () => {
    const query = 'fork from:ines -tag:"wrong part" has:attachment note:this';
    expect(filtersIn(query).map((filter) => filter.label)).to.deep.equal(['from ines', 'not tag wrong part', 'has attachment']);
    expect(withoutFilter(query, '-tag:"wrong part"')).to.equal('fork from:ines has:attachment note:this');
    expect(withFilter(' fork ', 'in:')).to.equal('fork in:');
  });

  it('read problems of the server, and of what stands before it', () => {
    const stale = problemOf(409, { error: { code: 'stale_reply', message: 'something newer reached them', facts: { newer: ['m'] } } });
    expect(stale).to.deep.include({ code: 'stale_reply', status: 409, message: 'Something newer reached them.' });
    expect(stale.facts).to.deep.equal({ newer: ['m'] });
    expect(problemOf(502, '<html>').message).to.equal('The server answered with 502. Nothing was changed.');
  });

  it('write queries without what is not asked for', () => {
    expect(queryString({ view: 'open', cursor: undefined, timeline: 1 })).to.equal('?view=open&timeline=1');
    expect(queryString(undefined)).to.equal('');
  });

  it('find the one-time token after the # or in the query', () => {
    expect(tokenInAddress({ hash: '#abc', search: '' })).to.equal('abc');
    expect(tokenInAddress({ hash: '#token=abc', search: '' })).to.equal('abc');
    expect(tokenInAddress({ hash: '', search: '?token=abc' })).to.equal('abc');
    expect(tokenInAddress({ hash: '', search: '' })).to.equal('');
  });
});

describe('The keys', () => {
  const at = (ms: number, inField = false) => ({ at: ms, inField });

  it('do one thing each, the latest part of the screen first, and go away with it', () => {
    const done: string[] = [];
    const keyboard = new Keyboard();
    keyboard.add([{ key: 'j', label: 'Next', group: 'List', run: () => done.push('list') }]);
    const leave = keyboard.add([{ key: 'j', label: 'Next hit', group: 'List', run: () => done.push('search') }]);
    keyboard.press('j', at(0));
    leave();
    keyboard.press('j', at(1));
    expect(done).to.deep.equal(['search', 'list']);
    expect(keyboard.all()).to.have.length(1);
  });

  it('leave a field alone, but for those that are meant for it', () => {
    const done: string[] = [];
    const keyboard = new Keyboard();
    keyboard.add([{ key: 'e', label: '', group: '', run: () => done.push('e') }, { key: 'mod+enter', label: '', group: '', inFields: true, run: () => done.push('send') }]);
    expect(keyboard.press('e', at(0, true))).to.equal(false);
    expect(keyboard.press('mod+enter', at(1, true))).to.equal(true);
    expect(done).to.deep.equal(['send']);
  });

  it('may be two, one soon after the other', () => {
    const done: string[] = [];
    const keyboard = new Keyboard();
    keyboard.add([{ key: 'g m', label: '', group: '', run: () => done.push('mine') }]);
    expect(keyboard.press('g', at(0))).to.equal(true);
    expect(keyboard.press('m', at(500))).to.equal(true);
    keyboard.press('g', at(1000));
    expect(keyboard.press('m', at(9000))).to.equal(false);
    expect(done).to.deep.equal(['mine']);
  });

  it('are written as on the machine in use', () => {
    const event = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false };
    expect(strokeOf({ ...event, key: 'J' , shiftKey: true })).to.equal('shift+j');
    expect(strokeOf({ ...event, key: '?', shiftKey: true })).to.equal('?');
    expect(strokeOf({ ...event, key: 'Enter', metaKey: true })).to.equal('mod+enter');
    expect(strokeOf({ ...event, key: 'Shift', shiftKey: true })).to.equal(undefined);
    expect(keyName('mod+enter', true)).to.equal('⌘↵');
    expect(keyName('mod+enter', false)).to.equal('Ctrl ↵');
    expect(keyName('g m', false)).to.equal('G then M');
  });
});
