import { useState } from 'react';
import { ActionIcon, Button, Modal, Switch } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Mail, PencilLine, Trash2 } from 'lucide-react';
import { Empty, Failed, Waiting } from '../../../components/notice.js';
import { useToast } from '../../../components/toaster.js';
import { wordsOf } from '../../../lib/api/api-error.js';
import { useApi } from '../../../lib/api/api-context.js';
import { keys } from '../../../lib/cache/keys.js';
import type { DigestView } from '../../../lib/shapes.js';
import { fullDate } from '../../../lib/time/format.js';
import { addDigest, changeDigest, listDigests, removeDigest, sendDigestNow } from '../api/take-away.js';
import type { ReportQuery } from '../model/query.js';
import { DigestForm } from './take-away-digest-form.js';
import styles from './take-away.module.css';

/** Reports that go out by e-mail: who gets them, when, and whether they did. */
export function DigestsDialog({ query, onClose }: { query: ReportQuery; onClose: () => void }) {
  const api = useApi();
  const digests = useQuery(listDigests(api));
  const [form, setForm] = useState<{ digest?: DigestView }>();
  if (form !== undefined) return <DigestForm query={query} digest={form.digest} onClose={onClose} onDone={() => setForm(undefined)} />;
  return (
    <Modal opened onClose={onClose} title="Digests by e-mail" size={600}>
      <div className={styles['body']}>
        {digests.error !== null ? (
          <Failed error={digests.error} what="Digests" onRetry={() => void digests.refetch()} />
        ) : digests.data === undefined ? (
          <Waiting what="Digests" />
        ) : digests.data.length === 0 ? (
          <Empty icon={<Mail size={22} strokeWidth={1.6} />} title="Nobody gets a digest yet">
            A digest is this report by e-mail, every Monday or on the first of each month at seven. Each recipient sees what they may see.
          </Empty>
        ) : (
          <ul className={styles['list']}>
            {digests.data.map((digest) => (
              <Line key={digest.id} digest={digest} onEdit={() => setForm({ digest })} />
            ))}
          </ul>
        )}
        <div className={styles['bar']}>
          <Button onClick={() => setForm({})}>New digest of this report</Button>
        </div>
      </div>
    </Modal>
  );
}

function Line({ digest, onEdit }: { digest: DigestView; onEdit: () => void }) {
  const api = useApi();
  const client = useQueryClient();
  const toast = useToast();
  const refresh = () => client.invalidateQueries({ queryKey: keys.digests });
  const failed = (error: unknown) => toast({ text: wordsOf(error), tone: 'bad' });
  const turn = useMutation({ mutationFn: (on: boolean) => changeDigest(api, digest.id, { on }), onSuccess: refresh, onError: failed });
  const send = useMutation({
    mutationFn: () => sendDigestNow(api, digest.id),
    onSuccess: ({ to, certain }) => toast(certain ? { text: `Sent to ${to}.` } : { text: `The mailbox did not say whether the mail to ${to} left. It may arrive.`, tone: 'bad' }),
    onError: failed,
  });
  const again = useMutation({
    mutationFn: () => {
      const { name, every, query, timeZone, recipientIds, on } = digest;
      return addDigest(api, { name, every, query, timeZone, recipientIds, on });
    },
    onSuccess: refresh,
    onError: failed,
  });
  const remove = useMutation({
    mutationFn: () => removeDigest(api, digest.id),
    onSuccess: async () => {
      await refresh();
      toast({ text: `“${digest.name}” deleted.`, undo: () => again.mutate() });
    },
    onError: failed,
  });
  return (
    <li className={styles['item']}>
      <div className={styles['words']}>
        <b>{digest.name}</b>
        <small>{`${digest.every === 'week' ? 'Mondays' : 'The first of each month'} at 07:00, ${digest.timeZone}; to ${digest.recipientIds.length === 1 ? 'one person' : `${digest.recipientIds.length} people`}`}</small>
        <small>{[digest.lastSentAt === undefined ? 'Never sent yet' : `Last sent ${fullDate(digest.lastSentAt)}`, ...(digest.nextAt === undefined ? ['switched off'] : [`next ${fullDate(digest.nextAt)}`])].join('; ')}</small>
        {digest.trouble !== undefined && (
          <small data-tone="bad" role="status">
            {digest.trouble}
          </small>
        )}
      </div>
      <Switch size="sm" aria-label={`${digest.name} is sent`} checked={digest.on} disabled={turn.isPending} onChange={(event) => turn.mutate(event.currentTarget.checked)} />
      <Button variant="default" loading={send.isPending} onClick={() => send.mutate()}>
        Send me one now
      </Button>
      <ActionIcon variant="subtle" aria-label={`Change ${digest.name}`} onClick={onEdit}>
        <PencilLine size={15} />
      </ActionIcon>
      <ActionIcon variant="subtle" aria-label={`Delete ${digest.name}`} loading={remove.isPending} onClick={() => remove.mutate()}>
        <Trash2 size={15} />
      </ActionIcon>
    </li>
  );
}
