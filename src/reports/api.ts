import type { Viewer } from '../inbox/api.js';
import type { Millis } from '../inbox/model/common.js';
import type { Priority } from '../inbox/model/conversation.js';
import type { ReportScope } from './scope.js';

/** What a report is asked for, as the routes hand it in; days are in `zone`. */
export interface ReportQuery {
  from: string;
  to: string;
  zone: string;
  compare: 'before' | 'none';
  kind: 'first' | 'next' | 'any';
  time: 'calendar' | 'business';
  groupBy?: GroupBy;
  team?: string[];
  responder?: string[];
  channel?: string[];
  language?: string[];
  tag?: string[];
  priority?: Priority[];
  customer?: 'new' | 'known';
  imported?: boolean;
  average?: boolean;
}

export type GroupBy = 'team' | 'responder' | 'channel' | 'language' | 'tag' | 'priority' | 'hour' | 'weekday' | 'customer';

/** Whose figures are asked for, and by whom. Made by `scopeOf`; nothing is answered without it. */
export interface Asking {
  viewer: Viewer;
  scope: ReportScope;
  now: Millis;
}
