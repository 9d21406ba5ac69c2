import type { Millis } from './common.js';
import type { Priority } from './conversation.js';

/** How long an answer may take. All conditions that are given must hold; of several that apply the earliest deadline counts. Collection `targets`. */
export interface Target {
  _id: string;
  name: string;
  /** First answer of a conversation, every later one, or everything up to resolved. */
  kind: 'first' | 'next' | 'final';
  minutes: number;
  hours: 'business' | 'calendar';
  /** Empty: everywhere. */
  teamIds: string[];
  channelIds: string[];
  priorities: Priority[];
  customerTags: string[];
  /** 0.1 … 0.99 of the time: then whoever has it is warned. */
  warnAtShare: number;
  on: boolean;
  createdAt: Millis;
}
