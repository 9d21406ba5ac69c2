import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import type { Receipt, Recomputed, Report, Wall } from '../../src/http/api/shapes-reports.js';
import { chromiumPath, openBrowser, openPage } from '../support/browser.js';
import { requirePeer } from '../support/peers.js';
import { addWebhookChannel, administrator, postWebhook, type Product, removeProducts, startProduct, webhookMessage } from '../support/product.js';
import { waitFor } from '../support/wait-for.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const today = Math.floor(Date.now() / day) * day;
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Days ago of the last Tuesday that is over. */
const tuesday = [2, 3, 4, 5, 6, 7, 8].find((ago) => new Date(today - ago * day).getUTCDay() === 2) ?? 2;
const lena = { name: 'Lena', email: administrator.email };

/**
 * Two months of another tool's past, by hand: three conversations a day, two about brakes and one about an order. In the first
 * four weeks brakes are answered after 60 minutes, in the last four after 20; orders always after 40. On one Tuesday six wait
 * for eight hours, seven of them with nobody. Jonas has had no answer for 40 days, Mira for three days, and hers lies with Lena.
 */
function past(): string[] {
  const lines: object[] = [];
  const line = (key: string, at: number, more: object): void => {
    lines.push({ channel: 'Our app', conversation: key, customer: { id: `person-${key}`, name: `Person ${key}` }, at, ...more });
  };
  const talk = (key: string, at: number, tag: string, took: { assigned: number; answered: number }): void => {
    line(key, at, { id: `${key}-1`, author: { kind: 'customer' }, text: `A question about ${tag}, case ${key}?`, tags: [tag] });
    line(key, at + took.assigned, { type: 'assigned', by: lena, to: lena });
    line(key, at + took.answered, { id: `${key}-2`, author: { kind: 'agent', ...lena }, text: `The answer to case ${key}.` });
  };
  for (let ago = 56; ago >= 1; ago -= 1) {
    const morning = today - ago * day + 10 * hour;
    if (ago === tuesday) {
      for (let each = 0; each < 6; each += 1) talk(`tue-${each}`, morning + each * 10 * minute, 'orders', { assigned: 7 * hour, answered: 8 * hour });
      continue;
    }
    const brakes = (ago > 28 ? 60 : 20) * minute;
    talk(`d${ago}-a`, morning, 'brakes', { assigned: 5 * minute, answered: brakes });
    talk(`d${ago}-b`, morning + hour, 'brakes', { assigned: 5 * minute, answered: brakes });
    talk(`d${ago}-c`, morning + 2 * hour, 'orders', { assigned: 5 * minute, answered: 40 * minute });
  }
  line('jonas', today - 40 * day + 9 * hour, { id: 'jonas-1', author: { kind: 'customer' }, text: 'Does anybody read this?', tags: ['orders'] });
  line('mira', today - 3 * day + 9 * hour, { id: 'mira-1', author: { kind: 'customer' }, text: 'Where is my wheel?', tags: ['orders'] });
  line('mira', today - 3 * day + 10 * hour, { type: 'assigned', by: lena, to: lena });
  return lines.map((each) => JSON.stringify(each));
}

describe('a team lead asks the four questions of an imported past', function () {
  this.timeout(180_000);
  let product: Product;
  /** As the house calls Lena. */
  const inHouse = { name: '' };
  const period = `from=${dayOf(today - 28 * day)}&to=${dayOf(today - day)}&zone=UTC&time=calendar`;
  const waits = async (more: string): Promise<Receipt[]> => (await product.api<{ items: Receipt[] }>('GET', `/reports/waits?${period}&limit=50&${more}`)).items;
  const texts = async (receipt: Pick<Receipt, 'conversationId'>): Promise<string[]> => {
    const { messages } = await product.api<{ messages: { id: string; text: string }[] }>('GET', `/conversations/${receipt.conversationId}/messages?limit=50`);
    return messages.map((message) => message.text);
  };

  before(async () => {
    product = await startProduct();
    inHouse.name = (await product.api<{ agent: { name: string } }>('GET', '/me')).agent.name;
    const channelId = await addWebhookChannel(product, 'http://127.0.0.1:9/never');
    const body = past().join('\n');
    const response = await fetch(`${product.url}/api/v1/import?id=old-tool`, { method: 'POST', headers: { authorization: `Bearer ${administrator.key}`, 'content-type': 'application/x-ndjson' }, body });
    const answer = await response.json() as { added: number; faulty: number; done: boolean };
    expect(answer, JSON.stringify(answer)).to.include({ faulty: 0, done: true });
    expect(await postWebhook(product, channelId, webhookMessage('now-1', 'My bell is silent, what now?'))).to.equal(200);
  });
  after(async () => {
    await product?.stop();
    await removeProducts();
  });

  it('did we get better since last month, and where: half are answered in 20 minutes instead of 60, because of brakes', async () => {
    const report = await product.api<Report>('GET', `/reports?${period}&groupBy=tag`);
    // Now 27 days of 20, 20, 40 and six of 480: the 44th of 87 is 20, the 79th 40. Before 28 days of 60, 60, 40: the 42nd of 84 is 60.
    expect(report.totals.now).to.deep.include({ waits: 88, answered: 87, open: 1 });
    expect(report.totals.now.calendar.answered).to.deep.equal({ p50: 20 * minute, p90: 40 * minute, p95: 8 * hour });
    expect(report.totals.before).to.deep.include({ waits: 85, answered: 84, open: 1 });
    expect(report.totals.before?.calendar.answered).to.deep.equal({ p50: 60 * minute, p90: 60 * minute, p95: 60 * minute });
    const half = Object.fromEntries(report.groups.map((group) => [group.key.id, [group.before?.calendar.answered.p50, group.now.calendar.answered.p50]]));
    expect(half).to.deep.equal({ brakes: [60 * minute, 20 * minute], orders: [40 * minute, 40 * minute] });
  });

  it('why was Tuesday bad: six waited for eight hours, seven of them with nobody, and each opens down to its messages', async () => {
    const bad = dayOf(today - tuesday * day);
    const report = await product.api<Report>('GET', `/reports?${period}`);
    expect(report.trend.find((each) => each.day === bad)).to.deep.include({ waits: 6, answered: 6, p50: 8 * hour, p90: 8 * hour });
    expect(report.remark).to.include({ day: bad });
    const found = await waits(`pick=${encodeURIComponent(`day:${bad}`)}`);
    expect(found.map((receipt) => receipt.calendarMs)).to.deep.equal(Array<number>(6).fill(8 * hour));
    expect(found[0]?.segments.map((segment) => [segment.by === 'agent' ? segment.name : 'nobody of the team', segment.to - segment.from])).to.deep.equal([['nobody of the team', 7 * hour], [inHouse.name, hour]]);
    if (found[0] === undefined) throw new Error('no wait of Tuesday');
    const said = await texts(found[0]);
    expect(said.filter((text) => text !== '')).to.include.members([said.find((text) => text.startsWith('A question about orders, case tue-')), said.find((text) => text.startsWith('The answer to case tue-'))]);
    expect(found[0].answer).to.include({ by: 'agent', messageId: found[0].ticks.find((tick) => tick.kind === 'out')?.messageId });
  });

  it('whom do we owe an answer: Jonas and Mira of the past, and who wrote just now', async () => {
    const owed = await product.api<Report>('GET', `/reports?${period}&imported=1`);
    expect(owed.owed).to.deep.include({ customers: 2, oldestSince: today - 40 * day + 9 * hour });
    const found = await waits(`imported=1&pick=${encodeURIComponent('owed:1')}`);
    expect(found.map((receipt) => receipt.customer.name)).to.deep.equal(['Person jonas', 'Person mira']);
    expect(await Promise.all(found.map(texts))).to.satisfy(([jonas, mira]: string[][]) => jonas?.includes('Does anybody read this?') === true && mira?.includes('Where is my wheel?') === true);
  });

  it('who waits longest and whose is it: nobody had Jonas, Lena has Mira; on the wall stands who waits now', async () => {
    const [longest, second] = await waits(`imported=1&sort=longest&pick=${encodeURIComponent('owed:1')}`);
    expect(longest?.segments.filter((segment) => segment.by === 'agent')).to.deep.equal([]);
    expect(second?.segments.at(-1)).to.include({ by: 'agent', name: inHouse.name });
    await waitFor(async () => (await product.api<Wall>('GET', '/reports/wall')).rows.length === 1, { what: 'the new question on the wall' });
    const wall = await product.api<Wall>('GET', '/reports/wall');
    expect(wall.waiting).to.include({ customers: 1, conversations: 1 });
    expect(wall.rows[0]?.conversation.customer.name).to.equal('Ines Bauer');
    expect(await texts({ conversationId: wall.rows[0]?.conversation.id ?? '' })).to.include('My bell is silent, what now?');
    expect(wall.rows[0]?.since).to.be.closeTo(Date.now(), minute);
  });

  it('all of it works out the same from the messages alone', async () => {
    const checked = await product.api<Recomputed>('POST', '/reports/recompute', { query: period });
    expect(checked).to.deep.include({ checked: 88, equal: 88, different: [] });
  });

  describe('in the browser', () => {
    let browser: Browser;
    let page: Page;
    let faults: string[];
    before(async function () {
      requirePeer(this, 'chromium', chromiumPath !== undefined);
      browser = await openBrowser();
      ({ page, faults } = await openPage(browser));
      await page.goto(`${product.url}/login`);
      await page.getByLabel('E-mail').fill(administrator.email);
      await page.getByRole('textbox', { name: 'Password' }).fill(administrator.password);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('link', { name: 'Reports' }).first().waitFor();
    });
    after(() => browser?.close());

    it('Tuesday opens from the report to its waits, and from there to what was said', async () => {
      await page.goto(`${product.url}/reports?from=${dayOf(today - 28 * day)}&to=${dayOf(today - day)}&time=calendar`);
      await page.getByRole('heading', { name: '9 of 10 answered within' }).waitFor();
      await page.getByRole('button', { name: '9 of 10 answered within: as a table' }).click();
      const words = new Date(today - tuesday * day).getUTCDate();
      await page.getByRole('table', { name: '9 of 10 answered within' }).getByRole('link', { name: new RegExp(`^Tue ${words} `, 'u') }).click();
      await page.getByRole('heading', { name: /^6 waits/u }).waitFor();
      expect(await page.getByRole('article').count()).to.equal(6);
      await page.getByRole('article').first().getByRole('link', { name: 'Question' }).click();
      await page.getByText(/A question about orders, case tue-\d/u).first().waitFor();
    });

    it('the one who waits now stands on the wall, and opens to what they said', async () => {
      await page.goto(`${product.url}/wall`);
      const row = page.getByRole('list', { name: 'Customers who wait' }).locator('li', { hasText: 'Ines Bauer' });
      await row.waitFor();
      await row.locator('[data-row-link]').click();
      await page.getByText('My bell is silent, what now?').first().waitFor();
      await page.getByRole('textbox', { name: /^Reply to/u }).waitFor();
    });

    it('who is owed an answer opens from the report, the imported ones when asked for', async () => {
      await page.goto(`${product.url}/reports?from=${dayOf(today - 28 * day)}&to=${dayOf(today - day)}&time=calendar&imported=1`);
      await page.getByRole('link', { name: /^We owe an answer/u }).click();
      await page.getByRole('article').nth(1).waitFor();
      const owed = await page.getByRole('article').allInnerTexts();
      expect(owed.map((text) => ['Person jonas', 'Person mira'].filter((name) => text.includes(name)))).to.deep.equal([['Person jonas'], ['Person mira']]);
      expect(faults).to.deep.equal([]);
    });
  });
});
