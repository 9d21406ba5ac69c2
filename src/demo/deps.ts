import type { InboxActions, InboxReads } from '../inbox/api.js';
import type { ChannelKind, Json, Millis } from '../inbox/model/common.js';
import type { InboundEvent } from '../inbox/model/event.js';
import type { BusinessHours, Role, Workspace } from '../inbox/model/people.js';
import type { PresenceSpan } from '../inbox/model/presence.js';
import type { Target } from '../inbox/model/target.js';

export interface DemoTeam {
  _id: string;
  name: string;
  hours?: BusinessHours;
}

export interface DemoAgent {
  _id: string;
  name: string;
  email: string;
  role: Role;
  teamIds: string[];
  capacity: number;
  presence: 'online' | 'away';
  /** Plain; hashed by whoever stores it. */
  password: string;
}

export interface DemoChannel {
  _id: string;
  kind: ChannelKind;
  name: string;
  teamId?: string;
  settings: Record<string, Json>;
  /** Plain; sealed by whoever stores them. */
  secrets: Record<string, string>;
}

/**
 * What the demo needs of the running product. Everything goes through the real core: the demo has no way to write a
 * conversation, a message, a wait or a mood by itself.
 */
export interface DemoDeps {
  /** True when there is no channel, agent or message yet; only then is the half year played. */
  isEmpty(): Promise<boolean>;
  /** The clock of the whole process (ids made from it included) stands at `now` until the next call; `undefined`: real time again. */
  setNow(now: Millis | undefined): void;
  /** Ledger, then applied, as a webhook's events are. */
  receive(events: InboundEvent[]): Promise<void>;
  /** Does all that is due at the clock's time (timers, bot turns, routing, deliveries, index) and waits until nothing is under way. */
  settle(): Promise<void>;
  actions: Pick<InboxActions, 'reply' | 'note' | 'assign' | 'snooze' | 'setStatus' | 'setPriority' | 'setTags' | 'setSubject' | 'markRead' | 'saveDraft' | 'noAnswerNeeded' | 'setPresence' | 'setTyping' | 'addUpload' | 'decideJoin' | 'joinCustomers' | 'tagCustomer'>;
  reads: Pick<InboxReads, 'message' | 'conversation' | 'list' | 'picture' | 'people'>;
  /** Durable when it resolves. */
  putBlob(bytes: Uint8Array): Promise<{ blobId: string; size: number }>;
  setWorkspace(workspace: Omit<Workspace, '_id' | 'setUpAt'>): Promise<void>;
  addTeam(team: DemoTeam): Promise<void>;
  addTarget(target: Omit<Target, 'createdAt'>): Promise<void>;
  addAgent(agent: DemoAgent): Promise<void>;
  addChannel(channel: DemoChannel): Promise<void>;
  addPresence(spans: readonly PresenceSpan[]): Promise<void>;
  /** One line for the person at the terminal, e.g. how far the filling is. */
  say(line: string): void;
  log: { info(facts: object, text: string): void; warn(facts: object, text: string): void };
}
