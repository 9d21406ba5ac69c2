import { expect } from 'chai';
import fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSecretBox, deriveKey, loadOrCreateSecret, parseSecret, secretId } from '../../src/store/secrets.js';

const codeOf = (task: () => unknown): unknown => {
  try {
    task();
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
  return 'no error';
};

describe('the secret box', () => {
  const secret = randomBytes(32);

  it('opens what it sealed, whatever the text', () => {
    const box = createSecretBox([secret]);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.string(), (plain, context) => {
        expect(box.open(box.seal(plain, context), context)).to.equal(plain);
      }),
    );
  });

  it('seals the same text differently each time and never shows it', () => {
    const box = createSecretBox([secret]);
    const sealed = Array.from({ length: 20 }, () => box.seal('app-password-4711', 'channel'));
    expect(new Set(sealed.map((one) => one.nonce)).size).to.equal(20);
    expect(new Set(sealed.map((one) => one.data)).size).to.equal(20);
    const raw = sealed.map((one) => Buffer.from(one.data, 'base64').toString('latin1')).join();
    expect(raw).to.not.include('password');
  });

  it('refuses a value that belongs to another channel', () => {
    const box = createSecretBox([secret]);
    const sealed = box.seal('geheim', 'channel-a:password');
    expect(codeOf(() => box.open(sealed, 'channel-b:password'))).to.equal('config_invalid');
  });

  it('refuses a value in which any single byte was changed', () => {
    const box = createSecretBox([secret]);
    const sealed = box.seal('geheim', 'c');
    const data = Buffer.from(sealed.data, 'base64');
    for (let at = 0; at < data.length; at += 1) {
      const changed = Buffer.from(data);
      changed[at] = changed[at]! ^ 1;
      expect(codeOf(() => box.open({ ...sealed, data: changed.toString('base64') }, 'c')), `byte ${at}`).to.equal('config_invalid');
    }
    const nonce = Buffer.from(sealed.nonce, 'base64');
    nonce[0] = nonce[0]! ^ 1;
    expect(codeOf(() => box.open({ ...sealed, nonce: nonce.toString('base64') }, 'c'))).to.equal('config_invalid');
    expect(codeOf(() => box.open({ ...sealed, data: '' }, 'c'))).to.equal('config_invalid');
    expect(codeOf(() => box.open({ ...sealed, nonce: 'AAAA' }, 'c'))).to.equal('config_invalid');
  });

  it('seals with the first of several keys and opens with all of them, so that a key can be replaced', () => {
    const newer = randomBytes(32);
    const old = createSecretBox([secret]).seal('alt', 'c');
    const box = createSecretBox([newer, secret]);
    expect(box.open(old, 'c')).to.equal('alt');
    const fresh = box.seal('neu', 'c');
    expect(fresh.keyId).to.equal(secretId(newer));
    expect(createSecretBox([newer]).open(fresh, 'c')).to.equal('neu');
    expect(codeOf(() => createSecretBox([newer]).open(old, 'c'))).to.equal('config_invalid');
  });

  it('tells in an error neither the secret nor the key', () => {
    const box = createSecretBox([secret]);
    try {
      box.open({ ...box.seal('app-password-4711', 'c'), keyId: 'other' }, 'c');
      expect.fail('it opened');
    } catch (error) {
      const told = JSON.stringify(error, Object.getOwnPropertyNames(error as object));
      expect(told).to.not.include('4711');
      expect(told).to.not.include(secret.toString('hex'));
    }
  });

  it('refuses a master secret that is too short', () => {
    expect(codeOf(() => createSecretBox([Buffer.alloc(16)]))).to.equal('config_invalid');
  });
});

describe('keys derived from the master secret', () => {
  it('are the same for the same purpose and differ for any other purpose or secret', () => {
    const secret = randomBytes(32);
    expect(deriveKey(secret, 'reply-token')).to.have.length(32);
    expect(deriveKey(secret, 'reply-token')).to.deep.equal(deriveKey(secret, 'reply-token'));
    const keys = [deriveKey(secret, 'reply-token'), deriveKey(secret, 'visitor-token'), deriveKey(randomBytes(32), 'reply-token'), secret];
    expect(new Set(keys.map((key) => key.toString('hex'))).size).to.equal(4);
  });

  it('stay what they are: tokens in mails sent years ago are checked with them', () => {
    const fixed = Buffer.from('00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff', 'hex');
    expect(deriveKey(fixed, 'reply-token').toString('hex')).to.equal('2a707ae80b17c9f5398cbb146f76f26683204fd5d277809506c6ee36a329f98e');
  });
});

describe('the secret file', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rapport-secret-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is made once, readable by its owner only, and read from then on', async () => {
    const file = join(folder, 'data', 'secret');
    const made = await loadOrCreateSecret(file);
    expect(made).to.have.length(32);
    expect((await stat(file)).mode & 0o777).to.equal(0o600);
    expect(await loadOrCreateSecret(file)).to.deep.equal(made);
    expect(await readdir(join(folder, 'data'))).to.deep.equal(['secret']);
  });

  it('is the same for all of several starts at once', async () => {
    const file = join(folder, 'secret');
    const secrets = await Promise.all(Array.from({ length: 12 }, () => loadOrCreateSecret(file)));
    expect(new Set(secrets.map((one) => one.toString('hex'))).size).to.equal(1);
  });

  it('is refused and left as it is when it holds something else', async () => {
    const file = join(folder, 'secret');
    for (const content of ['', 'abc', 'g'.repeat(64), 'ab'.repeat(31)]) {
      await writeFile(file, content);
      const error = await loadOrCreateSecret(file).then(() => undefined, (reason: { code: string; message: string }) => reason);
      expect(error?.code, content).to.equal('config_invalid');
      expect(error?.message).to.include(file);
      if (content) expect(error?.message).to.not.include(content);
      expect(await readFile(file, 'utf8')).to.equal(content);
    }
  });

  it('may also be given as text', () => {
    expect(parseSecret(` ${'ab'.repeat(32)}\n`, 'SECRET')).to.deep.equal(Buffer.alloc(32, 0xab));
    expect(() => parseSecret('nope', 'SECRET')).to.throw('SECRET must hold 64 hex digits');
  });
});
