import { useState, type FormEvent } from 'react';
import { Switch, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useToast } from '../../../components/toaster.js';
import { useApi } from '../../../lib/api/api-context.js';
import { keys } from '../../../lib/cache/keys.js';
import { useMe } from '../../../lib/cache/use-me.js';
import type { Me } from '../../../lib/shapes.js';
import { changeWorkspace } from '../api/change-workspace.js';
import { languages } from '../model/languages.js';
import { SaveBar, Section, Select, SettingsPage } from './form.js';
import styles from './form.module.css';

const targets = [15, 30, 60, 120, 240, 480, 1440, 2880];

/** What holds for everybody: the name, how soon an answer is due, the bot. */
export function WorkspacePage() {
  const api = useApi();
  const client = useQueryClient();
  const toast = useToast();
  const me = useMe();
  const [form, setForm] = useState(me.workspace);
  const set = (change: Partial<Me['workspace']>) => setForm((current) => ({ ...current, ...change }));
  const save = useMutation({
    mutationFn: () => {
      const { demo: _demo, hours: _hours, ...input } = form;
      return changeWorkspace(api, { ...input, companyName: input.companyName.trim(), botName: input.botName.trim() });
    },
    onSuccess: (workspace) => {
      client.setQueryData<Me>(keys.me, (known) => (known === undefined ? undefined : { ...known, workspace }));
      setForm(workspace);
      toast({ text: 'Saved.' });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const changed = JSON.stringify(form) !== JSON.stringify(me.workspace);
  const sound = form.companyName.trim() !== '' && form.botName.trim() !== '';
  return (
    <SettingsPage title="Workspace" lead="What holds for everybody.">
      <form onSubmit={submit} style={{ display: 'grid', gap: 32 }}>
        <Section title="Company">
          <div className={styles['fields']}>
            <TextInput label="Name" description="Customers see it in the chat and in mails." required maxLength={120} value={form.companyName} onChange={(event) => set({ companyName: event.target.value })} />
            <Select label="Language" help="For customers whose language is not known, and of reports sent by e-mail." value={form.defaultLanguage} choices={languages} onChange={(defaultLanguage) => set({ defaultLanguage })} />
          </div>
        </Section>
        <Section title="Answer target" help="The customer’s clock is drawn against it: green while there is time, amber from the half, red beyond.">
          <div className={styles['fields']}>
            <Select label="Customers wait at most" value={String(form.answerTargetMinutes)} choices={targetChoices(form.answerTargetMinutes)} onChange={(value) => set({ answerTargetMinutes: Number(value) })} />
          </div>
        </Section>
        <Section title="Opening hours" help="When somebody is there. Outside of them the bot says when an answer comes.">
          <p className={styles['below']}>
            They have a page of their own, with holidays and days that differ: <Link to="/settings/hours">Opening hours</Link>.
          </p>
        </Section>
        <Section title="Bot" help="It greets in the chat, asks at most one thing that is missing, and hands over. It never speaks after a colleague has.">
          <Switch label="The bot greets and hands over" checked={form.botOn} onChange={(event) => set({ botOn: event.currentTarget.checked })} />
          <div className={styles['fields']}>
            <TextInput label="Called" required maxLength={60} disabled={!form.botOn} value={form.botName} onChange={(event) => set({ botName: event.target.value })} />
          </div>
        </Section>
        <SaveBar save={save} disabled={!changed || !sound} />
      </form>
    </SettingsPage>
  );
}

function targetChoices(current: number): { value: string; label: string }[] {
  const all = [...new Set([...targets, current])].toSorted((one, other) => one - other);
  return all.map((minutes) => ({ value: String(minutes), label: minutes < 60 ? `${minutes} minutes` : minutes % 1440 === 0 ? (minutes === 1440 ? 'one day' : `${minutes / 1440} days`) : minutes === 60 ? 'one hour' : `${minutes / 60} hours` }));
}
