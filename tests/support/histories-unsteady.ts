import fc from 'fast-check';
import { recomputePerson } from '../../src/inbox/clock/recompute.js';
import { changeTimes } from '../../src/compose/target-desk.js';
import { Effects } from '../../src/inbox/core.js';
import type { Wait } from '../../src/inbox/model/wait.js';
import { type History, histories, live, rules } from './histories.js';
import type { World } from './histories-world.js';

/** What counts is changed while people wait: how a customer is tagged, how long an answer may take. */
type Change = { change: 'tags'; where: number; tags: string[] } | { change: 'target'; which: number; minutes: number; on: boolean } | { change: 'everywhere'; minutes: number };

export interface UnsteadyHistory {
  rules: History['rules'];
  parts: { history: Pick<History, 'deeds'>; then: Change }[];
}

const changes: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ change: fc.constant('tags' as const), where: fc.nat({ max: 5 }), tags: fc.subarray(['vip']) }),
  fc.record({ change: fc.constant('target' as const), which: fc.nat({ max: 2 }), minutes: fc.integer({ min: 5, max: 600 }), on: fc.boolean() }),
  fc.record({ change: fc.constant('everywhere' as const), minutes: fc.constantFrom(10, 90, 900) }),
);

/** Histories under targets that change, one of them for customers with a tag. */
export const unsteadyHistories: fc.Arbitrary<UnsteadyHistory> = fc.record({
  rules: rules.map((given) => ({ ...given, targets: given.targets.map((target, place) => (place === 0 ? { ...target, customerTags: ['vip'], teamIds: [], priorities: [] } : target)) })),
  parts: fc.array(fc.record({ history: histories.map(({ deeds }) => ({ deeds: deeds.slice(0, 12) })), then: changes }), { minLength: 1, maxLength: 4 }),
});

export async function liveUnsteady(world: World, { parts }: Pick<UnsteadyHistory, 'parts'>): Promise<void> {
  for (const { history, then } of parts) {
    await live(world, history);
    await apply(world, then);
    // Everything that is open is held against it in the background.
    await world.pass(1_000);
  }
}

async function apply(world: World, change: Change): Promise<void> {
  const { core, times, c, actions } = world.t;
  world.say(JSON.stringify(change));
  if (change.change === 'tags') {
    const all = world.conversations();
    const id = all[change.where % Math.max(1, all.length)];
    if (id !== undefined) await actions.tagCustomer(world.viewer('lena'), world.recordOf(id), change.tags);
  } else if (change.change === 'target') {
    const target = world.rules.targets[change.which];
    if (target !== undefined) await changeTimes(core, times, (now) => now.targets.change(target._id, { set: { minutes: change.minutes, on: change.on } }));
  } else await changeTimes(core, times, () => c.settings.change({ set: { answerTargetMinutes: change.minutes } }));
}

/** Works everybody out anew, and tells what has become otherwise by that; it should be nothing. */
export async function judgedAnew(world: World): Promise<string[]> {
  const { c, core } = world.t;
  const ids = world.conversations();
  const written = async (): Promise<Wait[]> => (await Promise.all(ids.map((id) => c.waits.ofConversation(id)))).flat();
  const before = await written();
  for (const root of await roots(world)) await core.store.work((collections) => recomputePerson(core, { c: collections, fx: new Effects() }, root, 'a test computes anew'));
  const after = new Map((await written()).map((wait) => [wait._id, wait]));
  const due = await shownOtherwise(world, [...after.values()]);
  return [...before.flatMap((wait) => otherwise(wait, after.get(wait._id))), ...(after.size === before.length ? [] : [`${before.length} waits became ${after.size}`]), ...due];
}

async function roots(world: World): Promise<Set<string>> {
  const records = await world.t.c.customers.getMany([...new Set(world.conversations().map((id) => world.recordOf(id)))]);
  return new Set(records.map((record) => record.joinedInto ?? record._id));
}

function otherwise(before: Wait, after: Wait | undefined): string[] {
  const fields = Object.keys({ ...before, ...after }) as (keyof Wait)[];
  return fields.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after?.[field])).map((field) => `${before._id}: ${field} was ${JSON.stringify(before[field])} and became ${JSON.stringify(after?.[field])}`);
}

/** The row shows the deadline of its open wait. */
async function shownOtherwise(world: World, waits: readonly Wait[]): Promise<string[]> {
  const rows = await world.t.c.conversations.getMany(world.conversations());
  return rows.flatMap((row) => {
    const open = waits.find((wait) => wait._id === row.waitId);
    return row.due?.dueAt === open?.target?.dueAt && row.breachedAt === open?.breachedAt ? [] : [`${row._id} shows ${JSON.stringify([row.due, row.breachedAt])} of ${JSON.stringify([open?.target, open?.breachedAt])}`];
  });
}
