import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { expect } from 'chai';
import express from 'express';
import fc from 'fast-check';
import { pino } from 'pino';
import { openVisitors } from '../../src/compose/visitors.js';
import { safeName } from '../../src/http/visitor/uploads.js';
import { openVisitorWorld, TestVisitor, type VisitorWorld } from './visitor-world.js';
import { waitFor } from '../support/wait-for.js';

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(2)</script></svg>';
const html = '<!doctype html><script>alert(1)</script>';

interface Uploaded { handle: string; name: string; mime: string; size: number }

function form(content: string | Buffer, name: string, type = ''): FormData {
  const data = new FormData();
  data.append('file', new Blob([content], { type }), name);
  return data;
}

describe('Files in the chat', () => {
  let world: VisitorWorld;
  let visitor: TestVisitor;

  /** Uploads, sends and gives back the link that the visitor's browser is told. */
  async function sent(content: string | Buffer, name: string, type?: string): Promise<{ url: string; mime: string; name: string; kind: string }> {
    const { body } = await visitor.call('POST', 'uploads', form(content, name, type));
    const { handle } = body as Uploaded;
    await visitor.acked(visitor.send('', { uploads: [handle] }));
    return waitFor(() => visitor.frames.flatMap((frame) => (frame.type === 'message' ? frame.message.attachments ?? [] : [])).find((file) => file.name === safeName(name)), { what: name });
  }

  beforeEach(async () => {
    world = await openVisitorWorld();
    visitor = new TestVisitor(world);
    await visitor.begin();
    await visitor.connect();
  });
  afterEach(async () => {
    visitor.drop();
    await world.close();
  });

  it('a picture is stored, shown to the agent, and shown in place to the visitor', async () => {
    const { status, body } = await visitor.call('POST', 'uploads', form(png, 'fork.png', 'text/html'));
    expect(status).to.equal(200);
    expect(body).to.deep.include({ name: 'fork.png', mime: 'image/png', size: png.length });
    await visitor.acked(visitor.send('This is how it arrived', { uploads: [(body as Uploaded).handle] }));
    const conversation = await world.conversation();
    const picture = await world.app.reads.picture(world.lena, conversation._id, { timeline: false });
    expect(picture?.messages.find(({ kind }) => kind === 'in')?.attachments).to.have.length(1).and.have.nested.property('[0].mime', 'image/png');
    const frame = await waitFor(() => visitor.frames.find((candidate) => candidate.type === 'message'));
    const file = frame.type === 'message' ? frame.message.attachments?.[0] : undefined;
    const response = await fetch(`${world.url}/${file?.url}`);
    expect(response.status).to.equal(200);
    expect(Buffer.from(await response.arrayBuffer()).equals(png)).to.equal(true);
    expect(Object.fromEntries(response.headers)).to.include({
      'content-type': 'image/png', 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'; sandbox", 'cross-origin-resource-policy': 'cross-origin',
      'content-disposition': 'inline; filename="file"; filename*=UTF-8\'\'fork.png',
    });
  });

  it('whatever else is only ever saved, under any name and any declared type', async () => {
    const declared = ['text/html', 'image/svg+xml', 'image/png', 'application/xhtml+xml', 'text/xml', 'application/javascript', 'image/svg+xml; charset=x', 'application/pdf', 'multipart/mixed', ''];
    for (const [n, type] of declared.entries()) {
      const content = n % 2 === 0 ? svg : html;
      const file = await sent(content, `page-${n}.${n % 2 === 0 ? 'svg' : 'html'}`, type);
      expect(file.mime, type).to.not.match(/^image\/|javascript/);
      const { headers } = await fetch(`${world.url}/${file.url}`);
      expect(Object.fromEntries(headers), type).to.include({ 'content-type': 'application/octet-stream', 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'; sandbox" });
      expect(headers.get('content-disposition'), type).to.match(/^attachment; /);
    }
  });

  it('a link opens its own file for so long as it was signed for, and no other', async () => {
    const file = await sent('a receipt', 'receipt.txt');
    const other = await sent('another', 'other.txt');
    const url = new URL(`${world.url}/${file.url}`);
    expect((await fetch(url)).status).to.equal(200);
    const otherId = new URL(`${world.url}/${other.url}`).pathname.split('/').at(-1) ?? '';
    for (const wrong of [url.href.replace(/t=.*/, ''), `${url.href}x`, url.href.replace(/\/files\/[^?]+/, `/files/${otherId}`), url.href.replace(world.channel._id, (await world.addChannel({}))._id)]) expect((await fetch(wrong)).status, wrong).to.equal(404);
    expect((await fetch(url, { headers: { origin: 'https://elsewhere.example' } })).status).to.equal(403);
    world.advance(8 * 24 * 60 * 60 * 1000);
    expect((await fetch(url)).status).to.equal(404);
  });

  it('an upload belongs to whoever made it', async () => {
    const { body } = await visitor.call('POST', 'uploads', form('mine', 'mine.txt'));
    const thief = new TestVisitor(world);
    await thief.begin();
    for (const handle of [(body as Uploaded).handle, 'forged.handle', visitor.token]) {
      expect((await thief.call('POST', 'messages', { type: 'message', clientId: 'stolen-00001', text: '', uploads: [handle] })).status).to.equal(404);
    }
    expect((await visitor.call('POST', 'messages', { type: 'message', clientId: 'mine-0000001', text: '', uploads: [(body as Uploaded).handle] })).status).to.equal(200);
  });

  it('a file of an agent\'s answer is a link in the bubble', async () => {
    await visitor.acked(visitor.send('Send me the label, please'));
    const conversation = await world.conversation();
    const attachment = await world.app.actions.addUpload(world.lena, { name: 'Rücksendung.pdf', bytes: (async function* () { yield Buffer.from('%PDF-1.4\n%'); })(), maxBytes: 1000 });
    await world.reply(conversation, 'Here it is', { attachmentIds: [attachment.id] });
    const file = await waitFor(() => visitor.frames.flatMap((frame) => (frame.type === 'message' ? frame.message.attachments ?? [] : [])).at(0));
    const { headers } = await fetch(`${world.url}/${file.url}`);
    expect(headers.get('content-disposition')).to.equal('attachment; filename="file"; filename*=UTF-8\'\'R%C3%BCcksendung.pdf');
  });

  it('more than 10 MB is refused, whether it says so beforehand or not', async () => {
    const big = Buffer.alloc(10 * 1024 * 1024 + 1, 0x61);
    expect((await visitor.call('POST', 'uploads', form(big, 'big.bin'))).status).to.equal(413);
    const boundary = 'x';
    const parts = async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="big.bin"\r\n\r\n`);
      yield big;
      yield Buffer.from(`\r\n--${boundary}--\r\n`);
    };
    const response = await fetch(`${world.api()}/uploads`, { method: 'POST', body: ReadableStream.from(parts()), duplex: 'half', headers: { origin: world.url, authorization: `Bearer ${visitor.token}`, 'content-type': `multipart/form-data; boundary=${boundary}` } } as RequestInit);
    expect(response.status).to.equal(413);
    expect((await visitor.call('POST', 'uploads', form(Buffer.alloc(10 * 1024 * 1024, 0x61), 'just.bin'))).status).to.equal(200);
  });

  it('2,000 malformed forms end nothing', async function () {
    this.timeout(120_000);
    const good = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\nhello\r\n--x--\r\n';
    const bodies = fc.sample(fc.oneof(
      fc.tuple(fc.nat(good.length), fc.nat(8), fc.string({ maxLength: 6 })).map(([at, cut, put]) => good.slice(0, at) + put + good.slice(at + cut)),
      fc.string({ maxLength: 200 }), fc.constantFrom('', '--x', '--x--', good.repeat(3), good.slice(0, 70), good.replace('filename="a.txt"', 'filename*=UTF-8\'\'%ff%fe'), good.replaceAll('x', '')),
    ), { numRuns: 100, seed: 7 });
    const side = openVisitors({ core: world.app.core, book: world.app.book, receive: (events) => world.app.receive(events), sendNotice: () => Promise.resolve(undefined), blobs: world.app.store.blobs, publicUrl: world.url, log: pino({ level: 'silent' }) });
    const server = createServer(express().use(side.routes));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const here = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const statuses = new Map<number, number>();
    let uploader = visitor;
    for (let round = 0; round < 20; round += 1) {
      for (const [n, body] of bodies.entries()) {
        if (n % 20 === 0) {
          uploader = new TestVisitor({ url: here, api: () => `${here}/chat/v1/${world.channel._id}` });
          await uploader.begin();
        }
        const response = await fetch(`${here}/chat/v1/${world.channel._id}/uploads`, { method: 'POST', body, headers: { origin: here, authorization: `Bearer ${uploader.token}`, 'content-type': round % 2 === 0 ? 'multipart/form-data; boundary=x' : 'multipart/form-data' } });
        await response.text();
        statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
      }
    }
    side.close();
    await new Promise((resolve) => server.close(resolve));
    expect([...statuses.keys()].every((status) => [200, 400, 413, 415].includes(status)), JSON.stringify([...statuses])).to.equal(true);
  });

  it('an upload that breaks off harms nobody', async () => {
    const { port } = new URL(world.url);
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => {
        socket.write(`POST /chat/v1/${world.channel._id}/uploads HTTP/1.1\r\nHost: x\r\nOrigin: ${world.url}\r\nAuthorization: Bearer ${visitor.token}\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 5000\r\n\r\n--x\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n\r\nhalf of`);
        setTimeout(() => socket.destroy(), 50);
      });
      socket.on('close', () => resolve());
    });
    const { status } = await visitor.call('POST', 'uploads', form('whole', 'whole.txt'));
    expect(status).to.equal(200);
    expect(world.logLines.filter((line) => line.includes('"level":50'))).to.deep.equal([]);
  });

  it('names are kept as people wrote them, without what could mislead', () => {
    expect(safeName('Rechnung März 2026.pdf')).to.equal('Rechnung März 2026.pdf');
    expect(safeName('../../etc/passwd')).to.equal('passwd');
    expect(safeName('C:\\temp\\photo.jpg')).to.equal('photo.jpg');
    expect(safeName('\u200b.htaccess')).to.equal('htaccess');
    expect(safeName('gpj.\u202eexe.jpg')).to.equal('gpj.exe.jpg');
    for (const empty of ['', '...', '\u0000', '//', ' . ']) expect(safeName(empty)).to.equal('file');
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (given) => {
      const name = safeName(given);
      expect(name).to.match(/^[^/\\\p{Cc}\p{Cf}\p{Cs}<>"]{1,120}$/u).and.not.match(/^[. ]|[. ]$/);
    }), { numRuns: 1000 });
  });
});

describe('Proving an address from the bubble', () => {
  it('the code that was mailed makes the address verified', async () => {
    const world = await openVisitorWorld();
    const mailed: { to: string; text: string }[] = [];
    const side = openVisitors({
      core: world.app.core, book: world.app.book, receive: (events) => world.app.receive(events), blobs: world.app.store.blobs, publicUrl: world.url, log: pino({ level: 'silent' }),
      sendNotice: (notice) => {
        mailed.push(notice);
        return Promise.resolve(true);
      },
    });
    const server = createServer(express().use(side.routes));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const here = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      const visitor = new TestVisitor({ url: here, api: () => `${here}/chat/v1/${world.channel._id}` });
      await visitor.begin();
      await visitor.identify({ email: 'ines.bauer@posteo.example' });
      expect((await visitor.call('POST', 'proof/start', {})).body).to.deep.equal({ result: 'sent' });
      expect(mailed[0]?.to).to.equal('ines.bauer@posteo.example');
      const code = /\d{6}/.exec(mailed[0]?.text ?? '')?.[0] ?? '';
      const wrong = code === '111111' ? '222222' : '111111';
      expect((await visitor.call('POST', 'proof/finish', { code: wrong })).body).to.have.property('result', 'wrong');
      const { body } = await visitor.call('POST', 'proof/finish', { code });
      expect(body).to.have.property('result', 'verified');
      expect(body).to.have.deep.nested.property('session.email', { address: 'ines.bauer@posteo.example', proof: 'verified' });
      for (let n = 0; n < 3; n += 1) await visitor.call('POST', 'proof/start', {});
      expect((await visitor.call('POST', 'proof/start', {})).body).to.deep.equal({ result: 'too_many' });
      expect((await visitor.call('POST', 'proof/start', {})).status).to.equal(429);
    } finally {
      side.close();
      await new Promise((resolve) => server.close(resolve));
      await world.close();
    }
  });
});
