import { Link, useNavigate } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { Kbd } from '../../../components/kbd.js';
import { useKeys } from '../../../lib/keys/use-keys.js';
import type { Me } from '../../../lib/shapes.js';
import { standingLines, teamLines, teamsSeen, type ViewLine } from '../model/views.js';
import styles from './views-nav.module.css';

/** Where am I: the views with what stands in them, and the way to the search. */
export function ViewsNav({ me }: { me: Me }) {
  const navigate = useNavigate();
  const standing = standingLines(me.counts);
  const teams = teamLines(teamsSeen(me.teams, me.agent), me.counts);
  useKeys(
    standing.flatMap((line) =>
      line.key === undefined ? [] : [{ key: `g ${line.key}`, label: line.label, group: 'Go to', run: () => void navigate({ to: '/inbox/$view', params: { view: line.view } }) }],
    ),
  );
  return (
    <nav className={styles['views']} aria-label="Views">
      <Link to="/search" className={styles['find']} aria-keyshortcuts="/">
        <Search size={14} strokeWidth={1.8} aria-hidden />
        <span>Search all</span>
        <Kbd of="/" />
      </Link>
      <ul>
        {standing.map((line) => (
          <Line key={line.view} line={line} />
        ))}
      </ul>
      {teams.length > 0 && (
        <>
          <h2 className={styles['heading']}>Teams</h2>
          <ul>
            {teams.map((line) => (
              <Line key={line.view} line={line} />
            ))}
          </ul>
        </>
      )}
    </nav>
  );
}

function Line({ line }: { line: ViewLine }) {
  return (
    <li>
      <Link to="/inbox/$view" params={{ view: line.view }} className={styles['line']} activeProps={{ 'aria-current': 'page' }} activeOptions={{ exact: false }}>
        <span className={styles['label']}>{line.label}</span>
        {line.count !== undefined && <b>{line.count > 9999 ? '9999+' : line.count}</b>}
      </Link>
    </li>
  );
}
