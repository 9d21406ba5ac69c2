import { createServer, type Server, type ServerResponse } from 'node:http';
import { createServer as createTcp, type AddressInfo } from 'node:net';
import type { LookupAddress } from 'node:dns';
import { expect } from 'chai';
import { AppError } from '../../src/errors.js';
import { createGuardedFetch, type GuardedFetch } from '../../src/http/outbound/guarded-fetch.js';
import { createAddressRules } from '../../src/http/outbound/address-rules.js';
import type { Resolve } from '../../src/http/outbound/guarded-lookup.js';

/** Ways to write "this machine", or a machine in the house, that have fooled checks elsewhere. */
const localForms = [
  'http://127.0.0.1:PORT/', 'http://127.1:PORT/', 'http://127.0.1:PORT/', 'http://127.255.255.254:PORT/', 'http://2130706433:PORT/', 'http://0x7f000001:PORT/', 'http://0x7f.0.0.1:PORT/',
  'http://0177.0.0.1:PORT/', 'http://017700000001:PORT/', 'http://0x7f.1:PORT/', 'http://0:PORT/', 'http://0.0.0.0:PORT/', 'http://000000.0:PORT/', 'http://localhost:PORT/', 'http://LOCALHOST:PORT/',
  'http://localhost.:PORT/', 'http://127.0.0.1.:PORT/', 'http://[::1]:PORT/', 'http://[::]:PORT/', 'http://[0:0:0:0:0:0:0:1]:PORT/', 'http://[::ffff:127.0.0.1]:PORT/', 'http://[::ffff:7f00:1]:PORT/',
  'http://[::127.0.0.1]:PORT/', 'http://[64:ff9b::127.0.0.1]:PORT/', 'http://[64:ff9b:1::7f00:1]:PORT/', 'http://[2002:7f00:1::]:PORT/', 'http://[2001:0:7f00:1::]:PORT/', 'http://[fe80::1]:PORT/', 'http://[fc00::1]:PORT/', 'http://[fec0::1]:PORT/',
  'http://[ff02::1]:PORT/', 'http://[::ffff:0:127.0.0.1]:PORT/', 'http://[100::1]:PORT/', 'http://[2001:db8::1]:PORT/', 'http://[5f00::1]:PORT/', 'http://[4000::1]:PORT/', 'http://10.0.0.1:PORT/', 'http://172.16.0.1:PORT/',
  'http://192.168.1.1:PORT/', 'http://169.254.169.254:PORT/', 'http://100.64.0.1:PORT/', 'http://192.0.0.192:PORT/', 'http://192.0.2.1:PORT/', 'http://198.18.0.1:PORT/', 'http://198.51.100.1:PORT/', 'http://203.0.113.1:PORT/', 'http://224.0.0.1:PORT/',
  'http://240.0.0.1:PORT/', 'http://255.255.255.255:PORT/', 'http://①②⑦.⓪.⓪.①:PORT/', 'http://127。0。0。1:PORT/', 'http://127%2e0%2e0%2e1:PORT/', 'http://user@127.0.0.1:PORT/', 'http://127.0.0.1:PORT@example.org/',
  'http:127.0.0.1:PORT/', 'http:\\\\127.0.0.1:PORT/', 'HTTP://127.0.0.1:PORT/', ' http://127.0.0.1:PORT/', 'http://\t127.0.0.1:PORT/',
  'file:///etc/passwd', 'ftp://127.0.0.1:PORT/', 'gopher://127.0.0.1:PORT/', 'data:text/plain,hi', 'javascript:1', 'unix:/var/run/docker.sock', '//127.0.0.1:PORT/', '/etc/passwd', '',
];

describe('An outbound request', () => {
  let server: Server;
  let port: number;
  let hits: { url: string; headers: Record<string, unknown>; method: string; body: string }[];
  let answer: (response: ServerResponse, url: string) => void;
  let remote: (string | undefined)[];
  const open: GuardedFetch[] = [];

  before(async () => {
    server = createServer((request, response) => {
      let body = '';
      remote.push(request.socket.remoteAddress);
      request.on('data', (chunk: Buffer) => { body += chunk.toString(); });
      request.on('end', () => {
        hits.push({ url: request.url ?? '', headers: request.headers, method: request.method ?? '', body });
        answer(response, request.url ?? '');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '::', resolve));
    port = (server.address() as AddressInfo).port;
  });
  after(async () => {
    await Promise.all(open.map((fetch) => fetch.close()));
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    hits = [];
    remote = [];
    answer = (response) => { response.end('hello'); };
  });

  function guarded(allow: string[] = [], resolve?: Resolve): GuardedFetch {
    const fetch = createGuardedFetch({ allow, ...(resolve && { resolve }) });
    open.push(fetch);
    return fetch;
  }

  const failure = async (promise: Promise<unknown>): Promise<AppError> =>
    promise.then(() => { throw new Error('it was answered'); }, (error: unknown) => {
      if (!(error instanceof AppError)) throw error;
      return error;
    });

  it('to this machine or this house is refused in every way of writing it, and nothing arrives', async () => {
    const fetch = guarded();
    for (const form of localForms) {
      const error = await failure(fetch(form.replace('PORT', String(port)), { timeoutMs: 3000 }));
      expect(error.code, `${form}: ${error.message}`).to.be.oneOf(form.includes('localhost.') ? ['outbound_refused', 'connection_failed'] : ['outbound_refused']);
    }
    expect(hits).to.deep.equal([]);
  });

  it('to a name that leads into the house is refused', async () => {
    const leadsTo = (...addresses: string[]): Resolve => (_host, _options, done) => done(null, addresses.map((address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 })));
    for (const address of ['127.0.0.1', '10.1.2.3', '::1', '::ffff:127.0.0.1', '64:ff9b::7f00:1', '169.254.169.254', 'fe80::1']) {
      expect((await failure(guarded([], leadsTo(address))(`http://inside.example:${port}/`))).code, address).to.equal('outbound_refused');
    }
    expect(hits).to.deep.equal([]);
  });

  it('goes to the address that was checked: the name is asked once, and what it would say later does not matter', async () => {
    let asked = 0;
    const flipping: Resolve = (_host, _options, done) => done(null, [{ address: (asked += 1) === 1 ? '127.0.0.1' : '10.9.9.9', family: 4 }]);
    expect((await guarded(['127.0.0.1'], flipping)(`http://flip.example:${port}/`)).body.toString()).to.equal('hello');
    expect(asked).to.equal(1);
  });

  it('to a name with addresses inside and outside never goes inside', async () => {
    const both: Resolve = (_host, _options, done) => done(null, [{ address: '::1', family: 6 }, { address: '127.0.0.1', family: 4 }]);
    await guarded(['127.0.0.1'], both)(`http://both.example:${port}/`);
    expect(hits).to.have.length(1);
    expect(remote).to.deep.equal(['::ffff:127.0.0.1']);
  });

  it('may go to what the operator lists: a host, a host with its port, an address, a network', async () => {
    const leads: Resolve = (_host, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]);
    for (const allow of [['127.0.0.1'], [`127.0.0.1:${port}`], ['127.0.0.0/8']]) expect((await guarded(allow)(`http://127.0.0.1:${port}/`)).body.toString(), allow[0]).to.equal('hello');
    for (const allow of [['mail.internal'], ['MAIL.internal'], [`mail.internal:${port}`]]) expect((await guarded(allow, leads)(`http://mail.internal:${port}/`)).status, allow[0]).to.equal(200);
    for (const allow of [['::1'], ['::1/128'], [`[::1]:${port}`]]) expect((await guarded(allow)(`http://[::1]:${port}/`)).status, allow[0]).to.equal(200);
    for (const allow of [['mail.internal:1'], ['other.internal'], ['10.0.0.0/8'], ['internal']]) expect((await failure(guarded(allow, leads)(`http://mail.internal:${port}/`))).code, allow[0]).to.equal('outbound_refused');
  });

  it('uses only the ports of the web, where the operator did not say otherwise', () => {
    const rules = createAddressRules(['old.internal:25']);
    for (const refused of [21, 22, 23, 25, 110, 143, 445, 993]) expect(rules.allowsPort('example.org', refused), String(refused)).to.equal(false);
    for (const allowed of [80, 443, 8080, 8443, 3000]) expect(rules.allowsPort('example.org', allowed), String(allowed)).to.equal(true);
    expect(rules.allowsPort('old.internal', 25)).to.equal(true);
  });

  it('tells public addresses from all others', () => {
    const rules = createAddressRules([]);
    for (const address of ['1.1.1.1', '8.8.8.8', '93.184.216.34', '2606:4700::1111', '2a00:1450:4001::1', '100.63.255.255', '100.128.0.1', '172.15.0.1', '172.32.0.1']) expect(rules.allowsAddress(address, 443), address).to.equal(true);
    for (const address of ['', 'localhost', '1.1.1', '::', 'not an address', '1.1.1.1.1']) expect(rules.allowsAddress(address, 443), address).to.equal(false);
    for (const entry of ['10.0.0.0/64', 'a b', 'http://x', 'host:port', '/8']) expect(() => createAddressRules([entry]), entry).to.throw();
  });

  it('follows three redirects and no more, and checks each', async () => {
    const fetch = guarded(['127.0.0.1']);
    answer = (response, url) => {
      const left = Number(url.slice(1));
      if (left === 0) response.end('there');
      else response.writeHead(302, { location: `/${left - 1}` }).end();
    };
    expect((await fetch(`http://127.0.0.1:${port}/3`)).body.toString()).to.equal('there');
    expect((await failure(fetch(`http://127.0.0.1:${port}/4`))).code).to.equal('outbound_refused');
    for (const location of [`http://[::1]:${port}/`, 'http://169.254.169.254/latest/meta-data', 'file:///etc/passwd', `http://user:pw@127.0.0.1:${port}/`, `http://0:${port}/`, 'http://127.0.0.1:22/']) {
      hits = [];
      answer = (response) => { response.writeHead(302, { location }).end(); };
      expect((await failure(fetch(`http://127.0.0.1:${port}/start`))).code, location).to.equal('outbound_refused');
      expect(hits).to.have.length(1);
    }
  });

  it('takes its secrets along only to where it was sent', async () => {
    const fetch = guarded(['127.0.0.1', '::1']);
    const headers = { authorization: 'Bearer canary', cookie: 'canary', 'x-api-key': 'canary', 'x-rapport-signature': 'canary', accept: 'text/plain' };
    answer = (response, url) => { response.writeHead(url === '/start' ? 307 : 200, { location: `http://[::1]:${port}/elsewhere` }).end(); };
    await fetch(`http://127.0.0.1:${port}/start`, { method: 'POST', headers, body: 'data' });
    expect(hits[1]).to.deep.include({ url: '/elsewhere', method: 'POST', body: 'data' });
    expect(JSON.stringify(hits[1]?.headers)).not.to.contain('canary');
    expect(hits[1]?.headers['accept']).to.equal('text/plain');
    hits = [];
    answer = (response, url) => { response.writeHead(url === '/start' ? 303 : 200, { location: '/same' }).end(); };
    await fetch(`http://127.0.0.1:${port}/start`, { method: 'POST', headers, body: 'data' });
    expect(hits[1]).to.deep.include({ url: '/same', method: 'GET', body: '' });
    expect(hits[1]?.headers['authorization']).to.equal('Bearer canary');
  });

  it('reads no more than it was told, also of an answer without a length', async () => {
    const fetch = guarded(['127.0.0.1']);
    answer = (response) => {
      const more = setInterval(() => response.write(Buffer.alloc(65_536)), 1);
      response.on('close', () => clearInterval(more));
    };
    expect((await failure(fetch(`http://127.0.0.1:${port}/`, { maxBytes: 1_000_000 }))).code).to.equal('too_large');
    answer = (response) => { response.end(Buffer.alloc(1_000_000)); };
    expect((await fetch(`http://127.0.0.1:${port}/`, { maxBytes: 1_000_000 })).body).to.have.length(1_000_000);
  });

  it('waits no longer than it was told, for the first byte and for the last', async () => {
    const fetch = guarded(['127.0.0.1']);
    for (const stall of [() => undefined, (response: ServerResponse) => { response.write('a'); }]) {
      answer = stall;
      const start = performance.now();
      const error = await failure(fetch(`http://127.0.0.1:${port}/`, { timeoutMs: 300 }));
      expect(error.code).to.equal('connection_failed');
      expect(error.facts['sent']).to.equal(true);
      expect(performance.now() - start).to.be.lessThan(2000);
    }
  });

  it('says whether it may have arrived when it was not answered', async () => {
    const closed = createTcp();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const closedPort = (closed.address() as AddressInfo).port;
    await new Promise((resolve) => closed.close(resolve));
    const fetch = guarded(['127.0.0.1']);
    expect((await failure(fetch(`http://127.0.0.1:${closedPort}/`))).facts).to.include({ sent: false });
    answer = (response) => { response.socket?.destroy(); };
    expect((await failure(fetch(`http://127.0.0.1:${port}/`))).facts).to.include({ sent: true });
  });

  it('does not look at proxy variables, asks for nothing compressed and keeps no cookies', async () => {
    process.env['HTTP_PROXY'] = process.env['http_proxy'] = 'http://127.0.0.1:9';
    try {
      const fetch = guarded(['127.0.0.1']);
      answer = (response) => { response.setHeader('set-cookie', 'a=b'); response.end(); };
      await fetch(`http://127.0.0.1:${port}/`);
      await fetch(`http://127.0.0.1:${port}/`);
      expect(hits[1]?.headers['cookie']).to.equal(undefined);
      expect(hits[1]?.headers['accept-encoding']).to.equal('identity');
    } finally {
      delete process.env['HTTP_PROXY'];
      delete process.env['http_proxy'];
    }
  });

  it('gives a status that is no success as an answer', async () => {
    answer = (response) => { response.writeHead(500, { 'retry-after': '7' }).end('no'); };
    const { status, headers, body } = await guarded(['127.0.0.1'])(`http://127.0.0.1:${port}/`);
    expect({ status, retryAfter: headers['retry-after'], body: body.toString() }).to.deep.equal({ status: 500, retryAfter: '7', body: 'no' });
  });
});
