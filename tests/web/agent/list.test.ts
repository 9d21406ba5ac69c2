import { expect } from 'chai';
import fc from 'fast-check';
import { keepPlace, neighbourOf, shiftOf } from '../../../web/src/features/inbox/model/keep-place.js';
import { isUnread, previewOf } from '../../../web/src/features/inbox/model/preview.js';
import { sentence, standingLines, teamLines, teamsSeen } from '../../../web/src/features/inbox/model/views.js';
import { noon, row } from './fixtures.js';

const of = (text: string) => [...text].map((id) => ({ id }));
const text = (rows: readonly { id: string }[]) => rows.map((each) => each.id).join('');
const counts = { mine: 2, unassigned: 1, waiting: 27, open: 64, snoozed: 0, resolved: 1204, spam: 0, teams: { orders: 31 } };

describe('The list while somebody works in it', () => {
  it('keeps the row that is worked on where it is, when it leaves the view or would move', () => {
    expect(text(keepPlace(of('abcd'), of('abd'), { id: 'c' }))).to.equal('abcd');
    expect(text(keepPlace(of('abcd'), of('cabd'), { id: 'c' }))).to.equal('abcd');
    expect(text(keepPlace(of('abcd'), of('nabcd'), { id: 'c' }))).to.equal('nabcd');
    expect(text(keepPlace(of('abcd'), of('nbcd'), { id: 'a' }))).to.equal('nabcd');
    expect(text(keepPlace(of('abcd'), of('abd'), undefined))).to.equal('abd');
  });

  it('shows every other row in the order of the view, whatever is held', () => {
    const rows = fc.shuffledSubarray([...'abcdefgh']).map((all) => all.map((id) => ({ id })));
    fc.assert(fc.property(rows, rows, fc.constantFrom(...'abcdefgh'), (shown, next, held) => {
      const result = keepPlace(shown, next, { id: held });
      expect(text(result.filter((each) => each.id !== held))).to.equal(text(next.filter((each) => each.id !== held)));
      expect(new Set(result.map((each) => each.id)).size).to.equal(result.length);
    }));
  });

  it('tells by how many rows to scroll so that nothing moves under the pointer', () => {
    expect(shiftOf(of('abcd'), of('xyabcd'), 0)).to.equal(2);
    expect(shiftOf(of('abcd'), of('acd'), 2)).to.equal(-1);
    expect(shiftOf(of('abcd'), of('xbcd'), 0)).to.equal(0);
    expect(shiftOf(of('abcd'), of('xyz'), 0)).to.equal(0);
  });

  it('goes to the next and the previous row, and begins at an end when nothing is open', () => {
    expect(neighbourOf(of('abc'), 'b', 1)?.id).to.equal('c');
    expect(neighbourOf(of('abc'), 'c', 1)).to.equal(undefined);
    expect(neighbourOf(of('abc'), undefined, 1)?.id).to.equal('a');
    expect(neighbourOf(of('abc'), undefined, -1)?.id).to.equal('c');
  });

  it('says who types, then one’s own draft, then who spoke last', () => {
    const typing = { typing: [{ id: 'ana', name: 'Ana Neto', type: 'agent' as const, at: noon }], viewing: [] };
    const drafted = row({ id: 'a', draft: 'Dear Ines' });
    expect(previewOf(drafted, typing, { agentId: 'lena', now: noon + 1000 })).to.deep.equal({ kind: 'typing', text: 'Ana is typing…' });
    expect(previewOf(drafted, typing, { agentId: 'ana', now: noon + 1000 }).kind).to.equal('draft');
    expect(previewOf(drafted, typing, { agentId: 'lena', now: noon + 60_000 }).kind).to.equal('draft');
    expect(previewOf(row({ id: 'a' }), undefined, { agentId: 'lena', now: noon }).kind).to.equal('said');
    const answered = row({ id: 'a', preview: { text: 'It is\non its way', by: 'agent', name: 'Lena' } });
    expect(previewOf(answered, undefined, { agentId: 'lena', now: noon })).to.deep.equal({ kind: 'answered', text: 'It is on its way' });
    const bot = row({ id: 'a', preview: { text: 'Which order?', by: 'bot', name: 'Velo' } });
    expect(previewOf(bot, undefined, { agentId: 'lena', now: noon }).text).to.equal('Velo: Which order?');
    const file = row({ id: 'a', preview: { text: '', by: 'customer', name: 'Ines', attachments: 2 } });
    expect(previewOf(file, undefined, { agentId: 'lena', now: noon }).text).to.equal('2 files');
  });

  it('is unread as long as the customer said something that nobody in charge has seen', () => {
    expect(isUnread(row({ id: 'a', lastInSeq: 3, readSeq: 2 }))).to.equal(true);
    expect(isUnread(row({ id: 'a', lastInSeq: 3, readSeq: 3 }))).to.equal(false);
  });

  it('has a header that reads as a sentence', () => {
    expect(sentence('waiting', counts, undefined)).to.deep.equal({ what: '27 waiting', order: 'longest first' });
    expect(sentence('resolved', counts, undefined).what).to.equal('1,204 resolved');
    expect(sentence('team-orders', counts, 'Orders')).to.deep.equal({ what: '31 open', order: 'Orders, newest first' });
    expect(sentence('waiting', { ...counts, waiting: 0 }, undefined).what).to.equal('Nobody waits');
  });

  it('lists only the teams whose conversations one sees', () => {
    const teams = [{ id: 'orders' }, { id: 'billing' }];
    expect(teamsSeen(teams, { role: 'agent', teamIds: ['billing'] })).to.deep.equal([{ id: 'billing' }]);
    expect(teamsSeen(teams, { role: 'lead', teamIds: [] })).to.deep.equal(teams);
  });

  it('lists spam only when there is some, and teams by name', () => {
    expect(standingLines(counts).map((line) => line.view)).to.not.include('spam');
    expect(standingLines({ ...counts, spam: 3 }).at(-1)).to.deep.include({ view: 'spam', count: 3 });
    expect(teamLines([{ id: 'w', name: 'Workshop' }, { id: 'orders', name: 'Orders' }], counts).map((line) => [line.label, line.count])).to.deep.equal([['Orders', 31], ['Workshop', 0]]);
  });
});
