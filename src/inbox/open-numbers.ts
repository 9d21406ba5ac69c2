import { ChangeNumbers } from './change-numbers.js';
import type { Collections } from './stores.js';

/** The numbers that grow over the whole store, each going on from the newest there is. Once, at start. */
export async function openNumbers(c: Pick<Collections, 'conversations' | 'waits'>): Promise<{ changes: ChangeNumbers; numbers: { waits: ChangeNumbers; cases: ChangeNumbers } }> {
  const [changeSeq, caseNumber, wait] = await Promise.all([c.conversations.newestChangeSeq(), c.conversations.newestCaseNumber(), c.waits.newest()]);
  return {
    changes: new ChangeNumbers(Math.max(changeSeq, wait.changeSeq)),
    numbers: { waits: new ChangeNumbers(wait.n), cases: new ChangeNumbers(caseNumber) },
  };
}
