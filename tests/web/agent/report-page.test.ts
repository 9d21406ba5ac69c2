import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { chromiumPath, openBrowser, openPage } from '../../support/browser.js';
import { requirePeer } from '../../support/peers.js';
import { waitFor } from '../../support/wait-for.js';
import { figures, report, reportNow } from './report-fixture.js';
import { openReportWorld, type ReportWorld } from './report-world.js';

describe('The report page in a browser', function () {
  this.timeout(60_000);
  let world: ReportWorld;
  let browser: Browser;
  let page: Page;
  let faults: string[];

  const open = async (path: string, size: { width?: number; height?: number; dark?: boolean } = {}) => {
    await page?.context().close();
    ({ page, faults } = await openPage(browser, size));
    await page.clock.setFixedTime(reportNow);
    await page.goto(world.url + path);
  };
  const shown = () => page.getByRole('heading', { name: '9 of 10 answered within' }).waitFor();
  // In strings, because tests are compiled without the types of a page.
  const scrolled = () => page.evaluate<number>('document.querySelector("main").scrollTop');
  const scrollTo = (top: string) => page.evaluate(`document.querySelector("main").scrollTo(0, ${top})`);
  const focused = async () => (await page.evaluate<string>('document.activeElement.getAttribute("aria-label") ?? ""')).replaceAll('\u00a0', ' ');
  const mainWidth = () => page.evaluate<number>('Math.max(document.documentElement.scrollWidth, document.querySelector("main").scrollWidth)');
  const lastAsked = (path: string) => world.asked.filter((url) => url.pathname === `/api/v1${path}`).at(-1)?.searchParams;

  before(async function () {
    requirePeer(this, 'Chromium', chromiumPath !== undefined);
    [world, browser] = await Promise.all([openReportWorld(), openBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await world?.stop();
  });
  beforeEach(() => {
    world.answers.report = report();
    world.answers.total = 62;
    world.answers.recompute = { checked: 62, of: 62, equal: 62, ms: 41, different: [] };
  });
  afterEach(() => expect(faults).to.deep.equal([]));

  it('says first what is shown, then four numbers with how they compare', async () => {
    await open('/reports');
    await shown();
    await page.getByText('Last 28 days, all teams, business hours of each team').waitFor();
    const tiles = page.locator('small').filter({ hasText: /within|owe/iu }).locator('..');
    const said = (await tiles.allInnerTexts()).map((text) => text.replaceAll(/\s+/gu, ' '));
    expect(said).to.have.length(4);
    expect(said[0]).to.match(/half of customers within .*27 m 6 m faster than before/u);
    expect(said[1]).to.match(/1 h 52 m 31 m faster than before; 2 h 4 m with those still waiting/u);
    expect(said[2]).to.include('412 of 474 waits');
    expect(said[3]).to.match(/3 the oldest waits 5 h 12 m, 1 over target, one in public/u);
    expect(Object.fromEntries(lastAsked('/reports') ?? [])).to.deep.equal({ from: '2026-10-26', to: '2026-11-22', zone: 'Europe/Berlin', compare: 'before', kind: 'first', time: 'business', groupBy: 'responder' });
  });

  it('opens the waits behind a number, and comes back to the same place', async () => {
    await open('/reports?team=orders', { height: 600 });
    await shown();
    await scrollTo('120');
    await page.getByRole('link', { name: /^Within target: 87 %/u }).click();
    await page.getByRole('heading', { name: '62 waits over target' }).waitFor();
    expect(lastAsked('/reports/waits')?.get('pick')).to.equal('target:over');
    expect(lastAsked('/reports/waits')?.get('team')).to.equal('orders');
    await page.goBack();
    await shown();
    await waitFor(async () => (await scrolled()) === 120 || undefined);
  });

  it('tells what a number means by key, and closes it with Escape', async () => {
    await open('/reports');
    await page.getByRole('button', { name: 'What is meant: Within target' }).press('Enter');
    await page.getByText('answered at or before the deadline').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('answered at or before the deadline').waitFor({ state: 'hidden' });
  });

  it('shows the numbers at a point by arrow keys and opens its waits by Enter', async () => {
    await open('/reports');
    await shown();
    const chart = page.getByRole('group', { name: /^9 of 10 answered within, day by day/u });
    const stops = await chart.locator('a[tabindex="0"]').count();
    expect(stops).to.equal(1);
    await chart.locator('a[tabindex="0"]').focus();
    for (let press = 0; press < 17; press += 1) await page.keyboard.press('ArrowRight');
    expect(await focused()).to.equal('Thu 12 Nov: 9 of 10 within 3 h 48 m, half within 54 m, 17 waits, all answered, 6 over target, before: 2 h 50 m');
    await chart.getByText('9 of 10 within 3 h 48 m').waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /^62 waits begun Thu 12 Nov/u }).waitFor();
    expect(lastAsked('/reports/waits')?.get('pick')).to.equal('day:2026-11-12');
  });

  it('goes over the fields of the week by arrow keys, and switches from waiting to arrivals in the address', async () => {
    await open('/reports');
    await shown();
    const grid = page.getByRole('grid');
    await grid.locator('a[tabindex="0"]').focus();
    await page.keyboard.press('ArrowDown');
    for (let press = 0; press < 7; press += 1) await page.keyboard.press('ArrowRight');
    expect(await focused()).to.match(/^Tue 13:00 to 14:00: half waited up to 2 h 20 m/u);
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await waitFor(() => lastAsked('/reports/waits')?.get('pick') === 'cell:1-21' || undefined);
    await page.goBack();
    await page.getByRole('button', { name: 'Arrivals' }).click();
    await page.getByRole('heading', { name: 'When people write' }).waitFor();
    expect(page.url()).to.include('heat=arrivals');
  });

  it('has a table behind each chart, for everybody on demand and for screen readers always', async () => {
    await open('/reports');
    await shown();
    expect(await page.getByRole('table', { name: '9 of 10 answered within' }).getByRole('row').count()).to.equal(29);
    await page.getByRole('button', { name: '9 of 10 answered within: as a table' }).click();
    await page.getByRole('group', { name: /^9 of 10 answered within, day by day/u }).waitFor({ state: 'hidden' });
    await page.getByRole('table', { name: '9 of 10 answered within' }).getByRole('link', { name: 'Thu 12 Nov' }).click();
    await page.getByRole('heading', { name: /Thu 12 Nov/u }).waitFor();
  });

  it('keeps filters in the address and as words that can be taken away', async () => {
    await open('/reports');
    await shown();
    await page.keyboard.press('f');
    const field = page.getByRole('combobox', { name: 'Team, person, channel, tag' });
    await field.fill('workshop');
    await field.press('Enter');
    await waitFor(() => lastAsked('/reports')?.get('team') === 'workshop' || undefined);
    await page.keyboard.press('Escape');
    expect(new URL(page.url()).searchParams.get('team')).to.equal('workshop');
    await page.getByText('Last 28 days, Workshop, business hours of each team').waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Take away: Workshop' }).click();
    await waitFor(() => lastAsked('/reports')?.has('team') === false || undefined);
    expect(new URL(page.url()).searchParams.has('team')).to.equal(false);
  });

  it('asks for another period, clock and kind, and says so', async () => {
    await open('/reports');
    await shown();
    await page.keyboard.press('p');
    await page.getByRole('button', { name: 'Last week' }).click();
    await waitFor(() => lastAsked('/reports')?.get('to') === '2026-11-15' || undefined);
    await page.getByText('Calendar', { exact: true }).click();
    await page.getByText('Any', { exact: true }).click();
    await waitFor(() => (lastAsked('/reports')?.get('kind') === 'any' && lastAsked('/reports')?.get('time') === 'calendar') || undefined);
    expect(Object.fromEntries(new URL(page.url()).searchParams)).to.deep.equal({ period: 'lastWeek', time: 'calendar', kind: 'any' });
    await page.getByText('Last week, all teams, calendar time').waitFor();
  });

  it('puts the groups in order by a column, and groups by anything', async () => {
    await open('/reports');
    await shown();
    const names = () => page.getByRole('table', { name: 'By who answered' }).getByRole('rowheader').allInnerTexts();
    await page.getByRole('button', { name: '9 of 10 within', exact: true }).click();
    await page.getByRole('button', { name: '9 of 10 within', exact: true }).click();
    expect((await names()).map((name) => name.split('\n').at(-1))).to.deep.equal(['Lena Maas', 'Ana Novak', 'Piet Bakker', 'Jonas Thiel']);
    await page.getByRole('button', { name: 'Group by' }).click();
    await page.getByRole('menuitem', { name: 'By channel' }).click();
    await waitFor(() => lastAsked('/reports')?.get('groupBy') === 'channel' || undefined);
  });

  it('shows averages on request only, in the groups too, and keeps the wish in the address', async () => {
    await open('/reports');
    await shown();
    const table = page.getByRole('table', { name: 'By who answered' });
    expect(await table.getByRole('columnheader', { name: 'Average' }).count()).to.equal(0);
    const averages = page.getByRole('button', { name: 'Averages' });
    expect(await averages.getAttribute('aria-pressed')).to.equal('false');
    await averages.click();
    await page.waitForURL(/average=1/u);
    await waitFor(() => lastAsked('/reports')?.get('average') === '1' || undefined);
    await table.getByRole('columnheader', { name: 'Average' }).waitFor();
    await averages.click();
    await page.waitForURL((url) => !url.searchParams.has('average'));
    await waitFor(async () => await table.getByRole('columnheader', { name: 'Average' }).count() === 0 || undefined);
  });

  it('draws each wait to scale: its parts, open hours, messages, target and answer', async () => {
    await open('/reports/waits?pick=target:over');
    const first = page.getByRole('article').first();
    await first.waitFor();
    expect((await first.innerText()).replaceAll(/\s+/gu, ' ')).to.match(/Ines Bauer, Tue 10 Nov, 08:40: waited 5 h 12 m, of it 4 h 31 m in business hours; 31 m over target\..*Answered by Lena Maas for Orders\. Target “Mail”, 4 h of business hours: the strictest for the team Orders\..*an earlier answer had not arrived/u);
    const widths = await Promise.all((await first.locator('svg g[data-by] rect:first-of-type').all()).map(async (rect) => (await rect.boundingBox())?.width));
    expect(widths).to.have.length(3);
    expect((widths[0] ?? 0) / (widths[2] ?? 1)).to.be.closeTo(120 / 72, 0.02);
    expect(await first.locator('svg line[data-kind]').count()).to.equal(4);
    for (const word of ['wrote', 'target', 'answered', '12:00']) await first.locator('svg text', { hasText: word }).waitFor();
    await first.getByRole('link', { name: 'Question' }).click();
    await waitFor(() => /\/inbox\/open\/c0\?at=m1/u.test(page.url()) || undefined);
    faults.length = 0;
  });

  it('brings the next waits by itself, and keeps the place on the way back', async () => {
    await open('/reports/waits?pick=target:over&sort=newest');
    await page.getByRole('article').first().waitFor();
    expect(await page.getByRole('article').count()).to.equal(30);
    for (let times = 0; times < 40 && (await page.getByRole('article').count()) < 62; times += 1) {
      await scrollTo('1e6');
      await page.evaluate('new Promise(requestAnimationFrame)');
    }
    await page.getByText('That is all: 62.').waitFor();
    expect(lastAsked('/reports/waits')?.get('sort')).to.equal('newest');
    await scrollTo('2000');
    await waitFor(async () => (await scrolled()) === 2_000 || undefined);
    await page.getByRole('link', { name: 'Customers' }).first().click();
    await waitFor(() => page.url().endsWith('/customers') || undefined);
    await page.goBack();
    await waitFor(async () => (await scrolled()) === 2_000 || undefined);
    faults.length = 0;
  });

  it('recomputes these very waits and says that all are equal, or which are not', async () => {
    await open('/reports/waits?pick=target:over&team=orders');
    await page.getByRole('button', { name: 'Recompute' }).click();
    await page.getByText('62 of 62 equal').waitFor();
    const sent = world.recomputed.at(-1) as { query: string; pick: string };
    expect(sent.pick).to.equal('target:over');
    expect(Object.fromEntries(new URLSearchParams(sent.query))).to.include({ team: 'orders', from: '2026-10-26', to: '2026-11-22' });
    world.answers.recompute = { checked: 62, of: 70, equal: 61, ms: 40, different: [{ waitId: 'w1', conversationId: 'c1', field: 'to', kept: '13:52', facts: '13:50' }] };
    await page.keyboard.press('r');
    await page.getByText('61 of 62 equal').waitFor();
    await page.getByRole('cell', { name: '13:50' }).waitFor();
    await page.getByText('70 are in the list; the first 62 were checked.').waitFor();
  });

  it('prints on paper: no controls, the tables, light, with the days and when it was printed', async () => {
    await open('/reports', { dark: true });
    await shown();
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await page.getByText(/Velowerk\. 26 Oct to 22 Nov 2026, Europe\/Berlin\. Printed .* by Ruth Adler\./u).waitFor();
    for (const control of [page.getByRole('button', { name: 'Filter' }), page.getByRole('navigation', { name: 'Main' }).first(), page.getByRole('button', { name: 'Group by' }), page.getByRole('group', { name: 'Which answers' })]) expect(await control.isVisible()).to.equal(false);
    const table = await page.getByRole('table', { name: '9 of 10 answered within' }).boundingBox();
    expect(table?.height).to.be.above(200);
    expect(await page.evaluate<string>('getComputedStyle(document.querySelector("main")).backgroundColor')).to.equal('rgb(255, 255, 255)');
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: false });
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/gu)?.length).to.be.within(2, 6);
  });

  it('fits a phone without a sideways scroll, in light and dark', async () => {
    for (const dark of [false, true]) {
      await open('/reports?team=orders&tag=axle&language=de', { width: 390, height: 844, dark });
      await shown();
      expect(await mainWidth()).to.equal(390);
      await page.goto(`${world.url}/reports/waits?pick=target:over`);
      await page.getByRole('article').first().waitFor();
      expect(await mainWidth()).to.equal(390);
    }
  });

  it('says that nobody wrote, what went wrong, or that reports are not for them', async () => {
    world.answers.report = report({ totals: { now: figures({ waits: 0, answered: 0, open: 0, business: { answered: {}, all: {} }, target: { within: 0, over: 0, undecided: 0, answeredWithin: 0, answeredOver: 0 } }) }, owed: { customers: 0, inPublic: 0, overdue: 0 } });
    await open('/reports?tag=nothing');
    await page.getByRole('heading', { name: 'Nobody wrote in this time' }).waitFor();
    await page.getByRole('button', { name: 'Take the filters away' }).click();
    await waitFor(() => lastAsked('/reports')?.has('tag') === false || undefined);
    world.answers.report = { status: 403, code: 'forbidden', message: 'Reports are for team leads.' };
    await open('/reports');
    await page.getByRole('heading', { name: 'You see no reports' }).waitFor();
    await page.getByText('Reports are for team leads.').waitFor();
    world.answers.report = { status: 500, code: 'internal', message: 'it broke' };
    await open('/reports');
    await page.getByRole('alert').getByText('It broke.').waitFor();
    world.answers.report = report();
    await page.getByRole('button', { name: 'Try again' }).click();
    await shown();
  });

  it('is reached by its sign, and by g then r', async () => {
    await open('/customers');
    await page.getByRole('heading', { name: 'Customers' }).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('r');
    await shown();
    expect(await page.getByRole('link', { name: 'Reports' }).first().getAttribute('aria-current')).to.equal('page');
    faults.length = 0;
  });
});
