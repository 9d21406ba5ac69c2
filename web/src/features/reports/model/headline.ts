import type { Me, Report } from '../../../lib/shapes.js';
import { filterWords, valuesOf } from './filters.js';
import { periodWords, spanWords, type Days, type PeriodName } from './period.js';
import type { ReportQuery, ReportSearch } from './query.js';

/** "Last 28 days", or the days themselves. */
export function periodTitle(search: ReportSearch, days: Days, today: string): string {
  const name: PeriodName | undefined = search.period ?? (search.from === undefined ? 'last28' : undefined);
  return name === undefined ? spanWords(days, today) : periodWords[name];
}

/** "Last 28 days, all teams, business hours of each team": what is shown, as a sentence. */
export function headline(search: ReportSearch, shown: { query: ReportQuery; me: Me; today: string; report?: Report | undefined; anyTime?: boolean }): string {
  const { query, me, today, report, anyTime = false } = shown;
  const others = filterWords(search, { me, report }).filter((word) => !word.id.startsWith('team:')).length;
  return [
    anyTime ? 'Whenever they began' : periodTitle(search, query, today),
    whose(search, me, report),
    ...(others === 0 ? [] : [`${others} ${others === 1 ? 'filter' : 'filters'}`]),
    query.time === 'business' ? 'business hours of each team' : 'calendar time',
  ].join(', ');
}

function whose(search: ReportSearch, me: Me, report: Report | undefined): string {
  if (report?.scope.of === 'own' || (report === undefined && me.agent.role === 'agent')) return 'your own answers';
  const picked = valuesOf(search, 'team');
  const names = (ids: readonly string[]) => listed(ids.flatMap((id) => me.teams.find((team) => team.id === id)?.name ?? []));
  if (picked.length > 0) return names(picked) || 'some teams';
  const mine = report === undefined ? (me.agent.role === 'lead' ? me.agent.teamIds : undefined) : report.scope.of === 'teams' ? report.scope.teamIds : undefined;
  return mine === undefined ? 'all teams' : names(mine) || 'your teams';
}

/** "Orders, Workshop and Billing" */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}
