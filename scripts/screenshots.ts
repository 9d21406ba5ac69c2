import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';

const root = fileURLToPath(new URL('..', import.meta.url));
const pictures = join(root, 'docs/images');
const account = { email: 'lena@velowerk.example', password: 'cargo-bikes-demo' };
const wide = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };

/** The demo in a process and a folder of its own; resolves when it is filled and answers. */
async function startDemo(folder: string): Promise<{ url: string; stop(): Promise<void> }> {
  const child = spawn(process.execPath, [join(root, 'dist/server/main.js')], {
    cwd: folder, stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], DEMO: '1', DATA_DIR: folder, PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'warn' },
  });
  const ended = once(child, 'exit');
  const url = await new Promise<string>((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (text: Buffer) => {
      output += text.toString();
      const found = /Chat\s+(http:\/\/\S+)\/chat/.exec(output)?.[1];
      if (found !== undefined) resolve(found);
    });
    void ended.then(() => reject(new Error(`the demo ended before it was ready:\n${output}`)));
  });
  return { url, stop: async () => { child.kill('SIGTERM'); await ended; } };
}

async function openBrowser(): Promise<Browser> {
  const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
  if (executablePath === undefined) throw new Error('no chromium was found (Debian: apt-get install chromium)');
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
}

async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/login`);
  await page.locator('input[type=email], input[name=email]').first().fill(account.email);
  await page.locator('input[type=password]').first().fill(account.password);
  await page.locator('button[type=submit]').first().click();
  await page.waitForURL(/\/inbox\//);
}

interface Detail {
  brief: { lines: unknown[] };
  customer: { identities: unknown[]; history: unknown[]; facts: unknown[]; mood: unknown[] };
  messages: { attachments: unknown[]; conversationId: string; kind: string }[];
}

/** The waiting conversation with the most to tell, in English and near the top: lines in its brief, channels, history, an answer, an attachment. */
async function tellingConversation(page: Page, url: string): Promise<string> {
  const get = async <T>(path: string): Promise<T> => await (await page.request.get(`${url}/api/v1${path}`)).json() as T;
  const { items } = await get<{ items: { id: string; language?: string }[] }>('/conversations?view=waiting&limit=60');
  let best = { id: items[0]?.id ?? '', points: -1 };
  for (const [index, { id, language }] of items.entries()) {
    const { brief, customer, messages } = await get<Detail>(`/conversations/${encodeURIComponent(id)}?timeline=1`);
    const here = messages.filter((message) => message.conversationId === id);
    const points = brief.lines.length * 3 + customer.identities.length * 3 + Math.min(customer.history.length, 6) + customer.facts.length * 2 + Math.min(customer.mood.length, 5)
      + (language === 'en' ? 8 : 0) + Math.max(0, 8 - index) + (here.some((message) => message.kind === 'out') ? 3 : 0) + (here.some((message) => message.attachments.length > 0) ? 4 : 0);
    if (points > best.points) best = { id, points };
  }
  return best.id;
}

/** The waits of the day that the report remarks on; of all days when none stands out. */
async function slowestDay(page: Page, url: string): Promise<string> {
  const day = (back: number): string => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10);
  const query = `from=${day(27)}&to=${day(0)}`;
  const { remark } = await (await page.request.get(`${url}/api/v1/reports?${query}`)).json() as { remark?: { pick: string } };
  return `/reports/waits?${query}${remark === undefined ? '' : `&pick=${encodeURIComponent(remark.pick)}`}`;
}

async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle', { timeout: 3_000 }).catch((error: unknown) => {
    // The live connection never ends; what matters is that everything asked for is there.
    if (!(error instanceof Error) || error.name !== 'TimeoutError') throw error;
  });
  await page.evaluate('document.fonts.ready.then(() => undefined)');
}

async function agentPictures(browser: Browser, url: string): Promise<void> {
  const context = await browser.newContext({ viewport: wide, colorScheme: 'light', locale: 'en-GB', timezoneId: 'Europe/Brussels' });
  const page = await context.newPage();
  await signIn(page, url);
  const id = await tellingConversation(page, url);
  const take = async (name: string, path: string): Promise<void> => {
    await page.goto(`${url}${path}`);
    await settled(page);
    await page.screenshot({ path: join(pictures, `${name}.png`) });
  };
  const conversation = `/inbox/waiting/${encodeURIComponent(id)}`;
  await take('inbox-light', conversation);
  await take('search', '/search?q=refund');
  await page.emulateMedia({ colorScheme: 'dark' });
  await take('inbox-dark', conversation);
  await take('report-dark', '/reports');
  await page.emulateMedia({ colorScheme: 'light' });
  await take('report-light', '/reports');
  await take('wall', '/wall');
  await take('receipts', await slowestDay(page, url));
  await page.setViewportSize(phone);
  await take('inbox-phone', '/inbox/waiting');
  await take('report-phone', '/reports');
  await take('inbox-phone-open', conversation);
  await context.close();
}

async function chatPictures(browser: Browser, url: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 900, height: 700 }, locale: 'en-GB' });
  await page.goto(`${url}/chat`);
  const bubble = page.getByRole('button').last();
  await bubble.click();
  const box = page.getByRole('textbox').last();
  await box.fill('Hello, is the Karro 2 in moss green in stock in Ghent?');
  await box.press('Enter');
  await page.getByText(/Velo|team|Somebody/).last().waitFor();
  await settled(page);
  await page.screenshot({ path: join(pictures, 'chat.png') });
  await page.close();
}

const folder = mkdtempSync(join(tmpdir(), 'rapport-pictures-'));
mkdirSync(pictures, { recursive: true });
const demo = await startDemo(folder);
const browser = await openBrowser();
try {
  await agentPictures(browser, demo.url);
  await chatPictures(browser, demo.url);
} finally {
  await browser.close();
  await demo.stop();
  rmSync(folder, { recursive: true, force: true });
}
process.stdout.write(`Pictures are in ${pictures}\n`);
