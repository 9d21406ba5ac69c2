import { useEffect, useRef } from 'react';
import { useElementSize } from '@mantine/hooks';
import { useKeys } from '../../../lib/keys/use-keys.js';
import type { Me, Wall } from '../../../lib/shapes.js';
import { timeOfDay } from '../../../lib/time/format.js';
import { holderWords } from '../model/wall-words.js';
import type { ShownWall } from './use-wall.js';
import { WallNumbers } from './wall-numbers.js';
import { RowClock } from './wall-row.js';
import styles from './screen.module.css';

/** For a screen on the wall: large, without anything to click. What is no longer true goes grey and says of when it is. */
export function Screen({ wall, me, now, asOf, stale, onLeave }: ShownWall & { me: Me; onLeave: () => void }) {
  useKeys([{ key: 'escape', label: 'Leave the full screen', group: 'Go to', run: onLeave }, { key: 'f', label: 'Leave the full screen', group: 'Go to', run: onLeave }]);
  useLeaveWithFullScreen(onLeave);
  return (
    <main className={styles['screen']} data-stale={stale || undefined}>
      <button type="button" className={styles['leave']} onClick={onLeave}>
        Leave the full screen
      </button>
      {wall !== undefined && (
        <>
          <WallNumbers waiting={wall.waiting} now={now} large />
          <div className={styles['columns']}>
            <Waiting wall={wall} me={me} now={now} />
            <Teams wall={wall} />
          </div>
        </>
      )}
      <p className={styles['asOf']} role="status">
        {wall === undefined ? 'No numbers yet: the server does not answer.' : stale ? `Not live. As of ${timeOfDay(asOf)}.` : `As of ${timeOfDay(asOf)}`}
      </p>
    </main>
  );
}

/** As many rows as there is room for: half a row says nothing. */
function Waiting({ wall, me, now }: { wall: Wall; me: Me; now: number }) {
  const { ref, height, width } = useElementSize<HTMLUListElement>();
  const rowHeight = Math.max(52, width * 0.056);
  const fitting = Math.max(1, Math.floor(height / rowHeight));
  const rows = wall.rows.slice(0, fitting);
  const more = wall.waiting.conversations - rows.length;
  if (wall.rows.length === 0) return <p className={styles['nobody']}>Nobody waits.</p>;
  return (
    <section className={styles['waiting']} aria-label="Who waits">
      <ul ref={ref}>
        {rows.map((row) => (
          <li key={row.conversation.id} style={{ height: rowHeight }}>
            <RowClock row={row} me={me} now={now} />
            <b>{row.conversation.customer.name}</b>
            <span>{holderWords(row)}</span>
          </li>
        ))}
      </ul>
      <p>{more > 0 ? `and ${more} more` : ''}</p>
    </section>
  );
}

function Teams({ wall }: { wall: Wall }) {
  const here = wall.people.filter((person) => person.presence === 'online');
  const open = here.reduce((sum, person) => sum + person.load, 0);
  return (
    <section className={styles['teams']} aria-label="Teams and people">
      <dl>
        {wall.teams.map((team) => (
          <div key={team.id}>
            <dt>{team.name}</dt>
            <dd>
              {team.waiting} {team.over > 0 && <em>{team.over} over</em>}
            </dd>
          </div>
        ))}
        <div>
          <dt>People here</dt>
          <dd>
            {here.length} of {wall.people.length}
          </dd>
        </div>
        <div>
          <dt>Open with them</dt>
          <dd>{open}</dd>
        </div>
      </dl>
    </section>
  );
}

/** The browser's own way out of its full screen is the way out of this page's, too. */
function useLeaveWithFullScreen(onLeave: () => void): void {
  const leave = useRef(onLeave);
  useEffect(() => {
    leave.current = onLeave;
  });
  useEffect(() => {
    let wasFull = document.fullscreenElement !== null;
    const look = () => {
      const full = document.fullscreenElement !== null;
      if (wasFull && !full) leave.current();
      wasFull = full;
    };
    document.addEventListener('fullscreenchange', look);
    return () => {
      document.removeEventListener('fullscreenchange', look);
      if (document.fullscreenElement !== null) void document.exitFullscreen();
    };
  }, []);
}
