import { comparedFields, type ComparedWait } from '../../inbox/clock/differences.js';
import { saidFields } from '../../inbox/clock/facts.js';
import { recordsOf } from '../../inbox/clock/person.js';
import { readStories } from '../../inbox/clock/recompute.js';
import { freshFields } from '../../inbox/clock/talk.js';
import type { TimeRules } from '../../inbox/hours/place.js';
import type { Customer } from '../../inbox/model/identity.js';
import type { Collections } from '../../inbox/stores.js';
import { breathe } from '../columns/follower.js';
import { comparePerson, type Difference, type Told } from './compare-person.js';

/** As much of a customer as comparing needs. */
export type Person = Pick<Customer, '_id' | 'joined' | 'tags'>;

/** What comparing some people came to. `odd`: those of whom the facts say something otherwise. */
export interface Compared {
  messages: number;
  waits: number;
  odd: { customerId: string; differences: Difference[] }[];
}

export interface ComparePeopleDeps {
  c: Pick<Collections, 'conversations' | 'messages' | 'waits'>;
  rules: TimeRules;
}

/** More in one go than these is read person by person. */
const most = { conversations: 4_000, messages: 20_000, waits: 20_000 };
/** Waits of one conversation. */
const mostAlone = 100_000;
const peoplePerBreath = 20;

/** Works out the waits of these people anew from their messages, and compares them with all that is kept of them. Three queries; lets others work in between. */
export async function comparePeople(deps: ComparePeopleDeps, people: readonly Person[]): Promise<Compared> {
  const compared: Compared = { messages: 0, waits: 0, odd: [] };
  const read = await readTogether(deps.c, people);
  for (const [at, person] of people.entries()) {
    const { stories, kept } = read?.(person) ?? await readAlone(deps.c, person);
    const differences = comparePerson(kept, stories, { rules: deps.rules, customerTags: person.tags, all: true });
    for (const { messages } of stories) compared.messages += messages.length;
    compared.waits += kept.length;
    if (differences.length > 0) compared.odd.push({ customerId: person._id, differences });
    if (at % peoplePerBreath === peoplePerBreath - 1) await breathe();
  }
  return compared;
}

/** One person's conversations with all that was said in them, and the waits that are kept of them. */
interface Read {
  stories: Told[];
  kept: ComparedWait[];
}

/** Everything of these people in three queries; `undefined` when it is too much for that. */
async function readTogether(c: ComparePeopleDeps['c'], people: readonly Person[]): Promise<((person: Person) => Read) | undefined> {
  const rows = await c.conversations.ofEach(people.flatMap(recordsOf), { limit: most.conversations, fields: freshFields });
  if (rows.length === most.conversations) return undefined;
  const ids = rows.map((row) => row._id);
  const [messages, waits] = await Promise.all([c.messages.ofConversations(ids, { limit: most.messages, fields: saidFields }), c.waits.ofConversations(ids, { limit: most.waits, fields: comparedFields })]);
  if (messages.length === most.messages || waits.length === most.waits) return undefined;
  const [rowsOf, saidIn, keptOf] = [grouped(rows, (row) => row.customerId), grouped(messages, (message) => message.conversationId), grouped(waits, (wait) => wait.conversationId)];
  return (person) => {
    const mine = recordsOf(person).flatMap((id) => rowsOf.get(id) ?? []);
    return { stories: mine.map((row) => ({ row, messages: oldestFirst(saidIn.get(row._id) ?? []) })), kept: mine.flatMap((row) => keptOf.get(row._id) ?? []) };
  };
}

async function readAlone(c: ComparePeopleDeps['c'], person: Person): Promise<Read> {
  const stories = await readStories({ c }, person);
  const kept: ComparedWait[] = [];
  for (const { row } of stories) kept.push(...await c.waits.ofConversations([row._id], { limit: mostAlone, fields: comparedFields }));
  return { stories, kept };
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

/** They mostly come in order: a store that reads them by its index gives them so. */
function oldestFirst<T extends { seq: number }>(messages: T[]): T[] {
  const isInOrder = messages.every((message, at) => at === 0 || (messages[at - 1]?.seq ?? 0) < message.seq);
  return isInOrder ? messages : messages.sort((a, b) => a.seq - b.seq);
}
