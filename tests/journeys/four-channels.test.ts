import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import type { AdapterUnderTest, FarEnd, Person } from '../contract/fake-platform.js';
import { chromiumPath, openBrowser, openPage } from '../support/browser.js';
import { requirePeer } from '../support/peers.js';
import { administrator, type Product, removeProducts, startProduct } from '../support/product.js';
import { waitFor } from '../support/wait-for.js';

const ines: Person = { id: 'ines-kern', name: 'Ines Kern' };
const kinds = ['slack', 'whatsapp', 'discord', 'xmpp'] as const;

describe('an agent answers where the customer wrote, in a real browser', function () {
  this.timeout(120_000);
  let product: Product;
  let browser: Browser;
  let page: Page;
  let faults: string[];
  const farEnds: FarEnd[] = [];

  before(async function () {
    requirePeer(this, 'chromium', chromiumPath !== undefined);
    [product, browser] = await Promise.all([startProduct(), openBrowser()]);
    ({ page, faults } = await openPage(browser));
    await page.goto(product.url);
    await page.getByLabel(/e-mail/iu).fill(administrator.email);
    await page.getByLabel(/^password/iu).fill(administrator.password);
    await page.getByRole('button', { name: /sign in/iu }).click();
    await page.getByRole('navigation').first().waitFor();
  });
  after(async () => {
    await browser?.close();
    await product?.stop();
    for (const farEnd of farEnds) await farEnd.stop();
    await removeProducts();
  });

  for (const kind of kinds) {
    it(`on ${kind}: sees the message at once, answers, sees what becomes of it`, async function () {
      const exported = Object.values(await import(`../contract/adapters/${kind}.js`) as Record<string, unknown>).flat();
      const under = exported.find((value): value is AdapterUnderTest => typeof value === 'object' && value !== null && 'samples' in value);
      if (under === undefined) throw new Error(`no descriptor of ${kind}`);
      if (under.peer !== undefined) requirePeer(this, under.peer.name, under.peer.isFound);
      const farEnd = await under.start();
      farEnds.push(farEnd);
      const channel = await product.api<{ id: string }>('POST', '/channels', { kind, name: `Our ${kind}`, settings: farEnd.settings, secrets: farEnd.secrets });
      farEnd.connect?.(async ({ method, headers, query, rawBody }) => {
        const search = new URLSearchParams(Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined)).toString();
        const sent = Object.fromEntries(Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined && !/^(?:host|content-length|connection)$/iu.test(entry[0])));
        const answer = await fetch(`${product.url}/hooks/${channel.id}${search === '' ? '' : `?${search}`}`, { method, headers: sent, ...(method === 'GET' ? {} : { body: new Uint8Array(rawBody) }) });
        return { status: answer.status, body: await answer.text() };
      });
      await farEnd.connected?.();

      const question = `A question by way of ${kind}`;
      const post = await farEnd.says({ conversation: 'c1', from: ines, text: question });
      // The assistant may have greeted already, so that the list shows its words: the conversation is opened by its address.
      const [row] = await waitFor(async () => {
        const { items } = await product.api<{ items: { id: string }[] }>('GET', `/conversations?view=open&channelId=${channel.id}`);
        return items.length > 0 ? items : undefined;
      }, { what: `a conversation on ${kind}` });
      await page.goto(`${product.url}/inbox/open/${row?.id ?? ''}`);
      await page.getByRole('log').getByText(question).waitFor();
      const field = page.getByRole('textbox', { name: /^Reply to/u });
      await field.fill(`**Yes**, the answer to ${kind}.`);
      await field.press('Control+Enter');
      const received = await waitFor(() => farEnd.received().find((one) => one.text.includes(`the answer to ${kind}`)), { timeoutMs: 20_000, what: 'the answer at the far end' });
      expect(received.conversation).to.equal('c1');
      await page.getByRole('article', { name: /^You,/u }).getByText('Yes').waitFor();

      if (typeof farEnd.edits !== 'string') {
        await farEnd.edits(post, `${question}, put otherwise`);
        await page.getByRole('log').getByText('put otherwise').waitFor();
        await page.getByRole('log').getByText('edited').waitFor();
      }
      if (typeof farEnd.receipt !== 'string') {
        await farEnd.receipt(received, 'delivered');
        await page.getByRole('log').getByText(/delivered/iu).first().waitFor();
      }
      expect(faults).to.deep.equal([]);
    });
  }
});
