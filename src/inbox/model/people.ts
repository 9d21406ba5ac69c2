import type { Millis } from './common.js';

/** In which Rapport speaks by itself. */
export type Language = 'en' | 'de' | 'es' | 'fr';

export type Role = 'administrator' | 'lead' | 'agent';

/** Somebody who answers. Collection `agents`. */
export interface Agent {
  _id: string;
  name: string;
  /** Lower-case, unique. */
  email: string;
  role: Role;
  teamIds: string[];
  passwordHash?: string;
  state: 'active' | 'invited' | 'disabled';
  /** `away` gets nothing new; set by the agent, and by the server when no browser is connected. */
  presence: 'online' | 'away';
  /** How many open conversations routing may give. */
  capacity: number;
  /** Kept, not counted: open conversations assigned to them. */
  load: number;
  lastAssignedAt?: Millis;
  preferences?: { theme?: 'light' | 'dark' | 'auto'; density?: 'normal' | 'compact'; /** Of mails to them; absent: the workspace's. */ language?: Language };
  createdAt: Millis;
}

/** Several blocks a day, in the zone. `day` 0 = Monday. Minutes from midnight; `to` > `from`. */
export interface BusinessHours {
  timeZone: string;
  blocks: { day: number; from: number; to: number }[];
}

/** Collection `teams`. */
export interface Team {
  _id: string;
  name: string;
  hours?: BusinessHours;
  createdAt: Millis;
}

/** Collection `sessions`, `_id` = SHA-256 of the cookie's value. */
export interface Session {
  _id: string;
  agentId: string;
  createdAt: Millis;
  lastUsedAt: Millis;
  userAgent: string;
  csrf: string;
}

/** Collection `apiKeys`, `_id` = SHA-256 of the key. */
export interface ApiKey {
  _id: string;
  name: string;
  agentId: string;
  createdAt: Millis;
  lastUsedAt?: Millis;
}

/** The workspace's settings: one document, `_id` = `workspace`. Collection `settings`. */
export interface Workspace {
  _id: string;
  companyName: string;
  /** Set when the first administrator exists; set-up is closed for good. */
  setUpAt?: Millis;
  hours: BusinessHours;
  defaultLanguage: string;
  /** Minutes: the target the customer's clock is drawn against. */
  answerTargetMinutes: number;
  botName: string;
  botOn: boolean;
  /** A resolve counts once it has held for so long. Absent: 72. */
  resolveHoldsHours?: number;
  /** Who sees what in reports. Absent: agents see nothing, names are shown. */
  reports?: { agentsSeeOwn: boolean; hideNames: boolean };
  /** Made when names are first hidden: what stands for a name is not to be worked out from an agent's id. */
  nameSalt?: string;
}
