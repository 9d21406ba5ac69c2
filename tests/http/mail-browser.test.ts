import { createServer, type Server } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { mailDocumentHeaders } from '../../src/http/mail/mail-document.js';
import { sanitiseMail } from '../../src/http/mail/sanitise-mail.js';
import { chromiumPath, openBrowser } from '../support/browser.js';
import { openHttpWorld, type HttpWorld } from '../support/http-world.js';
import { mailPayloads, type Payload } from '../support/mail-payloads.js';
import { requirePeer } from '../support/peers.js';
import { waitFor } from '../support/wait-for.js';

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64');

describe('A mail in an agent’s browser', () => {
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let world: HttpWorld;
  let root: string;
  let agentId: string;
  /** Counts visits, and serves pages that nothing protects. */
  let elsewhere: Server;
  let outside: string;
  let visits: string[] = [];
  let canaries: string[] = [];
  let payloads: Payload[];
  const bare = new Map<string, { html: string; headers: Record<string, string> }>();

  before(async function () {
    this.timeout(60_000);
    requirePeer(this, 'Chromium', chromiumPath !== undefined);
    elsewhere = createServer((request, response) => {
      const path = request.url ?? '';
      const shown = bare.get(path);
      if (shown) response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...shown.headers }).end(shown.html);
      else if (path === '/favicon.ico' || path === '/x') response.writeHead(404).end();
      else {
        visits.push(`${path} ${request.headers.referer ?? ''}`.trim());
        response.writeHead(200, { 'content-type': 'image/png', 'access-control-allow-origin': '*' }).end(png);
      }
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    outside = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
    payloads = mailPayloads((name) => `${outside}/hit/${name}`);
    root = await mkdtemp(join(tmpdir(), 'rapport-mail-'));
    await writeFile(join(root, 'index.html'), '<!doctype html><title>Desk</title><iframe id=mail sandbox="allow-popups allow-popups-to-escape-sandbox" style="width:900px;height:600px"></iframe>');
    world = await openHttpWorld({ webRoot: root });
    const agent = await world.addAgent();
    agentId = agent._id;
    const client = await world.signIn(agent);
    browser = await openBrowser();
    context = await browser.newContext();
    await context.addCookies([{ name: 'rapport', value: client.cookies.get('rapport') ?? '', url: world.url, httpOnly: true, sameSite: 'Lax' }]);
    page = await context.newPage();
    context.on('console', (message) => { if (/^CANARY( by message)?$/.test(message.text())) canaries.push(message.text()); });
    context.on('dialog', (dialog) => { canaries.push(dialog.message()); void dialog.dismiss(); });
    context.on('page', (opened) => void closeIfPopup(opened));
    await page.goto(world.url);
    await page.evaluate("window.addEventListener('message', (event) => { if (event.data === 'CANARY') console.log('CANARY by message'); })");
  });
  after(async () => {
    await browser?.close();
    await world?.close();
    elsewhere?.closeAllConnections();
    elsewhere?.close();
    if (root) await rm(root, { recursive: true, force: true });
  });
  beforeEach(() => {
    visits = [];
    canaries = [];
  });

  async function closeIfPopup(opened: Page): Promise<void> {
    const opener = await opened.opener().catch(() => null);
    if (opener !== null) await opened.close().catch(() => undefined);
  }

  /** A mail with this HTML arrives; gives the address of its page. */
  async function arrive(id: string, html: string, picture?: { blobId: string; contentId: string }): Promise<string> {
    const { blobId: htmlBlobId } = await world.deps.blobs.put(Buffer.from(html));
    await world.receive({
      type: 'message', channelId: world.channel._id, eventId: id, externalId: id, direction: 'in', receivedAt: Date.now(), verifiedBy: 'mailbox', text: 'text',
      sender: { kind: 'webhook', scope: world.channel._id, externalUserId: 'mailer', proof: 'claimed', aliases: [] }, thread: { key: 'mails', keyIs: 'exact' },
      email: { messageId: `<${id}@posteo.example>`, references: [], from: 'a@posteo.example', to: [], cc: [], subject: 's', htmlBlobId },
      ...(picture && { attachments: [{ blobId: picture.blobId, name: 'logo.png', mime: 'image/png', size: png.length, contentId: picture.contentId, inline: true }] }),
    });
    return `/api/v1/messages/${encodeURIComponent(`${world.channel._id}:${id}`)}/html`;
  }

  /** Shows an address in the frame, and does with it what a curious agent would. */
  async function show(address: string): Promise<void> {
    await page.evaluate(`new Promise((done) => { const frame = document.getElementById('mail'); frame.onload = done; frame.src = ${JSON.stringify(address)}; setTimeout(done, 3000); })`);
    await page.mouse.move(60, 40);
    await page.mouse.move(80, 60);
    await page.mouse.wheel(0, 20);
  }

  it('runs nothing and fetches nothing: every payload, through the real route, in the sandboxed frame', async function () {
    this.timeout(240_000);
    const requests: string[] = [];
    const listen = (request: { url(): string }) => requests.push(request.url());
    for (const [index, { html }] of payloads.entries()) {
      const address = await arrive(`payload-${index}`, `<p>before</p>${html}<p>after</p>`);
      context.on('request', listen);
      await show(address);
      context.off('request', listen);
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(canaries).to.deep.equal([]);
    expect(visits).to.deep.equal([]);
    const foreign = requests.filter((url) => !url.startsWith('data:') && !/\/api\/v1\/messages\/[^/]+\/html$/.test(url));
    expect(foreign).to.deep.equal([]);
    expect(requests.length).to.be.at.least(payloads.length);
  });

  it('runs nothing and fetches nothing after the sanitiser alone, on a page that nothing else protects', async function () {
    this.timeout(240_000);
    for (const [index, { html }] of payloads.entries()) {
      const clean = sanitiseMail(`<p>before</p>${html}<p>after</p>`, { remoteImages: 'blocked', images: new Map() }).html;
      bare.set(`/bare/${index}`, { html: `<!doctype html><meta charset=utf-8><body>${clean}`, headers: {} });
    }
    await showAll('/bare/', payloads.length);
    expect(canaries).to.deep.equal([]);
    expect(visits).to.deep.equal([]);
  });

  it('runs nothing and fetches no part of a page behind the frame’s policy alone, even if the sanitiser let everything through', async function () {
    this.timeout(240_000);
    const headers = mailDocumentHeaders({ ownOrigin: world.url, remoteImages: false });
    const policy = (headers['content-security-policy'] ?? '').replace("img-src 'self'", 'img-src').replace("frame-ancestors 'self'", 'frame-ancestors *');
    for (const [index, { html }] of payloads.entries()) bare.set(`/raw/${index}`, { html: `<!doctype html><meta charset=utf-8><body>${html}`, headers: { 'content-security-policy': policy } });
    await showAll('/raw/', payloads.length);
    expect(canaries).to.deep.equal([]);
    // A refresh is the one thing that no policy stops: it leads the frame itself away. The sanitiser leaves none.
    const refreshing = payloads.flatMap(({ name }, index) => (name.includes('refresh') ? [`/hit/${index}`] : []));
    expect(visits.filter((visit) => !refreshing.some((path) => visit.startsWith(path)))).to.deep.equal([]);
  });

  /** The payloads do work where nothing stops them: without this the tests above would prove nothing. */
  it('would run and fetch without any of this', async function () {
    this.timeout(240_000);
    for (const [index, { html }] of payloads.entries()) bare.set(`/naked/${index}`, { html: `<!doctype html><meta charset=utf-8><body>${html}`, headers: {} });
    await showAll('/naked/', payloads.length);
    expect(canaries.length).to.be.greaterThan(30);
    expect(new Set(visits).size).to.be.greaterThan(50);
  });

  /** Pages of the counting server, each opened by itself and looked at. */
  async function showAll(prefix: string, count: number): Promise<void> {
    const tab = await context.newPage();
    await tab.addInitScript("window.addEventListener('message', (event) => { if (event.data === 'CANARY') console.log('CANARY by message'); })");
    for (let index = 0; index < count; index += 1) {
      await tab.goto(`${outside}${prefix}${index}`, { waitUntil: 'load', timeout: 1500 }).catch(() => undefined);
      await tab.mouse.move(60, 40).catch(() => undefined);
      await tab.mouse.move(80, 60).catch(() => undefined);
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
    await tab.close();
  }

  it('shows the pictures that came with it, without a cookie, and remote ones only when asked, without saying where from', async () => {
    const { blobId } = await world.deps.blobs.put(png);
    const address = await arrive('with-pictures', `<img id=own src="cid:logo@posteo.example"><img src="${outside}/hit/remote"><a href="${outside}/hit/link">link</a>`, { blobId, contentId: 'logo@posteo.example' });
    const cookies: Record<string, string | undefined> = {};
    const listen = async (request: { url(): string; allHeaders(): Promise<Record<string, string>> }) => {
      const url = request.url();
      cookies[url.replace(/\?.*/, '')] = (await request.allHeaders().catch(() => ({}) as Record<string, string>))['cookie'];
    };
    context.on('request', (request) => void listen(request));
    await show(address);
    const widthOf = async () => page.frames().find((frame) => frame.url().includes('/html'))?.evaluate<number>('document.images[0].naturalWidth').catch(() => -1);
    await waitFor(async () => (await widthOf()) === 1);
    expect(visits).to.deep.equal([]);
    const attachment = Object.entries(cookies).find(([url]) => url.includes('/attachments/'));
    expect(attachment, 'the picture was fetched').not.to.equal(undefined);
    expect(attachment?.[1]).to.equal(undefined);

    await show(`${address}?images=1`);
    await waitFor(() => visits.length > 0);
    expect(visits).to.deep.equal(['/hit/remote']);
    const client = await world.signIn((await world.deps.people.findAgent(agentId)) as never);
    expect((await client.raw('GET', address)).headers['x-remote-images']).to.equal('1');
    expect((await client.raw('GET', `${address}?images=1`)).headers['x-remote-images']).to.equal('0');
  });

  it('has the frame’s policy on its answer, so that it is as harmless when opened by itself', async () => {
    const address = await arrive('by-itself', '<p>hello</p><script>top.postMessage("CANARY","*");console.log("CANARY")</script>');
    const tab = await context.newPage();
    await tab.goto(`${world.url}${address}`);
    expect(await tab.evaluate('document.body.innerText')).to.equal('hello');
    expect(canaries).to.deep.equal([]);
    await tab.close();
    const client = await world.signIn((await world.deps.people.findAgent(agentId)) as never);
    const { headers } = await client.raw('GET', address);
    expect(headers['content-security-policy']).to.equal(`default-src 'none'; img-src 'self' ${world.url} data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox`);
    expect(headers).to.include({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cache-control': 'private, no-store' });
  });

  it('that is made to keep us busy is shown as text', async () => {
    const address = await arrive('tangled', '<div>'.repeat(50_000));
    await show(address);
    const text = await waitFor(() => page.frames().find((frame) => frame.url().includes('tangled'))?.evaluate<string>('document.body.innerText'));
    expect(text).to.match(/too tangled to be shown\.\s+text/);
  });
});
