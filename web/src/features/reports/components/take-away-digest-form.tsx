import { useState, type FormEvent } from 'react';
import { Button, Modal, Switch, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { FormProblem } from '../../../components/entrance.js';
import { useToast } from '../../../components/toaster.js';
import { wordsOf } from '../../../lib/api/api-error.js';
import { useApi } from '../../../lib/api/api-context.js';
import { keys } from '../../../lib/cache/keys.js';
import { useMe } from '../../../lib/cache/use-me.js';
import type { DigestView } from '../../../lib/shapes.js';
import { addDigest, changeDigest } from '../api/take-away.js';
import { queryText, type ReportQuery } from '../model/query.js';
import { Choose } from './take-away-save.js';
import { ZonePicker } from './zone-picker.js';
import styles from './take-away.module.css';

interface DigestFormProps {
  query: ReportQuery;
  /** Absent: a new one. */
  digest: DigestView | undefined;
  onClose: () => void;
  onDone: () => void;
}

/** Who gets the report by e-mail, when, and in whose days. */
export function DigestForm({ query, digest, onClose, onDone }: DigestFormProps) {
  const api = useApi();
  const client = useQueryClient();
  const toast = useToast();
  const me = useMe();
  const [form, setForm] = useState({
    name: digest?.name ?? 'Response times', every: digest?.every ?? 'week', timeZone: digest?.timeZone ?? query.zone, recipientIds: digest?.recipientIds ?? [me.agent.id], on: digest?.on ?? true, asNow: digest === undefined,
  });
  const people = me.agent.role === 'agent' ? [me.agent] : me.agents.filter((agent) => agent.state !== 'disabled' || form.recipientIds.includes(agent.id));
  const save = useMutation({
    mutationFn: () => {
      const { asNow, name, ...rest } = form;
      const input = { ...rest, name: name.trim() };
      if (digest === undefined) return addDigest(api, { ...input, query: queryText(query) });
      return changeDigest(api, digest.id, { ...input, ...(asNow ? { query: queryText(query) } : {}) });
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: keys.digests });
      toast({ text: 'Saved.' });
      onDone();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (form.name.trim() !== '' && form.recipientIds.length > 0) save.mutate();
  };
  const choose = (id: string, on: boolean) => setForm({ ...form, recipientIds: on ? [...form.recipientIds, id] : form.recipientIds.filter((other) => other !== id) });
  return (
    <Modal opened onClose={onClose} title={digest === undefined ? 'New digest of this report' : digest.name} size={480}>
      <form className={styles['body']} onSubmit={submit}>
        <TextInput label="Name" required maxLength={120} data-autofocus value={form.name} onChange={(event) => setForm({ ...form, name: event.target.value })} />
        <Choose
          label="When" value={form.every} onChange={(every) => setForm({ ...form, every: every === 'month' ? 'month' : 'week' })}
          choices={[{ value: 'week', label: 'Mondays at 07:00, about the week before' }, { value: 'month', label: 'On the first at 07:00, about the month before' }]}
        />
        <div>
          <span className={styles['label']}>Days and clock of</span>
          <ZonePicker zone={form.timeZone} usual={me.workspace.hours.timeZone} onPick={(zone) => setForm({ ...form, timeZone: zone ?? me.workspace.hours.timeZone })} />
        </div>
        <fieldset className={styles['people']}>
          <legend className={styles['label']}>To</legend>
          {people.map((agent) => (
            <label key={agent.id}>
              <input type="checkbox" checked={form.recipientIds.includes(agent.id)} onChange={(event) => choose(agent.id, event.target.checked)} />
              {agent.id === me.agent.id ? `${agent.name} (you)` : agent.name}
            </label>
          ))}
        </fieldset>
        {digest !== undefined && (
          <label className={styles['check']}>
            <input type="checkbox" checked={form.asNow} onChange={(event) => setForm({ ...form, asNow: event.target.checked })} />
            From now on with the filters that the page shows
          </label>
        )}
        <Switch label="Switched on" checked={form.on} onChange={(event) => setForm({ ...form, on: event.currentTarget.checked })} />
        <p className={styles['help']}>Each of them reads the figures that they may see; whoever may see no reports gets no mail.</p>
        <FormProblem text={form.recipientIds.length === 0 ? 'Choose somebody to send it to.' : save.error === null ? undefined : wordsOf(save.error)} />
        <div className={styles['bar']}>
          <Button type="submit" loading={save.isPending} disabled={form.recipientIds.length === 0}>
            Save
          </Button>
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
        </div>
      </form>
    </Modal>
  );
}
