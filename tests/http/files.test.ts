import { connect } from 'node:net';
import { expect } from 'chai';
import fc from 'fast-check';
import { downloadHeaders, pictureTypeOf } from '../../src/http/api/download.js';
import { createSignedLinks } from '../../src/http/mail/signed-links.js';
import type { HttpClient } from '../support/http-client.js';
import { openHttpWorld, type HttpWorld } from '../support/http-world.js';

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64');
const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>');
const html = Buffer.from('<!doctype html><script>alert(1)</script>');
const declaredTypes = [
  'text/html', 'image/svg+xml', 'image/svg+xml; x', 'application/xhtml+xml', 'text/xml', 'application/xml', 'text/xsl', 'image/png', 'IMAGE/PNG', 'image/png; charset=utf-7', 'text/javascript', 'application/javascript',
  'application/x-shockwave-flash', 'application/pdf', 'multipart/x-mixed-replace; boundary=x', 'text/plain', 'text/css', 'text/cache-manifest', 'application/wasm', 'message/rfc822', 'application/rss+xml', 'application/atom+xml',
  'image/x-icon', 'image/bmp', 'image/avif', 'video/mp4', 'audio/mpeg', 'application/json', 'application/octet-stream', 'text/vtt', 'application/hta', 'application/x-msdownload', '*/*', '', 'text/html\u0000', 'a/b/c',
  'application/mathml+xml', 'application/vnd.ms-htmlhelp', 'application/x-xpinstall', 'text/uri-list', 'unknown/unknown',
];

function form(file: Buffer, options: { name?: string; type?: string; field?: string } = {}): { headers: Record<string, string>; body: Buffer } {
  const head = `--XX\r\nContent-Disposition: form-data; name="${options.field ?? 'file'}"; filename="${options.name ?? 'a.bin'}"\r\nContent-Type: ${options.type ?? 'application/octet-stream'}\r\n\r\n`;
  return { headers: { 'content-type': 'multipart/form-data; boundary=XX' }, body: Buffer.concat([Buffer.from(head), file, Buffer.from('\r\n--XX--\r\n')]) };
}

describe('Files', () => {
  let world: HttpWorld;
  let client: HttpClient;
  before(async () => {
    world = await openHttpWorld();
    client = await world.signIn(await world.addAgent());
  });
  after(() => world.close());

  const upload = (sent: { headers: Record<string, string>; body: Buffer | string }, by = client) => by.raw('POST', '/api/v1/uploads', { ...sent, headers: { 'x-csrf': by.csrf ?? '', ...sent.headers } });

  it('come in by stream and go out as they were', async () => {
    const bytes = Buffer.alloc(3_000_000, 'abcdefg');
    const answer = await upload(form(bytes, { name: 'Rechnung März.bin' }));
    expect(answer.status).to.equal(201);
    expect(answer.body).to.include({ name: 'Rechnung März.bin', size: bytes.length, mime: 'application/octet-stream' });
    const back = await client.raw('GET', answer.body.url);
    expect(back.bytes.equals(bytes)).to.equal(true);
    expect(back.headers['content-disposition']).to.equal(`attachment; filename="Rechnung M_rz.bin"; filename*=UTF-8''Rechnung%20M%C3%A4rz.bin`);
  });

  it('are never run by a browser, whatever they were called: download, nosniff, sandbox', async () => {
    for (const type of declaredTypes) {
      for (const bytes of [svg, html, Buffer.from('%PDF-1.7'), Buffer.from('GIF8<script>')]) {
        const uploaded = await upload(form(bytes, { type: type.replace(/[\0\r\n]/g, ''), name: 'page.html' }));
        expect(uploaded.status, type).to.equal(201);
        const { headers } = await client.raw('GET', uploaded.body.url);
        expect(headers['content-type']).to.equal('application/octet-stream');
        expect(headers['content-disposition']).to.match(/^attachment;/);
        expect(headers['x-content-type-options']).to.equal('nosniff');
        expect(headers['content-security-policy']).to.equal("default-src 'none'; sandbox; frame-ancestors 'none'");
      }
    }
  });

  it('are shown only when they are PNG, JPEG, GIF or WebP by their bytes', async () => {
    const shown = await upload(form(png, { type: 'text/html', name: 'pixel.svg' }));
    const { headers } = await client.raw('GET', shown.body.url);
    expect(headers).to.include({ 'content-type': 'image/png', 'x-content-type-options': 'nosniff' });
    expect(headers['content-disposition']).to.match(/^inline;/);
    expect((await client.raw('GET', `${shown.body.url}?download=1`)).headers['content-disposition']).to.match(/^attachment;/);
    expect(pictureTypeOf(svg)).to.equal(undefined);
    expect(pictureTypeOf(Buffer.from([0xff, 0xd8, 0xff, 0xe0]))).to.equal('image/jpeg');
    expect(pictureTypeOf(Buffer.from('RIFFxxxxWEBP'))).to.equal('image/webp');
    expect(pictureTypeOf(Buffer.from('RIFFxxxxWAVE'))).to.equal(undefined);
    expect(pictureTypeOf(Buffer.alloc(0))).to.equal(undefined);
  });

  it('may have any name: it reaches no header line, no path and no attribute', () => {
    const nasty = fc.string({ unit: fc.constantFrom('a', '"', '\\', ';', '\r', '\n', '\0', '/', '..', '.', '\u202e', '\u200b', '\ud800', 'é', '🚲', '%', "'", '*', ' ', ':', 'CON', '.html', '\u2028') });
    fc.assert(fc.property(nasty, (name) => {
      const { 'content-disposition': header = '' } = downloadHeaders(name);
      expect(header).to.match(/^attachment; filename="[\x20-\x21\x23-\x5b\x5d-\x7e]+"; filename\*=UTF-8''[\w%.~-]+$/);
      const saved = decodeURIComponent(header.split("UTF-8''")[1] ?? '');
      expect(saved).not.to.match(/[/\\:\p{Cc}\p{Cf}]|^\.|\.$/u);
    }));
  });

  it('of somebody else do not exist while they belong to no message', async () => {
    const other = await world.signIn(await world.addAgent());
    const answer = await upload(form(png));
    expect((await other.raw('GET', answer.body.url)).status).to.equal(404);
    expect((await world.client().raw('GET', answer.body.url)).status).to.equal(401);
    for (const id of ['0', 'a'.repeat(22), '..%2Fsecret', 'uploads']) expect((await client.raw('GET', `/api/v1/attachments/${id}`)).status).to.equal(404);
  });

  it('can be fetched with a pass for this one file, for a quarter of an hour, while its agent is one', async () => {
    const agent = await world.addAgent();
    const own = await world.signIn(agent);
    const first = (await upload(form(png), own)).body;
    const second = (await upload(form(png), own)).body;
    const links = createSignedLinks(world.deps.config.signingKey, world.deps.clock);
    const path = links.attachmentPath(first.id, agent._id);
    const nobody = world.client();
    const good = await nobody.raw('GET', path);
    expect(good.status).to.equal(200);
    expect(good.headers['cross-origin-resource-policy']).to.equal('cross-origin');
    const pass = path.split('pass=')[1] ?? '';
    expect((await nobody.raw('GET', `${second.url}?pass=${pass}`)).status).to.equal(401);
    const [until = '', who = '', signature = ''] = pass.split('.');
    const forged = [`${Number(until) + 1}.${who}.${signature}`, `${until}.${Buffer.from('another').toString('base64url')}.${signature}`, `${until}.${who}.`, `${until}.${who}`, '..', '', `${until}.${who}.${signature.slice(0, -1)}`];
    for (const wrong of forged) expect((await nobody.raw('GET', `${first.url}?pass=${wrong}`)).status, wrong).to.equal(401);
    await world.deps.people.changeAgent(agent._id, { state: 'disabled' });
    expect((await nobody.raw('GET', path)).status).to.equal(401);
    await world.deps.people.changeAgent(agent._id, { state: 'active' });
    expect((await nobody.raw('GET', path)).status).to.equal(200);
    world.advance(15 * 60_000 + 1);
    expect((await nobody.raw('GET', path)).status).to.equal(401);
    world.advance(-(15 * 60_000 + 1));
  });

  it('of more than 25 MB are refused, with a length and without; just 25 MB are taken', async function () {
    this.timeout(60_000);
    const large = form(Buffer.alloc(25 * 1024 * 1024 + 1));
    expect((await upload(large)).status).to.equal(413);
    expect(await uploadInChunks(large)).to.match(/^HTTP\/1.1 413 /);
    expect((await upload(form(Buffer.alloc(25 * 1024 * 1024)))).status).to.equal(201);
  });

  /** Without a length: what is sent is known only when it is there. */
  function uploadInChunks(sent: { headers: Record<string, string>; body: Buffer }): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect(Number(new URL(world.url).port), '127.0.0.1', () => {
        socket.write(`POST /api/v1/uploads HTTP/1.1\r\nHost: x\r\nConnection: close\r\nCookie: ${String(client.headersFor({})['cookie'])}\r\nX-Csrf: ${client.csrf}\r\nContent-Type: ${sent.headers['content-type']}\r\nTransfer-Encoding: chunked\r\n\r\n`);
        socket.write(`${sent.body.length.toString(16)}\r\n`);
        socket.write(sent.body);
        socket.write('\r\n0\r\n\r\n');
      });
      let text = '';
      socket.on('data', (chunk) => { text += chunk.toString(); });
      socket.on('close', () => resolve(text));
      socket.on('error', reject);
    });
  }

  it('come in well-formed forms only; the next request is served', async () => {
    const good = form(png);
    const bad: { headers: Record<string, string>; body: Buffer | string }[] = [
      { headers: { 'content-type': 'application/json' }, body: '{}' },
      { headers: { 'content-type': 'multipart/form-data' }, body: 'x' },
      { headers: { 'content-type': 'multipart/form-data; boundary=' }, body: 'x' },
      { headers: { 'content-type': `multipart/form-data; boundary=${'b'.repeat(500)}` }, body: 'x' },
      { headers: good.headers, body: '' }, { headers: good.headers, body: '--XX' }, { headers: good.headers, body: '--XX--\r\n' }, { headers: good.headers, body: good.body.subarray(0, 80) },
      { headers: good.headers, body: good.body.subarray(0, good.body.length - 8) },
      { headers: good.headers, body: '--XX\r\nContent-Disposition: form-data; name="a"\r\n\r\nvalue\r\n--XX--\r\n' },
      { headers: good.headers, body: `--XX\r\n${'X-Header: y\r\n'.repeat(3000)}\r\n\r\n--XX--\r\n` },
      { headers: good.headers, body: '--XX\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n1\r\n--XX\r\nContent-Disposition: form-data; name="file"; filename="b"\r\n\r\n2\r\n--XX--\r\n' },
      { headers: good.headers, body: Buffer.alloc(10_000, 0) }, { headers: good.headers, body: '--XX\r\n\r\n\r\n--XX\r\n'.repeat(1000) },
    ];
    for (const [index, sent] of bad.entries()) expect((await upload(sent)).status, String(index)).to.be.oneOf([400, 413, 415]);
    expect((await upload(good)).status).to.equal(201);
  });

  it('that break off half-way end cleanly', async () => {
    const sent = form(Buffer.alloc(200_000));
    await new Promise<void>((resolve) => {
      const socket = connect(Number(new URL(world.url).port), '127.0.0.1', () => {
        socket.write(`POST /api/v1/uploads HTTP/1.1\r\nHost: x\r\nCookie: ${String(client.headersFor({})['cookie'])}\r\nX-Csrf: ${client.csrf}\r\nContent-Type: ${sent.headers['content-type']}\r\nContent-Length: ${sent.body.length}\r\n\r\n`);
        socket.write(sent.body.subarray(0, 100_000), () => setTimeout(() => { socket.destroy(); resolve(); }, 50));
      });
      socket.on('error', () => undefined);
    });
    expect((await upload(form(png))).status).to.equal(201);
    expect(world.logLines.filter((line) => line.includes('"level":50'))).to.deep.equal([]);
  });

  it('are not to be had from where the web files are', async () => {
    const answer = await upload(form(Buffer.from('alert(1)'), { name: 'x.js' }));
    for (const path of [`/uploads/${answer.body.id}`, `/${answer.body.id}`, `/assets/${answer.body.id}`]) {
      expect((await client.raw('GET', path)).text).not.to.contain('alert(1)');
    }
  });
});
