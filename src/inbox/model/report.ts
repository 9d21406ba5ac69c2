import type { Json, Millis } from './common.js';

/** A report somebody wants to see again. Collection `savedReports`. */
export interface SavedReport {
  _id: string;
  name: string;
  ownerId: string;
  /** Shared with this team; absent: the owner's alone. */
  teamId?: string;
  /** The report's address: its query string without the dates, which are said in words. */
  query: string;
  /** "last 28 days" and the like, counted from today whenever it is opened. */
  period: 'last7' | 'last28' | 'last90' | 'thisMonth' | 'lastMonth' | 'lastWeek';
  createdAt: Millis;
}

/** A report sent by e-mail at intervals. Each recipient gets what they may see. Collection `digests`. */
export interface Digest {
  _id: string;
  name: string;
  ownerId: string;
  every: 'week' | 'month';
  query: string;
  timeZone: string;
  /** Agents. */
  recipientIds: string[];
  on: boolean;
  lastSentAt?: Millis;
  /** The newest period that was taken up (or had begun to be due when it was set up): its sends exist, and it is never taken up again. */
  lastPeriod?: string;
  createdAt: Millis;
}

/**
 * One mail of a digest: of one period, to one agent. Written before anything is sent, so that nobody gets it twice.
 * `sending` holds from just before the mail leaves until its end is known; what a dead process left there is `doubtful`
 * and never tried again. Collection `digestSends`.
 */
export interface DigestSend {
  /** `digestId:period:agentId` */
  _id: string;
  digestId: string;
  period: string;
  agentId: string;
  state: 'waiting' | 'sending' | 'sent' | 'failed' | 'doubtful' | 'left_out';
  attempts: number;
  /** Of `waiting`: not before. */
  nextAt: Millis;
  /** When it was written, and when it changed last. */
  createdAt: Millis;
  changedAt: Millis;
  /** Why it waits, failed or was left out, in words. */
  reason?: string;
}

/** What an import has read so far. `_id` is given by the importer, the same for the same file. Collection `imports`. */
export interface ImportState {
  _id: string;
  startedAt: Millis;
  changedAt: Millis;
  /** Bytes that are done with, at the end of a line: where it goes on. */
  bytes: number;
  lines: number;
  added: number;
  known: number;
  faulty: number;
  /** Of those added: their time was before 1990 or ahead of us, so that of the import counts. */
  oddTimes?: number;
  /** What stands at `bytes` is the rest of a line that was too long. */
  skipping?: boolean;
  /** The first thousand. */
  faults: { line: number; reason: string }[];
  doneAt?: Millis;
}

/** Part of the reports' columns as last saved: a copy to start from, never the truth. Collection `columnBlocks`. */
export interface ColumnBlock {
  _id: string;
  /** Raised whenever the layout changes; another one is thrown away. */
  version: number;
  data: string;
  facts: Record<string, Json>;
}
