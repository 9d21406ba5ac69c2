import { useState, type FormEvent } from 'react';
import { Button, Modal, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { FormProblem } from '../../../components/entrance.js';
import { useToast } from '../../../components/toaster.js';
import { wordsOf } from '../../../lib/api/api-error.js';
import { useApi } from '../../../lib/api/api-context.js';
import { keys } from '../../../lib/cache/keys.js';
import { useMe } from '../../../lib/cache/use-me.js';
import type { TargetView } from '../../../lib/shapes.js';
import { removeTarget, saveTarget } from '../api/targets.js';
import { faultsOf, formOf, inputOf, type TargetForm, type Unit, units, unitsFor } from '../model/target-form.js';
import { forWhomWords, kinds, priorities, priorityWords, promiseWords } from '../model/targets.js';
import { Checks, Select } from './form.js';
import styles from './form.module.css';
import own from './targets.module.css';

const clocks = [{ value: 'business', label: 'In business hours' }, { value: 'calendar', label: 'Round the clock' }] as const;

/** Making a target, or changing one. It reads itself back as a sentence while it is made. */
export function TargetDialog({ target, onClose }: { target: TargetView | undefined; onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title={target === undefined ? 'A new target' : target.name} size={520}>
      <Editor target={target} onClose={onClose} />
    </Modal>
  );
}

function Editor({ target, onClose }: { target: TargetView | undefined; onClose: () => void }) {
  const api = useApi();
  const client = useQueryClient();
  const toast = useToast();
  const [form, setForm] = useState<TargetForm>(() => formOf(target));
  const [tried, setTried] = useState(false);
  const set = (change: Partial<TargetForm>) => setForm((current) => ({ ...current, ...change }));
  const faults = faultsOf(form);
  const done = async (text: string) => {
    await client.invalidateQueries({ queryKey: keys.targets });
    toast({ text });
    onClose();
  };
  const save = useMutation({ mutationFn: () => saveTarget(api, target?.id, inputOf(form)), onSuccess: () => done('Saved. What is open is held against it now.') });
  const remove = useMutation({ mutationFn: (id: string) => removeTarget(api, id), onSuccess: () => done('Removed.') });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(faults).length === 0) save.mutate();
  };
  const problem = save.error ?? remove.error;
  return (
    <form onSubmit={submit} className={styles['body']} noValidate>
      <TextInput label="Name" required maxLength={80} data-autofocus error={tried ? faults.name : undefined} value={form.name} onChange={(event) => set({ name: event.target.value })} />
      <Within form={form} set={set} fault={faults.amount} />
      <Conditions form={form} set={set} />
      <TextInput label="Warn when so much of the time has passed, in percent" inputMode="numeric" error={faults.warnAt} value={form.warnAt} onChange={(event) => set({ warnAt: event.target.value.replace(/\D/g, '').slice(0, 2) })} />
      <ReadBack form={form} sound={faults.amount === undefined} />
      <FormProblem text={problem === null ? undefined : wordsOf(problem)} />
      <div className={styles['bar']}>
        <Button type="submit" loading={save.isPending}>
          Save
        </Button>
        {target !== undefined && (
          <Button variant="danger" loading={remove.isPending} onClick={() => remove.mutate(target.id)}>
            Remove
          </Button>
        )}
      </div>
    </form>
  );
}

interface PartProps {
  form: TargetForm;
  set: (change: Partial<TargetForm>) => void;
}

function Within({ form, set, fault }: PartProps & { fault: string | undefined }) {
  const choices = unitsFor(form.hours);
  const setHours = (value: string) => {
    const hours = clocks.find((clock) => clock.value === value)?.value ?? 'business';
    const days = form.unit === 'days' && hours === 'business';
    set({ hours, ...(days ? { unit: 'hours' as Unit, amount: String(Number(form.amount) * units.days / units.hours) } : {}) });
  };
  return (
    <div className={styles['fields']}>
      <Select label="What is promised" value={form.kind} choices={kinds} onChange={(kind) => set({ kind: kinds.find(({ value }) => value === kind)?.value ?? 'first' })} />
      <Select label="Which clock" value={form.hours} choices={clocks} onChange={setHours} />
      <TextInput label="Within" required inputMode="decimal" error={fault} value={form.amount} onChange={(event) => set({ amount: event.target.value })} />
      <Select label="Unit" value={form.unit} choices={choices} onChange={(unit) => set({ unit: choices.find((choice) => choice === unit) ?? 'minutes' })} />
    </div>
  );
}

function Conditions({ form, set }: PartProps) {
  const me = useMe();
  const named = (list: readonly { id: string; name: string }[]) => list.map(({ id, name }) => ({ id, label: name }));
  const setPriorities = (ids: readonly string[]) => set({ priorities: priorities.filter((priority) => ids.includes(priority)) });
  return (
    <>
      <p className={styles['help']}>For whom: all that is chosen has to hold. What is left empty holds always.</p>
      <TextInput label="Customers tagged" description="Any of several, with commas between." placeholder="vip" value={form.tags} onChange={(event) => set({ tags: event.target.value })} />
      {me.teams.length > 0 && <Checks legend="Teams" choices={named(me.teams)} chosen={form.teamIds} onChange={(teamIds) => set({ teamIds })} />}
      {me.channels.length > 0 && <Checks legend="Channels" choices={named(me.channels)} chosen={form.channelIds} onChange={(channelIds) => set({ channelIds })} />}
      <Checks legend="Priority" choices={priorities.map((id) => ({ id, label: priorityWords[id] }))} chosen={form.priorities} onChange={setPriorities} />
    </>
  );
}

function ReadBack({ form, sound }: { form: TargetForm; sound: boolean }) {
  const me = useMe();
  const input = inputOf(form);
  return (
    <p className={own['sentence']} aria-live="polite">
      {sound ? `${promiseWords(input)}, ${forWhomWords(input, me)}.` : 'Within how long?'}
    </p>
  );
}
