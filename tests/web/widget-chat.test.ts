import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import type { BrowserContext, Page } from 'playwright-core';
import { chromiumPath } from '../support/browser.js';
import { requirePeer } from '../support/peers.js';
import { waitFor } from '../support/wait-for.js';
import { ask, openWidgetWorld, type WidgetWorld } from './widget-world.js';

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

describe('The bubble on a site, in a real browser', () => {
  let world: WidgetWorld;
  let person: BrowserContext;

  before(async function () {
    this.timeout(60_000);
    requirePeer(this, 'Chromium', chromiumPath !== undefined);
    world = await openWidgetWorld();
  });
  beforeEach(async () => { person = await world.person(); });
  afterEach(() => person.close());
  after(async () => { await world?.close(); });

  async function open(options?: Parameters<WidgetWorld['visit']>[1]): Promise<Page> {
    const page = await world.visit(person, options);
    await page.locator('.bub').click();
    await page.locator('.app').waitFor();
    return page;
  }

  async function write(page: Page, text: string): Promise<void> {
    await page.locator('textarea').fill(text);
    await page.locator('textarea').press('Enter');
  }

  /** The visitor's words and the answers as they stand in the bubble. */
  const said = (page: Page): Promise<string[]> => page.locator('.log .b:not(.typing)').allTextContents();
  const conversation = (text: string) => world.chat.conversation((row) => row.preview.text === text);

  it('a question goes in, an answer comes back, and each side sees that the other has it', async () => {
    const page = await open();
    expect(await said(page)).to.deep.equal(['Hello. What can we do for you?']);
    await write(page, 'Where is my parcel?');
    await page.getByText(/^Delivered · /).waitFor();
    const row = await conversation('Where is my parcel?');
    await world.chat.app.actions.setTyping(world.chat.lena, row._id, true);
    await page.getByRole('img', { name: 'Lena is writing' }).waitFor();
    const answer = await world.chat.reply(row, 'On its way to you.');
    await page.getByText('On its way to you.').waitFor();
    expect(await page.locator('.typing:visible').count()).to.equal(0);
    await page.getByText(/^Seen · /).waitFor();
    expect(await page.locator('h2').textContent()).to.equal('Lena, Velowerk');
    await waitFor(async () => (await world.chat.app.reads.message(world.chat.lena, answer._id))?.delivery?.state === 'read', { what: 'the agent to see that it was read' });
  });

  it('an answer while the bubble is shut is counted on it, told to the page, and delivered but not read', async () => {
    const page = await open();
    await write(page, 'I will look in later');
    await page.getByText(/^Delivered/).waitFor();
    const row = await conversation('I will look in later');
    await page.keyboard.press('Escape');
    await page.evaluate('window.counts = []; Rapport.onUnread((count) => window.counts.push(count))');
    const answer = await world.chat.reply(row, 'First');
    await world.chat.reply(row, 'Second');
    await page.locator('.badge', { hasText: '2' }).waitFor();
    expect(await page.locator('.bub').getAttribute('aria-label')).to.equal('Open chat, 2 unread');
    const delivery = async (): Promise<string | undefined> => (await world.chat.app.reads.message(world.chat.lena, answer._id))?.delivery?.state;
    await waitFor(async () => (await delivery()) === 'delivered', { what: 'delivered' });
    await page.reload();
    await page.locator('.badge', { hasText: '2' }).waitFor();
    await page.evaluate('window.counts = []; Rapport.onUnread((count) => window.counts.push(count))');
    await page.locator('.bub').click();
    await page.getByText('Second').waitFor();
    await waitFor(async () => (await delivery()) === 'read', { what: 'read' });
    expect(await page.evaluate('window.counts')).to.deep.equal([2, 0]);
    await page.reload();
    await page.locator('.log').getByText('Second').waitFor();
    expect(await page.locator('.badge:visible').count()).to.equal(0);
  });

  it('without a connection it says so, keeps what is written, and sends it once when the connection is back', async () => {
    const page = await open();
    await write(page, 'Before the tunnel');
    await page.getByText(/^Delivered/).waitFor();
    const row = await conversation('Before the tunnel');
    await person.setOffline(true);
    await page.getByText('No connection. What you write is kept and sent later.').waitFor();
    await write(page, 'In the tunnel');
    await write(page, 'Still in it');
    expect(await page.getByText('Kept, not sent yet').count()).to.equal(2);
    await world.chat.reply(row, 'Meanwhile');
    await person.setOffline(false);
    await page.getByText('Meanwhile').waitFor();
    await page.getByText(/^Delivered/).waitFor();
    await waitFor(async () => (await said(page)).length === 5, { what: 'all five' });
    expect((await said(page)).slice(1).sort()).to.deep.equal(['Before the tunnel', 'In the tunnel', 'Meanwhile', 'Still in it']);
    const messages = (await world.chat.app.reads.picture(world.chat.lena, row._id, { timeline: false }))?.messages.filter(({ kind }) => kind === 'in').map(({ text }) => text);
    expect(messages).to.deep.equal(['Before the tunnel', 'In the tunnel', 'Still in it']);
    expect(await page.getByText('No connection').count()).to.equal(0);
  });

  it('what was not sent, and what was only begun, is still there after a reload', async () => {
    const page = await open();
    await write(page, 'One that arrives');
    await page.getByText(/^Delivered/).waitFor();
    // The server cannot be reached, the page itself can.
    await page.route(`${world.chat.url}/chat/**`, (route) => route.abort());
    await page.routeWebSocket(/socket/, (socket) => { void socket.close(); });
    await person.setOffline(true);
    await person.setOffline(false);
    await write(page, 'One that waits');
    await page.getByText('Kept, not sent yet').waitFor();
    await page.locator('textarea').fill('Only begun');
    await page.reload();
    await page.getByText('One that waits').waitFor();
    expect(await page.locator('textarea').inputValue()).to.equal('Only begun');
    await page.unrouteAll({ behavior: 'wait' });
    await page.getByText(/^Delivered/).waitFor();
    expect((await said(page)).slice(1)).to.deep.equal(['One that arrives', 'One that waits']);
    const row = await conversation('One that waits');
    const messages = (await world.chat.app.reads.picture(world.chat.lena, row._id, { timeline: false }))?.messages.filter(({ kind }) => kind === 'in').map(({ text }) => text);
    expect(messages).to.deep.equal(['One that arrives', 'One that waits']);
  });

  it('two tabs say and see the same', async () => {
    const first = await open();
    await write(first, 'From the first tab');
    await first.getByText(/^Delivered/).waitFor();
    const second = await open();
    await second.getByText('From the first tab').waitFor();
    await write(second, 'From the second tab');
    await first.getByText('From the second tab').waitFor();
    const row = await conversation('From the second tab');
    await world.chat.reply(row, 'To both of you');
    for (const page of [first, second]) {
      await page.getByText('To both of you').waitFor();
      expect((await said(page)).slice(1)).to.deep.equal(['From the first tab', 'From the second tab', 'To both of you']);
    }
    await second.evaluate('Rapport.reset()');
    for (const page of [first, second]) await waitFor(async () => (await said(page)).length === 1, { what: 'both tabs to forget' });
  });

  it('where sockets do not pass it polls, and loses nothing', async () => {
    await person.addInitScript('window.WebSocket = class { constructor() { throw new Error("refused by a proxy"); } }');
    const page = await open();
    await write(page, 'Without sockets');
    await page.getByText(/^Delivered/).waitFor();
    const row = await conversation('Without sockets');
    for (let n = 1; n <= 5; n += 1) await world.chat.reply(row, `Poll ${n}`);
    await page.getByText('Poll 5').waitFor();
    expect((await said(page)).slice(1)).to.deep.equal(['Without sockets', 'Poll 1', 'Poll 2', 'Poll 3', 'Poll 4', 'Poll 5']);
    await waitFor(async () => ((await world.chat.app.reads.conversation(world.chat.lena, row._id))?.customerReadSeq ?? 0) > 0, { what: 'the read mark' });
  });

  it('where the browser keeps nothing it works for as long as the page', async () => {
    await person.addInitScript('Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError"); } })');
    const page = await open();
    await write(page, 'From a private window');
    await page.getByText(/^Delivered/).waitFor();
    await page.reload();
    await page.locator('.bub').click();
    expect(await said(page)).to.deep.equal(['Hello. What can we do for you?']);
  });

  it('works under a strict policy of the page, with only our host allowed', async () => {
    const faults: string[] = [];
    const { url } = world.chat;
    const csp = `default-src 'none'; script-src ${url}; connect-src ${url} ${url.replace('http', 'ws')}; img-src ${url}; require-trusted-types-for 'script'`;
    person.on('page', (page) => {
      page.on('console', (line) => { if (line.type() === 'error' && !line.text().includes('favicon')) faults.push(line.text()); });
      page.on('pageerror', (error) => faults.push(error.message));
    });
    const page = await open({ csp });
    await write(page, 'Under a strict policy');
    await page.getByText(/^Delivered/).waitFor();
    expect(await ask(page.locator('.app'), 'getComputedStyle(node).borderRadius')).to.equal('16px');
    expect(faults.filter((fault) => !fault.includes('404'))).to.deep.equal([]);
  });

  it('files are chosen, dropped or pasted, shown with their progress, and arrive', async () => {
    const page = await open();
    await page.locator('input[type=file]').setInputFiles([{ name: 'fork.png', mimeType: 'image/png', buffer: png }]);
    const transfer = (type: string, selector: string, name: string): string => `(() => {
      const data = new DataTransfer();
      data.items.add(new File(["content"], "${name}", { type: "text/plain" }));
      const target = document.getElementById("rapport-bubble").shadowRoot.querySelector("${selector}");
      target.dispatchEvent(new ${type === 'paste' ? 'ClipboardEvent("paste", { clipboardData: data' : 'DragEvent("drop", { dataTransfer: data'}, bubbles: true, composed: true, cancelable: true }));
    })()`;
    await page.evaluate(transfer('drop', '.log', 'dropped.txt'));
    await page.evaluate(transfer('paste', 'textarea', 'pasted.txt'));
    await waitFor(async () => (await page.locator('.chip progress:not([hidden])').count()) === 0 && (await page.locator('.chip').count()) === 3, { what: 'three files uploaded' });
    await page.getByRole('button', { name: 'Remove dropped.txt' }).click();
    await write(page, 'Two files');
    await page.locator('a.file', { hasText: 'pasted.txt' }).waitFor();
    await waitFor(() => ask(page.locator('img[alt="fork.png"]'), 'node.complete && node.naturalWidth === 1'), { what: 'the picture' });
    const row = await conversation('Two files');
    const files = (await world.chat.app.reads.picture(world.chat.lena, row._id, { timeline: false }))?.messages.findLast(({ kind }) => kind === 'in')?.attachments?.map(({ name, mime }) => `${name} ${mime}`);
    expect(files).to.deep.equal(['fork.png image/png', 'pasted.txt text/plain']);
    await page.locator('input[type=file]').setInputFiles([{ name: 'film.bin', mimeType: 'video/mp4', buffer: Buffer.alloc(10 * 1024 * 1024 + 1) }]);
    await page.getByText('film.bin is larger than 10 MB.').waitFor();
    expect(await page.locator('.chip').count()).to.equal(0);
  });

  it('the address for answers is asked for after the first message, and can be changed', async () => {
    const page = await open();
    expect(await page.getByRole('button', { name: 'add e-mail' }).count()).to.equal(0);
    await write(page, 'Answer me by mail');
    await page.getByRole('button', { name: 'add e-mail' }).click();
    await page.getByLabel('Your e-mail address').fill('ines at posteo');
    await page.keyboard.press('Enter');
    await page.getByText('This does not look like an e-mail address.').waitFor();
    await page.getByLabel('Your e-mail address').fill('ines.bauer@posteo.example');
    await page.keyboard.press('Enter');
    await page.getByText('If you leave, we answer to ines.bauer@posteo.example').waitFor();
    const row = await conversation('Answer me by mail');
    const aliases = async () => (await world.chat.app.reads.picture(world.chat.lena, row._id, { timeline: false }))?.person.identities[0]?.aliases;
    await waitFor(async () => JSON.stringify(await aliases()) === JSON.stringify([{ type: 'email', value: 'ines.bauer@posteo.example', proof: 'claimed' }]), { what: 'the claim' });
    await page.getByRole('button', { name: 'confirm' }).click();
    await page.getByText('No code can be sent at the moment.').waitFor();
    await page.reload();
    await page.getByText('If you leave, we answer to ines.bauer@posteo.example').waitFor();
    await page.getByRole('button', { name: 'change' }).click();
    expect(await page.getByLabel('Your e-mail address').inputValue()).to.equal('ines.bauer@posteo.example');
    await page.keyboard.press('Escape');
    expect(await ask(page.locator('textarea'), 'node.getRootNode().activeElement === node')).to.equal(true);
  });

  it('the site says who its signed-in customer is, and signs them out', async () => {
    const page = await world.visit(person);
    const hash = createHmac('sha256', 'a-secret-of-the-shop').update('4711').digest('hex');
    const identify = (id: string, sign: string): Promise<unknown> => page.evaluate(`Rapport.identify(${JSON.stringify({ id, name: 'Ines Bauer', email: 'ines.bauer@posteo.example', hash: sign })})`);
    expect(await identify('4711', 'f'.repeat(64))).to.deep.equal({ proven: false });
    expect(await identify('4711', hash)).to.deep.equal({ proven: true });
    await page.evaluate('Rapport.open()');
    await write(page, 'As a signed-in customer');
    await page.getByText(/^Delivered/).waitFor();
    expect(await conversation('As a signed-in customer')).to.include({ customerName: 'Ines Bauer' });
    await page.evaluate('Rapport.reset()');
    await waitFor(async () => (await said(page)).length === 1);
    const elsewhere = await world.person();
    try {
      const other = await world.visit(elsewhere);
      await other.evaluate(`Rapport.identify(${JSON.stringify({ id: '4711', hash })})`);
      await other.locator('.bub').click();
      await other.getByText('As a signed-in customer').waitFor();
    } finally {
      await elsewhere.close();
    }
  });

  it('a page that is not on the list shows no bubble, and its developer is told why', async () => {
    const channel = await world.chat.addChannel({ allowedOrigins: ['https://shop.example'] });
    const warnings: string[] = [];
    person.on('console', (line) => warnings.push(line.text()));
    const alone = await person.newPage();
    await alone.goto(`${world.site}/`);
    await alone.evaluate(`(() => { const script = document.createElement('script'); script.src = '${world.chat.url}/widget.js'; script.dataset.channel = '${channel._id}'; document.body.append(script); })()`);
    await waitFor(() => warnings.some((line) => line.includes(`${world.site} is not among the sites with the bubble`)), { what: 'the hint' });
    expect(await alone.locator('#rapport-bubble').count()).to.equal(0);
  });
});
