import { expect } from 'chai';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { chromiumPath } from '../support/browser.js';
import { requirePeer } from '../support/peers.js';
import { waitFor } from '../support/wait-for.js';
import { ask, openWidgetWorld, type WidgetWorld } from './widget-world.js';

describe('How the bubble looks and feels, in a real browser', () => {
  let world: WidgetWorld;
  const people: BrowserContext[] = [];

  before(async function () {
    this.timeout(60_000);
    requirePeer(this, 'Chromium', chromiumPath !== undefined);
    world = await openWidgetWorld({ settings: { accent: '#0f766e' } });
  });
  afterEach(async () => { for (const person of people.splice(0)) await person.close(); });
  after(async () => { await world?.close(); });

  async function visit(options: BrowserContextOptions = {}, page: Parameters<WidgetWorld['visit']>[1] = {}): Promise<Page> {
    const person = await world.person(options);
    people.push(person);
    const opened = await world.visit(person, page);
    await opened.locator('.bub').waitFor();
    return opened;
  }

  async function chatWith(page: Page, text: string, answers: string[]): Promise<void> {
    await page.locator('textarea').fill(text);
    await page.locator('textarea').press('Enter');
    const row = await world.chat.conversation((candidate) => text.startsWith(candidate.preview.text.slice(0, 20)));
    for (const answer of answers) await world.chat.reply(row, answer);
    await waitFor(async () => (await page.locator('.log .b:not(.typing)').count()) >= answers.length + 1, { what: 'the answers' });
  }

  /** What the keyboard would act on now. */
  const focused = (page: Page): Promise<string> => page.evaluate(`(() => {
    const node = document.getElementById('rapport-bubble').shadowRoot.activeElement;
    return node === null ? document.activeElement.tagName : node.getAttribute('aria-label') || node.textContent || node.tagName;
  })()`);

  it('by keyboard alone: found, opened, written in, left again, and back where one was', async () => {
    const page = await visit();
    await page.keyboard.press('Tab');
    expect(await focused(page)).to.equal('A');
    await page.keyboard.press('Tab');
    expect(await focused(page)).to.equal('Open chat');
    await page.keyboard.press('Enter');
    await page.locator('.app').waitFor();
    expect(await focused(page)).to.equal('Write a message');
    await page.keyboard.type('First line');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('second line');
    await page.keyboard.press('Enter');
    await page.locator('.b.u').waitFor();
    expect(await page.locator('.b.u').textContent()).to.equal('First line\nsecond line');
    await page.getByRole('button', { name: 'add e-mail' }).waitFor();
    const stops: string[] = [];
    for (let n = 0; n < 12; n += 1) {
      stops.push(await focused(page));
      await page.keyboard.press('Tab');
    }
    expect(stops.slice(0, 5)).to.deep.equal(['Write a message', 'Attach files', 'Send', 'add e-mail', 'More']);
    expect(stops[5], 'round again, never out of the panel').to.equal('Write a message');
    for (let n = 0; n < 3; n += 1) await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Escape');
    expect(await page.locator('.app:visible').count()).to.equal(0);
    expect(await focused(page)).to.equal('Open chat');
  });

  it('the menu opens, is walked through and left by keyboard, and forgets only when asked twice', async () => {
    const page = await visit();
    await page.locator('.bub').click();
    await chatWith(page, 'Remember me', ['Of course']);
    await page.locator('textarea').fill('Only begun');
    await page.getByRole('button', { name: 'More' }).focus();
    await page.keyboard.press('Enter');
    expect(await focused(page)).to.equal('E-mail address for answers');
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).to.equal('Forget me on this device');
    await page.keyboard.press('Escape');
    expect(await page.locator('.menu:visible').count()).to.equal(0);
    expect(await focused(page)).to.equal('More');
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.getByText('Really forget? The messages disappear here.').waitFor();
    expect(await page.getByText('Of course').count()).to.equal(1);
    await page.keyboard.press('Enter');
    await waitFor(async () => (await page.getByText('Of course').count()) === 0);
    expect(await page.locator('textarea').inputValue()).to.equal('');
    await page.reload();
    await page.locator('.bub').waitFor();
    await waitFor(async () => (await page.locator('.b:not(.typing)').count()) === 1);
  });

  it('a screen reader finds a named dialog, a log that announces, and a name for every control', async () => {
    const page = await visit();
    await page.locator('.bub').click();
    await chatWith(page, 'Who is there?', ['Lena here']);
    expect(await page.getByRole('dialog', { name: 'Chat with Velowerk' }).count()).to.equal(1);
    const log = page.getByRole('log', { name: 'Messages' });
    expect(await log.getAttribute('aria-live')).to.equal('polite');
    expect((await log.innerText()).replace(/\s+/g, ' ')).to.match(/You, .* Who is there\? .* Lena · .* Lena here/);
    const unnamed = await page.evaluate(`[...document.getElementById('rapport-bubble').shadowRoot.querySelectorAll('button,textarea,input:not([hidden]),a')].filter((node) => !(node.getAttribute('aria-label') || node.textContent.trim())).length`);
    expect(unnamed).to.equal(0);
    await page.evaluate(`window.first = document.getElementById('rapport-bubble').shadowRoot.querySelector('.b.u'); 0`);
    const row = await world.chat.conversation((candidate) => candidate.preview.text === 'Lena here');
    await world.chat.reply(row, 'Anything else?');
    await page.getByText('Anything else?').waitFor();
    expect(await page.evaluate('window.first.isConnected'), 'what was announced is not drawn anew').to.equal(true);
  });

  it('at 390 px it fills the screen, has its own way out, and nothing sticks out', async () => {
    const page = await visit({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, reducedMotion: 'reduce' });
    await page.locator('.bub').tap();
    await page.locator('.app').waitFor();
    expect(await page.locator('.app').boundingBox()).to.deep.equal({ x: 0, y: 0, width: 390, height: 844 });
    expect(await page.locator('.bub:visible').count()).to.equal(0);
    expect(await focused(page), 'the keyboard does not jump up').to.not.equal('Write a message');
    await chatWith(page, 'A very long word: ' + 'W'.repeat(300), ['https://velowerk.example/' + 'x'.repeat(200)]);
    expect(await ask(page.locator('.app'), '[...node.querySelectorAll("*")].filter((each) => each.getBoundingClientRect().right > 391 && !each.closest(".sr")).length')).to.equal(0);
    expect(Number.parseFloat(String(await ask(page.locator('textarea'), 'getComputedStyle(node).fontSize'))), 'smaller text makes a phone zoom in').to.be.at.least(16);
    for (const name of ['More', 'Close chat', 'Attach files', 'Send']) {
      const box = await page.locator('.app').getByRole('button', { name }).boundingBox();
      expect(Math.min(box?.width ?? 0, box?.height ?? 0), name).to.be.at.least(30);
    }
    await page.locator('.app').getByRole('button', { name: 'Close chat' }).tap();
    await page.locator('.bub').waitFor();
  });

  it('in the dark it is dark, also when the page asks for it, and every word can be read', async () => {
    for (const [options, script, dark] of [[{ colorScheme: 'dark' }, '', true], [{ colorScheme: 'light' }, '', false], [{ colorScheme: 'light' }, 'data-theme="dark"', true], [{ colorScheme: 'dark' }, 'data-theme="light"', false]] as const) {
      const page = await visit(options, { script });
      await page.locator('.bub').click();
      await chatWith(page, `${options.colorScheme} system, ${script === '' ? 'page silent' : script}`, ['See https://velowerk.example']);
      expect(await ask(page.locator('.app'), 'getComputedStyle(node).backgroundColor')).to.equal(dark ? 'rgb(28, 28, 31)' : 'rgb(255, 255, 255)');
      const low = await ask(page.locator('.root'), `(() => {
        const parse = (text) => text.match(/[\\d.]+/g).map(Number);
        const light = (c) => { const [r, g, b] = c.slice(0, 3).map((p) => (p /= 255) <= 0.04045 ? p / 12.92 : ((p + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
        const ground = (each) => { for (let at = each; at instanceof Element; at = at.parentElement) { const c = parse(getComputedStyle(at).backgroundColor); if (c.length < 4 || c[3] > 0.9) return c; } return [255, 255, 255]; };
        return [...node.querySelectorAll('.app *, .bub')].filter((each) => !each.closest('[hidden],.sr') && [...each.childNodes].some((child) => child.nodeType === 3 && child.data.trim())).map((each) => {
          const [a, b] = [light(parse(getComputedStyle(each).color)), light(ground(each))].sort((x, y) => y - x);
          return [each.className, (a + 0.05) / (b + 0.05)];
        }).filter(([, ratio]) => ratio < 4.5);
      })()`);
      expect(low, `${options.colorScheme} ${script}`).to.deep.equal([]);
    }
  });

  it('speaks the visitor\'s language, or the one the page asks for', async () => {
    for (const [locale, script, greeting] of [['de-AT', '', 'Guten Tag. Was können wir für Sie tun?'], ['fr-FR', '', 'Bonjour. Que pouvons-nous faire pour vous ?'], ['de-DE', 'data-language="es"', 'Hola. ¿En qué podemos ayudarle?'], ['nl-NL', '', 'Hello. What can we do for you?']] as const) {
      const page = await visit({ locale }, { script });
      await page.locator('.bub').click();
      await page.getByText(greeting).waitFor();
    }
  });

  it('moves nothing when the system asks for less motion', async () => {
    const page = await visit({ reducedMotion: 'reduce' });
    await page.locator('.bub').click();
    expect(await ask(page.locator('.app'), 'getComputedStyle(node).animationName')).to.equal('none');
    expect(await ask(page.locator('.bub'), 'getComputedStyle(node).transitionDuration')).to.equal('0s');
  });

  it('what somebody writes is text, whatever it looks like: nothing runs and nothing is fetched', async () => {
    const page = await visit();
    const asked: string[] = [];
    page.on('request', (request) => { if (request.url().includes('canary')) asked.push(request.url()); });
    await page.evaluate('window.canary = 0');
    await page.locator('.bub').click();
    const payloads = ['<img src=x onerror="canary=1">', '<script>canary=1</script>', '"><svg onload=canary=1>', '<a href="javascript:canary=1">x</a>', 'javascript:canary=1', '<img src="http://canary.example/x.png">', '{{constructor.constructor("canary=1")()}}', '<style>@import "http://canary.example"</style>', '\u202Egnp.exe', 'https://velowerk.example/"onmouseover="canary=1', '<iframe srcdoc="<script>parent.canary=1</script>">', '&lt;b&gt;'];
    await chatWith(page, 'Show me', payloads);
    const shown = await page.locator('.log .b:not(.u):not(.typing)').allTextContents();
    expect(shown.slice(1)).to.deep.equal(payloads);
    expect(await page.locator('.log script, .log img, .log svg:not(.i), .log iframe, .log style').count()).to.equal(0);
    expect(await page.locator('.log a').evaluateAll(new Function('nodes', 'return nodes.map((node) => node.protocol)') as () => string[])).to.deep.equal(['http:', 'http:', 'https:']);
    expect(await page.evaluate('window.canary')).to.equal(0);
    expect(asked).to.deep.equal([]);
  });

  it('a long story is read back page by page, without jumping', async () => {
    const page = await visit();
    await page.locator('.bub').click();
    await page.locator('textarea').fill('Chapter 0');
    await page.locator('textarea').press('Enter');
    const row = await world.chat.conversation((candidate) => candidate.preview.text === 'Chapter 0');
    for (let n = 1; n <= 120; n += 1) await world.chat.reply(row, `Chapter ${n}`);
    await page.reload();
    await page.getByText('Chapter 120', { exact: true }).waitFor();
    expect(await page.getByText('Chapter 60', { exact: true }).count()).to.equal(0);
    const scroll = page.locator('.scroll');
    const count = (): Promise<number> => page.locator('.log .b:not(.typing)').count();
    const before = await count();
    await ask(scroll, '(node.scrollTop = 10, 0)');
    await waitFor(async () => (await count()) > before, { what: 'older messages' });
    expect(Number(await ask(scroll, 'node.scrollTop'))).to.be.greaterThan(500);
    await ask(scroll, '(node.scrollTop = 0, 0)');
    await page.getByText('Chapter 0', { exact: true }).waitFor();
    await world.chat.reply(row, 'Epilogue');
    await page.getByRole('button', { name: 'New messages' }).click();
    expect(await ask(scroll, 'Math.round(node.scrollHeight - node.scrollTop - node.clientHeight) < 3')).to.equal(true);
  });

  it('the company\'s colour is used only as far as it can be read', async () => {
    const pale = await world.chat.addChannel({ allowedOrigins: [world.site], accent: '#ffe066', position: 'left' });
    const person = await world.person();
    people.push(person);
    const page = await person.newPage();
    await page.goto(`${world.site}/`);
    await page.evaluate(`(() => { const script = document.createElement('script'); script.src = '${world.chat.url}/widget.js'; script.dataset.channel = '${pale._id}'; document.body.append(script); })()`);
    const box = await page.locator('.bub').boundingBox();
    expect(box?.x).to.equal(24);
    const colour = String(await ask(page.locator('.bub'), 'getComputedStyle(node).backgroundColor'));
    expect(colour).to.not.equal('rgb(255, 224, 102)').and.not.equal('rgb(63, 81, 199)');
  });
});
