import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import { AppError, type ErrorCode } from '../errors.js';
import type { TimeRules } from '../inbox/hours/place.js';
import { type Compared, comparePeople, type Person } from '../reports/recompute/compare-people.js';
import type { Comparing } from '../reports/recompute/recompute-all.js';
import { isEmbedded } from '../store/engine.js';
import { startThread } from './start-thread.js';
import type { OpenStore } from './store.js';

/** What a thread is started with. */
export interface Given {
  file: string;
  rules: TimeRules;
}

export interface Question {
  id: number;
  people: readonly Person[];
}

export type Answer = { id: number; compared: Compared } | { id: number; failed: { code: ErrorCode; message: string } };

/** More would only read the same disk. */
const mostThreads = 4;
/** One that is worked on, one that is next. */
const questionsPerThread = 2;
const megabytesPerThread = 1_024;
/** What was read of some people is gone before it need be moved. */
const youngMegabytes = 96;

/**
 * Who compares waits with what the messages say. Over the embedded store: threads that read beside it, one a processor, so
 * that all of them are used and this one stays free for others. Over MongoDB: this thread, which waits for the server most of the time.
 */
export async function openComparing({ engine, inbox }: Pick<OpenStore, 'engine' | 'inbox'>, rules: TimeRules): Promise<Comparing & { close(): Promise<void> }> {
  if (!isEmbedded(engine) || engine.file === ':memory:') {
    return { compare: (people) => comparePeople({ c: inbox.now, rules }, people), atOnce: 1, close: () => Promise.resolve() };
  }
  const { file } = engine;
  const threads = Array.from({ length: Math.min(mostThreads, availableParallelism()) }, () => new Thread({ file, rules }));
  return {
    atOnce: threads.length * questionsPerThread,
    compare: (people) => threads.reduce((best, thread) => (thread.asked < best.asked ? thread : best)).ask(people),
    close: async () => void await Promise.all(threads.map((thread) => thread.close())),
  };
}

class Thread {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, { resolve: (compared: Compared) => void; reject: (error: AppError) => void }>();
  private ended: AppError | undefined;
  private readonly exited: Promise<void>;
  private count = 0;

  constructor(workerData: Given) {
    this.worker = startThread('./recompute-thread', workerData, { maxOldGenerationSizeMb: megabytesPerThread, maxYoungGenerationSizeMb: youngMegabytes });
    this.worker.on('message', (answer: Answer) => this.take(answer));
    this.worker.on('error', (cause) => this.end(new AppError('bug', `a thread that recomputes failed: ${cause.message}`, { cause })));
    this.exited = new Promise((resolve) => {
      this.worker.on('exit', () => {
        this.end(new AppError('bug', 'a thread that recomputes has ended'));
        resolve();
      });
    });
  }

  /** Questions without an answer so far. */
  get asked(): number {
    return this.waiting.size;
  }

  ask(people: readonly Person[]): Promise<Compared> {
    if (this.ended !== undefined) return Promise.reject(this.ended);
    const question: Question = { id: this.count += 1, people };
    return new Promise((resolve, reject) => {
      this.waiting.set(question.id, { resolve, reject });
      this.worker.postMessage(question);
    });
  }

  /** Waits until it has closed what it reads. */
  async close(): Promise<void> {
    if (this.ended === undefined) this.worker.postMessage('close');
    await this.exited;
  }

  private take(answer: Answer): void {
    const caller = this.waiting.get(answer.id);
    this.waiting.delete(answer.id);
    if ('compared' in answer) caller?.resolve(answer.compared);
    else caller?.reject(new AppError(answer.failed.code, answer.failed.message));
  }

  private end(error: AppError): void {
    this.ended ??= error;
    for (const { reject } of this.waiting.values()) reject(this.ended);
    this.waiting.clear();
  }
}
