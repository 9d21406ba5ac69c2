import type { Millis } from '../../inbox/model/common.js';
import type { RawSql, SqlValue } from '../embedded/raw-sql.js';
import { fromColumn, toColumn } from '../embedded/values.js';

/**
 * Row numbers in one millisecond. A row's number is its time times this, plus a counter, so that row order is time
 * order. Small, because every term of every message holds a number as the difference to the one before.
 */
const rowsPerMs = 8;

/** Latest time that has row numbers; far beyond any clock. */
const latestTime = Math.floor(Number.MAX_SAFE_INTEGER / rowsPerMs) - 2;
const rememberedTimes = 10_000;

export function firstRowAt(at: Millis): number {
  return Math.min(Math.max(0, Math.floor(at)), latestTime) * rowsPerMs;
}

/** The time by which a row is ordered and filtered; a crowd may push it some milliseconds behind the message's own. */
export function timeOfRow(id: number): Millis {
  return Math.floor(id / rowsPerMs);
}

export interface EntryIds {
  messageId: string;
  conversationId: string;
  at: Millis;
}

/** The table that knows which message a row of the index is. */
export class EntryRows {
  /** Higher than any number in use, as far as this process knows. */
  private free = Number.MAX_SAFE_INTEGER;
  /** Of the first number of a full millisecond (mail has whole seconds, an import has crowds): the next one that may have room. */
  private readonly full = new Map<number, number>();
  /** Of the first number of a millisecond: which of its numbers are taken, as bits. A number that was given back may still stand here. */
  private readonly taken = new Map<number, number>();

  /** Call once, before the first `add`. */
  open(sql: RawSql): void {
    this.free = Number(sql.get('SELECT max(id) FROM _search_entries')?.[0] ?? -1) + 1;
  }

  find(sql: RawSql, messageId: string): { id: number; at: Millis } | undefined {
    const wanted = toText(messageId);
    const found = sql.all('SELECT id, at, message_id FROM _search_entries WHERE hash = ?', [hashOf(wanted)]).find(([, , id]) => id === wanted);
    return found === undefined ? undefined : { id: Number(found[0]), at: timeOf(Number(found[0]), found[1]) };
  }

  /** Adds a message under the next free number of its time; where that is crowded, the first one after it. */
  add(sql: RawSql, entry: EntryIds): number {
    const id = this.nextFree(sql, firstRowAt(entry.at));
    this.free = Math.max(this.free, id + 1);
    const messageId = toText(entry.messageId);
    const at = timeOfRow(id) === entry.at ? null : toColumn(entry.at);
    sql.run('INSERT INTO _search_entries (id, hash, message_id, conversation_id, at) VALUES (?, ?, ?, ?, ?)', [BigInt(id), hashOf(messageId), messageId, toText(entry.conversationId), at]);
    return id;
  }

  /** A message may move to another conversation. */
  update(sql: RawSql, id: number, conversationId: string): void {
    const value = toText(conversationId);
    sql.run('UPDATE _search_entries SET conversation_id = ? WHERE id = ? AND conversation_id <> ?', [value, BigInt(id), value]);
  }

  remove(sql: RawSql, id: number): void {
    sql.run('DELETE FROM _search_entries WHERE id = ?', [BigInt(id)]);
  }

  get(sql: RawSql, id: number): EntryIds | undefined {
    const row = sql.get('SELECT message_id, conversation_id, at FROM _search_entries WHERE id = ?', [BigInt(id)]);
    return row === undefined ? undefined : { messageId: fromText(row[0]), conversationId: fromText(row[1]), at: timeOf(id, row[2]) };
  }

  private nextFree(sql: RawSql, first: number): number {
    if (first >= this.free) return first;
    if (this.full.size > rememberedTimes) this.full.clear();
    if (this.taken.size > rememberedTimes) this.taken.clear();
    for (;;) {
      const from = this.behindFull(first);
      const taken = this.taken.get(from) ?? takenFrom(sql, from);
      const place = lowestFree(taken);
      if (place < rowsPerMs) {
        this.taken.set(from, taken | (1 << place));
        return from + place;
      }
      this.taken.delete(from);
      this.full.set(from, from + rowsPerMs);
    }
  }

  /** What is passed on the way leads straight to the end the next time, so that a crowd costs each of its messages the same. */
  private behindFull(first: number): number {
    const passed: number[] = [];
    let at = first;
    for (let next = this.full.get(at); next !== undefined; next = this.full.get(at)) {
      passed.push(at);
      at = next;
    }
    for (const number of passed) this.full.set(number, at);
    return at;
  }
}

/** Which numbers of the millisecond that begins at `from` have a row, as bits. */
function takenFrom(sql: RawSql, from: number): number {
  const rows = sql.all('SELECT id FROM _search_entries WHERE id >= ? AND id < ?', [BigInt(from), BigInt(from + rowsPerMs)]);
  return rows.reduce((bits, [id]) => bits | (1 << (Number(id) - from)), 0);
}

function lowestFree(taken: number): number {
  let place = 0;
  while ((taken & (1 << place)) !== 0) place += 1;
  return place;
}

function timeOf(id: number, at: SqlValue | undefined): Millis {
  return typeof at === 'number' ? at : timeOfRow(id);
}

const loneSurrogate = /\p{Surrogate}/gu;

/** As the engine's own columns hold ids; half a character becomes the replacement character, as it does there. */
function toText(id: string): SqlValue {
  return toColumn(id.replace(loneSurrogate, '\ufffd'));
}

function fromText(value: SqlValue | undefined): string {
  return String(fromColumn(value ?? null));
}

/** 48 bits (FNV-1a, two rounds): short enough to be stored in six bytes; equal hashes are told apart by the id itself. */
function hashOf(value: SqlValue): bigint {
  const text = String(value);
  let low = 0x811c9dc5;
  let high = 0x01000193;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x5bd1e995) ^ (high >>> 13);
  }
  return BigInt((low >>> 0) + ((high >>> 0) & 0xffff) * 0x1_0000_0000);
}
