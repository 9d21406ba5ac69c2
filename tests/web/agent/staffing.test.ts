import { expect } from 'chai';
import fc from 'fast-check';
import type { Page } from 'playwright-core';
import { presenceDays } from '../../../web/src/features/settings/model/presence-days.js';
import { cellWords, closedArrivals, hourWords, seenWords, shownHours, staffingSentence, stateOf, weekOf } from '../../../web/src/features/staffing/model/hours.js';
import { concurrentOf, minutesOf, staffingQuery, wholeWeeks } from '../../../web/src/features/staffing/model/query.js';
import { waitFor } from '../../support/wait-for.js';
import { pixels, widthOf } from './on-page.js';
import { onScreen } from './on-screen.js';
import { known, staffingWeek } from './screen-fixtures.js';
import type { ScreenWorld } from './screen-world.js';

describe('The staffing page, in a real browser', function () {
  this.timeout(60_000);
  let world: ScreenWorld;
  let page: Page;
  const open = onScreen(() => known('administrator'), { world: (made) => { world = made; }, page: (made) => { page = made; } });

  it('says in words and shapes where too few were there, and what it is worked out from', async () => {
    await open('/reports/staffing');
    await page.getByText('Too few people in 2 of 40 open hours, most on Tuesday 10:00: 2 short.').waitFor();
    const table = page.getByRole('table');
    const tuesday = table.getByRole('row', { name: /^Tuesday/u });
    expect(await tuesday.getByRole('button', { name: 'Tuesday 10:00 to 11:00: 14.2 questions come in; 4 needed, 2 were there: 2 short.' }).textContent()).to.equal('2 of 4▾ 2 short');
    const frame = (state: string) => pixels(page.locator(`[data-state="${state}"] button`).first(), 'border-top-width');
    expect(await frame('short')).to.be.above(await frame('enough'));
    await page.getByText('Questions come at random, at the mean rate of each hour.').waitFor();
    await page.getByText(/90 % of the customers are to be answered within 4 h; one answer takes 9 m/u).waitFor();
    await page.getByText('Who was there: by answers').waitFor();
  });

  it('asks anew for what is typed, keeps it in the address, and says what is no number of minutes', async () => {
    await open('/reports/staffing');
    await page.getByLabel('Handling, minutes').fill('12,5');
    await page.getByLabel('Handling, minutes').press('Enter');
    await page.waitForURL(/handling=12/u);
    await waitFor(() => world.reads.some((path) => path.startsWith('/reports/staffing') && path.includes('handlingMinutes=12.5')));
    await page.getByLabel('Answered in time').selectOption('0.8');
    await waitFor(() => world.reads.some((path) => path.includes('share=0.8') && path.includes('handlingMinutes=12.5')));
    await page.getByLabel('Each handles at once').selectOption('3');
    await page.waitForURL(/concurrent=/u);
    await waitFor(() => world.reads.some((path) => path.includes('concurrent=3') && path.includes('share=0.8')));
    await page.getByLabel('Target, minutes').fill('soon');
    await page.getByText('Minutes, such as 15.').waitFor();
    const asked = world.reads.filter((path) => path.startsWith('/reports/staffing')).length;
    await page.getByLabel('Target, minutes').press('Enter');
    expect(world.reads.filter((path) => path.startsWith('/reports/staffing')).length).to.equal(asked);
  });

  it('is walked through with the arrow keys, and says each hour below', async () => {
    await open('/reports/staffing');
    await page.getByRole('button', { name: /^Monday 09:00/u }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await page.getByText('Tuesday 10:00 to 11:00: 14.2 questions come in; 4 needed, 2 were there: 2 short.').waitFor();
  });

  it('fits a phone, where only the week itself is scrolled', async () => {
    await open('/reports/staffing', { width: 390, height: 844 });
    await page.getByRole('table').waitFor();
    expect(await widthOf(page, 'main')).to.equal(390);
  });

  it('is printed whole, without what can only be clicked', async () => {
    await open('/reports/staffing');
    await page.getByRole('table').waitFor();
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('button', { name: 'Print' }).isVisible()).to.equal(false);
    expect(await page.getByRole('navigation', { name: 'Main' }).first().isVisible()).to.equal(false);
    expect(await page.evaluate<boolean>("document.body.scrollHeight >= document.querySelector('main').scrollHeight")).to.equal(true);
  });

  it('lets administrators say who sees reports, and when a conversation counts as solved', async () => {
    await open('/settings/reports');
    await page.getByRole('textbox', { name: 'Hours' }).fill('24 h');
    await page.getByText('A whole number from 0 to 720.').waitFor();
    await page.getByRole('textbox', { name: 'Hours' }).fill('24');
    await page.getByRole('switch', { name: 'Hide names' }).check({ force: true });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    expect(world.calls.at(-1)).to.deep.equal({ method: 'PATCH', path: '/settings', body: { resolveHoldsHours: 24, reports: { agentsSeeOwn: false, hideNames: true } } });
    expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).to.equal(true);
  });
});

describe('The week of the staffing page', () => {
  const hour = { arrivals: 6, needed: 2, present: 2, open: true };

  it('calls an hour short when at least half a person was missing', () => {
    expect([2, 1.6, 1.5, 0].map((present) => stateOf({ ...hour, present }))).to.deep.equal(['enough', 'enough', 'short', 'short']);
    expect(stateOf({ ...hour, needed: 0 })).to.equal('idle');
    expect(stateOf({ ...hour, arrivals: 0.5, present: 0 })).to.equal('unseen');
    expect(cellWords({ ...hour, arrivals: 0.5, present: 0 })).to.equal('2 needed');
    expect(hourWords(0, 9, { ...hour, arrivals: 0.5, present: 0 })).to.equal('Monday 09:00 to 10:00: 0.5 questions come in; 2 needed. Too little to tell who was there.');
    expect(stateOf({ ...hour, open: false })).to.equal('closed');
    expect(cellWords({ ...hour, present: 1.46 })).to.equal('1.5 of 2');
    expect(hourWords(0, 9, { ...hour, open: false })).to.equal('Monday 09:00 to 10:00: closed; 6 questions come in.');
  });

  it('trusts presence also where little comes in, and says how it is known who was there', () => {
    const quiet = { ...hour, arrivals: 0.1, present: 0 };
    expect(weekOf({ hours: [[quiet]], presentBy: 'presence' }).flat().map(stateOf)).to.deep.equal(['short']);
    for (const presentBy of ['answers', 'both'] as const) expect(weekOf({ hours: [[quiet]], presentBy }).flat().map(stateOf)).to.deep.equal(['unseen']);
    expect(seenWords({ presentBy: 'presence' })).to.equal('by presence');
    expect(seenWords({ presentBy: 'answers' })).to.equal('by answers');
    expect(seenWords({ presentBy: 'both', presenceSince: new Date(2026, 10, 9, 15).getTime() })).to.equal('by presence since 9 Nov 2026, by answers before');
  });

  it('shows only the hours in which something is open, and counts what comes in besides', () => {
    expect(shownHours(staffingWeek().hours)).to.deep.equal({ from: 9, to: 17 });
    const atNight = staffingWeek().hours.map((day) => day.map((each, at) => (at === 3 ? { ...each, arrivals: 0.5 } : each)));
    expect(shownHours(atNight)).to.deep.equal({ from: 9, to: 17 });
    expect(closedArrivals(atNight)).to.equal(3.5);
    expect(shownHours(Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => ({ arrivals: 0, needed: 0, present: 0, open: false }))))).to.deep.equal({ from: 0, to: 24 });
  });

  it('is summed up in one sentence', () => {
    expect(staffingSentence(staffingWeek().hours.map((day) => day.map((each) => ({ ...each, present: 9 }))))).to.equal('Enough people in all 40 open hours.');
    expect(staffingSentence([])).to.equal('No hour of the week is open.');
  });

  it('asks for whole weeks from Monday to Sunday, whatever the day', () => {
    expect(wholeWeeks(4, new Date(2026, 10, 18).getTime())).to.deep.equal({ from: '2026-10-19', to: '2026-11-15' });
    expect(wholeWeeks(1, new Date(2026, 10, 22, 23, 59).getTime())).to.deep.equal({ from: '2026-11-09', to: '2026-11-15' });
    fc.assert(fc.property(fc.date({ min: new Date(2020, 0, 1), max: new Date(2035, 0, 1), noInvalidDate: true }), fc.integer({ min: 1, max: 26 }), (date, weeks) => {
      const { from, to } = wholeWeeks(weeks, date.getTime());
      expect(new Date(`${from}T12:00:00Z`).getUTCDay()).to.equal(1);
      expect((Date.parse(to) - Date.parse(from)) / 86_400_000).to.equal(weeks * 7 - 1);
    }));
  });

  it('sends only minutes that are some', () => {
    expect(['15', '2,5', ' 7.5 ', '0', '-3', '1e3', 'soon', '99999', undefined].map((text) => minutesOf(text, 1_440))).to.deep.equal([15, 2.5, 7.5, undefined, undefined, undefined, undefined, undefined, undefined]);
    expect([undefined, '3', '7', '99', 'x'].map((concurrent) => concurrentOf(concurrent === undefined ? {} : { concurrent }))).to.deep.equal([1, 3, 1, 1, 1]);
    expect([staffingQuery({ concurrent: '4' }, 0)['concurrent'], staffingQuery({}, 0)['concurrent']]).to.deep.equal([4, undefined]);
    expect(staffingQuery({ share: '2', target: 'x', weeks: '4' }, new Date(2026, 10, 18).getTime())).to.deep.include({ share: '0.9', targetMinutes: undefined, handlingMinutes: undefined, from: '2026-10-19' });
  });
});

describe('What is kept of when one was here', () => {
  const at = (day: number, hours: number, minutes = 0): number => new Date(2026, 10, day, hours, minutes).getTime();
  const span = (from: number, to: number, state: 'online' | 'away' = 'online') => ({ from, to, state });

  it('is told day by day, newest first, spans that follow on one another as one, and those over midnight on both days', () => {
    const days = presenceDays([span(at(17, 22), at(18, 1, 30)), span(at(17, 12, 40), at(17, 17)), span(at(17, 12), at(17, 12, 40), 'away'), span(at(17, 10), at(17, 12)), span(at(17, 8, 31), at(17, 10))]);
    expect(days.map(({ at: day, ...said }) => ({ day: new Date(day).getDate(), ...said }))).to.deep.equal([
      { day: 18, online: '00:00 to 01:30', away: '', onlineMs: 90 * 60_000 },
      { day: 17, online: '08:31 to 12:00, 12:40 to 17:00, 22:00 to 00:00', away: '12:00 to 12:40', onlineMs: (209 + 260 + 120) * 60_000 },
    ]);
    expect(presenceDays([])).to.deep.equal([]);
  });
});
