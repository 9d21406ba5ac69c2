import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { chromiumPath, openBrowser, openPage } from '../support/browser.js';
import { requirePeer } from '../support/peers.js';
import { waitFor } from '../support/wait-for.js';
import { fillTakeAwayWorld, openTakeAwayWorld, type TakeAwayWorld } from './take-away-world.js';

const webRoot = process.env['WEB_ROOT'] ?? fileURLToPath(new URL('../../dist/web', import.meta.url));
const lastWeek = '/reports?period=lastWeek&kind=any&time=calendar';

describe('Take away, in a browser', function () {
  this.timeout(90_000);
  let world: TakeAwayWorld;
  let browser: Browser;
  let page: Page;
  let faults: string[] = [];

  before(async function () {
    requirePeer(this, 'Chromium', chromiumPath !== undefined);
    browser = await openBrowser();
  });
  after(() => browser?.close());
  beforeEach(async () => {
    world = await openTakeAwayWorld({ webRoot });
    await fillTakeAwayWorld(world);
  });
  afterEach(async () => {
    await page?.context().close();
    await world.close();
    expect(faults).to.deep.equal([]);
  });

  async function open(who: string, size: { width?: number; height?: number; dark?: boolean } = {}, path = lastWeek): Promise<void> {
    const { key } = await world.as(who);
    ({ page, faults } = await openPage(browser, size));
    await page.context().setExtraHTTPHeaders({ authorization: `Bearer ${key ?? ''}` });
    await page.clock.setFixedTime(world.time.now);
    await page.goto(world.url + path);
    await page.getByRole('button', { name: 'Take away', exact: true }).waitFor();
  }
  const choose = async (item: string): Promise<void> => {
    await page.getByRole('button', { name: 'Take away', exact: true }).click();
    await page.getByRole('menuitem', { name: item, exact: true }).click();
  };
  /** The file that the browser saves. */
  async function saved(act: () => Promise<void>): Promise<{ name: string; text: string }> {
    const [download] = await Promise.all([page.waitForEvent('download'), act()]);
    return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
  }
  const tooWide = (): Promise<boolean> => page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth || [...document.querySelectorAll("[role=dialog] *")].some((each) => each.getBoundingClientRect().right > innerWidth + 1)');

  it('saves what is shown as CSV and as JSON, by mouse and by keys', async () => {
    await open('boss');
    const csv = await saved(() => choose('All figures .csv'));
    expect(csv.name).to.equal('rapport-response-times-2026-10-19-to-2026-10-25.csv');
    expect(csv.text).to.match(/^\ufeffPart,Figure,/).and.to.match(/Waits,Waits,5,,0/);
    const json = await saved(async () => {
      await page.getByRole('button', { name: 'Take away', exact: true }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('menuitem', { name: /^File format: CSV/ }).waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.getByRole('menuitem', { name: /^File format: JSON/ }).waitFor();
      await page.keyboard.press('End');
      await page.getByRole('menuitem', { name: 'Every wait .json' }).press('Enter');
    });
    expect(json.name).to.equal('rapport-waits-2026-10-19-to-2026-10-25.json');
    expect((JSON.parse(json.text) as { rows: unknown[] }).rows).to.have.length(5);
  });

  it('saves the list of waits behind a number as it is', async () => {
    await open('boss', {}, `/reports/waits?${lastWeek.split('?')[1] ?? ''}&pick=state:open`);
    const { name, text } = await saved(() => choose('These waits .csv'));
    expect(name).to.equal('rapport-waits-2026-10-19-to-2026-10-25.csv');
    expect(text.trim().split('\r\n')).to.have.length(3);
    expect(text).to.include('Petra Theirs').and.not.to.include('Jonas');
  });

  it('says in words why there is no file', async () => {
    await open('boss');
    await page.route('**/api/v1/reports/export?**', (route) => route.abort());
    await choose('All figures .csv');
    await page.getByText('The file could not be made. No connection to the server.').waitFor();
  });

  it('keeps a report for a team, and brings it back with its days counted anew', async () => {
    await open('lea', {}, `${lastWeek}&team=ours`);
    await choose('Save this report');
    await page.getByRole('textbox', { name: /^Name/ }).fill('Orders, last week');
    expect(await page.getByLabel('Days', { exact: true }).inputValue()).to.equal('lastWeek');
    await page.getByLabel('Who sees it').selectOption({ label: 'Everybody in Orders' });
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved. Take away, Saved reports has it.').waitFor();
    await page.context().close();
    world.time.now += 7 * 86_400_000;
    await open('boss', {}, '/reports');
    await choose('Saved reports');
    await page.getByText('Last week, shared with Orders').waitFor();
    await page.getByRole('button', { name: 'Orders, last week', exact: true }).click();
    await page.getByText(/Last week, Orders/).first().waitFor();
    expect(new URL(page.url()).searchParams.get('period')).to.equal('lastWeek');
    expect(new URL(page.url()).searchParams.get('team')).to.equal('ours');
    await choose('Saved reports');
    await page.getByRole('button', { name: 'Rename Orders, last week' }).click();
    await page.getByLabel('New name of Orders, last week').fill('Orders');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Delete Orders', exact: true }).click();
    await page.getByText('Nothing is saved yet').waitFor();
    await page.getByRole('button', { name: /^Undo/ }).click();
    await page.getByRole('button', { name: 'Delete Orders', exact: true }).waitFor();
    expect((await world.app.store.inbox.now.savedReports.all()).map(({ name, teamId, query }) => [name, teamId, new URLSearchParams(query).get('team')])).to.deep.equal([['Orders', 'ours', 'ours']]);
  });

  it('sets up a digest, says why it cannot be sent, and sends one for a look', async () => {
    await open('boss');
    await choose('Digests by e-mail');
    await page.getByRole('button', { name: 'New digest of this report' }).click();
    await page.getByRole('textbox', { name: /^Name/ }).fill('All teams');
    await page.getByLabel('When', { exact: true }).selectOption({ label: 'On the first at 07:00, about the month before' });
    await page.getByRole('checkbox', { name: 'Lea Ours' }).check();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('The first of each month at 07:00').waitFor();
    await page.getByText(/No mailbox is connected/).waitFor();
    await page.getByRole('button', { name: 'Send me one now' }).click();
    await waitFor(async () => (await page.getByText(/No mailbox is connected/).count()) === 2 || undefined, { what: 'the toast' });
    await world.connectMailbox();
    await page.getByRole('button', { name: 'Send me one now' }).click();
    await page.getByText('Sent to boss@velowerk.example.').waitFor();
    expect(world.smtp.received.map((mail) => mail.envelope.to)).to.deep.equal([['boss@velowerk.example']]);
    await page.getByRole('switch', { name: 'All teams is sent' }).press('Space');
    await page.getByText('switched off').waitFor();
    const [digest] = await world.app.store.inbox.now.digests.all();
    expect(digest).to.deep.include({ name: 'All teams', every: 'month', on: false, timeZone: 'UTC', recipientIds: ['boss', 'lea'] });
    await page.getByRole('button', { name: 'Delete All teams' }).click();
    await page.getByText('Nobody gets a digest yet').waitFor();
    await page.getByRole('button', { name: /^Undo/ }).click();
    await page.getByText('The first of each month at 07:00').waitFor();
  });

  it('fits a phone, light and dark', async () => {
    for (const dark of [false, true]) {
      await open('boss', { width: 390, height: 780, dark });
      await choose('Save this report');
      await page.getByRole('textbox', { name: /^Name/ }).waitFor();
      expect(await tooWide(), 'save').to.equal(false);
      if (process.env['SHOTS'] !== undefined) await page.screenshot({ path: `${process.env['SHOTS']}/save-${String(dark)}.png` });
      await page.keyboard.press('Escape');
      await choose('Digests by e-mail');
      await page.getByRole('button', { name: 'New digest of this report' }).click();
      await page.getByRole('checkbox', { name: /Bea Boss/ }).waitFor();
      expect(await tooWide(), 'digest').to.equal(false);
      if (process.env['SHOTS'] !== undefined) await page.screenshot({ path: `${process.env['SHOTS']}/digest-${String(dark)}.png` });
      await page.context().close();
    }
    await open('boss', { dark: true });
    await page.getByRole('button', { name: 'Take away', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Saved reports' }).waitFor();
    if (process.env['SHOTS'] !== undefined) await page.screenshot({ path: `${process.env['SHOTS']}/menu.png` });
  });
});
