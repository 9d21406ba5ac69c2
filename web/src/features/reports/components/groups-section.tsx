import { Menu } from '@mantine/core';
import { ArrowDown, ArrowUp, Check, ChevronDown } from 'lucide-react';
import { Avatar } from '../../../components/avatar.js';
import { Figure } from '../../../components/charts/figure.js';
import { PointLink } from '../../../components/charts/point-link.js';
import { useMe } from '../../../lib/cache/use-me.js';
import type { GroupBy, Report } from '../../../lib/shapes.js';
import { isRest, orderedGroups, orderOf, pressed } from '../model/group-rows.js';
import { count, lengthWords, percent } from '../model/lengths.js';
import { groupBys, type GroupSort } from '../model/query.js';
import { groupWords } from '../model/report-words.js';
import { About } from '../../../components/about.js';
import { shareWithin } from './tiles.js';
import type { ReportNav } from './use-report-nav.js';
import styles from './groups.module.css';

type Row = Report['groups'][number];

/** The same figures apart: by person, team, channel and so on. */
export function GroupsSection({ report, nav }: { report: Report; nav: ReportNav }) {
  const by = report.groupBy ?? 'responder';
  const words = groupWords[by];
  const order = orderOf(nav.search.order);
  const rows = orderedGroups(report.groups, order, report.time);
  const averages = nav.query.average !== undefined;
  const columns: [GroupSort, string][] = [['waits', words.answers], ['p50', 'Half within'], ['p90', '9 of 10 within'], ['target', 'In target']];
  const sortable = (sort: GroupSort, label: string) => <Head key={sort} label={label} sorted={order?.by === sort ? (order.reversed === (sort === 'name') ? 'descending' : 'ascending') : undefined} down={order?.by === sort && !order.reversed} onSort={() => nav.show({ ...nav.search, order: pressed(order, sort) })} />;
  return (
    <Figure title={words.by} hint={words.hint} about={<About of={[by === 'customer' ? 'new_customers' : 'credit']} what={words.by} />} controls={<GroupMenu by={by} onGroup={(groupBy) => nav.show(regrouped(nav.search, groupBy))} />}>
      {rows.length === 0 ? (
        <p className={styles['none']}>Nothing to set apart in this time.</p>
      ) : (
        <div className={styles['scroll']}>
          <table className={styles['table']} data-by={by} data-averages={averages || undefined} aria-label={words.by}>
            <thead>
              <tr>
                {sortable('name', words.head)}
                {by === 'responder' && <th scope="col">Team</th>}
                {columns.map(([sort, label]) => sortable(sort, label))}
                {averages && <th scope="col">Average</th>}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <GroupLine key={row.key.id} row={row} by={by} clock={report.time} nav={nav} averages={averages} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Figure>
  );
}

function GroupLine({ row, by, clock, nav, averages }: { row: Row; by: GroupBy; clock: Report['time']; nav: ReportNav; averages: boolean }) {
  const me = useMe();
  const share = shareWithin(row.now);
  const agent = by === 'responder' ? me.agents.find((one) => one.id === row.key.id) : undefined;
  const teams = agent?.teamIds.flatMap((id) => me.teams.find((team) => team.id === id)?.name ?? []) ?? [];
  // Whom nobody has answered: there are no answers to count, but waits.
  const counts = (of: Row['now']) => (by === 'responder' && !isRest(row) ? of.answered : of.waits);
  const time = (now: number | undefined, before: number | undefined) => (
    <>
      {now === undefined ? '' : lengthWords(now, clock)}
      {before !== undefined && <small>was {lengthWords(before, clock)}</small>}
    </>
  );
  const mine = row.now[clock];
  const theirs = row.before?.[clock];
  return (
    <tr>
      <th scope="row">
        <PointLink href={nav.waits(`group:${encodeURIComponent(row.key.id)}`)} onOpen={nav.open} className={styles['who']}>
          {by === 'responder' && !isRest(row) && <Avatar name={row.key.name} size={28} />}
          <span title={row.key.name}>{by === 'responder' && isRest(row) ? 'Not answered' : row.key.name}</span>
        </PointLink>
      </th>
      {by === 'responder' && <td className={styles['team']} title={teams.join(', ')}>{teams.join(', ')}</td>}
      <td>
        {count(counts(row.now))}
        {row.before !== undefined && <small>was {count(counts(row.before))}</small>}
      </td>
      <td>{time(mine.answered.p50, theirs?.answered.p50)}</td>
      <td>{time(mine.answered.p90, theirs?.answered.p90)}</td>
      <td>
        {share !== undefined && (
          <span className={styles['target']}>
            <i aria-hidden>
              <i style={{ width: `${share * 100}%` }} />
            </i>
            {percent(share)}
          </span>
        )}
      </td>
      {averages && <td>{time(mine.average, theirs?.average)}</td>}
    </tr>
  );
}

function Head({ label, sorted, down, onSort }: { label: string; sorted: 'ascending' | 'descending' | undefined; down: boolean; onSort: () => void }) {
  return (
    <th scope="col" aria-sort={sorted}>
      <button type="button" onClick={onSort}>
        {label}
        {sorted !== undefined && (down ? <ArrowDown size={12} aria-hidden /> : <ArrowUp size={12} aria-hidden />)}
      </button>
    </th>
  );
}

function GroupMenu({ by, onGroup }: { by: GroupBy; onGroup: (by: GroupBy) => void }) {
  return (
    <Menu position="bottom-end" width={210}>
      <Menu.Target>
        <button type="button" className={styles['menu']} aria-label="Group by">
          Group by <ChevronDown size={12} strokeWidth={1.8} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {groupBys.map((one) => (
          <Menu.Item key={one} leftSection={<Check size={14} style={{ visibility: one === by ? 'visible' : 'hidden' }} aria-hidden />} onClick={() => onGroup(one)}>
            {groupWords[one].by}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Grouped otherwise; by person is the usual, and a column's order belongs to the old groups. */
function regrouped(search: ReportNav['search'], groupBy: GroupBy): ReportNav['search'] {
  const { groupBy: _group, order: _order, ...rest } = search;
  return groupBy === 'responder' ? rest : { ...rest, groupBy };
}
