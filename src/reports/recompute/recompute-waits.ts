import { readStories } from '../../inbox/clock/recompute.js';
import type { TimeRules } from '../../inbox/hours/place.js';
import type { Customer } from '../../inbox/model/identity.js';
import type { Wait } from '../../inbox/model/wait.js';
import type { Clock } from '../../inbox/ports.js';
import type { Collections } from '../../inbox/stores.js';
import { breathe } from '../columns/follower.js';
import type { Recomputed } from '../shapes.js';
import { comparePerson, type Difference } from './compare-person.js';

const shownDifferences = 100;
const waitsPerStep = 500;

/** Works these waits out anew from the messages of their customers and compares. Reads a person at a time, others work in between. */
export async function recomputeWaits(deps: { c: Collections; rules: TimeRules; clock: Clock }, asked: { of: number; rows: readonly number[] }): Promise<Recomputed> {
  const begun = deps.clock();
  const odd = new Set<string>();
  const different: Difference[] = [];
  let checked = 0;
  for (let from = 0; from < asked.rows.length; from += waitsPerStep) {
    const waits = await deps.c.waits.numbered(asked.rows.slice(from, from + waitsPerStep));
    for (const { root, waits: theirs } of await byPerson(deps.c, waits)) {
      const stories = await readStories({ c: deps.c }, root);
      for (const difference of comparePerson(theirs, stories, { rules: deps.rules, customerTags: root.tags })) {
        odd.add(difference.waitId);
        if (different.length < shownDifferences) different.push(difference);
      }
      checked += theirs.length;
      await breathe();
    }
  }
  return { checked, of: asked.of, equal: checked - odd.size, ms: deps.clock() - begun, different };
}

/** The waits by the person they belong to now. */
async function byPerson(c: Collections, waits: readonly Wait[]): Promise<{ root: Customer; waits: Wait[] }[]> {
  const records = new Map((await c.customers.getMany([...new Set(waits.map((wait) => wait.customerId))])).map((record) => [record._id, record]));
  const missing = [...records.values()].flatMap((record) => record.joinedInto ?? []).filter((id) => !records.has(id));
  for (const root of await c.customers.getMany([...new Set(missing)])) records.set(root._id, root);
  const found = new Map<string, { root: Customer; waits: Wait[] }>();
  for (const wait of waits) {
    const record = records.get(wait.customerId);
    const root = record?.joinedInto === undefined ? record : records.get(record.joinedInto);
    if (root === undefined) continue;
    const known = found.get(root._id);
    if (known === undefined) found.set(root._id, { root, waits: [wait] });
    else known.waits.push(wait);
  }
  return [...found.values()];
}
