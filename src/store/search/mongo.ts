import type { Collection, Document, Filter } from 'mongodb';
import { AppError } from '../../errors.js';
import type { SearchEntry, SearchPage, SearchQuery } from '../../inbox/ports.js';
import type { Engine } from '../driver.js';
import { mongoStoreError } from '../mongo/errors.js';
import { isMongo } from '../mongo/port.js';
import { decodeCursor, encodeCursor } from './cursor.js';
import { facetTermsOf } from './facets.js';
import { toMongoFilter } from './mongo-query.js';
import { parseQuery } from './parse-query.js';
import { makePlan, namesAreIds, type ResolveName } from './plan.js';
import type { StoreSearch } from './store-search.js';
import { Tokenizer } from './tokenize.js';

const collectionName = 'search';
const maxTimeMS = 15_000;

/** `_id` is the message's id. */
interface Row {
  _id: string;
  conversationId: string;
  at: number;
  /** Words, stems, codes and facets, none twice. */
  terms: string[];
  /** The words in order, with a space before and behind each. */
  words: string;
}

/**
 * Search on MongoDB: one document per message in `search`, an index on terms and time. Same terms, same queries and
 * same answers as the embedded one. Waits for its index; throws `store_unavailable`, or `bug` for another engine.
 */
export async function openMongoSearch(engine: Engine, options: { resolve?: ResolveName } = {}): Promise<StoreSearch> {
  if (!isMongo(engine)) throw new AppError('bug', 'this search needs the MongoDB engine');
  const rows = engine.db.collection<Row>(collectionName);
  await guard(() => rows.createIndex({ terms: 1, at: -1, _id: -1 }, { name: 'terms_at' }));
  return new MongoSearch(rows, options.resolve ?? namesAreIds);
}

class MongoSearch implements StoreSearch {
  private readonly tokenizer = new Tokenizer();

  constructor(
    private readonly rows: Collection<Row>,
    private readonly resolve: ResolveName,
  ) {}

  async put(entries: SearchEntry[]): Promise<void> {
    // Of the same message the last one counts, as if they had been put one after the other.
    const documents = new Map(entries.map((entry) => [entry.messageId, this.rowOf(entry)]));
    if (documents.size === 0) return;
    const writes = [...documents.values()].map((row) => ({ replaceOne: { filter: { _id: row._id }, replacement: row, upsert: true } }));
    await guard(() => this.rows.bulkWrite(writes, { ordered: false, maxTimeMS }));
  }

  async remove(messageIds: string[]): Promise<void> {
    if (messageIds.length > 0) await guard(() => this.rows.deleteMany({ _id: { $in: messageIds } }, { maxTimeMS }));
  }

  async query(query: SearchQuery): Promise<SearchPage> {
    const position = query.cursor === undefined ? undefined : decodeCursor(query.cursor, isPosition);
    const parsed = parseQuery(query.text, this.tokenizer);
    const { plan, notices } = makePlan(parsed, query.visibleTo, this.resolve);
    const told = { terms: [...parsed.terms], ...(notices.length === 0 ? {} : { notice: notices.join(' ') }) };
    if (!plan) return { hits: [], ...told };
    const conditions = [toMongoFilter(plan), ...(position === undefined ? [] : [behind(position)])];
    const found = await this.find({ $and: conditions }, query.limit + 1);
    const page = found.slice(0, query.limit);
    const last = page.at(-1);
    return {
      hits: page.map((row) => ({ messageId: row._id, conversationId: row.conversationId, at: row.at })),
      ...(found.length > page.length && last ? { cursor: encodeCursor([last.at, last._id]) } : {}),
      ...told,
    };
  }

  /** There is nothing between `put` and the index here. */
  settle(): Promise<void> {
    return Promise.resolve();
  }

  async clear(): Promise<void> {
    await guard(() => this.rows.deleteMany({}));
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  private find(filter: Document, limit: number): Promise<Pick<Row, '_id' | 'conversationId' | 'at'>[]> {
    return guard(() => this.rows.find(filter as Filter<Row>, { projection: { conversationId: 1, at: 1 }, sort: { at: -1, _id: -1 }, limit, maxTimeMS }).toArray());
  }

  private rowOf(entry: SearchEntry): Row {
    const { words, extras } = this.tokenizer.termsOf(entry.text, entry.language);
    const terms = [...new Set([...words, ...extras, ...facetTermsOf(entry.facets)])];
    return { _id: entry.messageId, conversationId: entry.conversationId, at: entry.at, terms, words: ` ${words.join(' ')} ` };
  }
}

function behind([at, id]: readonly [number, string]): Document {
  return { at: { $lte: at }, $or: [{ at: { $lt: at } }, { _id: { $lt: id } }] };
}

function isPosition(values: unknown): values is readonly [number, string] {
  return Array.isArray(values) && values.length === 2 && Number.isSafeInteger(values[0]) && typeof values[1] === 'string';
}

async function guard<R>(task: () => Promise<R>): Promise<R> {
  try {
    return await task();
  } catch (cause) {
    throw mongoStoreError(cause);
  }
}
