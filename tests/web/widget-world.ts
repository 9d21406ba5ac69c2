import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
// @ts-expect-error a build script without types
import { buildWidget } from '../../web/widget/build.mjs';
import type { Json } from '../../src/inbox/model/common.js';
import { openBrowser } from '../support/browser.js';
import { openVisitorWorld, type VisitorWorld } from '../http/visitor-world.js';

/** A real server with a bubble, a site of another origin that shows it, and a real browser. Close it in `after`. */
export interface WidgetWorld {
  chat: VisitorWorld;
  browser: Browser;
  /** Origin of the site with the bubble. */
  site: string;
  widgetFile: string;
  /** A browser window of a new person. */
  person(options?: BrowserContextOptions): Promise<BrowserContext>;
  /** Opens the site with the bubble; `script` is further attributes of the script element. */
  visit(context: BrowserContext, options?: { script?: string; csp?: string; head?: string }): Promise<Page>;
  close(): Promise<void>;
}

export async function openWidgetWorld(options: { settings?: Record<string, Json>; botOn?: boolean } = {}): Promise<WidgetWorld> {
  const webRoot = await mkdtemp(join(tmpdir(), 'rapport-widget-'));
  const widgetFile = join(webRoot, 'widget.js');
  await (buildWidget as (options: { outfile: string }) => Promise<void>)({ outfile: widgetFile });
  const pages = new Map<string, { html: string; csp?: string }>([['/', { html: '<!doctype html><title>Elsewhere</title><p>No bubble here.' }]]);
  const siteServer = createServer((request, response) => {
    const page = pages.get(new URL(request.url ?? '/', 'http://x').pathname);
    response.writeHead(page === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8', ...(page?.csp === undefined ? {} : { 'content-security-policy': page.csp }) });
    response.end(page?.html ?? '');
  });
  const site = await listen(siteServer);
  const chat = await openVisitorWorld({ webRoot, ...(options.botOn === undefined ? {} : { botOn: options.botOn }), settings: { allowedOrigins: [site], ...options.settings } });
  const browser = await openBrowser();
  let visits = 0;
  return {
    chat, browser, site, widgetFile,
    async person(contextOptions = {}) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB', timezoneId: 'Europe/Berlin', ...contextOptions });
      context.setDefaultTimeout(10_000);
      return context;
    },
    async visit(context, { script = '', csp, head = '' } = {}) {
      visits += 1;
      const path = `/page-${visits}`;
      const html = `<!doctype html><html lang="en"><head><meta name="viewport" content="width=device-width,initial-scale=1"><title>Shop</title>${head}</head><body><h1>Bikes that carry everything but a grudge.</h1><p><a href="#x">A link of the page</a></p><script src="${chat.url}/widget.js" data-channel="${chat.channel._id}" ${script}></script></body></html>`;
      pages.set(path, { html, ...(csp === undefined ? {} : { csp }) });
      const page = await context.newPage();
      await page.goto(site + path);
      return page;
    },
    async close() {
      await browser.close();
      await chat.close();
      siteServer.closeAllConnections();
      await new Promise((resolve) => siteServer.close(resolve));
      await rm(webRoot, { recursive: true, force: true });
    },
  };
}

/** The value of an expression in the page, where `node` is the element. */
export function ask(locator: Locator, expression: string): Promise<unknown> {
  return locator.evaluate(new Function('node', `return ${expression}`) as (node: unknown) => unknown);
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
