import { useMutation, useQueryClient } from '@tanstack/react-query';
import { channelWords } from '../../../lib/channel-words.js';
import { useToast } from '../../../components/toaster.js';
import { wordsOf } from '../../../lib/api/api-error.js';
import { useApi } from '../../../lib/api/api-context.js';
import { keys } from '../../../lib/cache/keys.js';
import type { CustomerView, JoinView } from '../../../lib/shapes.js';
import { decideJoin } from '../api/decide-join.js';
import styles from './joins.module.css';

type Decision = 'join' | 'reject' | 'undo';

/** Records that may be the same person, with the reasons; and those that were joined, with the way back. */
export function Joins({ customer }: { customer: CustomerView }) {
  const api = useApi();
  const client = useQueryClient();
  const toast = useToast();
  const { mutate, isPending } = useMutation({
    mutationFn: ({ join, decision }: { join: JoinView; decision: Decision }) => decideJoin(api, join.id, decision),
    onSuccess: (_customer, { join, decision }) => {
      void client.invalidateQueries({ queryKey: keys.conversations });
      void client.invalidateQueries({ queryKey: keys.customers });
      void client.invalidateQueries({ queryKey: ['customer'] });
      const undo = decision === 'join' ? { undo: () => mutate({ join, decision: 'undo' }) } : {};
      toast({ text: decision === 'join' ? `Linked with ${join.other.name}.` : decision === 'undo' ? `${join.other.name} is a record of its own again.` : 'Noted: not the same person.', ...undo });
    },
    onError: (error) => toast({ text: `Nothing was changed. ${wordsOf(error)}`, tone: 'bad' }),
  });
  const shown = customer.joins.filter((join) => join.state === 'suggested' || join.state === 'joined');
  return shown.map((join) => (
    <div key={join.id} className={styles['join']} data-state={join.state}>
      <p>
        <b>{join.other.name}</b>
        {join.other.channels.length > 0 && ` (${join.other.channels.map((kind) => channelWords[kind].toLowerCase()).join(', ')})`} {join.state === 'suggested' ? 'may be the same person' : join.by === 'automatic' ? 'was joined by itself' : 'was joined'}
        {join.reasons.length > 0 && `: ${join.reasons.join(', ')}`}
      </p>
      <div className={styles['actions']}>
        {join.state === 'suggested' ? (
          <>
            <button type="button" disabled={isPending} onClick={() => mutate({ join, decision: 'join' })}>
              Link
            </button>
            <button type="button" disabled={isPending} onClick={() => mutate({ join, decision: 'reject' })}>
              Not the same
            </button>
          </>
        ) : (
          <button type="button" disabled={isPending} onClick={() => mutate({ join, decision: 'undo' })}>
            Undo
          </button>
        )}
      </div>
    </div>
  ));
}
