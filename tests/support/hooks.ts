import type { Context } from 'mocha';
import nock from 'nock';

/** No test reaches an outside network. Servers of our own, on loopback, may be reached. */
const loopback = /^(127\.\d+\.\d+\.\d+|localhost|\[?::1\]?)(:\d+)?$/;

/** What a test left behind: the run goes on, and fails at its end with all of these. */
const faults: string[] = [];
let lastTest = 'before the first test';
const onRejection = (reason: unknown): void => {
  faults.push(`${lastTest}: a promise was rejected and nobody handled it: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`);
};

/** Node tells of an unhandled rejection only after the turn in which it happened. */
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export const mochaHooks = {
  beforeAll(): void {
    process.on('unhandledRejection', onRejection);
    nock.disableNetConnect();
    nock.enableNetConnect((host) => loopback.test(host));
  },
  beforeEach(this: Context): void {
    lastTest = this.currentTest?.fullTitle() ?? lastTest;
  },
  async afterEach(): Promise<void> {
    const pending = nock.pendingMocks();
    nock.cleanAll();
    if (pending.length > 0) faults.push(`${lastTest}: requests were expected and did not come: ${pending.join(', ')}`);
    await nextTurn();
  },
  async afterAll(): Promise<void> {
    await nextTurn();
    process.off('unhandledRejection', onRejection);
    nock.restore();
    if (faults.length > 0) throw new Error(`tests left something behind:\n${faults.map((fault) => `- ${fault}`).join('\n')}`);
  },
};
