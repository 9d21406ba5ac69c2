import type { Millis } from './common.js';
import type { Agent } from './people.js';

/**
 * A stretch of time in which somebody had Rapport open, in one state and in the same teams. Written as it goes on: `to` is
 * how far it is known, so that a process that dies leaves nothing to be mended. Collection `presence`.
 */
export interface PresenceSpan {
  /** `agentId:from` */
  _id: string;
  agentId: string;
  from: Millis;
  to: Millis;
  /** `away`: Rapport was open, and they had said that they take nothing new. */
  state: Agent['presence'];
  /** As it was then. */
  teamIds: string[];
}

/** No span is longer: one that goes on is continued by the next, so that a period is read from a bounded stretch. */
export const longestSpanMs = 12 * 3_600_000;
