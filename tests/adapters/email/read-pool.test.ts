import { expect } from 'chai';
import { createReadPool } from '../../../src/adapters/email/read-pool.js';
import { plainMail } from './support/mailbox.js';

describe('reading mails in a process of their own', () => {
  const mail = (subject: string): Buffer => Buffer.from(plainMail({ subject }).replaceAll('\n', '\r\n'));

  it('gives back text and files as they are', async () => {
    const pool = createReadPool();
    const result = await pool.read(Buffer.concat([mail('x'), Buffer.from('more')]));
    expect('mail' in result ? result.mail.text : '').to.equal('Text of x\nmore');
    pool.close();
  });

  it('gives up on a mail that takes too long, and goes on with the next in a new process', async () => {
    const pool = createReadPool({ timeoutMs: 1 });
    const slow = await pool.read(Buffer.concat([mail('slow'), Buffer.alloc(20_000_000, 'x\n')]));
    expect(slow).to.deep.equal({ unreadable: 'reading it took longer than 0.001 s' });
    pool.close();
    const next = createReadPool();
    expect('mail' in (await next.read(mail('next')))).to.equal(true);
    next.close();
  });

  it('survives a mail that uses up all memory of its process', async () => {
    const pool = createReadPool({ timeoutMs: 60_000 });
    // Arrays of a hundred million lines do not fit into the heap that it is given.
    const result = await pool.read(Buffer.concat([mail('huge'), Buffer.alloc(34_000_000, '\n')]));
    expect('mail' in result || 'unreadable' in result).to.equal(true);
    expect('mail' in (await pool.read(mail('after')))).to.equal(true);
    pool.close();
  });

  it('reads many at once and mixes none up', async () => {
    const pool = createReadPool();
    const subjects = Array.from({ length: 40 }, (_, n) => `mail ${n}`);
    const results = await Promise.all(subjects.map((subject) => pool.read(mail(subject))));
    expect(results.map((result) => ('mail' in result ? result.mail.text : ''))).to.deep.equal(subjects.map((subject) => `Text of ${subject}`));
    pool.close();
  });
});
