import { useState } from 'react';
import { Button, NativeSelect } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useToast } from '../../../components/toaster.js';
import { wordsOf } from '../../../lib/api/api-error.js';
import { useApi } from '../../../lib/api/api-context.js';
import { backFill } from '../api/back-fill.js';
import styles from './form.module.css';

const spans = [{ value: '1', label: 'the last hour' }, { value: '24', label: 'the last day' }, { value: '168', label: 'the last week' }, { value: '720', label: 'the last 30 days' }];

/** Closes a gap after an outage, or after the account was renewed. */
export function BackFill({ channelId }: { channelId: string }) {
  const api = useApi();
  const toast = useToast();
  const [hours, setHours] = useState('24');
  const run = useMutation({
    mutationFn: () => backFill(api, channelId, Date.now() - Number(hours) * 3_600_000),
    onSuccess: ({ found, complete, note }) => toast({ text: [`${found} ${found === 1 ? 'event' : 'events'} read; what was there already came in once.`, complete ? '' : 'The provider does not tell all of it.', note ?? ''].filter(Boolean).join(' ') }),
    onError: (error) => toast({ text: `Nothing was read. ${wordsOf(error)}`, tone: 'bad' }),
  });
  return (
    <div className={styles['bar']}>
      <NativeSelect aria-label="How far back" value={hours} onChange={(event) => setHours(event.target.value)} data={spans} />
      <Button variant="default" loading={run.isPending} onClick={() => run.mutate()}>
        Read what was missed
      </Button>
    </div>
  );
}
