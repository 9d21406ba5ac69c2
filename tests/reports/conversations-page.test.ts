import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import type { CaseFacts } from '../../src/inbox/model/wait.js';
import { chromiumPath, openBrowser, openPage } from '../support/browser.js';
import { requirePeer } from '../support/peers.js';
import { waitFor } from '../support/wait-for.js';
import { openTakeAwayWorld, type TakeAwayWorld } from './take-away-world.js';

const webRoot = process.env['WEB_ROOT'] ?? fileURLToPath(new URL('../../dist/web', import.meta.url));
const minute = 60_000;
const day = 24 * 60 * minute;
const tuesday = Date.parse('2026-10-20T08:00:00Z');

describe('The conversations behind a report, in a browser', function () {
  this.timeout(90_000);
  let world: TakeAwayWorld;
  let browser: Browser;
  let page: Page;
  let faults: string[] = [];

  before(async function () {
    requirePeer(this, 'Chromium', chromiumPath !== undefined);
    [world, browser] = await Promise.all([openTakeAwayWorld({ webRoot }), openBrowser()]);
    await world.app.store.inbox.now.teams.insert({ _id: 'ours', name: 'Orders', createdAt: 0 });
    await world.app.book.create({ kind: 'webchat', name: 'Shop chat', settings: {}, secrets: {} }, 'chat');
    await world.addAgent('boss', { role: 'administrator', name: 'Bea Boss' });
    for (let n = 0; n < 70; n += 1) await converse(n);
  });
  after(async () => {
    await browser?.close();
    await world?.close();
  });
  afterEach(async () => {
    await page?.context().close();
    expect(faults).to.deep.equal([]);
  });

  /** Sixty last week, ten the week before. Every third was passed on, once or twice. */
  async function converse(n: number): Promise<void> {
    const { conversations, customers, messages } = world.app.store.inbox.now;
    const at = n < 60 ? tuesday + n * 10 * minute : tuesday - 7 * day + n * minute;
    const waitId = await world.wait({ customer: `Customer ${n}`, subject: `Order ${1000 + n}`, teamId: 'ours', from: at, took: 9 * minute, by: 'boss' });
    const conversationId = (await world.app.store.inbox.now.waits.get(waitId))?.conversationId ?? '';
    const facts = (await conversations.get(conversationId))?.facts as CaseFacts;
    const changed = { ...facts, transfers: n % 3 === 0 ? 1 + (n % 2) : 0, reopened: n === 7 ? 1 : 0, ...(n % 2 === 0 ? { bot: 'handed_over' as const } : {}) };
    const resolved = n % 4 === 0 ? { status: 'resolved' as const, resolvedAt: at + 100 * minute } : {};
    await conversations.change(conversationId, {}, { set: { facts: changed, ...resolved, changeSeq: world.app.core.changes.next() } });
    await customers.insert({ _id: `p${n + 1}`, name: `Customer ${n}`, nameKey: `customer ${n}`, joined: [], firstSeenAt: at, lastSeenAt: at, conversationCount: 1, mood: [], facts: [], tags: [] });
    await messages.insert({ _id: `chat:first-${n}`, conversationId, customerId: `p${n + 1}`, channelId: 'chat', seq: 1, kind: 'in', author: { type: 'customer', id: 'k', name: `Customer ${n}` }, text: `My wheel number ${n} squeaks.`, at, receivedAt: at });
  }

  async function open(size: { width?: number; height?: number; dark?: boolean } = {}, path = '/reports?period=lastWeek&kind=any'): Promise<void> {
    const { key } = await world.as('boss');
    ({ page, faults } = await openPage(browser, size));
    await page.context().setExtraHTTPHeaders({ authorization: `Bearer ${key ?? ''}` });
    await page.clock.setFixedTime(world.time.now);
    await page.goto(world.url + path);
  }
  const block = () => page.getByRole('region', { name: 'Conversations' });
  const rows = () => page.getByRole('article');

  it('are as many as the number says, which counts how often and in how many; a row opens its messages', async () => {
    await open();
    await block().getByRole('link', { name: 'Passed on: 30. Shows its conversations.' }).click();
    await page.getByRole('heading', { name: '30 times passed on, in 20 conversations', exact: true }).waitFor();
    const said = await rows().allInnerTexts();
    expect(said).to.have.length(20);
    expect(said.reduce((sum, words) => sum + (words.includes('passed on twice') ? 2 : words.includes('passed on once') ? 1 : 0), 0)).to.equal(30);
    await page.getByText('That is all: 20.').waitFor();
    expect((said[0] ?? '').replaceAll(/\s+/gu, ' ')).to.match(/^Customer 57, Tue 20 Oct, \d\d:30: passed on twice\. Order 1057 Orders\. 1 answer\. Taken by nobody yet\. Not resolved yet\.$/u);
    const last = page.getByRole('link', { name: 'Customer 0', exact: true });
    await last.focus();
    await page.keyboard.press('Enter');
    await page.getByText('My wheel number 0 squeaks.').first().waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: '30 times passed on, in 20 conversations', exact: true }).waitFor();
    // Not only the name: all of the row.
    await rows().first().click({ position: { x: 300, y: 36 } });
    await page.getByText('My wheel number 57 squeaks.').first().waitFor();
  });

  it('are there for each number of the block, for those of the period before too, and come page by page', async () => {
    const headings: [link: string, heading: string][] = [
      ['60 conversations', '60 conversations'], ['Opened again: 1. Shows its conversations.', '1 time opened again, in 1 conversation'], ['Passed on: before: 6. Shows its conversations.', '6 times passed on, in 4 conversations in the period before'],
      ['Resolved, half within: 15. Shows its conversations.', '15 conversations resolved'], ['Answers each: 1. Shows its conversations.', '60 conversations'], ['Answers each: 60 in all. Shows its conversations.', '60 answers, in 60 conversations'],
      ['Solved at the first contact: 15 customers. Shows its conversations.', '15 customers solved, in 15 conversations'], ['The bot helped: 30 handed over. Shows its conversations.', '30 conversations handed over by the bot'],
    ];
    await open();
    for (const [link, heading] of headings) {
      await block().getByRole('link', { name: link, exact: true }).click();
      await page.getByRole('heading', { name: heading, exact: true }).waitFor();
      const total = Number(/(\d+) conversation/u.exec(heading)?.[1]);
      // The rest comes as soon as its place is near.
      await waitFor(async () => {
        await page.evaluate('document.querySelector("main").scrollTo(0, 1e6)');
        return (await rows().count()) === total || undefined;
      }, { what: heading });
      await page.goBack();
    }
  });

  it('are put in another order in the address, and taken away as they are', async () => {
    await open({}, '/reports/conversations?period=lastWeek&kind=any&pick=resolved:1');
    await page.getByRole('heading', { name: '15 conversations resolved', exact: true }).waitFor();
    await page.getByText('Oldest', { exact: true }).click();
    await rows().first().getByText('Customer 0').waitFor();
    expect(new URL(page.url()).searchParams.get('sort')).to.equal('oldest');
    await page.getByRole('button', { name: 'Take away', exact: true }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'These conversations .csv', exact: true }).click()]);
    expect(download.suggestedFilename()).to.equal('rapport-conversations-2026-10-19-to-2026-10-25.csv');
    expect((await readFile(await download.path(), 'utf8')).trim().split('\r\n')).to.have.length(16);
    await page.getByRole('link', { name: 'Response times' }).click();
    await block().waitFor();
  });

  it('fit a phone, light and dark, and say when a pick is none of theirs', async () => {
    for (const dark of [false, true]) {
      await open({ width: 390, height: 844, dark }, '/reports/conversations?period=lastWeek&kind=any');
      await rows().first().waitFor();
      expect(await page.evaluate<number>('Math.max(document.documentElement.scrollWidth, document.querySelector("main").scrollWidth)')).to.equal(390);
      await page.context().close();
    }
    await open({}, '/reports/conversations?period=lastWeek&kind=any&pick=bot:helped');
    await page.getByRole('heading', { name: 'No conversation is among these' }).waitFor();
    await page.context().close();
    await open({}, '/reports/conversations?period=lastWeek&kind=any&pick=bot:asleep');
    await page.getByRole('alert').getByText('This pick is none of ours.').waitFor();
  });
});
