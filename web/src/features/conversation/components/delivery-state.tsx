import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Check, CheckCheck, Clock3, RotateCw, TriangleAlert } from 'lucide-react';
import { useToast } from '../../../components/toaster.js';
import { wordsOf } from '../../../lib/api/api-error.js';
import { useApi } from '../../../lib/api/api-context.js';
import { keys } from '../../../lib/cache/keys.js';
import type { Delivery } from '../../../lib/shapes.js';
import { fullDate } from '../../../lib/time/format.js';
import { retryDelivery } from '../api/retry-delivery.js';
import { deliveryWords } from '../model/delivery-words.js';
import styles from './delivery-state.module.css';

/** How far a message of ours got; with the provider's words and a way to try again when it did not get there. */
export function DeliveryState({ messageId, delivery, readByCustomer }: { messageId: string; delivery: Delivery; readByCustomer: boolean }) {
  const api = useApi();
  const client = useQueryClient();
  const toast = useToast();
  const retry = useMutation({
    mutationFn: () => retryDelivery(api, messageId),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.conversations }),
    onError: (error) => toast({ text: wordsOf(error), tone: 'bad' }),
  });
  const read = readByCustomer && (delivery.state === 'sent' || delivery.state === 'delivered');
  const words = deliveryWords(read ? { ...delivery, state: 'read' } : delivery);
  return (
    <p className={styles['state']} data-tone={words.tone} title={fullDate(delivery.at)}>
      <Sign state={read ? 'read' : delivery.state} />
      <span>{words.text}</span>
      {words.retry !== undefined && (
        <button type="button" onClick={() => retry.mutate()} disabled={retry.isPending}>
          <RotateCw size={12} aria-hidden /> {words.retry}
        </button>
      )}
    </p>
  );
}

function Sign({ state }: { state: Delivery['state'] }) {
  if (state === 'failed' || state === 'unknown') return <TriangleAlert size={13} aria-hidden />;
  if (state === 'queued' || state === 'sending') return <Clock3 size={11} aria-hidden />;
  if (state === 'sent') return <Check size={12} aria-hidden />;
  return <CheckCheck size={13} aria-hidden />;
}
