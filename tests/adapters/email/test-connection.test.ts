import { expect } from 'chai';
import { readFile, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConnectionReport } from '../../../src/adapters/contract/abilities.js';
import { hasDovecot, makeCertificate, startDovecot, type DovecotServer } from '../../support/dovecot.js';
import { requirePeer } from '../../support/peers.js';
import { startSmtp, type SmtpServer } from '../../support/smtp.js';
import { emailAdapter, mailAccount } from './support/mailbox.js';

describe('“test connection” of a mailbox', function () {
  let dovecot: DovecotServer;
  let smtp: SmtpServer;
  let secure: SmtpServer;
  let folder: string;

  before(async function () {
    requirePeer(this, 'dovecot', hasDovecot);
    folder = await mkdtemp(join(tmpdir(), 'cert-'));
    await makeCertificate(folder);
    const tls = { key: await readFile(join(folder, 'key.pem'), 'utf8'), cert: await readFile(join(folder, 'cert.pem'), 'utf8'), implicit: true };
    [dovecot, smtp, secure] = await Promise.all([startDovecot({ tls: true }), startSmtp(), startSmtp({ tls })]);
  });
  after(async () => {
    await Promise.all([dovecot?.stop(), smtp?.stop(), secure?.stop()]);
    await rm(folder, { recursive: true, force: true });
  });

  const good = (): Record<string, unknown> => ({ imapPort: dovecot.port, imapPassword: dovecot.password, smtpPort: smtp.port });
  const test = (more: Record<string, unknown>, deps: Parameters<typeof emailAdapter>[0] = {}): Promise<ConnectionReport> =>
    emailAdapter(deps).test(mailAccount({ ...good(), ...more }).settings);
  const failed = (report: ConnectionReport): string => report.steps.filter((step) => !step.ok).map((step) => `${step.name}: ${step.detail}`).join('\n');

  it('goes through every step when all is right, and sends nothing', async () => {
    const report = await test({});
    expect(failed(report)).to.equal('');
    expect(report.ok).to.equal(true);
    expect(report.steps.map((step) => step.name)).to.deep.equal(['IMAP server', 'IMAP sign-in', 'Folder INBOX', 'Sent folder', 'SMTP server', 'SMTP sign-in', 'Sender address']);
    expect(smtp.received).to.deep.equal([]);
    expect(smtp.seen).to.deep.equal([]);
  });

  it('says that a password is wrong, on either side, and what usually helps', async () => {
    const report = await test({ imapPassword: 'no', smtpPassword: 'no' });
    expect(failed(report)).to.match(/IMAP sign-in: .*refuses user name or password.*app password/s);
    expect(failed(report)).to.match(/SMTP sign-in: .*refuses user name or password.*535/s);
  });

  it('names the provider’s own way where it is known', async () => {
    const { passwordAdvice } = await import('../../../src/adapters/email/receive/imap-errors.js');
    expect(passwordAdvice('imap.gmail.com')).to.contain('app password');
    expect(passwordAdvice('outlook.office365.com')).to.contain('Microsoft no longer accepts');
  });

  it('says that nothing answers at a port, and that a name is no server', async () => {
    const closed: Server = createServer();
    const port = await new Promise<number>((resolve) => closed.listen(0, '127.0.0.1', () => resolve((closed.address() as { port: number }).port)));
    await new Promise((resolve) => closed.close(resolve));
    expect(failed(await test({ imapPort: port, smtpPort: port }))).to.match(/IMAP server: Nothing answers at 127\.0\.0\.1:\d+.*\nSMTP server: Nothing answers/);
    expect(failed(await test({ imapHost: 'nowhere.invalid', smtpHost: 'nowhere.invalid' }))).to.match(/IMAP server: No server is called that: nowhere\.invalid.*\nSMTP server: No server is called that/);
  });

  it('accepts no self-signed certificate unless told to, and says so', async () => {
    const encrypted = { imapTls: 'tls', imapPort: dovecot.tlsPort, smtpTls: 'tls', smtpPort: secure.port };
    expect(failed(await test(encrypted))).to.match(/IMAP server: The certificate of .* is self-signed.*\nSMTP server: The certificate of .* is self-signed/);
    expect(failed(await test({ ...encrypted, allowSelfSigned: true }))).to.equal('');
    expect(failed(await test({ imapTls: 'starttls', allowSelfSigned: true }))).to.equal('');
  });

  it('recognises port and encryption that do not fit together', async () => {
    expect(failed(await test({ imapTls: 'tls', smtpTls: 'tls' }))).to.match(/IMAP server: .*does not speak TLS from the first byte.*\nSMTP server: .*does not speak TLS from the first byte/);
    expect(failed(await test({ smtpTls: 'starttls' }))).to.match(/SMTP server: .*no STARTTLS/);
  });

  it('names the folders there are when one is wrong', async () => {
    const report = await test({ folder: 'Support', sentFolder: 'Gesendet' });
    expect(failed(report)).to.match(/Folder Support: There is no folder “Support”\. There are: .*INBOX.*\nSent folder: There is no folder “Gesendet”/);
  });

  it('notices that the server does not take mail from this address', async () => {
    smtp.next({ at: 'rcpt', code: 553, text: '5.7.1 sender address not owned by user' });
    expect(failed(await test({}))).to.match(/Sender address: .*not owned by user.*belongs to this account/);
  });

  it('asks no host that the operator has ruled out', async () => {
    const report = await test({}, { refuseHost: async (host) => (host === '127.0.0.1' ? 'Addresses inside this network are not allowed.' : undefined) });
    expect(report.steps.map((step) => step.detail)).to.deep.equal(['Addresses inside this network are not allowed.', 'Addresses inside this network are not allowed.']);
  });

  it('finds every fault of half-filled settings by name', () => {
    const checked = emailAdapter().settings.safeParse({ address: 'not an address', imapHost: 'a b', smtpPort: 99_999 });
    const faults = checked.error?.issues.map((issue) => issue.path.join('.')) ?? [];
    expect(faults).to.include.members(['address', 'imapHost', 'imapPassword', 'smtpHost', 'smtpPort']);
  });
});
