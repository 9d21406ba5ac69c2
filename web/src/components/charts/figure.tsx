import { useId, useState, type ReactNode } from 'react';
import { Table2, ChartLine } from 'lucide-react';
import { DataTable, type TableRow } from './data-table.js';
import styles from './figure.module.css';

interface FigureProps {
  title: string;
  /** After the title, quietly: what is drawn, in which zone. */
  hint?: ReactNode;
  /** Beside the title: what the number means. */
  about?: ReactNode;
  /** Above the picture at the right: what else can be switched. */
  controls?: ReactNode;
  /** The same numbers; without it there is nothing to switch. */
  table?: { head: readonly string[]; rows: readonly TableRow[]; onOpen: (href: string) => void };
  children: ReactNode;
}

/** A picture with its heading, and the table behind it. */
export function Figure({ title, hint, about, controls, table, children }: FigureProps) {
  const id = useId();
  const [asTable, setAsTable] = useState(false);
  return (
    <section className={styles['figure']} aria-labelledby={id}>
      <div className={styles['head']}>
        <h2 id={id}>{title}</h2>
        {about !== undefined && <span className={styles['about']}>{about}</span>}
        {hint !== undefined && <span className={styles['hint']}>{hint}</span>}
        <span className={styles['gap']} />
        {controls}
        {table !== undefined && (
          <button type="button" className={styles['switch']} aria-pressed={asTable} aria-label={`${title}: as a table`} onClick={() => setAsTable(!asTable)}>
            {asTable ? <ChartLine size={13} strokeWidth={1.8} aria-hidden /> : <Table2 size={13} strokeWidth={1.8} aria-hidden />}
            {asTable ? 'Chart' : 'Table'}
          </button>
        )}
      </div>
      {!asTable && children}
      {table !== undefined && (
        <div className={styles['behind']} data-shown={asTable || undefined}>
          <DataTable caption={title} head={table.head} rows={table.rows} linked={asTable} onOpen={table.onOpen} />
        </div>
      )}
    </section>
  );
}
