import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { goodPassword, openHttpWorld, type HttpWorld } from '../../support/http-world.js';
import { openBrowser, openPage } from '../../support/browser.js';
import { waitFor } from '../../support/wait-for.js';
import type { Agent } from '../../../src/inbox/model/people.js';

const webRoot = process.env['TEST_WEB'] ?? fileURLToPath(new URL('../../../dist/web/', import.meta.url));
const shots = process.env['TEST_SHOTS'];

describe('The settings page of targets', function () {
  this.timeout(60_000);
  let world: HttpWorld;
  let browser: Browser;
  let administrator: Agent;
  before(async () => {
    world = await openHttpWorld({ webRoot });
    browser = await openBrowser();
    await world.addTeam('Workshop');
    administrator = await world.addAgent({ role: 'administrator', name: 'Lena Maurer' });
  });
  after(async () => {
    await browser.close();
    await world.close();
  });

  const signedIn = async (agent: Agent, look: { width?: number; dark?: boolean } = {}): Promise<{ page: Page; faults: string[]; close: () => Promise<void> }> => {
    const { page, faults, context } = await openPage(browser, { height: 1_000, ...look });
    await page.goto(`${world.url}/login`);
    await page.getByLabel('E-mail').fill(agent.email);
    await page.getByRole('textbox', { name: 'Password' }).fill(goodPassword);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(/inbox/);
    await page.goto(`${world.url}/settings/targets`);
    await page.getByRole('heading', { name: 'Targets', level: 1 }).waitFor();
    return { page, faults, close: () => context.close() };
  };
  const shot = async (page: Page, name: string): Promise<void> => {
    if (shots !== undefined) await page.screenshot({ path: `${shots}/targets-${name}.png` });
  };
  const add = async (page: Page, target: { name: string; amount: string; tags?: string; team?: string; clock?: string }): Promise<void> => {
    await page.getByRole('button', { name: 'Add' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill(target.name);
    await dialog.getByLabel('Within').fill(target.amount);
    if (target.clock !== undefined) await dialog.getByLabel('Which clock').selectOption({ label: target.clock });
    if (target.tags !== undefined) await dialog.getByLabel('Customers tagged').fill(target.tags);
    if (target.team !== undefined) await dialog.getByRole('checkbox', { name: target.team }).check();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'hidden' });
  };

  it('makes targets that read as sentences, the strictest first, and says which conversation gets which', async () => {
    const { page, faults, close } = await signedIn(administrator);
    await shot(page, 'empty');
    await page.getByRole('button', { name: 'Add' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Give it a name').waitFor();
    await dialog.getByLabel('Within').fill('0');
    await dialog.getByText('A whole number of minutes').waitFor();
    await shot(page, 'faults');
    await page.keyboard.press('Escape');
    await add(page, { name: 'Workshop', amount: '120', team: 'Workshop' });
    await add(page, { name: 'VIP customers', amount: '30', tags: 'VIP' });
    await page.getByText('First answer within 30 minutes, in business hours, for customers tagged vip').waitFor();
    const names = await page.locator('section', { hasText: 'First answer' }).first().locator('li b').allTextContents();
    expect(names).to.deep.equal(['VIP customers', 'Workshop']);
    expect((await world.deps.targets.list()).map((target) => [target.name, target.minutes, target.customerTags]).sort()).to.deep.equal([['VIP customers', 30, ['vip']], ['Workshop', 120, []]]);

    const outcome = page.locator('dl > div', { hasText: 'First answer' });
    expect(await outcome.textContent()).to.contain('The whole company’s: 4 hours');
    await page.getByLabel('Team').last().selectOption({ label: 'Workshop' });
    await outcome.getByText('Workshop', { exact: true }).waitFor();
    await page.getByLabel('The customer is tagged').fill('vip');
    await outcome.getByText('It wins over Workshop').waitFor();
    await shot(page, 'list');
    expect(faults).to.deep.equal([]);
    await close();
  });

  it('switches off, changes and removes, with the keyboard alone', async () => {
    const { page, faults, close } = await signedIn(administrator);
    await page.getByRole('switch', { name: 'VIP customers counts' }).focus();
    await page.keyboard.press('Space');
    await waitFor(async () => (await world.deps.targets.list()).find((target) => target.name === 'VIP customers')?.on === false);
    await page.getByRole('button', { name: 'Change Workshop' }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').waitFor();
    expect(await dialog.getByLabel('Within').inputValue()).to.equal('2');
    expect(await dialog.getByLabel('Unit').inputValue()).to.equal('hours');
    await dialog.getByLabel('Within').fill('3');
    await dialog.getByText('First answer within 3 hours, in business hours, in Workshop.').waitFor();
    await shot(page, 'dialog');
    await page.keyboard.press('Enter');
    await waitFor(async () => (await world.deps.targets.list()).find((target) => target.name === 'Workshop')?.minutes === 180);
    await dialog.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Change VIP customers' }).click();
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await waitFor(async () => (await world.deps.targets.list()).length === 1);
    expect(faults).to.deep.equal([]);
    await close();
  });

  it('may be read by agents, who can change nothing, also on a telephone and in the dark', async () => {
    const { page, faults, close } = await signedIn(await world.addAgent({ name: 'Tomás Rey' }), { width: 390, dark: true });
    await page.getByText('First answer within 3 hours, in business hours, in Workshop').waitFor();
    expect(await page.getByRole('button', { name: 'Add' }).count()).to.equal(0);
    expect(await page.getByRole('button', { name: 'Change Workshop' }).count()).to.equal(0);
    expect(await page.getByRole('switch').count()).to.equal(0);
    expect(await page.evaluate('document.documentElement.scrollWidth')).to.equal(390);
    await shot(page, 'phone-dark');
    expect(faults).to.deep.equal([]);
    await close();
    const own = await signedIn(administrator, { width: 390, dark: true });
    await own.page.getByRole('button', { name: 'Change Workshop' }).click();
    await own.page.getByRole('dialog').getByLabel('Name').waitFor();
    expect(await own.page.evaluate('document.documentElement.scrollWidth')).to.equal(390);
    await shot(own.page, 'phone-dialog');
    await own.close();
  });
});
