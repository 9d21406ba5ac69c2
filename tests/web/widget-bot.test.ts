import { expect } from 'chai';
import type { BrowserContext, Page } from 'playwright-core';
import { chromiumPath } from '../support/browser.js';
import { requirePeer } from '../support/peers.js';
import { openWidgetWorld, type WidgetWorld } from './widget-world.js';

describe('The bubble with the assistant behind it, in a real browser', () => {
  let world: WidgetWorld;
  let person: BrowserContext;
  let page: Page;
  let began = 0;

  before(async function () {
    this.timeout(60_000);
    requirePeer(this, 'Chromium', chromiumPath !== undefined);
    world = await openWidgetWorld({ botOn: true });
  });
  beforeEach(async () => {
    began = Date.now();
    person = await world.person();
    page = await person.newPage();
    await page.goto(`${world.chat.url}/chat`);
    await page.locator('.bub').click();
  });
  afterEach(() => person.close());
  after(async () => { await world?.close(); });

  async function write(text: string): Promise<void> {
    await page.locator('textarea').fill(text);
    await page.locator('textarea').press('Enter');
  }

  it('a quick reply is sent with a click, and the offer is gone', async () => {
    await write('Hello, where is my parcel?');
    const offer = page.locator('.q button').first();
    const text = (await offer.textContent()) ?? '';
    await offer.click();
    await page.locator('.b.u', { hasText: text }).waitFor();
    expect(await page.locator('.q').count()).to.equal(0);
    const row = await world.chat.conversation((candidate) => candidate.createdAt >= began);
    expect((await world.chat.app.reads.picture(world.chat.lena, row._id, { timeline: false }))?.messages.filter(({ kind }) => kind === 'in').at(-1)?.text).to.equal(text);
  });

  it('an address that was told to the assistant is the one under the chat', async () => {
    await write('My order never came');
    await page.locator('.b', { hasText: 'assistant' }).waitFor();
    await write('ines.bauer@posteo.example');
    await page.getByText('If you leave, we answer to ines.bauer@posteo.example').waitFor();
  });

  it('the person who takes over is named, once', async () => {
    await write('I want to talk to a person');
    await page.getByText('A person takes over from here.').waitFor();
    const row = await world.chat.conversation((candidate) => candidate.createdAt >= began);
    await world.chat.reply(row, 'Good morning, this is Lena.');
    await page.getByText('Lena takes over and has your earlier messages.').waitFor();
    expect(await page.getByText('A person takes over from here.').count()).to.equal(0);
    expect(await page.locator('.app h2').textContent()).to.equal('Lena, Velowerk');
  });
});
