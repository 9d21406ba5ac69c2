import type { SearchIndex } from '../../inbox/ports.js';

/** Search as its owner sees it. */
export interface StoreSearch extends SearchIndex {
  /** Waits until everything put so far stands in the index proper, and that is tidy; queries find it before that too. */
  settle(): Promise<void>;
  /** Forgets everything. For rebuilding. */
  clear(): Promise<void>;
  /** Before the engine closes. Nothing that was put is lost. */
  stop(): Promise<void>;
}
