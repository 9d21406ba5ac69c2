import { useState, type FormEvent } from 'react';
import { ActionIcon, Button, Modal, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Bookmark, PencilLine, Trash2 } from 'lucide-react';
import { Empty, Failed, Waiting } from '../../../components/notice.js';
import { useToast } from '../../../components/toaster.js';
import { wordsOf } from '../../../lib/api/api-error.js';
import { useApi } from '../../../lib/api/api-context.js';
import { keys } from '../../../lib/cache/keys.js';
import { useMe } from '../../../lib/cache/use-me.js';
import type { SavedReportView } from '../../../lib/shapes.js';
import { listSaved, removeSaved, renameSaved, saveReport } from '../api/take-away.js';
import { periodWords } from '../model/period.js';
import { reportSearch } from '../model/query.js';
import styles from './take-away.module.css';

/** Saved reports: open, rename, delete. */
export function SavedDialog({ onClose }: { onClose: () => void }) {
  const api = useApi();
  const saved = useQuery(listSaved(api));
  return (
    <Modal opened onClose={onClose} title="Saved reports" size={520}>
      {saved.error !== null ? (
        <Failed error={saved.error} what="Saved reports" onRetry={() => void saved.refetch()} />
      ) : saved.data === undefined ? (
        <Waiting what="Saved reports" />
      ) : saved.data.length === 0 ? (
        <Empty icon={<Bookmark size={22} strokeWidth={1.6} />} title="Nothing is saved yet">
          Set the report as you want to see it again, then choose Take away, Save this report.
        </Empty>
      ) : (
        <ul className={styles['list']}>
          {saved.data.map((report) => (
            <Line key={report.id} report={report} onClose={onClose} />
          ))}
        </ul>
      )}
    </Modal>
  );
}

function Line({ report, onClose }: { report: SavedReportView; onClose: () => void }) {
  const api = useApi();
  const client = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  const me = useMe();
  const [name, setName] = useState<string>();
  const refresh = () => client.invalidateQueries({ queryKey: keys.savedReports });
  const failed = (error: unknown) => toast({ text: wordsOf(error), tone: 'bad' });
  const again = useMutation({ mutationFn: () => saveReport(api, { name: report.name, query: report.query, period: report.period, ...(report.teamId === undefined ? {} : { teamId: report.teamId }) }), onSuccess: refresh, onError: failed });
  const remove = useMutation({
    mutationFn: () => removeSaved(api, report.id),
    onSuccess: async () => {
      await refresh();
      toast({ text: `“${report.name}” deleted.`, undo: () => again.mutate() });
    },
    onError: failed,
  });
  const rename = useMutation({ mutationFn: (to: string) => renameSaved(api, report.id, to), onSuccess: () => { setName(undefined); return refresh(); }, onError: failed });
  const open = () => {
    onClose();
    void navigate({ to: '/reports', search: { ...reportSearch(Object.fromEntries(new URLSearchParams(report.query))), period: report.period } });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name !== undefined && name.trim() !== '') rename.mutate(name.trim());
  };
  const team = me.teams.find((each) => each.id === report.teamId)?.name;
  const may = report.own || me.agent.role === 'administrator';
  return (
    <li className={styles['item']}>
      {name === undefined ? (
        <>
          <div className={styles['words']}>
            <button type="button" className={styles['open']} onClick={open}>
              {report.name}
            </button>
            <small>{[periodWords[report.period], ...(team === undefined ? [] : [`shared with ${team}`])].join(', ')}</small>
          </div>
          {may && (
            <>
              <ActionIcon variant="subtle" aria-label={`Rename ${report.name}`} onClick={() => setName(report.name)}>
                <PencilLine size={15} />
              </ActionIcon>
              <ActionIcon variant="subtle" aria-label={`Delete ${report.name}`} loading={remove.isPending} onClick={() => remove.mutate()}>
                <Trash2 size={15} />
              </ActionIcon>
            </>
          )}
        </>
      ) : (
        <form className={styles['rename']} onSubmit={submit}>
          <TextInput aria-label={`New name of ${report.name}`} value={name} maxLength={120} autoFocus onChange={(event) => setName(event.target.value)} />
          <Button type="submit" loading={rename.isPending}>
            Rename
          </Button>
          <Button variant="default" onClick={() => setName(undefined)}>
            Cancel
          </Button>
        </form>
      )}
    </li>
  );
}
