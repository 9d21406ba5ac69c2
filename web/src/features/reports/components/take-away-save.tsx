import { useId, useState, type FormEvent } from 'react';
import { Button, Modal, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { FormProblem } from '../../../components/entrance.js';
import { useToast } from '../../../components/toaster.js';
import { wordsOf } from '../../../lib/api/api-error.js';
import { useApi } from '../../../lib/api/api-context.js';
import { keys } from '../../../lib/cache/keys.js';
import { useMe } from '../../../lib/cache/use-me.js';
import { saveReport } from '../api/take-away.js';
import { dayIn, daysOf, periodNames, periodWords, type PeriodName } from '../model/period.js';
import { queryText, type ReportQuery } from '../model/query.js';
import styles from './take-away.module.css';

/** Keeps what is shown under a name, for oneself or for a team. Days are kept as words, so that it is always about now. */
export function SaveDialog({ query, onClose }: { query: ReportQuery; onClose: () => void }) {
  const api = useApi();
  const client = useQueryClient();
  const toast = useToast();
  const me = useMe();
  const [form, setForm] = useState({ name: '', teamId: '', period: periodOf(query) });
  const teams = me.agent.role === 'administrator' ? me.teams : me.teams.filter((team) => me.agent.teamIds.includes(team.id));
  const save = useMutation({
    mutationFn: () => saveReport(api, { name: form.name.trim(), query: queryText(query), period: form.period, ...(form.teamId === '' ? {} : { teamId: form.teamId }) }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: keys.savedReports });
      toast({ text: 'Saved. Take away, Saved reports has it.' });
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (form.name.trim() !== '') save.mutate();
  };
  return (
    <Modal opened onClose={onClose} title="Save this report" size={440}>
      <form className={styles['body']} onSubmit={submit}>
        <TextInput label="Name" required maxLength={120} data-autofocus value={form.name} onChange={(event) => setForm({ ...form, name: event.target.value })} />
        <Choose label="Days" value={form.period} onChange={(period) => setForm({ ...form, period: periodNames.find((name) => name === period) ?? 'last28' })} choices={periodNames.map((name) => ({ value: name, label: periodWords[name] }))} />
        {teams.length > 0 && <Choose label="Who sees it" value={form.teamId} onChange={(teamId) => setForm({ ...form, teamId })} choices={[{ value: '', label: 'Only I' }, ...teams.map((team) => ({ value: team.id, label: `Everybody in ${team.name}` }))]} />}
        <p className={styles['help']}>What is kept is the question, not the figures: whoever opens it sees what they may see.</p>
        <FormProblem text={save.error === null ? undefined : wordsOf(save.error)} />
        <div className={styles['bar']}>
          <Button type="submit" loading={save.isPending}>
            Save
          </Button>
        </div>
      </form>
    </Modal>
  );
}

interface ChooseProps {
  label: string;
  value: string;
  choices: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
}

/** One of several, by the browser's own list. */
export function Choose({ label, value, choices, onChange }: ChooseProps) {
  const id = useId();
  return (
    <div>
      <label className={styles['label']} htmlFor={id}>
        {label}
      </label>
      <select id={id} className={styles['select']} value={value} onChange={(event) => onChange(event.target.value)}>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </div>
  );
}

/** The named period that these days are today; the usual one for any other two days. */
function periodOf(query: ReportQuery): PeriodName {
  const today = dayIn(Date.now(), query.zone);
  return periodNames.find((name) => {
    const days = daysOf(name, today);
    return days.from === query.from && days.to === query.to;
  }) ?? 'last28';
}
