import type { Calendar } from '../model/calendar.js';
import type { Millis } from '../model/common.js';
import type { Target } from '../model/target.js';

export interface Span {
  from: Millis;
  to: Millis;
}

/** Where a clock runs: what decides which calendar and which target counts. */
export interface Place {
  teamId?: string;
  channelId?: string;
  /** Of the customer, not of the conversation. */
  customerTags?: readonly string[];
}

/** Everything that times are reckoned by, as it is now; kept in memory by whoever changes it. */
export interface TimeRules {
  calendars: readonly Calendar[];
  targets: readonly Target[];
  /** Counts where no target applies. */
  defaultMinutes: number;
  /** A resolve that held so long counts. */
  resolveHoldsMs: number;
}
