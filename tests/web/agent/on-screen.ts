import { expect } from 'chai';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { chromiumPath, openBrowser, openPage } from '../../support/browser.js';
import { requirePeer } from '../../support/peers.js';
import { type Known, openScreenWorld, type ScreenWorld } from './screen-world.js';

/** Opens a path of the screen in a page of its own. `prepare`: before it is loaded. */
export type Open = (path: string, options?: Parameters<typeof openPage>[1] & { prepare?: (page: Page) => Promise<void> }) => Promise<void>;

/**
 * What the tests of a screen share; call it in their `describe`. One browser for all of them, for each a server that knows
 * `fresh()`, handed over before the test begins; pages are handed over as `open` opens them. A page that logged an error fails its test.
 */
export function onScreen(fresh: () => Known, take: { world: (world: ScreenWorld) => void; page: (page: Page) => void }): Open {
  let browser: Browser | undefined;
  let world: ScreenWorld | undefined;
  let opened: { context: BrowserContext; faults: string[] }[] = [];
  before(async function () {
    requirePeer(this, 'chromium', chromiumPath !== undefined);
    browser = await openBrowser();
  });
  after(async () => browser?.close());
  beforeEach(async () => {
    world = await openScreenWorld(fresh());
    take.world(world);
  });
  afterEach(async () => {
    const all = opened;
    opened = [];
    for (const { context } of all) await context.close();
    await world?.stop();
    expect(all.flatMap(({ faults }) => faults)).to.deep.equal([]);
  });
  return async (path, options = {}) => {
    if (browser === undefined || world === undefined) throw new Error('a page is opened within a test');
    const { page, context, faults } = await openPage(browser, options);
    opened.push({ context, faults });
    take.page(page);
    await options.prepare?.(page);
    await page.goto(world.url + path);
  };
}
