import { expect } from 'chai';
import { readFile, readdir } from 'node:fs/promises';
import { createReadPool } from '../../../src/adapters/email/read-pool.js';
import { waitFor } from '../../support/wait-for.js';
import { plainMail } from './support/mailbox.js';

/** The pid of a child of ours that reads mails. */
async function readingProcess(): Promise<number | undefined> {
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const [stat, command] = await Promise.all([readFile(`/proc/${pid}/stat`, 'utf8'), readFile(`/proc/${pid}/cmdline`, 'utf8')]).catch(() => ['', '']);
    if (command.includes('read-process') && / \S (\d+) /.exec(stat.slice(stat.lastIndexOf(')')))?.[1] === String(process.pid)) return Number(pid);
  }
  return undefined;
}

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

  it('outlives its process: a mail that ends it is unreadable, the next one is read', async () => {
    const pool = createReadPool({ timeoutMs: 60_000 });
    const deadly = pool.read(Buffer.concat([mail('deadly'), Buffer.alloc(34_000_000, '\n')]));
    const pid = await waitFor(readingProcess, { what: 'the reading process' });
    process.kill(pid, 'SIGKILL');
    expect(await deadly).to.deep.equal({ unreadable: 'reading it ended the process that read it' });
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
