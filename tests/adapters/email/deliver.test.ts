import { expect } from 'chai';
import { simpleParser } from 'mailparser';
import { createServer } from 'node:net';
import type { Account, DeliveryOutcome, Outbound } from '../../../src/adapters/contract.js';
import { createMailIds } from '../../../src/adapters/email/ids.js';
import { startSmtp, type SmtpServer } from '../../support/smtp.js';
import { emailAdapter, mailAccount, quick, replyKey } from './support/mailbox.js';

const ids = createMailIds(replyKey);

function answer(more: Partial<Outbound> = {}): Outbound {
  return {
    messageId: 'ch-mail:m1', conversationId: 'conv0000000000aa', seq: 2, attempt: 1,
    text: 'Guten Tag,\n\nIhr Rad ist fertig: https://velowerk.example/auftrag/77.\n\nGrüße', author: { type: 'agent', name: 'Jana' }, isAutomatic: false, attachments: [],
    to: { identityId: 'email:global:ines@posteo.example', externalUserId: 'ines@posteo.example', displayName: 'Ines Kern', address: 'ines@posteo.example' },
    threadKey: 't', sentParts: [], subject: 'AW: Re: Inspektion', companyName: 'Velowerk', language: 'de',
    answers: {
      messageId: 'ch-mail:q1', externalId: 'q1@posteo.example', at: 1, name: 'Ines Kern', text: 'Ist es fertig?',
      email: { messageId: 'q1@posteo.example', references: ['q0@posteo.example'], from: 'ines@posteo.example', to: ['box1@velowerk.example'], cc: [], subject: 'Inspektion' },
    },
    references: ['q0@posteo.example', 'ours@velowerk.example', 'q1@posteo.example'],
    ...more,
  };
}

describe('an answer on its way through a real SMTP server', function () {
  let smtp: SmtpServer;
  const account = (more: Record<string, unknown> = {}): Account => mailAccount({ smtpPort: smtp.port, ...more });
  const send = (outbound: Outbound, more: Record<string, unknown> = {}, deps: Parameters<typeof emailAdapter>[0] = {}): Promise<DeliveryOutcome> =>
    emailAdapter({ timing: { ...quick, sendMs: 4_000 }, ...deps }).deliver(outbound, account(more), { partSent: () => Promise.resolve(), readFile: () => Promise.reject(new Error('no file')) });

  beforeEach(async () => {
    smtp = await startSmtp();
  });
  afterEach(async () => smtp.stop());

  it('arrives as text and HTML, in its thread, under the latest subject with one Re:', async () => {
    const outcome = await send(answer());
    expect(outcome).to.deep.include({ result: 'sent', reason: '250 OK: message queued' });
    const [mail] = smtp.received;
    expect(mail?.envelope).to.deep.equal({ from: 'box1@velowerk.example', to: ['ines@posteo.example'] });
    const read = await simpleParser(mail?.raw ?? '');
    expect(read.subject).to.equal('Re: Inspektion');
    expect(read.from?.text).to.equal('"Velowerk" <box1@velowerk.example>');
    expect(read.inReplyTo).to.equal('<q1@posteo.example>');
    expect(read.references).to.deep.equal(['<q0@posteo.example>', '<ours@velowerk.example>', '<q1@posteo.example>']);
    expect(read.text).to.contain('Grüße');
    expect(read.html).to.contain('<a href="https://velowerk.example/auftrag/77">https://velowerk.example/auftrag/77</a>.');
    expect(mail?.headers['auto-submitted']).to.equal(undefined);
    expect(mail?.user).to.equal('box1@velowerk.example');
  });

  it('carries a Message-ID of ours, the same at every attempt, and reports it', async () => {
    const [first, second] = [await send(answer()), await send(answer({ attempt: 2 }))];
    const messageId = smtp.received[0]?.headers['message-id'] ?? '';
    expect(smtp.received[1]?.headers['message-id']).to.equal(messageId);
    expect(ids.readMessageId(messageId)).to.deep.equal({ messageId: 'ch-mail:m1' });
    expect(first.result === 'sent' ? first.externalIds : []).to.deep.equal([messageId.slice(1, -1)]);
    expect(second.result).to.equal('sent');
  });

  it('keeps the id that the service put in place of ours, so that replies are recognised', async () => {
    smtp.next({ at: 'answer', text: 'OK <0100-abc-000@eu.mailer.example> queued' });
    const outcome = await send(answer());
    expect(outcome.result === 'sent' ? outcome.externalIds?.[1] : '').to.equal('0100-abc-000@eu.mailer.example');
  });

  it('carries Outlook’s thread on, so that it stays one thread there', async () => {
    const email = answer().answers?.email;
    const index = Buffer.from('01dab1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6e7f8a9ba', 'hex').toString('base64');
    if (email !== undefined) await send(answer({ answers: { messageId: 'm', externalId: 'q1@posteo.example', at: 1, name: 'Ines', text: '', email: { ...email, threadIndex: index } } }));
    const sent = Buffer.from(smtp.received[0]?.headers['thread-index'] ?? '', 'base64');
    expect(sent.subarray(0, 22).toString('base64')).to.equal(index);
    expect(sent.length).to.equal(27);
  });

  it('marks what the bot writes, so that no machine answers it', async () => {
    await send(answer({ isAutomatic: true, author: { type: 'bot', name: 'Velo' }, choices: ['Ja', 'Nein'] }));
    const headers = smtp.received[0]?.headers ?? {};
    expect(headers['auto-submitted']).to.equal('auto-replied');
    expect(headers['x-auto-response-suppress']).to.equal('All');
    expect(headers['precedence']).to.equal('auto_reply');
    expect((await simpleParser(smtp.received[0]?.raw ?? '')).text).to.contain('• Ja\n• Nein');
  });

  it('asks for replies to a signed address when the server knows plus-addresses', async () => {
    await send(answer(), { plusAddressing: true });
    const replyTo = /<(.+)>/.exec(smtp.received[0]?.headers['reply-to'] ?? '')?.[1] ?? '';
    expect(ids.readReplyAddress(replyTo, 'ch-mail')).to.equal('conv0000000000aa');
    expect(ids.readReplyAddress(replyTo, 'ch-other')).to.equal(undefined);
  });

  it('goes to those in copy, but never to ourselves and never to anything that is no plain address', async () => {
    await send(answer({ cc: ['Tom@Posteo.example', 'box1@velowerk.example', 'box1+x@velowerk.example', 'info@velowerk.example', '"a b"@x.example', 'evil@x.example\r\nRCPT TO:<z@x.example>', 'ines@posteo.example'] }), { aliases: ['info@velowerk.example'] });
    expect(smtp.received[0]?.envelope.to).to.deep.equal(['ines@posteo.example', 'tom@posteo.example']);
    expect(smtp.received[0]?.headers['cc']).to.equal('tom@posteo.example');
  });

  it('lets no text from outside become a header line or a command', async () => {
    await send(answer({
      subject: 'Hi\r\nBcc: z@x.example\r\n\r\nbody', companyName: 'A\r\nBcc: y@x.example', author: { type: 'agent', name: 'J\r\nX: 1' },
      to: { identityId: 'i', externalUserId: 'ines@posteo.example', displayName: 'Ines\r\nBcc: w@x.example' },
    }), { displayName: '', signature: '{name}' });
    const mail = smtp.received[0];
    expect(mail?.envelope.to).to.deep.equal(['ines@posteo.example']);
    expect(mail?.headers['bcc']).to.equal(undefined);
    expect(mail?.headers['subject']).to.equal('Re: Hi Bcc: z@x.example body');
  });

  it('carries files from the blob store under their names', async () => {
    const pdf = Buffer.from('%PDF-1.4 invoice');
    await send(answer({ attachments: [{ id: 'b1', name: 'Rechnung März.pdf', mime: 'application/pdf', size: pdf.length, kind: 'file' }] }), {}, { readBlob: async (id) => (id === 'b1' ? pdf : undefined) });
    const read = await simpleParser(smtp.received[0]?.raw ?? '');
    expect(read.attachments.map((file) => [file.filename, file.contentType, file.content.toString()])).to.deep.equal([['Rechnung März.pdf', 'application/pdf', '%PDF-1.4 invoice']]);
  });

  it('is rejected with a reason when a file is gone', async () => {
    const outcome = await send(answer({ attachments: [{ id: 'gone', name: 'a.pdf', mime: 'application/pdf', size: 1, kind: 'file' }] }));
    expect(outcome).to.deep.equal({ result: 'rejected', reason: 'The file “a.pdf” is gone.' });
  });

  it('will be tried again when the server says 4xx, at whatever step', async () => {
    for (const at of ['mail', 'rcpt', 'data'] as const) {
      smtp.next({ at, code: 451, text: '4.7.1 greylisted, come back' });
      const outcome = await send(answer());
      expect(outcome.result, at).to.equal('retry');
      expect('reason' in outcome ? outcome.reason : '', at).to.contain('greylisted');
    }
    expect(smtp.received).to.have.length(0);
  });

  it('is rejected with the server’s words when it says 5xx', async () => {
    smtp.next({ at: 'rcpt', code: 550, text: '5.1.1 No such user here' });
    expect(await send(answer())).to.deep.equal({ result: 'rejected', reason: '550 5.1.1 No such user here' });
    smtp.next({ at: 'data', code: 554, text: '5.7.1 Message refused by policy' });
    expect(await send(answer())).to.deep.equal({ result: 'rejected', reason: '554 5.7.1 Message refused by policy' });
  });

  it('breaks the channel when the password is refused, and says what to do', async () => {
    const outcome = await send(answer(), { smtpPassword: 'wrong' });
    expect(outcome).to.deep.include({ result: 'rejected', channelBroken: true });
    expect('reason' in outcome ? outcome.reason : '').to.match(/535.*app password/s);
  });

  it('will be tried again when nothing was handed over: refused, unknown host, no greeting', async () => {
    const closed = createServer();
    const port = await new Promise<number>((resolve) => closed.listen(0, '127.0.0.1', () => resolve((closed.address() as { port: number }).port)));
    await new Promise((resolve) => closed.close(resolve));
    expect(await send(answer(), { smtpPort: port })).to.deep.equal({ result: 'retry', reason: `Nothing answers at 127.0.0.1:${port}. Check host and port.` });
    smtp.always({ at: 'hang_at_greeting' });
    expect((await send(answer())).result).to.equal('retry');
  });

  it('is unknown when the connection was lost after the text and before the answer', async () => {
    smtp.next({ at: 'drop_after_data' });
    expect((await send(answer())).result).to.equal('unknown');
    smtp.next({ at: 'hang_after_data' });
    expect((await send(answer())).result).to.equal('unknown');
    expect(smtp.seen).to.have.length(2);
  });

  it('is rejected when it would go to the mailbox itself, or to nothing', async () => {
    expect((await send(answer({ to: { identityId: 'i', externalUserId: 'box1@velowerk.example' } }))).result).to.equal('rejected');
    expect((await send(answer({ to: { identityId: 'i', externalUserId: 'unknown-abc' } }))).result).to.equal('rejected');
    expect(smtp.connections).to.equal(0);
  });

  it('sends a notice outside any conversation, marked as automatic', async () => {
    const outcome = await emailAdapter().sendNotice({ id: 'code-1', to: 'Ines@Posteo.example', subject: 'Ihr Code: 123456', text: 'Der Code ist 123456.' }, account());
    expect(outcome.result).to.equal('sent');
    expect(smtp.received[0]?.headers).to.include({ subject: 'Ihr Code: 123456', 'auto-submitted': 'auto-generated' });
    expect(smtp.received[0]?.envelope.to).to.deep.equal(['ines@posteo.example']);
  });
});
