import { aimsNow, judgeBreach } from '../../src/inbox/clock/aim.js';
import { withAllAsks } from '../../src/inbox/clock/asks.js';
import { foldPerson, readStories, recomputePerson, waitsOf } from '../../src/inbox/clock/recompute.js';
import { Effects } from '../../src/inbox/core.js';
import type { Wait } from '../../src/inbox/model/wait.js';
import type { World } from './histories-world.js';
import { slowWaits, type SlowWait } from './slow-response-times.js';
import { joinedSegments, type SlowSegment } from './slow-segments.js';

/** A wait in the fields that both sides must agree on. */
type Plain = Record<string, unknown> & { conversation: string; from: number };

/** What the two computations say otherwise, in words; empty when they agree. */
export function differencesBetween(slow: readonly SlowWait[], real: readonly Wait[], now: number): string[] {
  const expected = ordered(slow.map(plainSlow));
  const got = ordered(real.filter((wait) => wait.void !== true).map((wait) => plainReal(wait, now)));
  if (expected.length !== got.length) return [`${expected.length} waits were expected, ${got.length} are there`, `expected: ${inWords(expected)}`, `got: ${inWords(got)}`];
  return expected.flatMap((wait, index) => {
    const other = got[index] ?? { conversation: '', from: 0 };
    return Object.keys({ ...wait, ...other }).filter((field) => JSON.stringify(wait[field]) !== JSON.stringify(other[field]))
      .map((field) => `${wait.conversation} from ${iso(wait.from)}: ${field}: expected ${shown(wait[field])}, got ${shown(other[field])}`);
  });
}

function plainSlow(wait: SlowWait): Plain {
  const ended = wait.to !== undefined;
  return {
    conversation: wait.conversation, from: wait.from, to: wait.to, state: wait.state, kind: wait.kind, channelId: wait.channelId, teamId: wait.teamId, priority: wait.priority,
    answer: plainAnswer(wait.answer), segments: plainSegments(wait.segments), target: wait.target.id, targetMs: wait.target.ms, hours: wait.target.hours, dueAt: wait.target.dueAt,
    breachedAt: wait.breachedAt, businessMs: ended ? wait.businessMs : undefined, asks: ended ? undefined : [...wait.asks].sort(), notNeededBy: wait.notNeededBy,
  };
}

function plainReal(wait: Wait, now: number): Plain {
  const end = wait.to ?? now;
  const segments: SlowSegment[] = wait.segments.map((segment, index) => ({ ...segment, to: wait.segments[index + 1]?.from ?? end }));
  return {
    conversation: wait.conversationId, from: wait.from, to: wait.to, state: wait.state, kind: wait.kind, channelId: wait.channelId, teamId: wait.teamId, priority: wait.priority,
    answer: plainAnswer(wait.answer), segments: plainSegments(segments), target: wait.target?.id, targetMs: wait.target?.ms, hours: wait.target?.hours, dueAt: wait.target?.dueAt,
    breachedAt: wait.breachedAt, businessMs: wait.businessMs, asks: wait.to === undefined ? wait.asks.map((ask) => ask.messageId).sort() : undefined, notNeededBy: wait.notNeeded?.agentId,
  };
}

function plainAnswer(answer: SlowWait['answer'] | Wait['answer']): unknown {
  return answer === undefined ? undefined : [answer.messageId, answer.conversationId, answer.by, answer.agentId, answer.name, answer.teamId, answer.channelId];
}

/** Stretches of no length say nothing; of `customer` only that it was theirs. */
function plainSegments(segments: readonly SlowSegment[]): string {
  const kept = segments.filter((segment) => segment.to > segment.from).map(({ agentId, ...segment }) => segment.by === 'agent' || segment.by === 'snoozed' ? { ...segment, ...(agentId === undefined ? {} : { agentId }) } : segment);
  return joinedSegments(kept).map((segment) => `${iso(segment.from)} ${segment.by}${segment.agentId === undefined ? '' : ` ${segment.agentId}`}${segment.teamId === undefined ? '' : ` of ${segment.teamId}`}`).join(', ');
}

function ordered(waits: Plain[]): Plain[] {
  const key = (wait: Plain): string => `${wait.conversation} ${iso(wait.from)} ${typeof wait['to'] === 'number' ? iso(wait['to']) : '9'}`;
  return waits.sort((a, b) => key(a) < key(b) ? -1 : 1);
}

function iso(at: number): string {
  return new Date(at).toISOString().slice(0, 19);
}

function shown(value: unknown): string {
  return typeof value === 'number' && value > 1_000_000_000_000 ? iso(value) : JSON.stringify(value) ?? 'nothing';
}

function inWords(waits: readonly Plain[]): string {
  return waits.map((wait) => `${wait.conversation} ${iso(wait.from)}..${typeof wait['to'] === 'number' ? iso(wait['to']) : ''} ${String(wait['state'])} ${String(wait['kind'])}`).join('; ');
}

/** What the inbox kept while the story was lived, what it computes anew from its facts, and what it writes then: where each differs from the second opinion. */
export async function disagreements(world: World): Promise<{ which: string; differences: string[] }[]> {
  const story = await world.story();
  const { c, core } = world.t;
  const slow = slowWaits(story);
  const written = async (): Promise<Wait[]> => (await Promise.all(story.conversations.map(async ({ id }) => {
    const row = await c.conversations.get(id);
    return Promise.all((await c.waits.ofConversation(id)).map(async (wait) => (row === undefined ? wait : withAllAsks({ c }, wait, row))));
  }))).flat();
  const roots = [...new Set(story.conversations.map(({ record }) => story.joined[record] ?? record))];
  const kept = differencesBetween(slow, await written(), world.now);
  const anew = differencesBetween(slow, await recomputed(world, roots), world.now);
  for (const root of roots) await core.store.work((collections) => recomputePerson(core, { c: collections, fx: new Effects() }, root, 'a test computes anew'));
  const after = differencesBetween(slow, await written(), world.now);
  return [{ which: 'as kept while it happened', differences: kept }, { which: 'as computed anew from the facts', differences: anew }, { which: 'as written anew', differences: after }].filter(({ differences }) => differences.length > 0);
}

/** Throws with the whole story where the two sides disagree. */
export async function expectAgreement(world: World): Promise<void> {
  const found = await disagreements(world);
  if (found.length === 0) return;
  const words = found.map(({ which, differences }) => `the waits ${which} differ:\n  ${differences.join('\n  ')}`).join('\n');
  throw new Error(`${words}\nThe story:\n  ${world.told.join('\n  ')}`);
}

async function recomputed(world: World, roots: readonly string[]): Promise<Wait[]> {
  const found: Wait[] = [];
  for (const root of await world.t.c.customers.getMany(roots)) {
    const person = foldPerson(await readStories({ c: world.t.c }, root), { rules: world.t.core.times(), customerTags: root.tags, aims: aimsNow });
    for (const talk of person.talks.values()) {
      // Whether an open one is over its target is a matter of the hour.
      if (talk.open !== undefined) judgeBreach(talk.open, world.now);
      found.push(...waitsOf(talk));
    }
  }
  return found;
}
