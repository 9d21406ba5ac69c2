import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { chromiumPath, openBrowser, openPage } from '../../support/browser.js';
import { requirePeer } from '../../support/peers.js';
import { report, reportNow } from './report-fixture.js';
import { openReportWorld, type ReportWorld } from './report-world.js';

describe('The addresses of a report, in a browser', function () {
  this.timeout(60_000);
  let world: ReportWorld;
  let browser: Browser;
  let page: Page;
  let faults: string[];

  const open = async (path: string) => {
    await page?.context().close();
    ({ page, faults } = await openPage(browser));
    await page.clock.setFixedTime(reportNow);
    await page.goto(world.url + path);
  };
  const shown = () => page.getByRole('heading', { name: '9 of 10 answered within' }).waitFor();
  const lastAsked = (path: string) => world.asked.filter((url) => url.pathname === `/api/v1${path}`).at(-1)?.searchParams;

  before(async function () {
    requirePeer(this, 'Chromium', chromiumPath !== undefined);
    [world, browser] = await Promise.all([openReportWorld(), openBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await world?.stop();
  });
  afterEach(() => expect(faults).to.deep.equal([]));

  it('says of whom we owe an answer both how many wait and how many waits that are', async () => {
    await open('/reports');
    await shown();
    await page.getByRole('link', { name: /^We owe an answer: 3\b/u }).click();
    await page.getByRole('heading', { name: '62 waits owed an answer now, to 60 customers' }).waitFor();
  });

  it('opens a group under whatever name it has', async () => {
    const odd = 'half; 50 % & more';
    world.answers.report = report({ groupBy: 'tag', groups: [{ key: { id: odd, name: odd }, now: report().totals.now }] });
    await open('/reports?groupBy=tag');
    await page.getByRole('link', { name: odd }).click();
    await page.getByRole('heading', { name: `62 waits tag #${odd}` }).waitFor();
    expect(lastAsked('/reports/waits')?.get('pick')).to.equal(`group:${encodeURIComponent(odd)}`);
  });

  it('leaves out what it does not understand of an address', async () => {
    await open('/reports?zone=Mars/Olympus&from=2026-99-99&to=x&groupBy=moon&kind=any');
    await shown();
    expect(Object.fromEntries(lastAsked('/reports') ?? [])).to.include({ from: '2026-10-26', to: '2026-11-22', zone: 'Europe/Berlin', groupBy: 'responder', kind: 'any' });
    await open('/reports/waits?zone=Mars/Olympus&sort=upside-down');
    await page.getByRole('heading', { name: '62 waits' }).waitFor();
    expect(lastAsked('/reports/waits')?.get('zone')).to.equal('Europe/Berlin');
  });
});
