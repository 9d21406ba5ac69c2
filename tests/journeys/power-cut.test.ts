import { expect } from 'chai';
import { startAppBackend } from '../support/app-backend.js';
import { eachStore } from '../support/stores.js';
import { addWebhookChannel, newClientId, postWebhook, type Product, removeProducts, startProduct, webhookMessage } from '../support/product.js';
import { waitFor } from '../support/wait-for.js';

/** Points between every two steps of a message's way in; `#n`: the n-th message that comes there. */
const inboundPoints = ['webhook-body-read', 'webhook-verified', 'ledger-written', 'conversation-found', 'message-written', 'event-applied', 'event-durable', 'webhook-before-answer'];
const botPoints = ['bot-action', 'outbox-taken', 'sending-written', 'answer-received', 'delivery-written', 'outbox-finished'];
const outboundPoints = ['reply-before-outbox', 'reply-outbox-written', 'reply-message-written', 'outbox-taken', 'sending-written', 'answer-received', 'delivery-written', 'outbox-finished'];

interface Row { id: string; lastSeq: number }
interface Item { seq: number; kind: string; text: string; author: { type: string }; delivery?: { state: string } }

eachStore((storeEnv) => {
  describe('a power cut', () => {
    let backend: Awaited<ReturnType<typeof startAppBackend>>;
    beforeEach(async () => {
      backend = await startAppBackend();
    });
    afterEach(() => backend.stop());
    after(removeProducts);

    const messagesOf = async (product: Product): Promise<Item[]> => {
      const { items } = await product.api<{ items: Row[] }>('GET', '/conversations?view=open&limit=10');
      expect(items.length, 'one conversation').to.equal(1);
      const { messages } = await product.api<{ messages: Item[] }>('GET', `/conversations/${items[0]?.id ?? ''}/messages?limit=100`);
      return messages;
    };

    for (const point of inboundPoints) {
      it(`at “${point}” loses nothing that was acknowledged and shows nothing twice`, async () => {
        const env = storeEnv();
        const first = await startProduct({ env });
        const channel = await addWebhookChannel(first, backend.url);
        await first.api('PATCH', '/settings', { botOn: false });
        expect(await postWebhook(first, channel, webhookMessage('m1', 'one'))).to.equal(200);
        await first.stop();

        const second = await startProduct({ env: { ...env, CRASH_AT: point }, dataDir: first.dataDir });
        const answer = await postWebhook(second, channel, webhookMessage('m2', 'two'));
        if (answer === undefined || !['event-durable'].includes(point)) expect(await second.ended).to.equal('SIGKILL');
        else await second.ended;

        const third = await startProduct({ env, dataDir: first.dataDir });
        const beforeRetry = await waitFor(() => messagesOf(third));
        if (answer === 200) expect(beforeRetry.filter((message) => message.text === 'two').length).to.equal(1);
        expect(await postWebhook(third, channel, webhookMessage('m2', 'two'))).to.equal(200);
        expect(await postWebhook(third, channel, webhookMessage('m3', 'three'))).to.equal(200);
        const texts = await waitFor(async () => {
          const found = (await messagesOf(third)).filter((message) => message.kind === 'in');
          return found.length >= 3 ? found : undefined;
        });
        expect(texts.map((message) => message.text)).to.deep.equal(['one', 'two', 'three']);
        expect(texts.map((message) => message.seq)).to.deep.equal([...texts.map((message) => message.seq)].sort((a, b) => a - b));
        await third.stop();
      });
    }

    for (const point of botPoints) {
      it(`during the bot’s turn at “${point}” makes the bot neither silent nor repeat itself`, async () => {
        const env = storeEnv();
        const first = await startProduct({ env: { ...env } });
        const channel = await addWebhookChannel(first, backend.url);
        await first.stop();
        const second = await startProduct({ env: { ...env, CRASH_AT: point }, dataDir: first.dataDir });
        await postWebhook(second, channel, webhookMessage('m1', 'Hello, where is my parcel?'));
        expect(await second.ended).to.equal('SIGKILL');
        const third = await startProduct({ env, dataDir: first.dataDir });
        await waitFor(async () => {
          const out = (await messagesOf(third)).filter((message) => message.kind === 'out');
          return out.length > 0 && out.every((message) => message.delivery?.state === 'sent');
        }, { timeoutMs: 45_000, what: 'the bot’s words', everyMs: 100 });
        const said = (await messagesOf(third)).filter((message) => message.kind === 'out').map((message) => message.text);
        expect(new Set(said).size).to.equal(said.length);
        expect(backend.shown().map((taken) => taken.text)).to.deep.equal(said);
        await third.stop();
      });
    }

    for (const point of outboundPoints) {
      it(`during an agent’s answer at “${point}” delivers what was accepted, once`, async () => {
        const env = storeEnv();
        const first = await startProduct({ env });
        const channel = await addWebhookChannel(first, backend.url);
        await first.api('PATCH', '/settings', { botOn: false });
        await postWebhook(first, channel, webhookMessage('m1', 'one'));
        const { items } = await waitFor(async () => {
          const page = await first.api<{ items: Row[] }>('GET', '/conversations?view=open&limit=10');
          return page.items.length > 0 ? page : undefined;
        });
        await first.stop();
        const second = await startProduct({ env: { ...env, CRASH_AT: point }, dataDir: first.dataDir });
        const reply = { text: 'the answer', attachmentIds: [], clientId: newClientId() };
        const accepted = await second.api('POST', `/conversations/${items[0]?.id ?? ''}/reply`, reply).then(() => true, () => false);
        expect(await second.ended).to.equal('SIGKILL');
        const third = await startProduct({ env, dataDir: first.dataDir });
        // The agent's screen sends again whatever was not accepted, under the same client id.
        if (!accepted) await third.api('POST', `/conversations/${items[0]?.id ?? ''}/reply`, reply);
        await waitFor(async () => (await messagesOf(third)).some((message) => message.kind === 'out' && message.delivery?.state === 'sent'), { timeoutMs: 60_000, what: 'the delivery', everyMs: 100 });
        expect((await messagesOf(third)).filter((message) => message.kind === 'out').length).to.equal(1);
        expect(backend.shown().map((taken) => taken.text)).to.deep.equal(['the answer']);
        await third.stop();
      });
    }
  });
});
