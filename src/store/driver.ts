/**
 * The narrow port that every file in `collections/` is written against: MongoDB's query language with a closed list
 * of operators. Two engines implement it (`embedded/`, `mongo/`) and pass the same contract suite.
 *
 * Documents are plain JSON: strings, finite numbers, booleans, arrays, objects. No `null`, no `undefined`, no dates:
 * an absent thing is an absent field, a time is an integer of milliseconds since 1970 (so that both engines compare
 * and sort it alike, and nothing has to be converted on the hot path). A `null` is let through inside a nested native
 * payload only. What is not plain JSON is refused with `bug`, nesting deeper than 90 levels with `bad_request`.
 */
export type Scalar = string | number | boolean;

export interface Doc {
  readonly _id: string;
}

export interface FieldCondition {
  $eq?: Scalar;
  $ne?: Scalar;
  $in?: readonly Scalar[];
  $nin?: readonly Scalar[];
  $gt?: Scalar;
  $gte?: Scalar;
  $lt?: Scalar;
  $lte?: Scalar;
  $exists?: boolean;
}

type Paths<T> = { [K in keyof T & string]: K }[keyof T & string];

/** A top-level field of T, or a dotted path into one (`delivery.state`). A path does not lead through an array. */
export type FieldPath<T> = Paths<T> | `${Paths<T>}.${string}`;

/**
 * Conditions joined by AND. A bare scalar means equality; on an array field equality and `$in` match any element, as
 * in MongoDB. Comparisons match only values of the same type (number with number, string with string).
 */
export type Filter<T> = { [P in FieldPath<T>]?: Scalar | FieldCondition } & {
  $or?: readonly Filter<T>[];
  $and?: readonly Filter<T>[];
};

export type Sort<T> = { [P in FieldPath<T>]?: 1 | -1 };

export interface Update<T> {
  $set?: { [P in FieldPath<T>]?: unknown };
  $unset?: { [P in FieldPath<T>]?: true };
  $inc?: { [P in FieldPath<T>]?: number };
  $max?: { [P in FieldPath<T>]?: number };
  $min?: { [P in FieldPath<T>]?: number };
  $push?: { [P in FieldPath<T>]?: unknown };
  $addToSet?: { [P in FieldPath<T>]?: unknown };
  $pull?: { [P in FieldPath<T>]?: Scalar };
  /** Only together with `upsert`; applied when the document is created. */
  $setOnInsert?: { [P in FieldPath<T>]?: unknown };
}

export interface IndexSpec<T> {
  /** Unique in its collection; part of the physical index name. Renaming it builds a new index. */
  name: string;
  /** These fields hold strings, numbers or booleans, or are absent; the embedded store refuses a list or object there with `bug`. */
  keys: Sort<T>;
  /** Its fields must exist in every document that the index covers (say so in `where`): engines differ about absent ones. */
  unique?: boolean;
  /** Partial index: only documents that have all of these fields, or hold exactly this scalar. */
  where?: { [P in FieldPath<T>]?: Scalar | { $exists: true } };
}

export interface CollectionSpec<T extends Doc> {
  name: string;
  indexes: readonly IndexSpec<T>[];
  /** Its documents are read again by their `_id` soon after they were read or written: an engine alone on its store may keep some in memory. */
  hot?: boolean;
}

export interface FindOptions<T> {
  sort?: Sort<T>;
  limit: number;
  /**
   * Keyset cursor: the values of the sort fields of the last document seen, in the order of `sort`. Only what comes
   * strictly after it is returned. A sort used with a cursor must end in a unique field, and all its fields must exist
   * and hold one type each.
   */
  after?: readonly Scalar[];
}

export interface Changed<T> {
  /** Absent when the document was created by an upsert. */
  before?: T;
  after: T;
}

export interface Collection<T extends Doc> {
  /** The document with this filter; with several, any one of them. */
  findOne(filter: Filter<T>): Promise<T | undefined>;
  find(filter: Filter<T>, options: FindOptions<T>): Promise<T[]>;
  /** The same with no more of each document than these of its top-level fields: for who reads very many and needs little of them. */
  pick<K extends keyof T & string>(filter: Filter<T>, options: FindOptions<T> & { fields: readonly K[] }): Promise<Pick<T, K>[]>;
  /** `duplicate` when `_id` or a unique index holds it already: an answer, not an error. */
  insert(doc: T): Promise<'inserted' | 'duplicate'>;
  /**
   * Changes at most one document, atomically: the precondition stands in the filter. `undefined` when nothing matched
   * (a lost race is a returned value). With `upsert` a missing document is created from the filter's equalities,
   * `$setOnInsert` and the update; the filter must then contain `_id`. Throws `conflict` when a unique index forbids it.
   */
  change(filter: Filter<T>, update: Update<T>, options?: { upsert?: boolean }): Promise<Changed<T> | undefined>;
  /** Changes every match, one by one atomically; returns how many. Not for hot paths. */
  changeAll(filter: Filter<T>, update: Update<T>): Promise<number>;
  /** Deletes every match, at most `limit`; returns how many. */
  delete(filter: Filter<T>, options?: { limit?: number }): Promise<number>;
  /** Counts, but stops at `limit`. Lists show kept counters; this is for checks and maintenance. */
  count(filter: Filter<T>, options?: { limit?: number }): Promise<number>;
}

/** Hands out collections; the same spec gives the same collection. Creates table and indexes on `prepare`. */
export interface Driver {
  collection<T extends Doc>(spec: CollectionSpec<T>): Collection<T>;
}

/**
 * One engine. `durable` is for single writes: a promise resolves when the write survives a power cut. `work` groups:
 * what is written through the driver handed to it becomes durable together where the engine can do it (embedded: one
 * commit, shared by everything of the same tick), and in the order written where it can not (MongoDB). So every step
 * in it must be idempotent, and the first write must be the one that says that the work exists. If `task` throws, what
 * it had written may or may not stay.
 */
export interface Engine {
  readonly kind: 'embedded' | 'mongo';
  readonly durable: Driver;
  work<R>(task: (driver: Driver) => Promise<R>): Promise<R>;
  /** Creates collections and indexes and waits for them; throws `store_unavailable` with the index's name. */
  prepare(specs: readonly CollectionSpec<never>[]): Promise<void>;
  /** True when a write would be accepted now; used by readiness. Does a write. */
  writable(): Promise<boolean>;
  close(): Promise<void>;
}
