import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const candidates = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The real browser on this machine, if there is one. */
export const chromiumPath = candidates.find((path) => path !== undefined && existsSync(path));

export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    ...(chromiumPath === undefined ? {} : { executablePath: chromiumPath }),
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

/** A page of its own person: own cookies and storage. Everything it logs as an error is kept in `faults`. */
export async function openPage(browser: Browser, options: { width?: number; height?: number; dark?: boolean } = {}): Promise<{ page: Page; context: BrowserContext; faults: string[] }> {
  const context = await browser.newContext({ viewport: { width: options.width ?? 1440, height: options.height ?? 900 }, colorScheme: options.dark === true ? 'dark' : 'light', locale: 'en-GB', timezoneId: 'Europe/Berlin' });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource|net::ERR|WebSocket/u.test(message.text())) faults.push(message.text());
  });
  page.setDefaultTimeout(15_000);
  return { page, context, faults };
}
