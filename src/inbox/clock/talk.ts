import type { TimeRules } from '../hours/place.js';
import type { Millis } from '../model/common.js';
import type { Conversation, ConversationStatus, Priority } from '../model/conversation.js';
import type { CaseFacts, Segment, Wait } from '../model/wait.js';
import type { Aims } from './aim.js';

/** One conversation as the clocks see it. The fold changes it in place, millions of times where all is worked out anew: what is absent is `undefined` and never deleted, so that all keep one shape. */
export interface Talk {
  conversationId: string;
  customerId: string;
  channelId: string;
  public: boolean;
  language?: string | undefined;
  tags: string[];
  status: ConversationStatus;
  priority: Priority;
  assigneeId?: string | undefined;
  teamId?: string | undefined;
  snoozedBy?: string | undefined;
  resolvedAt?: Millis | undefined;
  /** The newest message that counts already. */
  seen: number;
  botDone: boolean;
  /** The bot's last word, while nobody else has spoken since. */
  botSaidAt?: Millis | undefined;
  facts: CaseFacts;
  open?: Wait | undefined;
  /** Ended while folding. */
  ended: Wait[];
  /** The last word was a bare acknowledgement. */
  acknowledged?: string | undefined;
  /** The answer elsewhere that ended the wait here. */
  answeredElsewhere?: Conversation['answeredElsewhere'] | undefined;
  /** Answers given elsewhere that an agent said were none to this. */
  notHere: ReadonlySet<string>;
}

/** All conversations of one customer, over all records joined into them. */
export interface PersonClock {
  talks: Map<string, Talk>;
  customerTags: readonly string[];
  rules: TimeRules;
  /** Absent: targets are left out, for who asks only how long somebody waited. */
  aims?: Aims;
}

/** With whom it lies; see `docs/response-times.md` §9. */
export function holderOf(talk: Pick<Talk, 'status' | 'snoozedBy' | 'assigneeId' | 'botDone' | 'teamId'>): Omit<Segment, 'from'> {
  const team = talk.teamId === undefined ? {} : { teamId: talk.teamId };
  if (talk.status === 'snoozed') return { by: 'snoozed', ...(talk.snoozedBy === undefined ? {} : { agentId: talk.snoozedBy }), ...team };
  if (talk.status === 'pending') return { by: 'customer', ...team };
  if (talk.assigneeId !== undefined) return { by: 'agent', agentId: talk.assigneeId, ...team };
  return { by: talk.botDone ? 'unassigned' : 'bot', ...team };
}

/** The same holder in one word, to be kept and compared. */
export function holderKey(holder: Omit<Segment, 'from'>): string {
  return `${holder.by}|${holder.agentId ?? ''}|${holder.teamId ?? ''}`;
}

/** What the fold may change; it replaces what lies deeper. */
export function copyOf(wait: Wait): Wait {
  return { ...wait, asks: [...wait.asks], segments: [...wait.segments] };
}

/** What is read of a conversation to fold it anew. */
export const freshFields = ['_id', 'customerId', 'channelId', 'audience', 'tags', 'language', 'facts'] as const;
export type FreshRow = Pick<Conversation, (typeof freshFields)[number]>;

/** A conversation before anything happened in it; its facts follow from folding. */
export function freshTalk(row: FreshRow, notHere: ReadonlySet<string>): Talk {
  const { n, firstAt, known, imported, firstTeamId } = row.facts;
  return {
    conversationId: row._id, customerId: row.customerId, channelId: row.channelId, public: isPublic(row), tags: row.tags, language: row.language,
    // What another tool sent has no bot of ours.
    seen: 0, status: 'open', priority: 'normal', botDone: imported === true, ended: [], notHere, teamId: firstTeamId,
    assigneeId: undefined, snoozedBy: undefined, resolvedAt: undefined, botSaidAt: undefined, open: undefined, acknowledged: undefined, answeredElsewhere: undefined,
    facts: { n, firstAt, known, touches: 0, asks: 0, transfers: 0, reopened: 0, waits: 0, ...(imported === undefined ? {} : { imported }), ...(firstTeamId === undefined ? {} : { firstTeamId, owner: { teamId: firstTeamId } }) },
  };
}

/** A conversation as its row says it stands now, with its open wait. */
export function talkOfRow(row: Conversation, open: Wait | undefined): Talk {
  return {
    conversationId: row._id, customerId: row.customerId, channelId: row.channelId, public: isPublic(row), tags: row.tags, language: row.language,
    seen: row.lastSeq, status: row.status, priority: row.priority, botDone: row.botDone === true, ended: [], notHere: new Set(), teamId: row.teamId,
    assigneeId: row.assigneeId, snoozedBy: row.snoozedBy, resolvedAt: row.resolvedAt, botSaidAt: undefined, open: open === undefined ? undefined : copyOf(open),
    acknowledged: row.acknowledged, answeredElsewhere: row.answeredElsewhere, facts: { ...row.facts },
  };
}

function isPublic({ audience }: FreshRow): boolean {
  return audience !== undefined && audience !== 'private';
}
