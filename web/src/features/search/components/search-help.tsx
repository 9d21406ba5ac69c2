import { syntax } from '../model/query-parts.js';
import styles from './search-help.module.css';

/** What can be written into the field; a click begins it. */
export function SearchHelp({ onBegin }: { onBegin: (start: string) => void }) {
  return (
    <section className={styles['help']} aria-label="What can be searched for">
      <p>All words must be there, in any order and any of their endings. Every message since the first day is searched, the newest come first.</p>
      <dl>
        {syntax.map((line) => (
          <div key={line.example}>
            <dt>
              <button type="button" onClick={() => onBegin(line.start)}>
                {line.example}
              </button>
            </dt>
            <dd>{line.means}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
