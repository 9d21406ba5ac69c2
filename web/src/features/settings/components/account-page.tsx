import { useState, type FormEvent } from 'react';
import { Button, PasswordInput, SegmentedControl, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { LogOut } from 'lucide-react';
import { useToast } from '../../../components/toaster.js';
import { wordsOf } from '../../../lib/api/api-error.js';
import { useApi } from '../../../lib/api/api-context.js';
import { keys } from '../../../lib/cache/keys.js';
import { useMe } from '../../../lib/cache/use-me.js';
import { usePreferences } from '../../../lib/use-preferences.js';
import { useSignOut } from '../../../lib/use-sign-out.js';
import { changeName, changePassword } from '../api/account.js';
import { Section, SettingsPage } from './form.js';
import { MailLanguageSection } from './mail-language-section.js';
import { PresenceSection } from './presence-section.js';
import { SessionsSection } from './sessions-section.js';
import styles from './form.module.css';

const shortest = 12;

/** One's own name, password, looks, and where one is signed in. */
export function AccountPage() {
  const { theme, setTheme, compact, setCompact } = usePreferences();
  const signOut = useSignOut();
  return (
    <SettingsPage title="My account">
      <NameSection />
      <Section title="Looks">
        <div className={styles['fields']}>
          <div>
            <span className={styles['label']}>Theme</span>
            <SegmentedControl aria-label="Theme" value={theme} onChange={setTheme} data={[{ value: 'auto', label: 'As the system' }, { value: 'light', label: 'Light' }, { value: 'dark', label: 'Dark' }]} />
          </div>
          <div>
            <span className={styles['label']}>Rows of the list</span>
            <SegmentedControl aria-label="Rows of the list" value={compact ? 'compact' : 'normal'} onChange={(value) => setCompact(value === 'compact')} data={[{ value: 'normal', label: 'Comfortable' }, { value: 'compact', label: 'Compact' }]} />
          </div>
        </div>
      </Section>
      <MailLanguageSection />
      <PasswordSection />
      <SessionsSection />
      <PresenceSection />
      <div className={styles['bar']}>
        <Button variant="default" leftSection={<LogOut size={14} />} onClick={() => signOut()}>
          Sign out
        </Button>
      </div>
    </SettingsPage>
  );
}

function NameSection() {
  const api = useApi();
  const client = useQueryClient();
  const toast = useToast();
  const me = useMe();
  const [name, setName] = useState(me.agent.name);
  const save = useMutation({
    mutationFn: () => changeName(api, name.trim()),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: keys.me });
      toast({ text: 'Saved.' });
    },
    onError: (error) => toast({ text: wordsOf(error), tone: 'bad' }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Section title="Name" help="Customers see it when you answer.">
      <form className={styles['bar']} onSubmit={submit}>
        <TextInput aria-label="Name" maxLength={120} required value={name} onChange={(event) => setName(event.target.value)} />
        <Button type="submit" variant="default" loading={save.isPending} disabled={name.trim() === '' || name.trim() === me.agent.name}>
          Save
        </Button>
        <span className={styles['hint']}>{me.agent.email}</span>
      </form>
    </Section>
  );
}

function PasswordSection() {
  const api = useApi();
  const client = useQueryClient();
  const toast = useToast();
  const me = useMe();
  const [form, setForm] = useState({ current: '', password: '' });
  const change = useMutation({
    mutationFn: () => changePassword(api, form),
    onSuccess: () => {
      setForm({ current: '', password: '' });
      void client.invalidateQueries({ queryKey: keys.sessions });
      toast({ text: 'The password is changed. Every other session has ended.' });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate();
  };
  return (
    <Section title="Password" help={`At least ${shortest} characters; a sentence is fine. Changing it signs you out everywhere else.`}>
      <form onSubmit={submit} className={styles['fields']}>
        <input type="hidden" name="username" autoComplete="username" value={me.agent.email} readOnly />
        <PasswordInput label="Now" autoComplete="current-password" required value={form.current} onChange={(event) => setForm({ ...form, current: event.target.value })} />
        <PasswordInput label="From now on" autoComplete="new-password" required minLength={shortest} value={form.password} onChange={(event) => setForm({ ...form, password: event.target.value })} />
        <div className={styles['bar']}>
          <Button type="submit" variant="default" loading={change.isPending} disabled={form.current === '' || form.password.length < shortest}>
            Change the password
          </Button>
          {change.error !== null && (
            <span className={styles['bad']} role="alert">
              {wordsOf(change.error)}
            </span>
          )}
        </div>
      </form>
    </Section>
  );
}
