import type { HolderKind } from '../../src/inbox/model/wait.js';
import type { Lies } from './slow-story.js';

/** A stretch of a wait with whoever had it. */
export interface SlowSegment {
  from: number;
  to: number;
  by: HolderKind;
  agentId?: string;
  teamId?: string;
}

/** Who has a conversation. */
export interface Holder {
  by: HolderKind;
  agentId?: string;
  teamId?: string;
}

/** §9: who has it. */
export function holderOf(lies: Lies): Holder {
  const team = lies.teamId === undefined ? {} : { teamId: lies.teamId };
  if (lies.status === 'snoozed') return { by: 'snoozed', ...(lies.snoozedBy === undefined ? {} : { agentId: lies.snoozedBy }), ...team };
  if (lies.status === 'pending') return { by: 'customer', ...team };
  if (lies.assigneeId !== undefined) return { by: 'agent', agentId: lies.assigneeId, ...team };
  return { by: lies.botDone ? 'unassigned' : 'bot', ...team };
}

/** The first holder from the beginning, each later one from its moment on; what lies outside the wait is cut away. */
export function segmentsOf(holders: readonly { since: number; holder: Holder }[], wait: { from: number; to: number }): SlowSegment[] {
  const cut: SlowSegment[] = holders.map(({ since, holder }, index) => {
    const next = holders[index + 1]?.since ?? Infinity;
    return { from: index === 0 ? wait.from : Math.max(since, wait.from), to: Math.min(next, wait.to), ...holder };
  });
  return joinedSegments(cut.filter((segment) => segment.to > segment.from));
}

/** Neighbours with the same holder are one. */
export function joinedSegments(segments: readonly SlowSegment[]): SlowSegment[] {
  const joined: SlowSegment[] = [];
  for (const segment of segments) {
    const before = joined.at(-1);
    if (before !== undefined && before.by === segment.by && before.agentId === segment.agentId && before.teamId === segment.teamId) before.to = segment.to;
    else joined.push({ ...segment });
  }
  return joined;
}
