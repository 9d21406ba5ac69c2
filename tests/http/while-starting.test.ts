import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { answerWhileStarting } from '../../src/http/while-starting.js';

describe('A server that is still starting', () => {
  let server: Server;
  let origin: string;
  before(async () => {
    server = createServer(answerWhileStarting);
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => server.close());

  it('says that it lives and is not ready', async () => {
    expect((await fetch(`${origin}/healthz`)).status).to.equal(200);
    const ready = await fetch(`${origin}/readyz`);
    expect(ready.status).to.equal(503);
    expect(await ready.json()).to.deep.equal({ ready: false });
  });

  it('asks a provider to come again, so that nothing is lost', async () => {
    const answer = await fetch(`${origin}/hooks/any`, { method: 'POST', body: '{}' });
    expect(answer.status).to.equal(503);
    expect(answer.headers.get('retry-after')).to.equal('1');
    expect(await answer.json()).to.deep.equal({ error: { code: 'store_unavailable', message: 'The server is starting.' } });
  });
});
