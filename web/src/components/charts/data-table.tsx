import { PointLink } from './point-link.js';
import styles from './data-table.module.css';

export interface TableRow {
  id: string;
  /** The first is the row's heading. */
  cells: readonly string[];
  href?: string;
}

interface DataTableProps {
  caption: string;
  head: readonly string[];
  rows: readonly TableRow[];
  /** Whether the rows' headings are links: not while the table is only there for screen readers. */
  linked: boolean;
  onOpen: (href: string) => void;
}

/** The numbers of a chart. */
export function DataTable({ caption, head, rows, linked, onOpen }: DataTableProps) {
  return (
    <table className={styles['table']}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          {head.map((cell) => (
            <th key={cell} scope="col">
              {cell}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            {row.cells.map((cell, index) =>
              index === 0 ? (
                <th key={index} scope="row">
                  {linked && row.href !== undefined ? (
                    <PointLink href={row.href} onOpen={onOpen}>
                      {cell}
                    </PointLink>
                  ) : (
                    cell
                  )}
                </th>
              ) : (
                <td key={index}>{cell}</td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
