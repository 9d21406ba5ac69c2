import { expect } from 'chai';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { chromiumPath, openBrowser, openPage } from '../support/browser.js';
import { type DovecotServer, hasDovecot, startDovecot } from '../support/dovecot.js';
import { freePort } from '../support/free-port.js';
import { requirePeer } from '../support/peers.js';
import { type Product, removeProducts, startProduct } from '../support/product.js';
import { type SmtpServer, startSmtp } from '../support/smtp.js';
import { eachStore } from '../support/stores.js';
import { waitFor } from '../support/wait-for.js';

const authServer = 'mx.velowerk.example';

function mailFromInes(id: string, subject: string, text: string, headers: string[] = []): string {
  return [
    `Authentication-Results: ${authServer}; dmarc=pass header.from=posteo.example`,
    'From: Ines Bauer <ines.bauer@posteo.example>', 'To: support@velowerk.example', `Subject: ${subject}`, `Message-ID: <${id}@posteo.example>`,
    `Date: ${new Date().toUTCString()}`, ...headers, 'MIME-Version: 1.0', 'Content-Type: text/plain; charset=utf-8', '', text, '',
  ].join('\r\n');
}

eachStore((storeEnv, store) => {
  describe(`one customer on two channels, in real browsers (${store})`, function () {
    this.timeout(120_000);
    let product: Product;
    let env: Record<string, string>;
    let browser: Browser;
    let dovecot: DovecotServer;
    let smtp: SmtpServer;
    let agent: { page: Page; faults: string[] };
    let customer: { page: Page; context: BrowserContext; faults: string[] };
    const chat = () => customer.page.getByRole('dialog', { name: /Chat with|Velowerk/u });
    const say = async (text: string): Promise<void> => {
      const field = customer.page.getByRole('textbox', { name: 'Write a message' });
      await field.fill(text);
      await field.press('Enter');
    };
    const openInInbox = async (preview: string): Promise<void> => {
      await agent.page.getByText(preview).first().click();
      await agent.page.getByRole('textbox', { name: /^Reply to/u }).waitFor();
    };
    const answer = async (text: string): Promise<void> => {
      const field = agent.page.getByRole('textbox', { name: /^Reply to/u });
      await field.fill(text);
      await field.press('Control+Enter');
    };

    before(async function () {
      requirePeer(this, 'chromium', chromiumPath !== undefined);
      requirePeer(this, 'dovecot', hasDovecot);
      const port = await freePort();
      env = { ...storeEnv(), PORT: String(port), PUBLIC_URL: `http://127.0.0.1:${port}` };
      [product, browser, dovecot, smtp] = await Promise.all([startProduct({ env, setUp: false }), openBrowser(), startDovecot(), startSmtp()]);
      agent = await openPage(browser);
      customer = await openPage(browser, { width: 1100, height: 800 });
    });
    after(async () => {
      await browser?.close();
      await product?.stop();
      await dovecot?.stop();
      await smtp?.stop();
      await removeProducts();
    });

    let broken = false;
    beforeEach(() => {
      if (broken) throw new Error('a step before this one failed');
    });
    afterEach(async function () {
      if (this.currentTest?.state !== 'failed' || broken) return;
      broken = true;
      const folder = process.env['TEST_SHOTS'];
      if (folder === undefined) return;
      await agent.page.screenshot({ path: `${folder}/failed-agent.png` });
      await customer.page.screenshot({ path: `${folder}/failed-customer.png` });
    });

    it('the first administrator sets it up by the link that was printed, once', async () => {
      const link = /Set-up\s+(\S+)/u.exec(product.output())?.[1] ?? '';
      await agent.page.goto(link);
      await agent.page.getByLabel('Company').fill('Velowerk');
      await agent.page.getByLabel('Your name').fill('Lena Maurer');
      await agent.page.getByLabel('E-mail').fill('lena@velowerk.example');
      await agent.page.getByLabel('Password', { exact: false }).first().fill('korrekt pferd batterie');
      await agent.page.keyboard.press('Enter');
      await agent.page.waitForURL(/\/(inbox|settings)/u);
      await agent.page.goto(`${product.url}/inbox/open`);
      const again = await fetch(`${product.url}/api/v1/setup`).then((response) => response.json()) as { open?: boolean };
      expect(JSON.stringify(again)).to.match(/closed|false/u);
    });

    it('a customer writes in the bubble, the bot answers, and the agent sees it at once', async () => {
      await customer.page.goto(`${product.url}/chat`);
      await customer.page.getByRole('button', { name: 'Open chat' }).click();
      await chat().waitFor();
      await say('Hello, where is my parcel?');
      await agent.page.getByText('where is my parcel?').first().waitFor();
      await chat().getByText('Assistant').first().waitFor();
    });

    it('the agent answers and the customer sees it; after a kill -9 it is all still there', async () => {
      await say('Order 48213. I would like to speak to a person.');
      await openInInbox('Order 48213');
      await answer('Hello, it left Ghent on Friday.');
      await chat().getByText('it left Ghent on Friday').waitFor();
      await product.kill();
      product = await startProduct({ env, dataDir: product.dataDir, setUp: false });
      await customer.page.reload();
      await customer.page.getByRole('button', { name: /(Open|Close) chat/u }).first().waitFor();
      if (await chat().isHidden()) await customer.page.getByRole('button', { name: /Open chat/u }).click();
      await chat().getByText('Hello, where is my parcel?').waitFor();
      await chat().getByText('it left Ghent on Friday').waitFor();
      expect(await chat().getByText('it left Ghent on Friday').count()).to.equal(1);
    });

    it('what was written offline arrives once, and what was missed is shown once', async () => {
      await customer.context.setOffline(true);
      await say('Are you still there?');
      await agent.page.reload();
      await openInInbox('48213');
      await answer('Yes, I am.');
      await agent.page.getByText('Yes, I am.').first().waitFor();
      await customer.context.setOffline(false);
      await chat().getByText('Yes, I am.').waitFor({ timeout: 40_000 });
      await agent.page.getByText('Are you still there?').first().waitFor();
      expect(await chat().getByText('Are you still there?').count()).to.equal(1);
      expect(await chat().getByText('Yes, I am.').count()).to.equal(1);
    });

    it('a mailbox is connected, mail comes in by IDLE, and the answer goes out by SMTP in its thread', async () => {
      const session = await agent.page.evaluate(async (mailbox) => {
        const me = await fetch('/api/v1/me').then((response) => response.json()) as { csrf: string };
        const response = await fetch('/api/v1/channels', { method: 'POST', headers: { 'content-type': 'application/json', 'x-csrf': me.csrf }, body: JSON.stringify(mailbox) });
        return { status: response.status, text: await response.text() };
      }, {
        kind: 'email', name: 'support@velowerk.example',
        settings: {
          address: 'support@velowerk.example', imapHost: '127.0.0.1', imapPort: dovecot.port, imapTls: 'none', imapUser: dovecot.user, folder: 'INBOX', pollSeconds: 60, importDays: 7,
          smtpHost: '127.0.0.1', smtpPort: smtp.port, smtpTls: 'none', smtpUser: smtp.user, trustedAuthServer: authServer,
        },
        secrets: { imapPassword: dovecot.password, smtpPassword: smtp.password },
      });
      expect(session.status, session.text).to.be.oneOf([200, 201]);
      await dovecot.append('INBOX', mailFromInes('first', 'Wrong axle', 'The replacement fork has the wrong axle again.'));
      // By its subject: outside business hours the bot's note is the newest line of the row.
      await agent.page.getByText('Wrong axle').first().waitFor({ timeout: 30_000 });
      await openInInbox('Wrong axle');
      await answer('The right one goes out today.');
      const sent = await waitFor(() => smtp.received.find((mail) => mail.raw.includes('right one goes out')), { timeoutMs: 20_000 });
      const raw = sent.raw;
      expect(raw).to.match(/In-Reply-To:\s*<first@posteo\.example>/u);
      expect(raw).to.match(/Subject: Re: Wrong axle/u);
      expect(sent.envelope.to).to.deep.equal(['ines.bauer@posteo.example']);
      expect(raw).not.to.match(/Auto-Submitted/u);
      const ours = /Message-ID:\s*(<[^>]+>)/iu.exec(raw)?.[1] ?? '';
      await dovecot.append('INBOX', mailFromInes('second', 'Re: Wrong axle', 'Thank you, and by when?', [`In-Reply-To: ${ours}`, `References: <first@posteo.example> ${ours}`]));
      await agent.page.getByText('and by when?').first().waitFor({ timeout: 30_000 });
    });

    it('the address typed in the chat only suggests; proved by a code it joins, and both channels are one story', async () => {
      await chat().getByRole('button', { name: /add e-mail/u }).click();
      await customer.page.getByRole('textbox', { name: 'Your e-mail address' }).fill('ines.bauer@posteo.example');
      await customer.page.getByRole('button', { name: 'Save' }).click();
      await agent.page.getByText(/typed it/u).first().waitFor({ timeout: 20_000 });
      await chat().getByRole('button', { name: 'confirm' }).click();
      const notice = await waitFor(() => smtp.received.find((mail) => /\b\d{6}\b/u.test(mail.raw.split('\r\n\r\n').slice(1).join('')) && mail.raw.includes('code')), { timeoutMs: 20_000 });
      const code = /\b(\d{6})\b/u.exec(notice.raw.split('\r\n\r\n').slice(1).join(' '))?.[1] ?? '';
      await customer.page.getByRole('textbox', { name: 'Six-digit code' }).fill(code);
      await customer.page.getByRole('button', { name: 'Check' }).click();
      await chat().getByText('confirmed').waitFor();
      await agent.page.reload();
      await agent.page.getByText('Wrong axle').first().click();
      await agent.page.getByText('where is my parcel?').first().waitFor();
      expect(agent.faults).to.deep.equal([]);
      expect(customer.faults).to.deep.equal([]);
    });
  });
});
