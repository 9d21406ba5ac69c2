import { expect } from 'chai';
import fc from 'fast-check';
import { belongsTo, compareRows, patchRows, standingViews, viewOf, viewQuery, type ViewName } from '../../../web/src/lib/cache/rows.js';
import type { ConversationRow } from '../../../web/src/lib/shapes.js';
import { noon, row } from './fixtures.js';

const views: ViewName[] = [...standingViews, 'team-orders'];
const arbitraryRow = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
  status: fc.constantFrom('open', 'pending', 'snoozed', 'resolved', 'spam'),
  assigneeId: fc.option(fc.constantFrom('lena', 'ana'), { nil: undefined }),
  teamId: fc.option(fc.constantFrom('orders', 'billing'), { nil: undefined }),
  waitingSince: fc.option(fc.integer({ min: noon - 9, max: noon }), { nil: undefined }),
  lastMessageAt: fc.integer({ min: noon - 9, max: noon }),
}).map(({ assigneeId, teamId, waitingSince, ...rest }) =>
  row({ ...rest, ...(assigneeId !== undefined && { assigneeId }), ...(teamId !== undefined && { teamId }), ...(waitingSince !== undefined && { waitingSince }) }));

describe('The lists of the agent’s screen', () => {
  it('show after any changes what a fresh fetch would show', () => {
    fc.assert(fc.property(fc.array(arbitraryRow, { maxLength: 40 }), fc.constantFrom(...views), (changes, view) => {
      const store = new Map<string, ConversationRow>();
      let pages: ConversationRow[][] = [[]];
      changes.forEach((change, index) => {
        const changed = { ...change, changeSeq: index + 1 };
        store.set(changed.id, changed);
        pages = patchRows(pages, changed, { view, agentId: 'lena', complete: true });
      });
      const fetched = [...store.values()].filter((each) => belongsTo(view, each, 'lena')).sort((one, other) => compareRows(view, one, other));
      expect(pages.flat()).to.deep.equal(fetched);
    }));
  });

  it('do not take in what lies beyond the last page that was fetched', () => {
    const pages = [[row({ id: 'a', lastMessageAt: noon })]];
    const older = row({ id: 'b', lastMessageAt: noon - 1000 });
    expect(patchRows(pages, older, { view: 'open', agentId: 'lena', complete: false }).flat()).to.have.length(1);
    expect(patchRows(pages, older, { view: 'open', agentId: 'lena', complete: true }).flat()).to.have.length(2);
  });

  it('never go back to an older state of a conversation', () => {
    const pages = [[row({ id: 'a', status: 'open', changeSeq: 7 })]];
    const stale = row({ id: 'a', status: 'resolved', changeSeq: 6 });
    expect(patchRows(pages, stale, { view: 'open', agentId: 'lena', complete: true }).flat()).to.deep.equal(pages.flat());
  });

  it('put the longest wait first where people wait, the newest first elsewhere', () => {
    const early = row({ id: 'early', waitingSince: noon - 60_000, lastMessageAt: noon - 60_000 });
    const late = row({ id: 'late', waitingSince: noon, lastMessageAt: noon });
    expect(compareRows('waiting', early, late)).to.be.below(0);
    expect(compareRows('open', early, late)).to.be.above(0);
  });

  it('are named by the URL, and an unknown name is none', () => {
    expect(viewOf('waiting')).to.equal('waiting');
    expect(viewOf('team-orders')).to.equal('team-orders');
    expect(viewOf('team-')).to.equal(undefined);
    expect(viewOf('everything')).to.equal(undefined);
    expect(viewQuery('team-orders')).to.deep.equal({ view: 'open', teamId: 'orders' });
    expect(viewQuery('snoozed')).to.deep.equal({ view: 'snoozed' });
  });
});
