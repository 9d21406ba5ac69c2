import { expect } from 'chai';
import { generateKeyPairSync } from 'node:crypto';
import { dkimSign } from 'mailauth/lib/dkim/sign.js';
import { verifyMail, type DnsResolver } from '../../../src/adapters/email/verify.js';
import { eventOf } from './support/summary.js';

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const published = keys.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');

/** DNS as the world would answer: only these names exist. */
function dns(records: Record<string, string>): DnsResolver {
  return async (name, type) => {
    const found = type === 'TXT' ? records[name] : undefined;
    if (found === undefined) throw Object.assign(new Error(`no ${type} for ${name}`), { code: 'ENOTFOUND' });
    return [[found]];
  };
}

const zone = dns({ 's1._domainkey.posteo.example': `v=DKIM1; k=rsa; p=${published}`, '_dmarc.posteo.example': 'v=DMARC1; p=reject', 's1._domainkey.evil.example': `v=DKIM1; k=rsa; p=${published}` });
const plain = 'From: Ines Kern <ines@posteo.example>\r\nTo: support@velowerk.example\r\nSubject: Hi\r\nDate: Thu, 12 Mar 2026 10:11:12 +0100\r\nMessage-ID: <v1@posteo.example>\r\n\r\nHello\r\n';

async function signed(mail: string, domain: string): Promise<Buffer> {
  const made = await dkimSign(mail, { signatureData: [{ signingDomain: domain, selector: 's1', privateKey: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), algorithm: 'rsa-sha256' }], signTime: new Date() } as Parameters<typeof dkimSign>[1]);
  return Buffer.from(made.signatures + mail);
}

describe('whether a sender address is vouched for', () => {
  it('passes with a valid signature of the sender’s own domain, and then the channel vouches for the sender', async () => {
    const raw = await signed(plain, 'posteo.example');
    const auth = await verifyMail(raw, { resolver: zone, trustedServer: '' });
    expect(auth.dmarc, auth.detail).to.equal('pass');
    const event = await eventOf(raw, { auth });
    expect(event.type === 'message' ? event.sender.proof : '').to.equal('channel');
    expect(event.type === 'message' ? event.sender.aliases : []).to.deep.equal([{ type: 'email', value: 'ines@posteo.example', proof: 'channel' }]);
  });

  it('passes for a domain that publishes no policy, if its signature fits', async () => {
    const raw = await signed(plain.replaceAll('posteo.example', 'evil.example'), 'evil.example');
    expect((await verifyMail(raw, { resolver: zone, trustedServer: '' })).dmarc).to.equal('pass');
  });

  it('fails with a signature of somebody else’s domain where the domain demands its own', async () => {
    const auth = await verifyMail(await signed(plain, 'evil.example'), { resolver: zone, trustedServer: '' });
    expect(auth.dmarc, auth.detail).to.equal('fail');
  });

  it('fails when the text was changed after signing', async () => {
    const raw = Buffer.from((await signed(plain, 'posteo.example')).toString().replace('Hello', 'Send money'));
    expect((await verifyMail(raw, { resolver: zone, trustedServer: '' })).dmarc).to.equal('fail');
  });

  it('is nobody’s word without signature, and then the sender is only a claim', async () => {
    const raw = Buffer.from(plain.replaceAll('posteo.example', 'nowhere.example'));
    const auth = await verifyMail(raw, { resolver: zone, trustedServer: '' });
    expect(auth.dmarc).to.equal('none');
    const event = await eventOf(raw, { auth });
    expect(event.type === 'message' ? event.sender.proof : '').to.equal('claimed');
  });

  it('never passes with two From lines or two senders in one', async () => {
    const two = Buffer.from(`From: boss@velowerk.example\r\n${(await signed(plain, 'posteo.example')).toString()}`);
    expect((await verifyMail(two, { resolver: zone, trustedServer: '' })).dmarc).to.equal('none');
    const pair = await signed(plain.replace('From: Ines Kern <ines@posteo.example>', 'From: ines@posteo.example, tom@evil.example'), 'posteo.example');
    expect((await verifyMail(pair, { resolver: zone, trustedServer: '' })).dmarc).to.equal('none');
  });

  it('is not checked when DNS does not answer, and says so', async () => {
    const auth = await verifyMail(await signed(plain, 'posteo.example'), { resolver: () => Promise.reject(Object.assign(new Error('timeout'), { code: 'ETIMEOUT' })), trustedServer: '' });
    expect(auth.dmarc).to.equal('none');
  });

  it('believes only the topmost result of the server named in the settings', async () => {
    const ours = 'Authentication-Results: mx.velowerk.example; dkim=pass header.d=posteo.example; dmarc=pass header.from=posteo.example\r\n';
    const forged = 'Authentication-Results: mx.velowerk.example; dmarc=pass header.from=posteo.example\r\n';
    const bad = 'Authentication-Results: mx.velowerk.example; dmarc=fail header.from=posteo.example\r\n';
    const check = async (mail: string, trustedServer = 'mx.velowerk.example'): Promise<string> => (await verifyMail(Buffer.from(mail), { trustedServer })).dmarc;
    expect(await check(ours + plain)).to.equal('pass');
    expect(await check(bad + forged + plain)).to.equal('fail');
    expect(await check(ours + plain, 'mx.other.example')).to.equal('none');
    expect(await check(`Authentication-Results: mx.velowerk.example.evil.example; dmarc=pass\r\n${plain}`)).to.equal('none');
    expect(await check(`Authentication-Results: mx.velowerk.example; dmarc=pass header.from=evil.example\r\n${plain}`)).to.equal('none');
    expect(await check(`Authentication-Results: mx.velowerk.example; dkim=pass header.d=evil.example\r\n${plain}`)).to.equal('none');
    expect(await check(`Authentication-Results: mx.velowerk.example; spf=none (dmarc=pass header.from=posteo.example)\r\n${plain}`)).to.equal('none');
  });
});
