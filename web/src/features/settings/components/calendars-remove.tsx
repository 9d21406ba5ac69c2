import { useState } from 'react';
import { Button, Modal } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useToast } from '../../../components/toaster.js';
import { wordsOf } from '../../../lib/api/api-error.js';
import { useApi } from '../../../lib/api/api-context.js';
import { keys } from '../../../lib/cache/keys.js';
import { removeCalendar } from '../api/calendars.js';
import styles from './form.module.css';

/** Takes a calendar away, after asking. */
export function CalendarRemove({ id, name }: { id: string; name: string }) {
  const api = useApi();
  const client = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const remove = useMutation({
    mutationFn: () => removeCalendar(api, id),
    onSuccess: async () => {
      toast({ text: `${name} is removed.` });
      await navigate({ to: '/settings/hours' });
      void client.invalidateQueries({ queryKey: keys.calendars });
      void client.invalidateQueries({ queryKey: keys.me });
    },
    onError: (error) => toast({ text: wordsOf(error), tone: 'bad' }),
  });
  return (
    <>
      <Button variant="subtle" color="red" style={{ marginLeft: 'auto' }} onClick={() => setAsking(true)}>
        Remove
      </Button>
      <Modal opened={asking} onClose={() => setAsking(false)} title={`Remove ${name}?`} size={420}>
        <p>Its history goes as well. Waits that have ended keep their length; where it counted the other hours count again.</p>
        <div className={styles['bar']} style={{ marginTop: 16 }}>
          <Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
            Remove
          </Button>
          <Button variant="default" onClick={() => setAsking(false)}>
            Keep it
          </Button>
        </div>
      </Modal>
    </>
  );
}
