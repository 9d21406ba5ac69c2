import type { Millis } from '../../inbox/model/common.js';
import type { RawSql, SqlValue } from '../embedded/raw-sql.js';
import { fromColumn, toColumn } from '../embedded/values.js';

/** Row numbers in one millisecond. A row's number is its time times this, plus a counter, so that row order is time order. */
export const rowsPerMs = 1024;

export function firstRowAt(at: Millis): number {
  return Math.max(0, Math.floor(at)) * rowsPerMs;
}

export function timeOfRow(id: number): Millis {
  return Math.floor(id / rowsPerMs);
}

/** Latest time whose row number is still exact (the year 2248). */
export const latestTime = Math.floor(Number.MAX_SAFE_INTEGER / rowsPerMs) - 2;

/** The table that knows which message a row of the index is. */
export const entryRows = {
  find(sql: RawSql, messageId: string): number | undefined {
    const wanted = toText(messageId);
    const found = sql.all('SELECT id, message_id FROM _search_entries WHERE hash = ?', [hashOf(wanted)]).find(([, id]) => id === wanted);
    return found === undefined ? undefined : Number(found[0]);
  },

  /** Adds a message with the next free number of its millisecond, or of a later one when a thousand share it. */
  add(sql: RawSql, entry: { at: Millis; messageId: string; conversationId: string }): number {
    const id = nextFree(sql, Math.min(entry.at, latestTime));
    const messageId = toText(entry.messageId);
    sql.run('INSERT INTO _search_entries (id, hash, message_id, conversation_id) VALUES (?, ?, ?, ?)', [BigInt(id), hashOf(messageId), messageId, toText(entry.conversationId)]);
    return id;
  },

  /** A message may move to another conversation. */
  update(sql: RawSql, id: number, conversationId: string): void {
    const value = toText(conversationId);
    sql.run('UPDATE _search_entries SET conversation_id = ? WHERE id = ? AND conversation_id <> ?', [value, BigInt(id), value]);
  },

  remove(sql: RawSql, id: number): void {
    sql.run('DELETE FROM _search_entries WHERE id = ?', [BigInt(id)]);
  },

  idsOf(sql: RawSql, id: number): { messageId: string; conversationId: string } | undefined {
    const row = sql.get('SELECT message_id, conversation_id FROM _search_entries WHERE id = ?', [BigInt(id)]);
    return row === undefined ? undefined : { messageId: fromText(row[0]), conversationId: fromText(row[1]) };
  },
};

const loneSurrogate = /\p{Surrogate}/gu;

/** As the engine's own columns hold ids; half a character becomes the replacement character, as it does there. */
function toText(id: string): SqlValue {
  return toColumn(id.replace(loneSurrogate, '\ufffd'));
}

function fromText(value: SqlValue | undefined): string {
  return String(fromColumn(value ?? null));
}

function nextFree(sql: RawSql, at: Millis): number {
  for (let ms = at; ; ms += 1) {
    const first = firstRowAt(ms);
    const highest = sql.get('SELECT max(id) FROM _search_entries WHERE id >= ? AND id < ?', [BigInt(first), BigInt(first + rowsPerMs)])?.[0];
    if (highest === null || highest === undefined) return first;
    if (Number(highest) + 1 < first + rowsPerMs) return Number(highest) + 1;
  }
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
