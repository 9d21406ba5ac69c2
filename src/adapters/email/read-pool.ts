import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { limits } from './limits.js';
import type { ReadMail } from './mime/mail.js';

export type ReadResult = { mail: ReadMail } | { unreadable: string };

/** Reads mails in processes of their own, at most two at once, none when nothing is to be read. */
export interface ReadPool {
  /** Never rejects: a mail that takes too long or kills its process is `unreadable`, with the reason. */
  read(raw: Buffer): Promise<ReadResult>;
  /** Ends the processes. */
  close(): void;
}

interface Reader {
  child: ChildProcess;
  ready: Promise<void>;
  idle?: NodeJS.Timeout;
}

const mostReaders = 2;

export function createReadPool(options: { timeoutMs?: number; idleMs?: number } = {}): ReadPool {
  const free: Reader[] = [];
  const all = new Set<Reader>();
  const queue: ((reader: Reader) => void)[] = [];
  const end = (reader: Reader): void => {
    clearTimeout(reader.idle);
    all.delete(reader);
    if (free.includes(reader)) free.splice(free.indexOf(reader), 1);
    reader.child.kill('SIGKILL');
  };
  const take = async (): Promise<Reader> => {
    const reader = free.pop() ?? (all.size < mostReaders ? start(all) : undefined);
    if (reader === undefined) return new Promise((resolve) => queue.push(resolve));
    clearTimeout(reader.idle);
    return reader;
  };
  const give = (reader: Reader): void => {
    const next = queue.shift();
    if (next !== undefined) return next(reader);
    free.push(reader);
    reader.idle = setTimeout(() => end(reader), options.idleMs ?? limits.readIdleMs).unref();
  };
  const drop = (reader: Reader): void => {
    end(reader);
    const next = queue.shift();
    if (next !== undefined) next(start(all));
  };
  return {
    read: async (raw) => {
      const reader = await take();
      const result = await ask(reader, raw, options.timeoutMs ?? limits.readMs);
      if ('lost' in result) drop(reader);
      else give(reader);
      return 'lost' in result ? { unreadable: result.lost } : result;
    },
    close: () => {
      for (const reader of all) end(reader);
    },
  };
}

function start(all: Set<Reader>): Reader {
  const file = import.meta.url.endsWith('.ts') ? './read-process.ts' : './read-process.js';
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
    env: {},
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    execArgv: [...process.execArgv.filter((each) => !each.startsWith('--inspect')), `--max-old-space-size=${limits.readHeapMb}`],
  });
  // What goes wrong in it is told to whoever waits for its answer.
  child.on('error', () => undefined);
  const ready = new Promise<void>((resolve) => {
    child.once('message', () => resolve());
    child.once('exit', () => resolve());
  });
  const reader = { child, ready };
  all.add(reader);
  child.unref();
  child.channel?.unref();
  return reader;
}

type Answer = { mail: ReadMail } | { unreadable: string } | { lost: string };

/** The clock starts when the process is up: a busy machine makes no mail unreadable. */
async function ask(reader: Reader, raw: Buffer, timeoutMs: number): Promise<Answer> {
  const { child } = reader;
  child.ref();
  child.channel?.ref();
  await reader.ready;
  try {
    return await new Promise<Answer>((resolve) => {
      const timer = setTimeout(() => resolve({ lost: `reading it took longer than ${timeoutMs / 1_000} s` }), timeoutMs);
      const done = (answer: Answer): void => {
        clearTimeout(timer);
        child.off('exit', died).off('message', answered);
        resolve(answer);
      };
      const died = (): void => done({ lost: 'reading it ended the process that read it' });
      const answered = (message: unknown): void => done(answerOf(message));
      child.once('exit', died).once('message', answered);
      if (child.exitCode !== null || child.signalCode !== null) return died();
      child.send({ raw }, (error) => {
        if (error !== null) died();
      });
    });
  } finally {
    child.unref();
    child.channel?.unref();
  }
}

function answerOf(message: unknown): Answer {
  if (typeof message === 'object' && message !== null && 'mail' in message) return { mail: (message as { mail: ReadMail }).mail };
  const error = typeof message === 'object' && message !== null && 'error' in message ? String(message.error) : 'no answer';
  return { unreadable: error };
}
