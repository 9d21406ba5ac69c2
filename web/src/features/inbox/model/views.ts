import type { Counts, TeamView } from '../../../lib/shapes.js';
import type { ViewName } from '../../../lib/cache/rows.js';

export interface ViewLine {
  view: ViewName;
  label: string;
  /** Not shown where a number says nothing. */
  count?: number;
  /** The second key after `g`. */
  key?: string;
}

/** The standing views in their order, with what stands in them. Spam is listed only when there is some. */
export function standingLines(counts: Counts): ViewLine[] {
  const lines: ViewLine[] = [
    { view: 'mine', label: 'Mine', count: counts.mine, key: 'm' },
    { view: 'unassigned', label: 'Unassigned', count: counts.unassigned, key: 'u' },
    { view: 'waiting', label: 'Waiting longest', count: counts.waiting, key: 'w' },
    { view: 'open', label: 'All open', count: counts.open, key: 'o' },
    { view: 'snoozed', label: 'Snoozed', count: counts.snoozed, key: 'z' },
    { view: 'resolved', label: 'Resolved', key: 'r' },
  ];
  return counts.spam > 0 ? [...lines, { view: 'spam', label: 'Spam', count: counts.spam }] : lines;
}

/** The teams whose conversations this agent sees: one's own, or all of them for who leads. */
export function teamsSeen<T extends { id: string }>(teams: readonly T[], agent: { role: string; teamIds: readonly string[] }): T[] {
  return teams.filter((team) => agent.role !== 'agent' || agent.teamIds.includes(team.id));
}

/** One line per team, by name. */
export function teamLines(teams: readonly TeamView[], counts: Counts): ViewLine[] {
  return teams
    .toSorted((one, other) => one.name.localeCompare(other.name))
    .map((team) => ({ view: `team-${team.id}` as const, label: team.name, count: counts.teams[team.id] ?? 0 }));
}

/** The list's header as a sentence in two parts: "27 waiting", "longest first". */
export function sentence(view: ViewName, counts: Counts, teamName: string | undefined): { what: string; order: string } {
  const number = (value: number) => value.toLocaleString('en-GB');
  switch (view) {
    case 'mine':
      return { what: counts.mine === 0 ? 'Nothing is yours' : `${number(counts.mine)} of yours`, order: 'newest first' };
    case 'unassigned':
      return { what: `${number(counts.unassigned)} unassigned`, order: 'newest first' };
    case 'waiting':
      return counts.waiting === 0 ? { what: 'Nobody waits', order: '' } : { what: `${number(counts.waiting)} waiting`, order: 'longest first' };
    case 'open':
      return { what: `${number(counts.open)} open`, order: 'newest first' };
    case 'snoozed':
      return { what: `${number(counts.snoozed)} snoozed`, order: 'newest first' };
    case 'resolved':
      return { what: `${number(counts.resolved)} resolved`, order: 'newest first' };
    case 'spam':
      return { what: `${number(counts.spam)} spam`, order: 'newest first' };
    default:
      return { what: `${number(counts.teams[view.slice(5)] ?? 0)} open`, order: teamName === undefined ? 'newest first' : `${teamName}, newest first` };
  }
}

/** What to say in a view with nothing in it: what will appear, and what to do. */
export function emptyWords(view: ViewName): { title: string; text: string } {
  switch (view) {
    case 'mine':
      return { title: 'Nothing is assigned to you', text: 'Conversations that you take, or that are routed to you, stand here. Unassigned ones are one view further down.' };
    case 'unassigned':
      return { title: 'Everything has an owner', text: 'New conversations that nobody has taken yet appear here.' };
    case 'waiting':
      return { title: 'Nobody waits for an answer', text: 'As soon as a customer writes, their clock starts and they appear here, the longest wait on top.' };
    case 'open':
      return { title: 'Nothing is open', text: 'Every conversation appears here when a customer writes. Connect a mailbox or the chat bubble under Settings, Channels.' };
    case 'snoozed':
      return { title: 'Nothing is snoozed', text: 'What you put off with S comes back by itself at the time you chose; until then it stands here.' };
    case 'resolved':
      return { title: 'Nothing is resolved yet', text: 'Conversations that are done stand here. A customer who writes again opens theirs again.' };
    case 'spam':
      return { title: 'No spam', text: 'What you mark as spam stands here and starts no clock.' };
    default:
      return { title: 'Nothing is open in this team', text: 'Conversations that are routed to the team appear here.' };
  }
}
