import { expect } from 'chai';
import { sign } from '../../src/adapters/webhook/verify.js';
import { EventStream } from '../support/event-stream.js';
import { HttpClient } from '../support/http-client.js';
import { goodPassword } from '../support/http-world.js';
import { removeProducts, startProduct, type Product } from '../support/product.js';
import { waitFor } from '../support/wait-for.js';

describe('The web side of the running product', function () {
  this.timeout(60_000);
  let product: Product;
  let client: HttpClient;
  before(async () => {
    product = await startProduct({ setUp: false });
    client = new HttpClient(product.url, []);
  });
  after(async () => {
    await product.stop();
    await removeProducts();
  });

  it('prints a set-up link whose token works once', async () => {
    const token = /\/setup\?token=([\w-]+)/.exec(product.output())?.[1] ?? '';
    const form = { token, companyName: 'Velowerk', name: 'Ines Sommer', email: 'ines@velowerk.example', password: goodPassword };
    expect((await client.post('/setup', { ...form, token: 'guess' })).status).to.equal(403);
    expect((await client.post('/setup', form)).status).to.equal(201);
    expect((await new HttpClient(product.url, []).post('/setup', form)).status).to.equal(410);
    expect((await client.get('/me')).body).to.deep.include({ workspace: { ...(await client.get('/settings')).body } });
  });

  it('serves screen, chat page, bubble and probes, each with its own policy', async () => {
    const screen = await client.raw('GET', '/conversations/abc');
    expect(screen.status).to.equal(200);
    expect(screen.headers['content-security-policy']).to.contain("default-src 'none'").and.to.contain("frame-ancestors 'none'");
    const chat = await client.raw('GET', '/chat');
    expect(chat.status).to.equal(200);
    expect(chat.headers['content-security-policy']).to.contain("default-src 'none'");
    expect((await client.raw('GET', '/widget.js')).headers['cross-origin-resource-policy']).to.equal('cross-origin');
    expect((await client.raw('GET', '/healthz')).status).to.equal(200);
    expect((await client.raw('GET', '/readyz')).body).to.deep.equal({ ready: true });
    expect((await client.raw('GET', '/metrics')).text).to.contain('rapport_live_connections 0');
  });

  it('brings a webhook’s message to a connected browser, with the secret that was shown once', async () => {
    const made = await client.post('/channels', { kind: 'webhook', name: 'Till', secrets: { secret: 'typed-by-hand-0123456789' } });
    expect(made.status, made.text).to.equal(201);
    const live = await new EventStream(client, { since: (await client.get('/me')).body.changeSeq }).ready();
    const body = JSON.stringify({ type: 'message', id: 'm-1', conversation: 'c-1', from: { id: 'jonas', name: 'Jonas Feld' }, text: 'My brake squeaks' });
    const hook = await client.raw('POST', new URL(made.body.webhookUrl).pathname, { headers: { 'x-rapport-signature': sign(body, 'typed-by-hand-0123456789', Math.floor(Date.now() / 1000)) }, body });
    expect(hook.status, hook.text).to.equal(200);
    const event = await waitFor(() => live.named('conversation').find((candidate) => candidate.data.conversation.customer.name === 'Jonas Feld'));
    expect((await client.post(`/conversations/${event.data.conversation.id}/note`, { text: 'seen', clientId: 'note-0001' })).status).to.equal(201);
    live.close();
  });

  it('ends live lines in order when it is stopped', async () => {
    const live = await new EventStream(client).ready();
    product.process.kill('SIGTERM');
    expect(await product.ended).to.equal('0');
    await waitFor(() => live.ended);
  });
});
