import type { Imported } from '../../../lib/shapes.js';
import styles from './import-page.module.css';

const shown = 200;

/** What became of a file: the counts, then what was faulty, line by line. */
export function ImportResult({ state }: { state: Imported }) {
  const facts: [string, number][] = [['added', state.added], ['known already', state.known], ['faulty', state.faulty], ['with a time that cannot be', state.oddTimes]];
  return (
    <>
      <dl className={styles['counts']} aria-label={state.done ? 'Result of the import' : 'So far'}>
        {facts.filter(([name, n]) => n > 0 || name === 'added').map(([name, n]) => (
          <div key={name} data-tone={name === 'faulty' ? 'bad' : undefined}>
            <dt>{name}</dt>
            <dd>{n.toLocaleString('en')}</dd>
          </div>
        ))}
      </dl>
      {state.faults.length > 0 && (
        <div className={styles['faults']} role="region" aria-label="Faulty lines" tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">Line</th>
                <th scope="col">What is wrong with it</th>
              </tr>
            </thead>
            <tbody>
              {state.faults.slice(0, shown).map(({ line, reason }) => (
                <tr key={line}>
                  <td>{line}</td>
                  <td>{reason}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {state.faulty > Math.min(shown, state.faults.length) && <p className={styles['more']}>The first {Math.min(shown, state.faults.length)} of {state.faulty.toLocaleString('en')}. Mend them and import the file again: only what is missing goes in.</p>}
    </>
  );
}
