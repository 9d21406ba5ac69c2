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
  /** The period that went out last, so that it goes out once. */
  lastPeriod?: string;
  createdAt: Millis;
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
