import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Kbd } from '../../../components/kbd.js';
import { useApi } from '../../../lib/api/api-context.js';
import { wordsOf } from '../../../lib/api/api-error.js';
import { useKeys } from '../../../lib/keys/use-keys.js';
import type { Recomputed } from '../../../lib/shapes.js';
import { recompute } from '../api/recompute.js';
import { count } from '../model/lengths.js';
import { queryText, type ReportQuery } from '../model/query.js';
import styles from './recompute.module.css';

/** Computing the shown waits again; its result belongs to these very waits. */
export interface Recomputing {
  run: () => void;
  running: boolean;
  error: unknown;
  result: Recomputed | undefined;
}

export function useRecompute(query: ReportQuery, pick: string): Recomputing {
  const api = useApi();
  const of = `${queryText(query)}|${pick}`;
  const work = useMutation({ mutationFn: async () => ({ of, result: await recompute(api, query, pick) }) });
  const run = () => !work.isPending && work.mutate();
  return { run, running: work.isPending, error: work.error, result: work.data?.of === of ? work.data.result : undefined };
}

export function RecomputeButton({ again }: { again: Recomputing }) {
  useKeys([{ key: 'r', label: 'Recompute from the facts', group: 'Report', run: again.run }]);
  return (
    <Button variant="default" loading={again.running} rightSection={<Kbd of="r" />} aria-keyshortcuts="r" onClick={again.run}>
      Recompute
    </Button>
  );
}

/** What came out: that all is equal, or what is not. */
export function RecomputeResult({ again }: { again: Recomputing }) {
  const { result, error } = again;
  if (error !== null && error !== undefined) return <p className={styles['result']} data-tone="bad" role="alert">{wordsOf(error)}</p>;
  if (result === undefined) return null;
  const equal = result.equal === result.checked;
  return (
    <div className={styles['result']} data-tone={equal ? 'ok' : 'bad'} role="status">
      <p>
        <b>
          {count(result.equal)} of {count(result.checked)} equal
        </b>
        , computed anew from the messages and steps in {Math.max(1, Math.round(result.ms))} ms.
        {result.checked < result.of && ` ${count(result.of)} are in the list; the first ${count(result.checked)} were checked.`}
      </p>
      {result.different.length > 0 && (
        <div className={styles['scroll']}>
          <table>
            <thead>
              <tr>
                <th scope="col">Conversation</th>
                <th scope="col">What</th>
                <th scope="col">Kept</th>
                <th scope="col">By the facts</th>
              </tr>
            </thead>
            <tbody>
              {result.different.map((one) => (
                <tr key={`${one.waitId}${one.field}`}>
                  <td>
                    <Link to="/c/$conversationId" params={{ conversationId: one.conversationId }}>
                      open
                    </Link>
                  </td>
                  <td>{one.field}</td>
                  <td>{one.kept}</td>
                  <td>{one.facts}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}
