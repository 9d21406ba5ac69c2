import { useState, type FormEvent } from 'react';
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useToast } from '../../../components/toaster.js';
import { ApiError, wordsOf } from '../../../lib/api/api-error.js';
import { useApi } from '../../../lib/api/api-context.js';
import { keys } from '../../../lib/cache/keys.js';
import { saveCalendar } from '../api/calendars.js';
import { type CalendarForm, obstacle, versionInput } from '../model/calendar-form.js';
import { CalendarExceptions } from './calendars-exceptions.js';
import { CalendarFrom } from './calendars-from.js';
import { CalendarHolidays } from './calendars-holidays.js';
import { CalendarRemove } from './calendars-remove.js';
import { CalendarWhere } from './calendars-where.js';
import { CalendarZone } from './calendars-zone.js';
import { Section } from './form.js';
import { HoursEditor } from './hours-editor.js';
import styles from './form.module.css';

/** Everything that one version of a calendar says, and the day from which it does. */
export function CalendarEditor({ id, first, onSaved }: { id: string | undefined; first: CalendarForm; onSaved?: () => void }) {
  const api = useApi();
  const client = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  const [form, setForm] = useState(first);
  const set = (change: Partial<CalendarForm>) => setForm((current) => ({ ...current, ...change }));
  const save = useMutation({
    mutationFn: () => saveCalendar(api, id, { name: form.name.trim(), version: versionInput(id === undefined && form.from.kind !== 'day' ? { ...form, from: { kind: 'today' } } : form) }),
    onSuccess: async (saved) => {
      await client.invalidateQueries({ queryKey: keys.calendars });
      void client.invalidateQueries({ queryKey: keys.me });
      void client.invalidateQueries({ queryKey: ['reports'] });
      toast({ text: 'Saved.' });
      onSaved?.();
      if (id === undefined) await navigate({ to: '/settings/hours/$calendarId', params: { calendarId: saved.id }, replace: true });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const wrong = obstacle(form);
  const changed = id === undefined || JSON.stringify(form) !== JSON.stringify(first);
  return (
    <form onSubmit={submit} style={{ display: 'grid', gap: 32 }}>
      <Section title="Name">
        <div className={styles['fields']}>
          <TextInput aria-label="Name" maxLength={80} placeholder="Workshop" value={form.name} onChange={(event) => set({ name: event.target.value })} />
        </div>
      </Section>
      <Section title="Hours" help="As many blocks a day as you like. An end that is earlier than the beginning lies on the day after.">
        <HoursEditor hours={form.hours} onChange={(hours) => set({ hours })} />
        <CalendarZone value={form.hours.timeZone} onChange={(timeZone) => set({ hours: { ...form.hours, timeZone } })} />
      </Section>
      {id !== 'default' && <CalendarWhere form={form} onChange={set} />}
      <CalendarHolidays country={form.country} region={form.region} onChange={set} />
      <CalendarExceptions exceptions={form.exceptions} onChange={(exceptions) => set({ exceptions })} />
      <CalendarFrom isNew={id === undefined} from={form.from} onChange={(from) => set({ from })} />
      <div className={styles['bar']}>
        <Button type="submit" size="md" loading={save.isPending} disabled={!changed || wrong !== undefined}>
          {id === undefined ? 'Add' : 'Save'}
        </Button>
        {save.error !== null ? (
          <span className={styles['bad']} role="alert">
            {refusal(save.error)}
          </span>
        ) : (
          wrong !== undefined && <span className={styles['hint']}>{wrong}</span>
        )}
        {id !== undefined && id !== 'default' && <CalendarRemove id={id} name={first.name} />}
      </div>
    </form>
  );
}

/** What the server said of the first field that it refused. */
function refusal(error: unknown): string {
  const fields = error instanceof ApiError ? error.facts['fields'] : undefined;
  const [why] = typeof fields === 'object' && fields !== null ? Object.values(fields) : [];
  return typeof why === 'string' && /^[A-Z]/.test(why) ? why : wordsOf(error);
}
