import type { ConversationRow, Status } from '../shapes.js';

/** A list of conversations: one of the standing views, or a team's open ones (`team-` and its id). */
export type ViewName = 'mine' | 'unassigned' | 'waiting' | 'open' | 'snoozed' | 'resolved' | 'spam' | `team-${string}`;

export const standingViews = ['mine', 'unassigned', 'waiting', 'open', 'snoozed', 'resolved', 'spam'] as const;

/** The view that a piece of the URL names; `undefined` when it names none. */
export function viewOf(text: string): ViewName | undefined {
  const standing = standingViews.find((view) => view === text);
  if (standing !== undefined) return standing;
  return text.startsWith('team-') && text.length > 5 ? `team-${text.slice(5)}` : undefined;
}

/** What to ask the server for. */
export function viewQuery(view: ViewName): { view: string; teamId?: string } {
  return view.startsWith('team-') ? { view: 'open', teamId: view.slice(5) } : { view };
}

const inWork: ReadonlySet<Status> = new Set(['open', 'pending']);

/** Whether a conversation stands in that view of that agent. The same rule as the server's. */
export function belongsTo(view: ViewName, row: ConversationRow, agentId: string): boolean {
  switch (view) {
    case 'mine':
      return inWork.has(row.status) && row.assigneeId === agentId;
    case 'unassigned':
      return inWork.has(row.status) && row.assigneeId === undefined;
    case 'waiting':
      return row.waitingSince !== undefined && inWork.has(row.status);
    case 'open':
      return inWork.has(row.status);
    case 'snoozed':
    case 'resolved':
    case 'spam':
      return row.status === view;
    default:
      return inWork.has(row.status) && row.teamId === view.slice(5);
  }
}

/** Negative when `one` stands above `other`: the longest wait first where people wait, else the newest; the server's order. */
export function compareRows(view: ViewName, one: ConversationRow, other: ConversationRow): number {
  const byId = one.id < other.id ? -1 : one.id > other.id ? 1 : 0;
  if (view !== 'waiting') return other.lastMessageAt - one.lastMessageAt || -byId;
  return (one.waitingSince ?? Number.MAX_SAFE_INTEGER) - (other.waitingSince ?? Number.MAX_SAFE_INTEGER) || byId;
}

/**
 * The pages of a view with one row changed: replaced, moved, taken in or taken out. `complete` says that the last page is
 * there, so that a row which sorts below everything may be taken in. An older state of a row never replaces a newer one.
 */
export function patchRows(pages: readonly ConversationRow[][], row: ConversationRow, place: { view: ViewName; agentId: string; complete: boolean }): ConversationRow[][] {
  const old = pages.flat().find((other) => other.id === row.id);
  if (old !== undefined && old.changeSeq > row.changeSeq) return pages.map((page) => page);
  const stays = belongsTo(place.view, row, place.agentId);
  if (old === undefined && !stays) return pages.map((page) => page);
  if (old !== undefined && stays && compareRows(place.view, old, row) === 0) return pages.map((page) => replaced(page, row));
  const rest = pages.map((page) => page.filter((other) => other.id !== row.id));
  return stays ? inserted(rest, row, place) : rest;
}

function replaced(page: ConversationRow[], row: ConversationRow): ConversationRow[] {
  const at = page.findIndex((other) => other.id === row.id);
  return at < 0 ? page : page.with(at, row);
}

function inserted(pages: ConversationRow[][], row: ConversationRow, place: { view: ViewName; complete: boolean }): ConversationRow[][] {
  const pageAt = pages.findIndex((page) => page.some((other) => compareRows(place.view, row, other) < 0));
  const page = pages[pageAt];
  if (page === undefined) {
    const last = pages.length - 1;
    return place.complete && last >= 0 ? pages.with(last, [...(pages[last] ?? []), row]) : pages;
  }
  const at = page.findIndex((other) => compareRows(place.view, row, other) < 0);
  return pages.with(pageAt, page.toSpliced(at, 0, row));
}
