import { AppError } from '../../errors.js';
import { searchEntry } from '../append-message.js';
import { type Core, laneOf, type Work } from '../core.js';
import type { Conversation } from '../model/conversation.js';
import type { Message } from '../model/message.js';
import type { SearchEntry } from '../ports.js';
import { messageIdOf, messageOf, originOf, type PlacedLine, type Unplaced } from './documents.js';
import { historyKey, openHistory } from './open-history.js';
import { findCustomer } from './people.js';

export type HistoryCore = Pick<Core, 'store' | 'clock' | 'newId' | 'changes' | 'numbers' | 'times' | 'lanes' | 'live' | 'search' | 'channels' | 'readSignals' | 'crashAt' | 'log'>;

export interface Written {
  added: number;
  known: number;
  /** Of those added: with a time that was not believed. */
  oddTimes: number;
}

/**
 * Writes some lines: customers, conversations, messages, search entries. What is there already stays as it is. Every step
 * may be done again. `again`: lines that an import that died may have written without having counted them.
 */
export async function writeBatch(core: HistoryCore, work: Pick<Work, 'c'>, input: { importId: string; lines: readonly PlacedLine[]; again: boolean; pending: Promise<unknown>[] }): Promise<Written> {
  const written: Written = { added: 0, known: 0, oddTimes: 0 };
  const byId = new Map<string, PlacedLine>();
  for (const placed of input.lines) {
    const id = messageIdOf(placed.line);
    if (byId.has(id)) written.known += 1;
    else byId.set(id, placed);
  }
  for (const message of await work.c.messages.getMany([...byId.keys()])) {
    const placed = byId.get(message._id);
    byId.delete(message._id);
    const mine = input.again && placed !== undefined && message.matched === originOf(input.importId, placed.number);
    if (mine) countAdded(written, placed);
    else written.known += 1;
  }
  const entries: SearchEntry[] = [];
  for (const group of groupsOf([...byId.values()])) await writeGroup(core, work, { ...input, group, written, entries });
  if (entries.length > 0) input.pending.push(core.search.put(entries));
  return written;
}

function countAdded(written: Written, placed: PlacedLine): void {
  written.added += 1;
  if (placed.line.givenAt !== undefined) written.oddTimes += 1;
}

/** Lines of one conversation, in the order of their time. */
function groupsOf(lines: readonly PlacedLine[]): PlacedLine[][] {
  const groups = new Map<string, PlacedLine[]>();
  for (const placed of lines) {
    const key = `${placed.line.channel._id}:${placed.line.key}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [placed]);
    else group.push(placed);
  }
  return [...groups.values()].map((group) => group.sort((a, b) => a.line.at - b.line.at || a.number - b.number));
}

async function writeGroup(core: HistoryCore, work: Pick<Work, 'c'>, input: { importId: string; group: readonly PlacedLine[]; entries: SearchEntry[]; written: Written }): Promise<void> {
  const [first] = input.group;
  if (first === undefined) return;
  const { channel, customer, at, key } = first.line;
  await core.lanes.run(laneOf({ channelId: channel._id, threadKey: historyKey(key) }), async () => {
    const identity = await findCustomer(core, work, { channel, customer, at });
    const place: Place = { row: await openHistory(core, work, { first: first.line, identity }), messages: [] };
    for (const placed of input.group) {
      const { line } = placed;
      const who = line.customer.id === customer.id ? identity : await findCustomer(core, work, { channel, customer: line.customer, at: line.at });
      const message = messageOf(core, { placed, importId: input.importId, row: place.row, identity: who });
      if (await putAtEnd(core, work, { place, message, entries: input.entries })) countAdded(input.written, placed);
      else input.written.known += 1;
    }
    await noteOnRow(core, work, { place, group: input.group });
  });
}

interface Place {
  row: Conversation;
  /** Written now, in order. */
  messages: Message[];
}

/** Its place for now; `putInOrder` gives the right one when everything is here. */
async function putAtEnd(core: HistoryCore, work: Pick<Work, 'c'>, input: { place: Place; message: Unplaced; entries: SearchEntry[] }): Promise<boolean> {
  const { place } = input;
  let last = place.messages.at(-1)?.seq ?? place.row.lastSeq;
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const message: Message = { ...input.message, seq: last + 1 };
    const entry = message.kind === 'event' ? undefined : searchEntry(place.row, message);
    // Before the message, where the two do not become durable together: one that is here is never without it.
    if (entry !== undefined && attempt === 0 && !core.store.sharesCommits) await core.search.put([entry]);
    if (await work.c.messages.insert(message) === 'inserted') {
      if (entry !== undefined && core.store.sharesCommits) input.entries.push(entry);
      place.messages.push(message);
      return true;
    }
    if (await work.c.messages.get(message._id) !== undefined) return false;
    last = await work.c.messages.newestSeq(place.row._id);
  }
  throw new AppError('store_unavailable', 'no place could be found for a message of an import', { facts: { conversationId: place.row._id } });
}

async function noteOnRow(core: HistoryCore, work: Pick<Work, 'c'>, input: { place: Place; group: readonly PlacedLine[] }): Promise<void> {
  const { place: { row, messages }, group } = input;
  const last = messages.at(-1);
  if (last === undefined) return;
  const tags = [...new Set([...row.tags, ...group.flatMap(({ line }) => (line.type === 'message' ? line.tags : []))])].slice(0, 20);
  const subject = row.subject ?? group.flatMap(({ line }) => (line.type === 'message' && line.subject !== undefined ? [line.subject] : []))[0];
  await work.c.conversations.change(row._id, {}, {
    set: {
      lastSeq: Math.max(last.seq, row.lastSeq), readSeq: Math.max(last.seq, row.lastSeq), tags, unsettled: true, changeSeq: core.changes.next(),
      lastMessageAt: Math.max(row.lastMessageAt, last.at),
      ...(subject === undefined || subject === '' ? {} : { subject }),
    },
  });
}
