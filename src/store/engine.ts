import type { Engine } from './driver.js';
import { openEmbedded } from './embedded/engine.js';
import type { EngineLog } from './embedded/group-commit.js';
import type { EmbeddedEngine } from './embedded/raw-sql.js';
import type { MongoOptions } from './mongo/engine.js';

export interface EngineConfig {
  /** Set: MongoDB. Else the embedded store in `file`. */
  mongo?: MongoOptions | undefined;
  /** Path of the embedded store's file. */
  file: string;
  log?: EngineLog;
}

/** Opens the engine that the configuration asks for. Throws `store_unavailable`. Follow it by `prepare`. */
export async function openEngine(config: EngineConfig): Promise<Engine> {
  // The driver is 1.3 MB of source that a store in one file never needs.
  if (config.mongo !== undefined) return (await import('./mongo/engine.js')).openMongo(config.mongo);
  return openEmbedded({ file: config.file, ...(config.log === undefined ? {} : { log: config.log }) });
}

/** The embedded engine shows its SQL to parts that live in the same file. */
export function isEmbedded(engine: Engine): engine is EmbeddedEngine {
  return engine.kind === 'embedded';
}
