import { useState } from 'react';
import { useArrows } from '../../../components/charts/use-arrows.js';
import { About } from '../../../components/about.js';
import type { Staffing } from '../../../lib/shapes.js';
import { cellWords, clock, closedArrivals, figure, hourWords, seenWords, shortBy, shownHours, stateOf, weekdays, weekOf } from '../model/hours.js';
import styles from './staffing-grid.module.css';

/**
 * Each hour of the week: how many were there of how many are needed. A table, so that it is read out as one; arrow keys go
 * from hour to hour, and the line below says all there is to say of it.
 */
export function StaffingGrid({ staffing }: { staffing: Staffing }) {
  const hours = weekOf(staffing);
  const { from, to } = shownHours(hours);
  const columns = Array.from({ length: to - from }, (_, index) => from + index);
  const arrows = useArrows(weekdays.length * columns.length, columns.length);
  const [shown, setShown] = useState<string>();
  return (
    <div className={styles['box']}>
      <div className={styles['scroller']}>
        <table className={styles['grid']} style={{ minWidth: 44 + columns.length * 66 }} onKeyDown={arrows.onKeyDown}>
          <caption>People there, of people needed, by hour of the week</caption>
          <thead>
            <tr>
              <td />
              {columns.map((at) => (
                <th key={at} scope="col">
                  <span className={styles['hidden']}>{clock(at)}</span>
                  <span aria-hidden>{at}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weekdays.map((name, day) => (
              <tr key={name}>
                <th scope="row" aria-label={name}>
                  {name.slice(0, 3)}
                </th>
                {columns.map((at, column) => {
                  const hour = hours[day]?.[at];
                  const place = day * columns.length + column;
                  if (hour === undefined) return <td key={at} />;
                  const words = hourWords(day, at, hour);
                  return (
                    <td key={at} data-state={stateOf(hour)}>
                      <button type="button" tabIndex={place === arrows.at ? 0 : -1} data-place={place} aria-label={words} onFocus={() => { arrows.setAt(place); setShown(words); }} onBlur={() => setShown(undefined)} onPointerEnter={() => setShown(words)} onPointerLeave={() => setShown(undefined)}>
                        <b>{cellWords(hour)}</b>
                        {shortBy(hour) > 0 && <small>▾ {figure(shortBy(hour))} short</small>}
                      </button>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={styles['foot']} aria-hidden>
        {shown ?? legend(hours)}
      </p>
      <p className={styles['seen']}>
        Who was there: {seenWords(staffing)} <About of={['staffing_present', 'staffing_needed']} what="Who was there" />
      </p>
    </div>
  );
}

function legend(hours: ReturnType<typeof weekOf>): string {
  const closed = closedArrivals(hours);
  return `There, of needed. ▾ and a thick frame: too few. Hatched: closed${closed < 0.1 ? '' : `; ${figure(closed)} questions a week come in then`}.`;
}
