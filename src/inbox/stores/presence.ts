import type { Millis } from '../model/common.js';
import type { PresenceSpan } from '../model/presence.js';

export interface PresenceStore {
  insert(span: PresenceSpan): Promise<'inserted' | 'duplicate'>;
  /** It lasted at least until then; never makes it shorter. */
  extend(id: string, to: Millis): Promise<void>;
  /** The last of this agent's that had begun by then. */
  newestOf(agentId: string, at: Millis): Promise<PresenceSpan | undefined>;
  /** Newest first; `before`: those that began before it. */
  ofAgent(agentId: string, query: { before?: Millis; limit: number }): Promise<PresenceSpan[]>;
  /** Those that began in this time, by beginning, page by page. */
  begunIn(from: Millis, to: Millis, page: { after?: PresenceSpan; limit: number }): Promise<PresenceSpan[]>;
  /** When the first of all began. */
  knownSince(): Promise<Millis | undefined>;
}
