import type { Db } from 'mongodb';
import type { Engine } from '../driver.js';

/** The MongoDB engine: the common port, and its database for parts that live in it (search, files). */
export interface MongoEngine extends Engine {
  readonly kind: 'mongo';
  /** Writes through it wait for a majority and its journal, as the engine's own. Give each operation a `maxTimeMS`. */
  readonly db: Db;
}

export function isMongo(engine: Engine): engine is MongoEngine {
  return engine.kind === 'mongo';
}
