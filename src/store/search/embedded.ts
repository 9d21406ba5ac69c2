import type { SearchEntry, SearchPage, SearchQuery } from '../../inbox/ports.js';
import type { EmbeddedEngine, RawSql } from '../embedded/raw-sql.js';
import { decodeCursor, encodeCursor } from './cursor.js';
import { clearSearchTables, createSearchTables } from './embedded-schema.js';
import { EntryRows, firstRowAt } from './entry-rows.js';
import { facetTermsOf } from './facets.js';
import { Indexer, type SearchLog } from './indexer.js';
import { matches } from './match.js';
import { parseQuery } from './parse-query.js';
import { Pending } from './pending.js';
import { makePlan, namesAreIds, type Plan, type ResolveName } from './plan.js';
import { findInSegments } from './segments/find.js';
import { SegmentStore } from './segments/store.js';
import type { StoreSearch } from './store-search.js';
import { Tokenizer } from './tokenize.js';

export interface EmbeddedSearchOptions {
  log: SearchLog;
  /** What `in:` and `channel:` may mean; without it they take ids. */
  resolve?: ResolveName;
}

/**
 * Search in the embedded engine's own file. `put` writes at once, synchronously, into the commit that the tick shares, so
 * a message and its entry become durable together; the index itself is brought up in batches afterwards, and queries look
 * at both.
 */
export async function openEmbeddedSearch(engine: EmbeddedEngine, options: EmbeddedSearchOptions): Promise<StoreSearch> {
  const rows = new EntryRows();
  await engine.groupWrite((sql) => {
    createSearchTables(sql);
    rows.open(sql);
  });
  const pending = new Pending();
  const store = new SegmentStore(engine.sql);
  const indexer = new Indexer(engine, pending, store, options.log);
  indexer.reload();
  return new SegmentSearch({ engine, rows, pending, store, indexer, resolve: options.resolve ?? namesAreIds });
}

interface Parts {
  engine: EmbeddedEngine;
  rows: EntryRows;
  pending: Pending;
  store: SegmentStore;
  indexer: Indexer;
  resolve: ResolveName;
}

class SegmentSearch implements StoreSearch {
  private readonly tokenizer = new Tokenizer();
  private readonly engine: EmbeddedEngine;
  private readonly rows: EntryRows;
  private readonly pending: Pending;
  private readonly store: SegmentStore;
  private readonly indexer: Indexer;
  private readonly resolve: ResolveName;

  constructor(parts: Parts) {
    this.engine = parts.engine;
    this.rows = parts.rows;
    this.pending = parts.pending;
    this.store = parts.store;
    this.indexer = parts.indexer;
    this.resolve = parts.resolve;
    this.indexer.wake();
  }

  async put(entries: SearchEntry[]): Promise<void> {
    await this.write((sql) => {
      for (const entry of entries) this.putOne(sql, entry);
    });
  }

  async remove(messageIds: string[]): Promise<void> {
    await this.write((sql) => {
      for (const messageId of messageIds) {
        const known = this.rows.find(sql, messageId);
        if (known) this.takeOut(sql, known.id);
      }
    });
  }

  query(query: SearchQuery): Promise<SearchPage> {
    return Promise.resolve().then(() => this.search(query));
  }

  settle(): Promise<void> {
    return this.indexer.drain();
  }

  async clear(): Promise<void> {
    await this.engine.groupWrite((sql) => {
      clearSearchTables(sql);
      this.indexer.reload();
    });
  }

  stop(): Promise<void> {
    return this.indexer.stop();
  }

  private async write(change: (sql: RawSql) => void): Promise<void> {
    try {
      await this.engine.groupWrite(change);
    } catch (error) {
      this.indexer.reload();
      throw error;
    }
    this.indexer.wake();
  }

  private putOne(sql: RawSql, entry: SearchEntry): void {
    const { words, extras } = this.tokenizer.termsOf(entry.text, entry.language);
    const known = this.rows.find(sql, entry.messageId);
    const stays = known?.at === entry.at;
    if (known && !stays) this.takeOut(sql, known.id);
    if (known && stays) this.rows.update(sql, known.id, entry.conversationId);
    const id = known && stays ? known.id : this.rows.add(sql, entry);
    // Also a number that a removed message has just left may still stand in the index.
    const indexed = this.pending.get(id)?.indexed ?? stays;
    this.pending.set(sql, { id, indexed, entry: { at: entry.at, words, extras: [...extras, ...facetTermsOf(entry.facets)] } });
  }

  private takeOut(sql: RawSql, id: number): void {
    this.rows.remove(sql, id);
    const waiting = this.pending.get(id);
    if (waiting === undefined || waiting.indexed) this.pending.set(sql, { id, indexed: true });
    else this.pending.drop(sql, id);
  }

  private search(query: SearchQuery): SearchPage {
    const below = query.cursor === undefined ? Number.MAX_SAFE_INTEGER : decodeCursor(query.cursor, isPosition)[0];
    const parsed = parseQuery(query.text, this.tokenizer);
    const { plan, notices } = makePlan(parsed, query.visibleTo, this.resolve);
    const told = { terms: [...parsed.terms], ...(notices.length === 0 ? {} : { notice: notices.join(' ') }) };
    if (!plan) return { hits: [], ...told };
    const ids = this.find(plan, below, query.limit + 1);
    const page = ids.slice(0, query.limit);
    const last = page.at(-1);
    return { hits: page.flatMap((id) => this.hitOf(id)), ...(ids.length > page.length && last !== undefined ? { cursor: encodeCursor([last]) } : {}), ...told };
  }

  private hitOf(id: number): SearchPage['hits'] {
    const hit = this.rows.get(this.engine.sql, id);
    return hit === undefined ? [] : [hit];
  }

  /** Row numbers below `below`, highest first. */
  private find(plan: Plan, below: number, limit: number): number[] {
    const waiting: number[] = [];
    for (const row of this.pending.values()) if (row.id < below && row.entry && matches(plan, row.entry)) waiting.push(row.id);
    const from = firstRowAt(plan.from ?? 0);
    const to = Math.min(below, plan.before === undefined ? below : firstRowAt(plan.before)) - 1;
    // What waits to replace or remove a document hides it.
    const settled = findInSegments(this.store.segments, plan, { from, to, limit }, (id) => this.pending.has(id));
    return [...waiting, ...settled].sort((a, b) => b - a).slice(0, limit);
  }
}

function isPosition(values: unknown): values is readonly [number] {
  return Array.isArray(values) && values.length === 1 && Number.isSafeInteger(values[0]);
}
