import { expect } from 'chai';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import type { Account } from '../../../src/adapters/contract.js';
import { AppError } from '../../../src/errors.js';
import { createMailIds } from '../../../src/adapters/email/ids.js';
import { hasDovecot, startDovecot, type DovecotServer } from '../../support/dovecot.js';
import { requirePeer } from '../../support/peers.js';
import { waitFor } from '../../support/wait-for.js';
import { emailAdapter, mailAccount, plainMail, quick, replyKey } from './support/mailbox.js';
import { recordingHost, type RecordingHost } from './support/recording-host.js';

describe('a mailbox on a real IMAP server', function () {
  let dovecot: DovecotServer;
  const open: { stop(): Promise<void> }[] = [];

  before(async function () {
    requirePeer(this, 'dovecot', hasDovecot);
    dovecot = await startDovecot({ accounts: 20 });
  });
  after(async () => {
    await dovecot?.stop();
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((each) => each.stop()));
  });

  let next = 0;
  /** Every test has an account of its own. */
  function box(more: Record<string, unknown> = {}): { user: string; account: Account } {
    const { user, password } = dovecot.accounts[next++] ?? { user: '', password: '' };
    return { user, account: mailAccount({ address: user, imapPort: dovecot.port, imapUser: user, imapPassword: password, ...more }) };
  }
  function hold(account: Account, host: RecordingHost, deps: Parameters<typeof emailAdapter>[0] = {}): { stop(): Promise<void>; poke(): void } {
    const held = emailAdapter(deps).open(account, host);
    open.push(held);
    return held;
  }

  it('takes in what is there at the first connection if it is young enough, and leaves older mail alone', async () => {
    const { user, account } = box({ importDays: 7 });
    const host = recordingHost();
    await dovecot.append('INBOX', plainMail({ subject: 'a month old' }), { user, date: new Date(Date.now() - 30 * 86_400_000) });
    await dovecot.append('INBOX', plainMail({ subject: 'two days old' }), { user, date: new Date(Date.now() - 2 * 86_400_000) });
    hold(account, host);
    await waitFor(() => host.messages().length === 1, { what: 'the young mail' });
    await dovecot.append('INBOX', plainMail({ subject: 'fresh' }), { user });
    await waitFor(() => host.messages().length === 2);
    expect(host.subjects()).to.deep.equal(['two days old', 'fresh']);
    await waitFor(() => host.health.at(-1)?.state === 'ok');
  });

  it('shows a new mail by IDLE long before the next poll', async () => {
    const { user, account } = box();
    const host = recordingHost();
    hold(account, host, { timing: { ...quick, pollMs: 600_000 } });
    await waitFor(() => host.health.some((each) => each.state === 'ok'));
    await dovecot.append('INBOX', plainMail({ subject: 'at once' }), { user });
    await waitFor(() => host.subjects().includes('at once'), { timeoutMs: 5_000 });
    const raw = host.blobs.get(host.messages()[0]?.rawBlobId ?? '')?.toString() ?? '';
    expect(raw).to.contain('Subject: at once\r\n');
  });

  it('changes no flag on the server and deletes nothing', async () => {
    const { user, account } = box();
    const host = recordingHost();
    await dovecot.append('INBOX', plainMail({ subject: 'untouched' }), { user });
    hold(account, host);
    await waitFor(() => host.messages().length === 1);
    const [left] = await dovecot.list('INBOX', { user });
    expect(left?.flags).to.not.include('\\Seen');
  });

  it('takes in mail that somebody has read already: the Seen flag means nothing', async () => {
    const { user, account } = box();
    const host = recordingHost();
    hold(account, host);
    await waitFor(() => host.health.some((each) => each.state === 'ok'));
    await dovecot.append('INBOX', plainMail({ subject: 'read on a phone' }), { user, flags: ['\\Seen'] });
    await waitFor(() => host.subjects().includes('read on a phone'));
  });

  it('goes on after every connection was cut, without gap or double', async () => {
    const { user, account } = box();
    const host = recordingHost();
    hold(account, host);
    await dovecot.append('INBOX', plainMail({ subject: 'one' }), { user });
    await waitFor(() => host.subjects().includes('one'));
    await dovecot.kickAll();
    await dovecot.append('INBOX', plainMail({ subject: 'two' }), { user });
    await waitFor(() => host.subjects().includes('two'));
    expect(host.subjects()).to.deep.equal(['one', 'two']);
  });

  it('resumes where the cursor stood: what was handed over before it moved is recognised, nothing is missed', async () => {
    const { user, account } = box();
    const host = recordingHost();
    for (const subject of ['first', 'second', 'third']) await dovecot.append('INBOX', plainMail({ subject }), { user });
    const setCursor = host.setCursor;
    host.setCursor = async (cursor) => {
      if (host.events.length > 0) throw new AppError('store_unavailable', 'killed before the cursor was stored');
      await setCursor(cursor);
    };
    const held = hold(account, host);
    await waitFor(() => host.messages().length === 3);
    await held.stop();
    host.setCursor = setCursor;
    let again = 0;
    const { sink } = host;
    host.sink = async (events) => {
      again += events.length;
      await sink(events);
    };
    hold(account, host);
    await dovecot.append('INBOX', plainMail({ subject: 'fourth' }), { user });
    await waitFor(() => host.subjects().includes('fourth'));
    expect(again).to.be.greaterThan(3);
    expect(host.subjects()).to.deep.equal(['first', 'second', 'third', 'fourth']);
  });

  it('keeps mail on the server while the store refuses it, says so, and takes it in afterwards', async () => {
    const { user, account } = box();
    const host = recordingHost();
    host.failing = new AppError('store_unavailable', 'disk is away');
    await dovecot.append('INBOX', plainMail({ subject: 'patient' }), { user });
    hold(account, host);
    await waitFor(() => host.health.some((each) => each.state === 'trouble' && /store/.test(each.text ?? '')));
    expect(host.cursor['folders'] ?? {}).to.deep.equal({});
    delete host.failing;
    await waitFor(() => host.subjects().includes('patient'));
    await waitFor(() => host.health.at(-1)?.state === 'ok');
  });

  it('looks at everything again when UIDVALIDITY changes, with other event ids but the same external ids', async () => {
    const { user, account } = box({ sentFolder: '-', folder: 'Support' });
    await dovecot.rebuild('Drafts', { user });
    const host = recordingHost();
    const folderAccount = { ...account, settings: { ...(account.settings as object), folder: 'Drafts' } };
    await dovecot.append('Drafts', plainMail({ subject: 'kept', id: 'kept@posteo.example' }), { user });
    const held = hold(folderAccount, host);
    await waitFor(() => host.messages().length === 1);
    await held.stop();
    const before = await dovecot.uidValidity('Drafts', { user });
    await waitFor(async () => {
      await dovecot.rebuild('Drafts', { user });
      return (await dovecot.uidValidity('Drafts', { user })) !== before;
    });
    await dovecot.append('Drafts', plainMail({ subject: 'new since' }), { user });
    hold(folderAccount, host);
    await waitFor(() => host.subjects().includes('new since'));
    const [first, second] = host.messages().filter((event) => event.email?.subject === 'kept');
    expect(second?.externalId).to.equal(first?.externalId);
    expect(second?.eventId).to.not.equal(first?.eventId);
  });

  it('reads the Sent folder: an answer from a phone counts as ours, our own mails are ignored', async () => {
    const { user, account } = box();
    const host = recordingHost();
    const own = createMailIds(replyKey).mintMessageId('ch-mail:abc', 'velowerk.example');
    await dovecot.append('INBOX', plainMail({ subject: 'question', id: 'q@posteo.example', to: user }), { user, date: new Date(Date.now() - 60_000) });
    await dovecot.append('INBOX', plainMail({ subject: 'second question', to: user }), { user, date: new Date(Date.now() - 10_000) });
    await dovecot.append('Sent', plainMail({ subject: 'Re: question', from: `Jana <${user}>`, to: 'Ines Kern <ines@posteo.example>', more: 'In-Reply-To: <q@posteo.example>' }), { user, date: new Date(Date.now() - 30_000) });
    await dovecot.append('Sent', plainMail({ subject: 'Re: other', from: user, to: 'ines@posteo.example', id: own }), { user });
    hold(account, host);
    await waitFor(() => host.events.length === 4);
    expect(host.subjects()).to.deep.equal(['question', 'Re: question', 'second question']);
    const answer = host.messages()[1];
    expect(answer?.direction).to.equal('out');
    expect(answer?.recipient?.externalUserId).to.equal('ines@posteo.example');
    expect(answer?.thread.repliesTo).to.deep.equal(['q@posteo.example']);
    expect(host.events.filter((event) => event.type === 'ignored').map((event) => event.reason)).to.deep.equal(['a mail that Rapport itself has sent']);
    await dovecot.append('Sent', plainMail({ subject: 'Re: second question', from: user, to: 'ines@posteo.example' }), { user });
    await waitFor(() => host.subjects().includes('Re: second question'));
  });

  it('does not swallow a mail whose Message-ID was used before, and recognises a second delivery', async () => {
    const { user, account } = box();
    const host = recordingHost();
    hold(account, host);
    const first = plainMail({ subject: 'order 1', id: 'form@shop.example', body: 'first' });
    await dovecot.append('INBOX', first, { user });
    await dovecot.append('INBOX', `Delivered-To: second@velowerk.example\n${first}`, { user });
    await dovecot.append('INBOX', plainMail({ subject: 'order 2', id: 'form@shop.example', body: 'second' }), { user });
    await waitFor(() => host.messages().length === 3);
    const [a, b, c] = host.messages().map((event) => event.externalId);
    expect(b).to.equal(a);
    expect(c).to.match(/^form@shop\.example#[0-9a-f]{32}$/);
  });

  it('keeps an unreadable mail with its source and goes on with the next', async () => {
    const { user, account } = box();
    const host = recordingHost();
    await dovecot.append('INBOX', 'this is no mail at all', { user });
    await dovecot.append('INBOX', plainMail({ subject: 'after it' }), { user });
    hold(account, host);
    await waitFor(() => host.subjects().includes('after it'));
    const bad = host.messages()[0];
    expect(bad?.unreadable).to.match(/could not be read/);
    expect(host.blobs.get(bad?.rawBlobId ?? '')?.toString()).to.contain('this is no mail at all');
  });

  it('keeps the source of a mail that is too large to be read, and shows what its header tells', async function () {
    this.timeout(60_000);
    const { user, account } = box();
    const host = recordingHost();
    const line = `${'A'.repeat(76)}\r\n`;
    const large = Buffer.concat([Buffer.from(plainMail({ subject: 'holiday film' }).replaceAll('\n', '\r\n')), Buffer.from(line.repeat(Math.ceil((36 * 1024 * 1024) / line.length)))]);
    await dovecot.append('INBOX', large, { user });
    await dovecot.append('INBOX', plainMail({ subject: 'after the film' }), { user });
    hold(account, host);
    await waitFor(() => host.subjects().includes('after the film'), { timeoutMs: 40_000 });
    const film = host.messages()[0];
    expect(film?.unreadable).to.match(/too large to be shown \(36 MB\)/);
    expect([film?.sender.externalUserId, film?.email?.subject]).to.deep.equal(['ines@posteo.example', 'holiday film']);
    expect(host.blobs.get(film?.rawBlobId ?? '')?.length).to.equal(large.length);
  });

  it('looks by polling where the server has no IDLE', async function () {
    const server = await startDovecot({ withoutIdle: true });
    try {
      const host = recordingHost();
      hold(mailAccount({ address: server.user, imapPort: server.port, imapUser: server.user, imapPassword: server.password }), host);
      await waitFor(() => host.health.some((each) => each.state === 'ok'));
      await server.append('INBOX', plainMail({ subject: 'polled' }));
      await waitFor(() => host.subjects().includes('polled'));
    } finally {
      await Promise.all(open.splice(0).map((each) => each.stop()));
      await server.stop();
    }
  });

  it('is not held up by another mailbox whose server never answers', async () => {
    const silent: Server = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    try {
      const { user, account } = box();
      const [hanging, working] = [recordingHost(), recordingHost()];
      hold(mailAccount({ imapPort: typeof address === 'object' ? address?.port : 0 }), hanging);
      hold(account, working);
      await dovecot.append('INBOX', plainMail({ subject: 'beside' }), { user });
      await waitFor(() => working.subjects().includes('beside'), { timeoutMs: 3_000 });
      await waitFor(() => hanging.health.some((each) => each.state === 'trouble' && /does not greet|not answer/.test(each.text ?? '')));
    } finally {
      await Promise.all(open.splice(0).map((each) => each.stop()));
      silent.close();
    }
  });

  it('waits longer and longer between tries while the server is away, and asks nothing of it in between', async () => {
    const tries: number[] = [];
    const away = createServer((socket) => {
      tries.push(performance.now());
      socket.destroy();
    }).listen(0, '127.0.0.1');
    await once(away, 'listening');
    const { account } = box();
    const host = recordingHost();
    const held = hold({ ...account, settings: { ...(account.settings as object), imapPort: (away.address() as AddressInfo).port } }, host, { timing: { ...quick, backoffMinMs: 200, backoffMaxMs: 1_600 } });
    await waitFor(() => tries.length >= 4);
    await held.stop();
    away.close();
    // Half of 200, 400 and 800 ms at least.
    const gaps = tries.slice(1, 4).map((at, index) => at - (tries[index] ?? 0));
    expect(gaps[0]).to.be.above(95);
    expect(gaps[1]).to.be.above(195);
    expect(gaps[2]).to.be.above(395);
    expect(host.health.at(-1)?.state).to.equal('trouble');
  });

  it('says what to do when the password is refused twice, and works again when it is right', async () => {
    const { account } = box({ imapPassword: 'wrong' });
    const host = recordingHost();
    const held = hold(account, host);
    await waitFor(() => host.health.some((each) => each.state === 'broken'));
    expect(host.health.map((each) => each.state)).to.deep.equal(['trouble', 'broken']);
    expect(host.health.at(-1)?.text).to.match(/refuses user name or password.*app password/s);
    await held.stop();
    hold({ ...account, settings: { ...(account.settings as object), imapPassword: dovecot.accounts[next - 1]?.password } }, host);
    await waitFor(() => host.health.at(-1)?.state === 'ok');
  });
});
