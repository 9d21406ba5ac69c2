import { readMail } from './mime/read-mail.js';

/**
 * The process that takes mails apart, started by `read-pool.ts`: untrusted bytes are parsed where they can hang or use up
 * memory without harm. One mail at a time; it ends with its parent.
 */
process.on('message', (job: { raw: Buffer }) => {
  readMail(job.raw).then(
    (mail) => process.send?.({ mail }),
    (error: unknown) => process.send?.({ error: error instanceof Error ? error.message : 'could not be read' }),
  );
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
