import { useState } from 'react';
import { scaleSqrt } from 'd3-scale';
import { PointLink } from './point-link.js';
import { useArrows } from './use-arrows.js';
import { cx } from '../../lib/cx.js';
import styles from './heat-grid.module.css';

export interface HeatCell {
  id: string;
  /** 0 and undefined are drawn empty. */
  value?: number;
  /** All that is to be said of it: "Tue 13:00 to 14:00: half waited 2 h 10 m". */
  words: string;
  href: string;
}

interface HeatGridProps {
  name: string;
  rows: readonly { name: string; cells: readonly HeatCell[] }[];
  /** Above which columns something is written. */
  columns: readonly (string | undefined)[];
  /** What the palest and the darkest stand for. */
  ends: readonly [string, string];
  /** At the end of the line below: the zone of the hours. */
  note: string;
  onOpen: (href: string) => void;
}

/** Fields of a colour that deepens with the value. Arrow keys go over the fields; the line below says what each is. */
export function HeatGrid({ name, rows, columns, ends, note, onOpen }: HeatGridProps) {
  const cells = rows.flatMap((row) => row.cells);
  const arrows = useArrows(cells.length, columns.length);
  const [shown, setShown] = useState<string>();
  const most = Math.max(0, ...cells.map((cell) => cell.value ?? 0));
  // The root spreads what is small: one terrible hour must not make all others equal.
  const depth = scaleSqrt().domain([0, Math.max(1, most)]).range([0, 1]);
  return (
    <div className={styles['box']}>
      <div role="grid" aria-label={`${name}. Arrow keys go from field to field, Enter opens what is behind it.`} className={styles['grid']} style={{ gridTemplateColumns: `34px repeat(${columns.length}, minmax(0, 1fr))` }} onKeyDown={arrows.onKeyDown}>
        {rows.map((row, rowIndex) => (
          <div key={row.name} role="row" className={styles['row']}>
            <span role="rowheader" className={styles['head']}>
              {row.name}
            </span>
            {row.cells.map((cell, index) => {
              const at = rowIndex * columns.length + index;
              const value = cell.value ?? 0;
              return (
                <span key={cell.id} role="gridcell">
                  <PointLink
                    href={cell.href} onOpen={onOpen} label={cell.words} tabIndex={at === arrows.at ? 0 : -1} place={String(at)} className={cx(styles['cell'], value === 0 && styles['none'], value > 0 && value === most && styles['most'])}
                    style={value === 0 ? {} : { background: `color-mix(in oklab, var(--accent) ${Math.round(8 + depth(value) * 92)}%, var(--surface))` }}
                    onShow={() => { setShown(cell.words); arrows.setAt(at); }} onHide={() => setShown(undefined)}
                  />
                </span>
              );
            })}
          </div>
        ))}
        <span aria-hidden />
        {columns.map((column, index) => (
          <span key={index} className={styles['column']} aria-hidden>
            {column}
          </span>
        ))}
      </div>
      <div className={styles['foot']} aria-hidden>
        {shown ?? (
          <>
            <span>{ends[0]}</span>
            <i className={styles['ramp']} />
            <span>{ends[1]}</span>
            <span className={styles['note']}>{note}</span>
          </>
        )}
      </div>
    </div>
  );
}
