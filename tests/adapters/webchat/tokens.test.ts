import { createHmac, randomBytes } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { createWebchatAdapter } from '../../../src/adapters/webchat/index.js';
import { newIdentitySecret, webchatSettings } from '../../../src/adapters/webchat/config.js';
import type { Account } from '../../../src/adapters/contract.js';
import type { VisitorPass } from '../../../src/adapters/contract/visitors.js';

const key = randomBytes(32);
const webchat = createWebchatAdapter({ visitorKey: key });
const now = Date.UTC(2026, 10, 9);
const year = 365 * 24 * 60 * 60 * 1000;
const secret = newIdentitySecret();

function account(settings: Record<string, unknown> = { identitySecret: secret }): Account {
  return {
    channel: { _id: 'shop', kind: 'webchat', name: 'Shop', state: 'on', settings: {}, secrets: {}, createdAt: now, changeSeq: 1 },
    settings: webchatSettings.parse(settings),
  };
}

function hash(text: string, withSecret = secret): string {
  return createHmac('sha256', withSecret).update(text).digest('hex');
}

describe('The token of a visitor', () => {
  const pass: VisitorPass = { ...webchat.newPass('shop', 'de'), name: 'Ines Bauer', email: { address: 'ines.bauer@posteo.example', proof: 'claimed' } };

  it('names the visitor it was made for, with all that is known of them', () => {
    expect(webchat.openPass(webchat.sealPass(pass, now), 'shop', now)).to.deep.equal(pass);
  });

  it('carries a random id of at least 128 bits, never the same twice', () => {
    const ids = new Set(Array.from({ length: 1000 }, () => webchat.newPass('shop').visitorId));
    expect(ids.size).to.equal(1000);
    for (const id of ids) expect(Buffer.from(id, 'base64url').length).to.be.at.least(16);
  });

  it('is good for a year and not a moment longer', () => {
    const token = webchat.sealPass(pass, now);
    expect(webchat.openPass(token, 'shop', now + year - 1)).to.deep.equal(pass);
    expect(webchat.openPass(token, 'shop', now + year)).to.equal(undefined);
  });

  it('opens nothing on another channel', () => {
    expect(webchat.openPass(webchat.sealPass(pass, now), 'other', now)).to.equal(undefined);
  });

  it('opens nothing under another key', () => {
    const stranger = createWebchatAdapter({ visitorKey: randomBytes(32) });
    expect(webchat.openPass(stranger.sealPass(pass, now), 'shop', now)).to.equal(undefined);
  });

  it('is worthless once a single character was changed, added or taken away', () => {
    const token = webchat.sealPass(pass, now);
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.';
    for (let at = 0; at < token.length; at += 1) {
      const other = alphabet[(alphabet.indexOf(token.charAt(at)) + 1) % alphabet.length] ?? 'A';
      expect(webchat.openPass(token.slice(0, at) + other + token.slice(at + 1), 'shop', now), `changed at ${at}`).to.equal(undefined);
      expect(webchat.openPass(token.slice(0, at) + token.slice(at + 1), 'shop', now), `shortened at ${at}`).to.equal(undefined);
    }
    expect(webchat.openPass(`${token}A`, 'shop', now)).to.equal(undefined);
  });

  it('cannot be forged by signing with an empty, short or missing tag', () => {
    const [body] = webchat.sealPass(pass, now).split('.');
    for (const token of [`${body}.`, `${body}`, `${body}.AAAA`, '', '.', 'a.b.c', `${body}.${'A'.repeat(43)}`]) expect(webchat.openPass(token, 'shop', now)).to.equal(undefined);
  });

  it('is no upload handle, an upload handle is no link, and neither is a token', () => {
    const file = { channelId: 'shop', visitorId: pass.visitorId, blobId: 'blob-1', name: 'fork.jpg', mime: 'image/jpeg', size: 12 };
    const [upload, download] = [webchat.sealFile(file, 'upload', now), webchat.sealFile(file, 'download', now)];
    expect(webchat.openFile(upload, 'upload', now)).to.deep.equal(file);
    expect(webchat.openFile(upload, 'download', now)).to.equal(undefined);
    expect(webchat.openFile(download, 'upload', now)).to.equal(undefined);
    expect(webchat.openPass(upload, 'shop', now)).to.equal(undefined);
    expect(webchat.openFile(webchat.sealPass(pass, now), 'upload', now)).to.equal(undefined);
  });

  it('survives whatever is thrown at it', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ maxLength: 300 }), fc.base64String({ maxLength: 300 }), fc.tuple(fc.base64String(), fc.base64String()).map((parts) => parts.join('.'))), (token) => {
      expect(webchat.openPass(token, 'shop', now)).to.equal(undefined);
    }), { numRuns: 2000 });
  });
});

describe('Saying who one is', () => {
  const pass = webchat.newPass('shop');

  it('with a valid hash over the id makes the visitor that user of the site', () => {
    const { pass: after, proven } = webchat.identify(pass, { id: '4711', name: 'Ines Bauer', hash: hash('4711') }, account());
    expect(proven).to.equal(true);
    expect(after).to.include({ userId: '4711', visitorId: pass.visitorId, name: 'Ines Bauer' });
    expect(webchat.identityIds(after)).to.deep.equal(['webchat:shop:user:4711', `webchat:shop:${pass.visitorId}`]);
  });

  it('takes an upper-case hash as well', () => {
    expect(webchat.identify(pass, { id: '4711', hash: hash('4711').toUpperCase() }, account()).proven).to.equal(true);
  });

  it('proves no address by a hash over the id alone', () => {
    const { pass: after } = webchat.identify(pass, { id: '4711', email: 'Ines@posteo.example', hash: hash('4711') }, account());
    expect(after.email).to.deep.equal({ address: 'ines@posteo.example', proof: 'claimed' });
  });

  it('proves the address by a hash over id, line feed and address', () => {
    const { pass: after, proven } = webchat.identify(pass, { id: '4711', email: 'ines@posteo.example', hash: hash('4711\nines@posteo.example') }, account());
    expect(proven).to.equal(true);
    expect(after.email).to.deep.equal({ address: 'ines@posteo.example', proof: 'channel' });
  });

  it('cannot pass a hash over one id off as one over another id and an address', () => {
    expect(webchat.readClaim({ id: 'a\nvictim@posteo.example', hash: hash('a\nvictim@posteo.example') })).to.equal(undefined);
  });

  for (const [what, given] of Object.entries({
    'no hash': undefined, 'an empty hash': '', 'the hash of another id': hash('4712'), 'a hash under another secret': hash('4711', newIdentitySecret()),
    'a cut hash': hash('4711').slice(0, 62), 'a hash with more behind it': `${hash('4711')}00`, 'no hexadecimal digits': 'z'.repeat(64),
  })) {
    it(`with ${what} proves nothing: the name and the address are claims`, () => {
      const { pass: after, proven } = webchat.identify(pass, { id: '4711', email: 'ines@posteo.example', name: 'Ines', ...(given === undefined ? {} : { hash: given }) }, account());
      expect(proven).to.equal(false);
      expect(after.userId).to.equal(undefined);
      expect(after.email).to.deep.equal({ address: 'ines@posteo.example', proof: 'claimed' });
      expect(webchat.identityIds(after)).to.deep.equal([`webchat:shop:${pass.visitorId}`]);
    });
  }

  it('proves nothing on a channel without identity secret, not even with the hash under an empty key', () => {
    const empty = createHmac('sha256', '').update('4711').digest('hex');
    expect(webchat.identify(pass, { id: '4711', hash: empty }, account({})).proven).to.equal(false);
  });

  it('as another user begins a new visitor, so that nobody inherits a thread on a shared computer', () => {
    const ines = webchat.identify(pass, { id: '4711', name: 'Ines', email: 'ines@posteo.example', hash: hash('4711') }, account()).pass;
    const jonas = webchat.identify(ines, { id: '4712', hash: hash('4712') }, account()).pass;
    expect(jonas.visitorId).to.not.equal(ines.visitorId);
    expect(jonas).to.not.have.any.keys('name', 'email');
    expect(webchat.identityIds(jonas)).to.not.include(`webchat:shop:${ines.visitorId}`);
  });

  it('as another user without a hash begins a new visitor too', () => {
    const first = webchat.identify(pass, { id: '4711' }, account()).pass;
    expect(webchat.identify(first, { id: '4711' }, account()).pass.visitorId).to.equal(pass.visitorId);
    expect(webchat.identify(first, { id: '4712' }, account()).pass.visitorId).to.not.equal(pass.visitorId);
    const proven = webchat.identify(pass, { id: '4711', hash: hash('4711') }, account()).pass;
    const unproven = webchat.identify(proven, { id: '4712' }, account()).pass;
    expect(unproven.userId).to.equal(undefined);
    expect(unproven.visitorId).to.not.equal(proven.visitorId);
  });

  it('by typing an address that the site has proved does not take the proof away', () => {
    const proved = webchat.identify(pass, { id: '4711', email: 'ines@posteo.example', hash: hash('4711\nines@posteo.example') }, account()).pass;
    expect(webchat.identify(proved, { email: 'Ines@Posteo.example' }, account()).pass.email?.proof).to.equal('channel');
    expect(webchat.identify(proved, { email: 'other@posteo.example' }, account()).pass.email).to.deep.equal({ address: 'other@posteo.example', proof: 'claimed' });
  });

  it('tells the inbox once for the same claim, on the user and on the anonymous visitor it was', () => {
    const after = webchat.identify(pass, { id: '4711', email: 'ines@posteo.example', hash: hash('4711\nines@posteo.example') }, account()).pass;
    const events = webchat.identityEvents(after, now);
    expect(events.map((event) => event.type === 'identity' && event.sender.externalUserId)).to.deep.equal(['user:4711', pass.visitorId]);
    for (const event of events) expect(event.type === 'identity' && event.sender.aliases[0]).to.deep.equal({ type: 'email', value: 'ines@posteo.example', proof: 'channel' });
    expect(webchat.identityEvents(after, now + 5).map(({ eventId }) => eventId)).to.deep.equal(events.map(({ eventId }) => eventId));
  });
});

describe('Settings of a bubble', () => {
  it('may be left empty altogether', () => {
    expect(webchat.visitorSettings(account({}))).to.deep.equal({ allowedOrigins: [], position: 'right', languages: ['en', 'de', 'es', 'fr'], continueByEmail: true });
    expect(webchat.visitorSettings(account({ companyName: '', greeting: '', accent: '', position: '', identitySecret: '', languages: [] })).position).to.equal('right');
  });

  it('take sites as people paste them, and nothing that is no site', () => {
    expect(webchat.visitorSettings(account({ allowedOrigins: ['https://Shop.example/', 'https://shop.example/cart?x=1', 'http://localhost:8080', 'https://*.velowerk.example'] })).allowedOrigins)
      .to.deep.equal(['https://shop.example', 'https://shop.example', 'http://localhost:8080', 'https://*.velowerk.example']);
    for (const wrong of ['shop.example', '*', 'https://*', 'https://', 'javascript:alert(1)', 'https://sh op.example', 'https://a.*.example', 'null']) {
      expect(webchatSettings.safeParse({ allowedOrigins: [wrong] }).success, wrong).to.equal(false);
    }
  });

  it('refuse a short identity secret, an odd colour and a language the bubble does not speak', () => {
    for (const wrong of [{ identitySecret: 'short' }, { accent: 'red;}' }, { languages: ['tlh'] }, { position: 'top' }]) expect(webchatSettings.safeParse(wrong).success, JSON.stringify(wrong)).to.equal(false);
  });

  it('come with a fresh random identity secret for every channel', () => {
    const [one, two] = [webchat.newSecrets()['identitySecret'], webchat.newSecrets()['identitySecret']];
    expect(one).to.match(/^[0-9a-f]{64}$/).and.not.equal(two);
  });
});
