import { recordsOf } from '../../inbox/clock/person.js';
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
/** More in one step than these is read person by person. */
const most = { conversations: 5_000, messages: 60_000, waits: 20_000 };

/** Works out every wait anew from the messages and compares it with what is kept: some hundred people at a time, in memory that does not grow. */
export async function recomputeAll(deps: RecomputeAllDeps): Promise<Progress> {
  const progress: Progress = { customers: 0, messages: 0, waits: 0, different: 0 };
  for (let after: readonly [number | string, string] | undefined; ;) {
    const page = await deps.c.customers.page({ limit: customersPerStep, ...(after === undefined ? {} : { after }) });
    const read = await readTogether(deps.c, page);
    for (const root of page) {
      await compareAll(deps, { root, ...await (read?.(root) ?? readAlone(deps.c, root)) }, progress);
      if (progress.customers % toldEvery === 0) deps.onProgress?.(progress);
    }
    await breathe();
    const last = page.at(-1);
    if (last === undefined || page.length < customersPerStep) return progress;
    after = [last.lastSeenAt, last._id];
  }
}

/** One person's conversations with all that was said in them, and the waits that are kept of them. */
interface Read {
  stories: readonly Story[];
  kept: readonly Wait[];
}

/** Everything of these people in three queries; `undefined` when it is too much for that. */
async function readTogether(c: Collections, people: readonly Customer[]): Promise<((root: Customer) => Read) | undefined> {
  const rows = await c.conversations.ofEach(people.flatMap(recordsOf), most.conversations);
  const ids = rows.map((row) => row._id);
  if (rows.length === most.conversations) return undefined;
  const [messages, waits] = await Promise.all([c.messages.ofConversations(ids, most.messages), c.waits.ofConversations(ids, most.waits)]);
  if (messages.length === most.messages || waits.length === most.waits) return undefined;
  const [rowsOf, saidIn, keptOf] = [grouped(rows, (row) => row.customerId), grouped(messages, (message) => message.conversationId), grouped(waits, (wait) => wait.conversationId)];
  return (root) => {
    const mine = recordsOf(root).flatMap((id) => rowsOf.get(id) ?? []);
    return {
      stories: mine.map((row) => ({ row, messages: (saidIn.get(row._id) ?? []).sort((a, b) => a.seq - b.seq) })),
      kept: mine.flatMap((row) => keptOf.get(row._id) ?? []),
    };
  };
}

async function readAlone(c: Collections, root: Customer): Promise<Read> {
  const stories = await readStories({ c }, root);
  const kept = await Promise.all(stories.map(({ row }) => c.waits.ofConversation(row._id)));
  return { stories, kept: kept.flat() };
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

async function compareAll(deps: RecomputeAllDeps, person: Read & { root: Customer }, progress: Progress): Promise<void> {
  const { root, stories, kept } = person;
  const different = comparePerson(kept, stories, { rules: deps.rules, customerTags: root.tags, all: true });
  progress.customers += 1;
  progress.messages += stories.reduce((sum, { messages }) => sum + messages.length, 0);
  progress.waits += kept.length;
  progress.different += new Set(different.map((each) => each.waitId)).size;
  if (different.length > 0) await deps.onDifference(root, different);
}
