import { expect } from 'chai';
import { type DovecotServer, hasDovecot, startDovecot } from '../support/dovecot.js';
import { requirePeer } from '../support/peers.js';
import { newClientId, type Product, removeProducts, startProduct } from '../support/product.js';
import { type SmtpServer, startSmtp } from '../support/smtp.js';
import { eachStore } from '../support/stores.js';
import { waitFor } from '../support/wait-for.js';

const fetchPoints = ['mail-fetched', 'mail-stored', 'mail-mid-batch', 'mail-sunk', 'mail-cursor'];
const sendPoints = ['smtp-begin', 'smtp-end'];

interface Row { id: string; subject?: string; lastInSeq: number }
interface Item { kind: string; text: string; delivery?: { state: string } }

function mail(n: number): string {
  return [
    `From: Customer ${n} <customer${n}@posteo.example>`, 'To: support@velowerk.example', `Subject: Matter ${n}`, `Message-ID: <mail-${n}@posteo.example>`,
    `Date: ${new Date().toUTCString()}`, 'MIME-Version: 1.0', 'Content-Type: text/plain; charset=utf-8', '', `This is about matter ${n}.`, '',
  ].join('\r\n');
}

eachStore((storeEnv) => {
  describe('a power cut while mail comes and goes', () => {
    let dovecot: DovecotServer;
    let smtp: SmtpServer;
    beforeEach(async function () {
      requirePeer(this, 'dovecot', hasDovecot);
      [dovecot, smtp] = await Promise.all([startDovecot(), startSmtp()]);
    });
    afterEach(async () => {
      await dovecot?.stop();
      await smtp?.stop();
    });
    after(removeProducts);

    const connect = (product: Product): Promise<unknown> => product.api('POST', '/channels', {
      kind: 'email', name: 'support@',
      settings: { address: 'support@velowerk.example', imapHost: '127.0.0.1', imapPort: dovecot.port, imapTls: 'none', imapUser: dovecot.user, folder: 'INBOX', smtpHost: '127.0.0.1', smtpPort: smtp.port, smtpTls: 'none', smtpUser: smtp.user },
      secrets: { imapPassword: dovecot.password, smtpPassword: smtp.password },
    });
    const rows = async (product: Product): Promise<Row[]> => (await product.api<{ items: Row[] }>('GET', '/conversations?view=open&limit=50')).items;
    const firstStart = async (env: Record<string, string>): Promise<Product> => {
      const product = await startProduct({ env });
      await product.api('PATCH', '/settings', { botOn: false });
      await connect(product);
      return product;
    };

    for (const point of fetchPoints) {
      it(`at “${point}” brings in every mail once`, async () => {
        const env = storeEnv();
        const first = await firstStart(env);
        await dovecot.append('INBOX', mail(0));
        await waitFor(async () => (await rows(first)).length === 1, { timeoutMs: 20_000, everyMs: 100 });
        await first.stop();
        for (const n of [1, 2, 3]) await dovecot.append('INBOX', mail(n));
        const second = await startProduct({ env: { ...env, CRASH_AT: point }, dataDir: first.dataDir });
        expect(await second.ended).to.equal('SIGKILL');
        const third = await startProduct({ env, dataDir: first.dataDir });
        await waitFor(async () => (await rows(third)).length >= 4, { timeoutMs: 30_000, everyMs: 100, what: 'all four mails' });
        await dovecot.append('INBOX', mail(4));
        const all = await waitFor(async () => {
          const found = await rows(third);
          // On MongoDB a conversation is there a moment before its first message is.
          return found.some((row) => row.subject === 'Matter 4' && row.lastInSeq > 0) ? found : undefined;
        }, { timeoutMs: 30_000, everyMs: 100, what: 'the mail after the cut' });
        expect(all.map((row) => row.subject).sort()).to.deep.equal(['Matter 0', 'Matter 1', 'Matter 2', 'Matter 3', 'Matter 4']);
        expect(all.every((row) => row.lastInSeq === 1)).to.equal(true);
        await third.stop();
      });
    }

    for (const point of sendPoints) {
      it(`at “${point}” sends an answer at most once, and says so when nobody knows`, async () => {
        const env = storeEnv();
        const first = await firstStart(env);
        await dovecot.append('INBOX', mail(0));
        const [row] = await waitFor(async () => {
          const found = await rows(first);
          return found.length === 1 ? found : undefined;
        }, { timeoutMs: 20_000, everyMs: 100 });
        await first.stop();
        const second = await startProduct({ env: { ...env, CRASH_AT: point }, dataDir: first.dataDir });
        const reply = { text: 'The one answer.', attachmentIds: [], clientId: newClientId() };
        await second.api('POST', `/conversations/${row?.id ?? ''}/reply`, reply).catch((error: unknown) => {
          // The process may be gone before it could say that it took the answer.
          if (!(error instanceof TypeError)) throw error;
        });
        expect(await second.ended).to.equal('SIGKILL');
        const third = await startProduct({ env, dataDir: first.dataDir });
        const out = await waitFor(async () => {
          const { messages } = await third.api<{ messages: Item[] }>('GET', `/conversations/${row?.id ?? ''}/messages?limit=50`);
          return messages.find((message) => message.kind === 'out' && ['sent', 'unknown'].includes(message.delivery?.state ?? ''));
        }, { timeoutMs: 30_000, everyMs: 100, what: 'the outcome' });
        expect(smtp.received.length).to.be.at.most(1);
        if (out.delivery?.state === 'sent') expect(smtp.received.length).to.equal(1);
        await third.stop();
      });
    }
  });
});
