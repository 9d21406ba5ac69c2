import { useEffect, useRef, useState, type DragEvent } from 'react';
import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { FileUp } from 'lucide-react';
import { Failed, Waiting } from '../../../components/notice.js';
import { isUnreachable, wordsOf } from '../../../lib/api/api-error.js';
import { useApi } from '../../../lib/api/api-context.js';
import { keys } from '../../../lib/cache/keys.js';
import type { Imported } from '../../../lib/shapes.js';
import { dayWords, fileSize, fullDate, timeOfDay } from '../../../lib/time/format.js';
import { getImport, listImports, sendImport } from '../api/imports.js';
import { sendFile } from '../model/send-file.js';
import { Section, SettingsPage } from './form.js';
import { ImportResult } from './import-result.js';
import formStyles from './form.module.css';
import styles from './import-page.module.css';

interface Under {
  file: File;
  state?: Imported;
  error?: unknown;
  running: boolean;
}

/** Past messages from another tool: drop a file, see what became of it. */
export function ImportPage() {
  return (
    <SettingsPage title="Import" lead="What was said in another tool, with its real times: customers, conversations, search, and response times in reports.">
      <ImportFile />
      <Section title="What happens, and what does not">
        <ul className={styles['words']}>
          <li>Nothing is sent, nobody is notified, and the bot says nothing. No clock starts on anybody’s list.</li>
          <li>Imported conversations rest under Resolved, apart from live ones, and stand in the customer’s story.</li>
          <li>The same file again adds nothing. What is here already stays as it is.</li>
          <li>Faulty lines are listed with the reason; the rest goes in. Times that cannot be are kept as given, and the time of the import counts.</li>
          <li>When the upload breaks off, choose the same file again: it goes on where it was.</li>
        </ul>
        <p className={formStyles['below']}>
          A file has one JSON object a line: channel, conversation, customer, author, time, text, id. The format with a sample is in docs/import.md; <code>npm run import -- FILE</code> does the same on the server.
        </p>
      </Section>
      <EarlierImports />
    </SettingsPage>
  );
}

function ImportFile() {
  const { under, start, stop } = useImport();
  const picker = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file !== undefined) start(file);
  };
  return (
    <section aria-label="Import a file" className={styles['file']}>
      {under?.running !== true && (
        <div className={styles['drop']} data-over={over || undefined} onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={drop}>
          <FileUp size={22} strokeWidth={1.6} aria-hidden />
          <span>Drop a file with past messages here</span>
          <Button variant={under === undefined ? 'filled' : 'default'} onClick={() => picker.current?.click()}>
            Choose a file
          </Button>
          <input ref={picker} type="file" accept=".ndjson,.jsonl,.json,.txt" hidden onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            event.currentTarget.value = '';
            if (file !== undefined) start(file);
          }} />
        </div>
      )}
      {under !== undefined && <UnderWay under={under} onStop={stop} onGoOn={() => start(under.file)} />}
    </section>
  );
}

/** The file under way. It goes on while this page is open; what was taken stays in any case. */
function useImport() {
  const api = useApi();
  const client = useQueryClient();
  const [under, setUnder] = useState<Under>();
  const abort = useRef<AbortController>(undefined);
  useEffect(() => () => abort.current?.abort(), []);
  const start = (file: File) => {
    abort.current?.abort();
    const { signal } = (abort.current = new AbortController());
    setUnder({ file, running: true });
    const note = (change: Partial<Under>) => {
      if (!signal.aborted) setUnder((now) => (now?.file === file ? { ...now, ...change } : now));
    };
    sendFile({ find: (id) => getImport(api, id), send: (part) => sendImport(api, { ...part, signal }) }, file, (state) => note({ state })).then(
      (state) => note({ state, running: false }),
      (error: unknown) => note({ error, running: false }),
    ).finally(() => void client.invalidateQueries({ queryKey: keys.imports })).catch(() => undefined);
  };
  const stop = () => {
    abort.current?.abort();
    setUnder((now) => (now === undefined ? now : { ...now, running: false, error: new Error('Stopped. What was taken stays.') }));
    void client.invalidateQueries({ queryKey: keys.imports });
  };
  return { under, start, stop };
}

function UnderWay({ under, onStop, onGoOn }: { under: Under; onStop: () => void; onGoOn: () => void }) {
  const { file, state, error, running } = under;
  const share = state === undefined || file.size === 0 ? 0 : Math.min(1, state.bytes / file.size);
  const percent = Math.floor(share * 100);
  return (
    <div className={styles['under']}>
      <div className={styles['name']}>
        <b>{file.name}</b>
        <span>{fileSize(file.size)}</span>
        {state?.done === true && !running && <span className={formStyles['badge']} data-tone="ok">done</span>}
        {running && <Button variant="default" size="compact-sm" onClick={onStop}>Stop</Button>}
      </div>
      {running && (
        <>
          <div className={styles['bar']} role="progressbar" aria-label={`Importing ${file.name}`} aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent}>
            <div style={{ width: `${percent}%` }} />
          </div>
          <p className={formStyles['below']} role="status">
            {state === undefined ? 'Looking where to begin' : `${percent} %, ${count(state.lines, 'line')} so far${state.faulty > 0 ? `, ${state.faulty} of them faulty` : ''}. At the end conversations are put in order; that takes a moment.`}
          </p>
        </>
      )}
      {error !== undefined && (
        <div className={styles['broke']} role="alert">
          <p>{isUnreachable(error) ? 'The connection broke off. What was taken stays.' : wordsOf(error)}</p>
          <Button onClick={onGoOn}>Go on</Button>
        </div>
      )}
      {state !== undefined && !running && <ImportResult state={state} />}
    </div>
  );
}

function EarlierImports() {
  const query = useQuery(listImports(useApi()));
  if (query.error !== null) return <Failed error={query.error} what="Earlier imports" onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <Waiting what="Loading" />;
  if (query.data.length === 0) return null;
  return (
    <Section title="Imports so far">
      <ul className={formStyles['list']}>
        {query.data.map((state) => (
          <li key={state.id}>
            <div className={formStyles['item']}>
              <span className={formStyles['badge']} data-tone={state.done ? 'ok' : 'warn'}>
                {state.done ? 'done' : 'not done'}
              </span>
              <div className={formStyles['words']}>
                <b>{state.id}</b>
                <small title={fullDate(state.changedAt)}>
                  {dayWords(state.changedAt, Date.now())} {timeOfDay(state.changedAt)}: {state.added} added, {state.known} known, {state.faulty} faulty
                  {state.done ? '' : '; choose the file again to go on'}
                </small>
              </div>
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function count(n: number, what: string): string {
  return `${n.toLocaleString('en')} ${what}${n === 1 ? '' : 's'}`;
}
