import type { Asking, ReportQuery } from '../api.js';
import type { Reports } from '../shapes.js';

/** The staffing page's answer, as far as it is taken away. */
export interface StaffingAnswer {
  model: string;
  assumptions: readonly string[];
  weeks: number;
  targetMs: number;
  share: number;
  handlingMs: number;
  concurrent: number;
  /** How it is known who was there. */
  presentBy: string;
  /** [weekday][hour] */
  hours: readonly (readonly { arrivals: number; needed: number; present: number; open: boolean }[])[];
}

/** What the staffing page was asked for. */
export interface StaffingWanted extends Pick<ReportQuery, 'from' | 'to' | 'zone' | 'team' | 'channel'> {
  share?: number;
  targetMinutes?: number;
  handlingMinutes?: number;
  /** Conversations that one agent has under way at once; 1 when absent. */
  concurrent?: number;
}

/** Where the figures come from: the same calls that the page makes, always with an `Asking`. Each does IO. */
export interface ReportSource extends Pick<Reports, 'report' | 'receipts' | 'conversations' | 'definitions' | 'defaultZone'> {
  staffing(asking: Asking, query: StaffingWanted): Promise<StaffingAnswer>;
}
