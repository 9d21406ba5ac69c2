import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import type { ConversationRow } from '../../../web/src/lib/shapes.js';
import { startAppBackend } from '../../support/app-backend.js';
import { chromiumPath, openBrowser, openPage } from '../../support/browser.js';
import { requirePeer } from '../../support/peers.js';
import { addWebhookChannel, administrator, newClientId, postWebhook, type Product, removeProducts, startProduct, webhookMessage } from '../../support/product.js';
import { waitFor } from '../../support/wait-for.js';

describe('The wall and the clock over the whole product', function () {
  this.timeout(90_000);
  let browser: Browser;
  let product: Product;
  let backend: Awaited<ReturnType<typeof startAppBackend>>;
  let channelId: string;
  let page: Page;
  let faults: string[];

  const say = async (id: string, text: string, more: object = {}) => {
    expect(await postWebhook(product, channelId, webhookMessage(id, text, more))).to.equal(200);
  };
  const list = () => product.api<{ items: ConversationRow[] }>('GET', '/conversations?view=open').then(({ items }) => items);
  /** The conversation in which that was said last, when the condition holds. */
  const rowOf = (text: string, holds: (row: ConversationRow) => boolean = () => true) =>
    waitFor(async () => (await list()).find((row) => row.preview.text.includes(text) && holds(row)), { what: text });
  const onWall = (name: string) => page.getByRole('list', { name: 'Customers who wait' }).locator('li', { hasText: name });

  before(async function () {
    requirePeer(this, 'chromium', chromiumPath !== undefined);
    [product, browser, backend] = await Promise.all([startProduct(), openBrowser(), startAppBackend()]);
    channelId = await addWebhookChannel(product, backend.url);
    await product.api('PATCH', '/settings', { botOn: false });
    ({ page, faults } = await openPage(browser));
    await page.goto(`${product.url}/login`);
    await page.getByLabel('E-mail').fill(administrator.email);
    await page.getByRole('textbox', { name: 'Password' }).fill(administrator.password);
    await page.keyboard.press('Enter');
    await page.waitForURL(/inbox/u);
  });
  after(async () => {
    await browser?.close();
    await product?.stop();
    await backend?.stop();
    await removeProducts();
  });

  it('shows who writes within a second and a half, and who is answered no longer', async () => {
    await page.goto(`${product.url}/wall`);
    await page.getByRole('heading', { name: 'Nobody waits.' }).waitFor();
    const from = Date.now();
    await say('m1', 'Where is my order?');
    await onWall('Ines Bauer').waitFor();
    expect(Date.now() - from).to.be.below(1_500);
    expect(await onWall('Ines Bauer').locator('[data-tone]:has(> svg)').first().textContent()).to.match(/^waiting, (?:.* left|due .*)$/u);
    await say('m2', 'Do you open on Sunday?', { conversation: 'thread-malik', from: { id: 'malik', name: 'Malik Osei' } });
    await onWall('Malik Osei').waitFor();
    const { id } = await rowOf('Do you open on Sunday?');
    await product.api('POST', `/conversations/${id}/reply`, { text: 'From ten to two.', clientId: newClientId() });
    await onWall('Malik Osei').waitFor({ state: 'detached' });
    expect(await onWall('Ines Bauer').count()).to.equal(1);
  });

  it('gives a customer away with a click, and takes it back', async () => {
    const { id } = await rowOf('Where is my order?');
    await product.api('POST', `/conversations/${id}/assign`, { assigneeId: null });
    await onWall('Ines Bauer').getByText('nobody’s').waitFor();
    await onWall('Ines Bauer').getByRole('button', { name: 'Assign Ines Bauer' }).click();
    await page.getByRole('option', { name: 'Me' }).click();
    await rowOf('Where is my order?', (row) => row.assigneeId !== undefined);
    await page.getByRole('button', { name: 'Undo' }).click();
    await rowOf('Where is my order?', (row) => row.assigneeId === undefined);
    await onWall('Ines Bauer').getByRole('button', { name: 'Raise the priority of Ines Bauer to high' }).click();
    await rowOf('Where is my order?', (row) => row.priority === 'high');
    await onWall('Ines Bauer').getByRole('link', { name: 'Ines Bauer' }).click();
    await page.waitForURL(new RegExp(`/inbox/waiting/${id}`, 'u'));
  });

  it('stops the clock for a reason, says it, and lets the wait run on from when the customer wrote', async () => {
    const since = (await rowOf('Where is my order?')).waitingSince;
    await page.getByRole('button', { name: /^waiting, /u }).click();
    await page.getByRole('button', { name: 'No answer needed' }).click();
    await page.getByRole('radio', { name: 'Answered by phone or in person' }).check();
    await page.getByRole('button', { name: 'Stop the clock' }).click();
    await page.getByText('You said that no answer is needed: Answered by phone or in person.').waitFor();
    await rowOf('Where is my order?', (row) => row.due === undefined);
    await page.getByRole('button', { name: 'Start the clock' }).click();
    const again = await rowOf('Where is my order?', (row) => row.due !== undefined);
    expect(again.waitingSince).to.equal(since);
    await page.getByRole('button', { name: /^waiting, /u }).waitFor();
  });

  it('says which answer on another of their channels ended the wait, and lets it run on', async () => {
    await say('m3', 'A different thing: my bell is broken.', { conversation: 'thread-2' });
    const other = await rowOf('my bell is broken');
    await product.api('POST', `/conversations/${other.id}/reply`, { text: 'A new bell is on its way.', clientId: newClientId() });
    await page.getByText(/^You answered through the webhook at \d\d:\d\d\./u).waitFor();
    await page.getByRole('button', { name: 'Still waiting here' }).click();
    await page.getByRole('button', { name: /^waiting, /u }).waitFor();
    await rowOf('Where is my order?', (row) => row.due !== undefined && row.answeredElsewhere === undefined);
  });

  it('takes a bare thanks for one, and starts the clock after all when that was wrong', async () => {
    const { id } = await rowOf('Where is my order?');
    await product.api('POST', `/conversations/${id}/reply`, { text: 'It arrives tomorrow.', clientId: newClientId() });
    await page.getByRole('button', { name: /^waiting, /u }).waitFor({ state: 'detached' });
    await say('m4', 'Thanks!');
    await page.getByText('Taken as thanks: nobody waits.').waitFor();
    await page.getByRole('button', { name: 'Start the clock' }).click();
    await page.getByRole('button', { name: /^waiting, /u }).waitFor();
    expect((await rowOf('Thanks!', (row) => row.due !== undefined)).acknowledged).to.equal(undefined);
  });

  it('works out a week of staffing from what there is', async () => {
    await page.goto(`${product.url}/reports/staffing`);
    await page.getByRole('heading', { name: 'How this is worked out' }).waitFor();
    expect(await page.getByRole('table').getByRole('row').count()).to.equal(8);
    expect(faults).to.deep.equal([]);
  });
});
