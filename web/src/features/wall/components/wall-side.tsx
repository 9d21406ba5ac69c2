import type { ReactNode } from 'react';
import { Link } from '@tanstack/react-router';
import { Avatar } from '../../../components/avatar.js';
import type { Me, Wall, WallRow, WallTally } from '../../../lib/shapes.js';
import { lengthWords } from '../../../lib/time/clock.js';
import { RowClock } from './wall-row.js';
import styles from './wall-side.module.css';

interface SideProps {
  wall: Wall;
  me: Me;
  now: number;
  onTeam: (id: string) => void;
  onChannel: (id: string) => void;
}

/** Beside the rows: what is due next, who has waited longest without an owner, where it piles up, who is there. */
export function WallSide({ wall, me, now, onTeam, onChannel }: SideProps) {
  return (
    <>
      <Part title="Due within the hour">
        {wall.soon.length === 0 ? <p className={styles['none']}>Nothing is.</p> : <Brief rows={wall.soon} me={me} now={now} />}
      </Part>
      {wall.oldestUnassigned !== undefined && (
        <Part title="Longest unassigned">
          <Brief rows={[wall.oldestUnassigned]} me={me} now={now} />
        </Part>
      )}
      <Tally title="Teams" what="Team" items={wall.teams} now={now} onPick={onTeam} />
      <Tally title="Channels" what="Channel" items={wall.channels} now={now} onPick={onChannel} />
      <People people={wall.people} />
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles['part']}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Brief({ rows, me, now }: { rows: readonly WallRow[]; me: Me; now: number }) {
  return (
    <ul className={styles['brief']}>
      {rows.map((row) => (
        <li key={row.conversation.id}>
          <Link to="/inbox/$view/$conversationId" params={{ view: 'waiting', conversationId: row.conversation.id }}>
            {row.conversation.customer.name}
          </Link>
          <RowClock row={row} me={me} now={now} />
        </li>
      ))}
    </ul>
  );
}

/** By team, by channel. A click narrows the wall to it. */
export function Tally({ title, what, items, now, onPick }: { title: string; what: string; items: readonly WallTally[]; now: number; onPick?: (id: string) => void }) {
  if (items.length === 0) return null;
  return (
    <Part title={title}>
      <table className={styles['tally']}>
        <thead>
          <tr>
            <th scope="col">
              <span className={styles['hidden']}>{what}</span>
            </th>
            <th scope="col">waiting</th>
            <th scope="col">over</th>
            <th scope="col">longest</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.id}>
              <th scope="row">
                {onPick === undefined ? (
                  item.name
                ) : (
                  <button type="button" title={`Only ${item.name}, or all again`} onClick={() => onPick(item.id)}>
                    {item.name}
                  </button>
                )}
              </th>
              <td>{item.waiting}</td>
              <td data-tone={item.over > 0 ? 'bad' : undefined}>{item.over}</td>
              <td>{item.longestSince === undefined ? '–' : lengthWords(now - item.longestSince)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Part>
  );
}

/** Who is there, how full their hands are, and who waits for them. */
export function People({ people }: { people: Wall['people'] }) {
  if (people.length === 0) return null;
  const here = people.filter((person) => person.presence === 'online').length;
  return (
    <Part title={`People, ${here} of ${people.length} here`}>
      <ul className={styles['people']}>
        {people.map((person) => (
          <li key={person.id} data-away={person.presence === 'away' || undefined}>
            <Avatar name={person.name} size={28} tone="house" online={person.presence === 'online'} />
            <span className={styles['person']}>
              {person.name}
              {person.presence === 'away' && <small> away</small>}
            </span>
            <span className={styles['on']} data-tone={person.overOnThem > 0 ? 'bad' : undefined}>
              {person.waitingOnThem === 0 ? 'nobody waits' : `${person.waitingOnThem} wait${person.waitingOnThem === 1 ? 's' : ''}${person.overOnThem > 0 ? `, ${person.overOnThem} over` : ''}`}
            </span>
            <span className={styles['load']} title={`${person.load} open of ${person.capacity}`}>
              <i aria-hidden data-full={person.load >= person.capacity || undefined}>
                <b style={{ width: `${Math.min(100, (person.load / Math.max(1, person.capacity)) * 100)}%` }} />
              </i>
              {person.load} of {person.capacity}
            </span>
          </li>
        ))}
      </ul>
    </Part>
  );
}
