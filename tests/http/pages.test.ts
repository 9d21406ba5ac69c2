import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { connect } from 'node:net';
import { openHttpWorld, type HttpWorld } from '../support/http-world.js';

const script = `console.log("${'x'.repeat(3000)}")`;

describe('Pages and probes', () => {
  let world: HttpWorld;
  let root: string;
  let takesWrites = true;
  let asked = 0;

  before(async () => {
    root = await mkdtemp(join(tmpdir(), 'rapport-web-'));
    await mkdir(join(root, 'web/assets'), { recursive: true });
    await writeFile(join(root, 'secret.js'), 'outside');
    await writeFile(join(root, 'web/index.html'), '<!doctype html><title>Rapport</title>');
    await writeFile(join(root, 'web/theme.js'), '1');
    await writeFile(join(root, 'web/widget.js'), '2');
    await writeFile(join(root, 'web/notes.exe'), 'no');
    await writeFile(join(root, 'web/assets/main-4f2a.js'), script);
    await writeFile(join(root, 'web/assets/main-4f2a.js.br'), brotliCompressSync(script));
    await writeFile(join(root, 'web/assets/main-4f2a.js.gz'), gzipSync(script));
    world = await openHttpWorld({ webRoot: join(root, 'web'), metricsToken: 'a-token-for-the-scraper' }, () => ({
      writable: async () => { asked += 1; if (!takesWrites) throw new Error('no space left'); return true; },
      gauges: async () => [{ name: 'rapport_outbox_rows', help: 'Messages waiting to be delivered', value: 3 }],
    }));
  });
  after(async () => {
    await world.close();
    await rm(root, { recursive: true });
  });

  const get = (path: string, headers: Record<string, string> = {}) => world.client().raw('GET', path, { headers });

  it('serve the agent’s screen at every address that is no file, with a policy that lets nothing foreign in', async () => {
    for (const path of ['/', '/conversations/abc', '/setup?token=x', '/invite', '/settings/channels']) {
      const answer = await get(path);
      expect(answer.status, path).to.equal(200);
      expect(answer.text).to.contain('<title>Rapport</title>');
      expect(answer.headers['cache-control']).to.equal('no-cache');
    }
    const { headers } = await get('/');
    expect(headers['content-security-policy']).to.equal("default-src 'none';script-src 'self';style-src 'self' 'unsafe-inline';connect-src 'self';img-src 'self' data: blob:;font-src 'self';media-src 'self';manifest-src 'self';worker-src 'self';frame-src 'self';frame-ancestors 'none';form-action 'self';base-uri 'none'");
    expect(headers).to.include({ 'x-content-type-options': 'nosniff', 'cross-origin-opener-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin', 'referrer-policy': 'same-origin' });
    expect(headers['strict-transport-security']).to.equal(undefined);
    expect(headers['x-powered-by']).to.equal(undefined);
  });

  it('serve scripts packed, for ever, and unpacked to who cannot unpack', async () => {
    const brotli = await get('/assets/main-4f2a.js', { 'accept-encoding': 'gzip, deflate, br' });
    expect(brotli.headers).to.include({ 'content-encoding': 'br', 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'public, max-age=31536000, immutable', vary: 'accept-encoding' });
    expect(brotliDecompressSync(brotli.bytes).toString()).to.equal(script);
    expect((await get('/assets/main-4f2a.js', { 'accept-encoding': 'gzip' })).text).to.equal(script);
    const plain = await get('/assets/main-4f2a.js');
    expect(plain.headers['content-encoding']).to.equal(undefined);
    expect(plain.text).to.equal(script);
    const again = await get('/assets/main-4f2a.js', { 'if-none-match': String(plain.headers.etag) });
    expect(again.status).to.equal(304);
    const head = await world.client().raw('HEAD', '/assets/main-4f2a.js');
    expect(head.headers['content-length']).to.equal(String(script.length));
  });

  it('serve the bubble to other sites', async () => {
    expect((await get('/widget.js')).headers).to.include({ 'cross-origin-resource-policy': 'cross-origin', 'access-control-allow-origin': '*' });
  });

  it('serve nothing else: no file from outside, no unknown kind, no missing script as a page', async () => {
    for (const path of ['/assets/none.js', '/notes.exe', '/../secret.js', '/..%2fsecret.js', '/%2e%2e/secret.js', '/assets/..%5c..%5csecret.js', '/assets/main-4f2a.js%00', '/api', '/api/v2/x', '/hooks', '/chat', '/assets/']) {
      const status = await statusOf(path);
      expect(status, path).to.be.oneOf([400, 404]);
    }
    expect((await world.client().raw('POST', '/')).status).to.equal(404);
  });

  /** Over a bare socket, so that nothing tidies the path up. */
  function statusOf(path: string): Promise<number> {
    return new Promise((resolve, reject) => {
      const socket = connect(Number(new URL(world.url).port), '127.0.0.1', () => socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`));
      let text = '';
      socket.on('data', (chunk) => { text += chunk.toString(); });
      socket.on('end', () => resolve(Number(text.split(' ')[1])));
      socket.on('error', reject);
    });
  }

  it('say when the web UI was not built', async () => {
    const bare = await openHttpWorld();
    const answer = await bare.client().raw('GET', '/');
    expect(answer.status).to.equal(404);
    expect(answer.body.error.message).to.contain('npm run build');
    await bare.close();
  });

  it('tell whether the process lives and whether the store takes writes, asking it at most once a second', async () => {
    expect((await get('/healthz')).text).to.equal('ok');
    asked = 0;
    const answers = await Promise.all(Array.from({ length: 20 }, () => get('/readyz')));
    expect(answers.every((answer) => answer.status === 200)).to.equal(true);
    expect(asked).to.equal(1);
    takesWrites = false;
    world.advance(1001);
    const not = await get('/readyz');
    expect(not.status).to.equal(503);
    expect(not.text).to.equal('{"ready":false}');
    takesWrites = true;
    world.advance(1001);
    expect((await get('/readyz')).status).to.equal(200);
    expect((await get('/healthz')).status).to.equal(200);
  });

  it('give figures to this machine and to who has the token, and are not there for anybody else', async () => {
    await get('/api/v1/me');
    const answer = await get('/metrics');
    expect(answer.headers['content-type']).to.contain('text/plain');
    expect(answer.text).to.match(/^rapport_outbox_rows 3$/m);
    expect(answer.text).to.match(/^rapport_http_requests_total\{method="GET",route="\/api\/v1\/me",status="401"\} \d+$/m);
    expect(answer.text).to.match(/^process_resident_memory_bytes \d+/m);
    for (const header of ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via']) expect((await get('/metrics', { [header]: '127.0.0.1' })).status, header).to.equal(404);
    expect((await get('/metrics', { 'x-forwarded-for': '1.2.3.4', authorization: 'Bearer a-token-for-the-scraper' })).status).to.equal(200);
    expect((await get('/metrics', { authorization: 'Bearer another' })).status).to.equal(404);
  });

  it('pack long JSON for who takes it', async () => {
    const client = await world.signIn(await world.addAgent());
    const packed = await client.raw('GET', '/api/v1/openapi.json');
    expect(packed.status).to.equal(200);
    for (let n = 0; n < 20; n += 1) await world.addAgent({ name: `Somebody with quite a long name ${n}` });
    const gzipped = await client.raw('GET', '/api/v1/agents', { headers: { 'accept-encoding': 'gzip, br' } });
    expect(gzipped.headers['content-encoding']).to.equal('gzip');
    expect(gzipped.body.items.length).to.be.greaterThan(20);
    expect((await client.raw('GET', '/api/v1/agents', { headers: { 'accept-encoding': 'gzip;q=0' } })).headers['content-encoding']).to.equal(undefined);
  });

  it('refuse to become a socket where there is none', async () => {
    const text = await new Promise<string>((resolve) => {
      const socket = connect(Number(new URL(world.url).port), '127.0.0.1', () => socket.write('GET /api/v1/events HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n\r\n'));
      let received = '';
      socket.on('data', (chunk) => { received += chunk.toString(); });
      socket.on('close', () => resolve(received));
    });
    expect(text).to.match(/^HTTP\/1.1 404 /);
  });
});
