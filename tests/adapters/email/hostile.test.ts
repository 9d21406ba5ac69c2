import { expect } from 'chai';
import { eventOf, fixture, fixtureNames } from './support/summary.js';

/** A small generator with a seed, so that a failure can be repeated. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), state | 1) + 0x6d2b79f5) | 0;
    return ((state ^ (state >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const scraps = ['\0', '\r', '\n\n', '--', '=?utf-8?B?', '?=', 'Content-Type: multipart/mixed; boundary=x\r\n', '--x\r\n', '--x--', '<', '>', '"', '(', ';', ',', '=', '%', '\xff\xfe', '\u001b$B', 'boundary="', '__proto__', ' '.repeat(300), '('.repeat(200), '@', 'Message-ID: <', 'From: '];

function mutate(raw: Buffer, random: () => number): Buffer {
  let bytes = Buffer.from(raw);
  const pick = (n: number): number => Math.floor(random() * n);
  for (let n = 1 + pick(6); n > 0; n -= 1) {
    const at = pick(bytes.length + 1);
    const length = pick(Math.min(80, bytes.length - at + 1));
    const kind = pick(5);
    const [before, cut, after] = [bytes.subarray(0, at), bytes.subarray(at, at + length), bytes.subarray(at + length)];
    if (kind === 0) bytes = Buffer.concat([before, after]);
    else if (kind === 1) bytes = Buffer.concat([before, Buffer.from(scraps[pick(scraps.length)] ?? '', 'latin1'), cut, after]);
    else if (kind === 2) bytes = Buffer.concat([before, cut, cut, cut, after]);
    else if (kind === 3 && bytes.length > 0) bytes[pick(bytes.length)] = pick(256);
    else bytes = Buffer.concat([after, before, cut]);
  }
  return bytes;
}

const head = 'From: ines@posteo.example\r\nTo: support@velowerk.example\r\nSubject: bomb\r\nMessage-ID: <bomb@posteo.example>\r\nMIME-Version: 1.0\r\n';

/** Each must end as an event, in about a second on a busy machine, and with the sender known. */
const bombs: Record<string, () => string> = {
  '10,000 parts': () => `${head}Content-Type: multipart/mixed; boundary=x\r\n\r\n${'--x\r\n\r\na\r\n'.repeat(10_000)}--x--`,
  'multiparts nested a thousand deep': () => head + Array.from({ length: 1_000 }, (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`).join('') + '\r\ndeep inside',
  'a header line of a megabyte': () => `${head}X-Long: ${'a'.repeat(1_000_000)}\r\n\r\nhi`,
  'a hundred thousand recipients': () => `${head.replace('To: support@velowerk.example', `To: ${Array.from({ length: 100_000 }, (_, n) => `u${n}@x.example`).join(',')}`)}\r\nhi`,
  'a subject of half a megabyte of encoded words': () => `${head.replace('Subject: bomb', `Subject: ${'=?utf-8?Q?=C3=A4?= '.repeat(30_000)}`)}\r\nhi`,
  'half a megabyte of opening brackets in From': () => `${head.replace('From: ines@posteo.example', `From: ines@posteo.example, ${'<'.repeat(500_000)}`)}\r\nhi`,
  'nested comments in To': () => `${head.replace('To: ', `To: ${'('.repeat(100_000)}`)}\r\nhi`,
  'a body line of five megabytes': () => `${head}\r\n${'x'.repeat(5_000_000)}`,
  'a million short lines': () => `${head}\r\n${'>\n'.repeat(1_000_000)}`,
  'two hundred thousand attribution lines': () => `${head}\r\n${'On 3 wrote:\n'.repeat(200_000)}`,
  'HTML nested a hundred thousand deep': () => `${head}Content-Type: text/html\r\n\r\n${'<div><blockquote>'.repeat(100_000)}x`,
  'a megabyte of opening angle brackets as HTML': () => `${head}Content-Type: text/html\r\n\r\n${'<'.repeat(1_000_000)}`,
  'a megabyte of entities': () => `${head}Content-Type: text/html\r\n\r\n${'&amp'.repeat(250_000)}`,
  'a megabyte of white space in a quoted-printable body': () => `${head}Content-Transfer-Encoding: quoted-printable\r\n\r\n${' '.repeat(1_000_000)}x`,
  'a base64 line of ten megabytes': () => `${head}Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n${'QUJD'.repeat(2_500_000)}`,
  'a file name in twenty thousand pieces': () => `${head}Content-Type: application/pdf;\r\n${Array.from({ length: 20_000 }, (_, n) => ` name*${n}=a;\r\n`).join('')}\r\nx`,
  'ten thousand References': () => `${head}References: ${Array.from({ length: 10_000 }, (_, n) => `<r${n}@x.example>`).join('\r\n ')}\r\n\r\nhi`,
  'a TNEF of empty attributes': () => `${head}Content-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.concat([Buffer.from('789f3e220100', 'hex'), ...Array.from({ length: 200_000 }, () => Buffer.from('010c80020000000000' + '0000', 'hex'))]).toString('base64')}`,
};

describe('hostile mails', function () {
  this.timeout(180_000);

  for (const [name, make] of Object.entries(bombs)) {
    it(`${name}: ends in bounded time, with its sender known`, async () => {
      const raw = Buffer.from(make(), 'latin1');
      const start = performance.now();
      const event = await eventOf(raw);
      const took = performance.now() - start;
      expect(took, `${Math.round(took)} ms`).to.be.lessThan(4_000);
      expect(event.type).to.equal('message');
      expect(event.type === 'message' ? event.sender.externalUserId : '').to.equal('ines@posteo.example');
      expect(JSON.stringify(event).length).to.be.lessThan(2_000_000);
    });
  }

  // A minute in CI, a few seconds at a desk.
  const mutations = process.env['REQUIRE_PEERS'] === '1' ? 10_000 : 1_500;
  it(`${mutations} mutated mails: every one becomes an event, none takes long`, async () => {
    const originals = fixtureNames().map(fixture).filter((raw) => raw.length < 6_000);
    const seed = Number(process.env['FUZZ_SEED'] ?? 20_260_312);
    const random = randomOf(seed);
    let slowest = 0;
    for (let n = 0; n < mutations; n += 1) {
      const raw = mutate(originals[n % originals.length] ?? Buffer.alloc(0), random);
      const start = performance.now();
      const event = await eventOf(raw).catch((error: unknown) => {
        throw new Error(`mutation ${n} of seed ${seed}: ${String(error)}\n${raw.toString('base64')}`, { cause: error });
      });
      slowest = Math.max(slowest, performance.now() - start);
      if (event.type === 'message') expect(event.externalId, `mutation ${n}`).to.match(/^[^\s<>]/);
    }
    expect(slowest).to.be.lessThan(2_000);
  });

  it('leave the prototype of objects alone', async () => {
    await eventOf(Buffer.from(`${head}__proto__: x\r\nconstructor: y\r\nContent-Type: text/plain; __proto__=polluted\r\nList-__proto__: <z>\r\n\r\nhi`));
    expect(Object.keys(Object.prototype)).to.deep.equal([]);
    expect(({} as Record<string, unknown>)['polluted']).to.equal(undefined);
  });

  it('double in time when they double in size: nothing is quadratic', async () => {
    const shapes: ((n: number) => string)[] = [
      (n) => `${head}\r\n${'> '.repeat(n)}`,
      (n) => `${head}\r\n${'-'.repeat(n)}`,
      (n) => `${head}\r\n${'On Monday '.repeat(n / 5)}`,
      (n) => `${head}\r\n${'From: a\nTo: b\n'.repeat(n / 8)}`,
      (n) => `${head}Content-Type: text/html\r\n\r\n${'<a href="http://x">'.repeat(n / 10)}`,
      (n) => `${head}Content-Type: text/html\r\n\r\n${'<p>&nbsp;'.repeat(n / 5)}`,
      (n) => `${head}X: ${'=?utf-8?Q?'.repeat(n / 20)}\r\nSubject: ${'=?a?b?'.repeat(n / 20)}\r\n\r\n`,
      (n) => `${head}From: ${'"a'.repeat(n / 20)}\r\nTo: ${'a@b, <'.repeat(n / 20)}\r\n\r\n`,
    ];
    for (const [index, shape] of shapes.entries()) {
      const time = async (n: number): Promise<number> => {
        const raw = Buffer.from(shape(n));
        let best = Infinity;
        for (let round = 0; round < 3; round += 1) {
          const start = performance.now();
          await eventOf(raw);
          best = Math.min(best, performance.now() - start);
        }
        return best;
      };
      await time(100_000);
      const [small, large] = [await time(200_000), await time(800_000)];
      expect(large, `shape ${index}: ${small.toFixed(1)} ms, then ${large.toFixed(1)} ms for four times as much`).to.be.lessThan(Math.max(400, small * 9));
    }
  });
});
