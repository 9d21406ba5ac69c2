import { readStories, type Story } from '../../inbox/clock/recompute.js';
import type { TimeRules } from '../../inbox/hours/place.js';
import type { Customer } from '../../inbox/model/identity.js';
import type { Wait } from '../../inbox/model/wait.js';
import type { Collections } from '../../inbox/stores.js';
import { breathe } from '../columns/follower.js';
import { comparePerson, type Difference } from './compare-person.js';

/** How far the comparison of everything has come. */
export interface Progress {
  customers: number;
  messages: number;
  waits: number;
  different: number;
}

export interface RecomputeAllDeps {
  c: Collections;
  rules: TimeRules;
  /** A customer of whom the facts say something otherwise; repairing it is the caller's. */
  onDifference(root: Customer, differences: readonly Difference[]): Promise<void>;
  onProgress?(progress: Progress): void;
}

const customersPerStep = 200;
const toldEvery = 5_000;

/** Works out every wait anew from the messages and compares it with what is kept: person by person, in memory that does not grow. */
export async function recomputeAll(deps: RecomputeAllDeps): Promise<Progress> {
  const progress: Progress = { customers: 0, messages: 0, waits: 0, different: 0 };
  for (let after: readonly [number | string, string] | undefined; ;) {
    const page = await deps.c.customers.page({ limit: customersPerStep, ...(after === undefined ? {} : { after }) });
    for (const root of page) {
      await compareAll(deps, root, progress);
      if (progress.customers % toldEvery === 0) deps.onProgress?.(progress);
    }
    await breathe();
    const last = page.at(-1);
    if (last === undefined || page.length < customersPerStep) return progress;
    after = [last.lastSeenAt, last._id];
  }
}

async function compareAll(deps: RecomputeAllDeps, root: Customer, progress: Progress): Promise<void> {
  const stories = await readStories({ c: deps.c }, root);
  const kept = await keptOf(deps.c, stories);
  const different = comparePerson(kept, stories, { rules: deps.rules, customerTags: root.tags, all: true });
  progress.customers += 1;
  progress.messages += stories.reduce((sum, { messages }) => sum + messages.length, 0);
  progress.waits += kept.length;
  progress.different += new Set(different.map((each) => each.waitId)).size;
  if (different.length > 0) await deps.onDifference(root, different);
}

async function keptOf(c: Collections, stories: readonly Story[]): Promise<Wait[]> {
  const found = await Promise.all(stories.map(({ row }) => c.waits.ofConversation(row._id)));
  return found.flat();
}
