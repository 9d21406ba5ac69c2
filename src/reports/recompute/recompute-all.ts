import type { Customer } from '../../inbox/model/identity.js';
import type { CustomerStore } from '../../inbox/stores.js';
import type { Compared, Person } from './compare-people.js';
import type { Difference } from './compare-person.js';

/** How far the comparison of everything has come. */
export interface Progress {
  customers: number;
  messages: number;
  waits: number;
  different: number;
}

/** Who works out and compares: in this thread or in others. */
export interface Comparing {
  compare(people: readonly Person[]): Promise<Compared>;
  /** So many calls are kept under way, so that none that could work waits. */
  readonly atOnce: number;
}

export interface RecomputeAllDeps {
  customers: Pick<CustomerStore, 'page'>;
  comparing: Comparing;
  /** A customer of whom the facts say something otherwise; repairing it is the caller's. One after the other. */
  onDifference(root: Customer, differences: readonly Difference[]): Promise<void>;
  onProgress?(progress: Progress): void;
}

const customersPerStep = 25;
const toldEvery = 5_000;

interface Step {
  page: Customer[];
  compared: Promise<Compared>;
}

/** Works out every wait anew from the messages and compares it with what is kept: some hundred people at a time, in memory that does not grow. */
export async function recomputeAll(deps: RecomputeAllDeps): Promise<Progress> {
  const progress: Progress = { customers: 0, messages: 0, waits: 0, different: 0 };
  const steps: Step[] = [];
  try {
    for await (const page of pagesOf(deps.customers)) {
      steps.push(begin(deps.comparing, page));
      const next = steps.length < deps.comparing.atOnce ? undefined : steps.shift();
      if (next !== undefined) await take(deps, next, progress);
    }
    for (let next = steps.shift(); next !== undefined; next = steps.shift()) await take(deps, next, progress);
    return progress;
  } finally {
    // One that failed ended this; the others end too before whoever called goes on.
    await Promise.allSettled(steps.map(({ compared }) => compared));
  }
}

function begin(comparing: Comparing, page: Customer[]): Step {
  const compared = comparing.compare(page.map(({ _id, joined, tags }) => ({ _id, joined, tags })));
  // Whoever takes it is told, which may be later than it fails.
  compared.catch(() => undefined);
  return { page, compared };
}

async function* pagesOf(customers: Pick<CustomerStore, 'page'>): AsyncGenerator<Customer[]> {
  for (let after: readonly [number | string, string] | undefined; ;) {
    const page = await customers.page({ limit: customersPerStep, ...(after === undefined ? {} : { after }) });
    if (page.length > 0) yield page;
    const last = page.at(-1);
    if (last === undefined || page.length < customersPerStep) return;
    after = [last.lastSeenAt, last._id];
  }
}

async function take(deps: RecomputeAllDeps, { page, compared }: Step, progress: Progress): Promise<void> {
  const { messages, waits, odd } = await compared;
  const people = new Map(page.map((root) => [root._id, root]));
  const told = Math.floor(progress.customers / toldEvery);
  progress.customers += page.length;
  progress.messages += messages;
  progress.waits += waits;
  for (const { customerId, differences } of odd) {
    const root = people.get(customerId);
    progress.different += new Set(differences.map((each) => each.waitId)).size;
    if (root !== undefined) await deps.onDifference(root, differences);
  }
  if (Math.floor(progress.customers / toldEvery) > told) deps.onProgress?.(progress);
}
