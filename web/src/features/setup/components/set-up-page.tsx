import { useEffect, useState, type FormEvent } from 'react';
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Entrance, FormProblem } from '../../../components/entrance.js';
import { ApiError, wordsOf } from '../../../lib/api/api-error.js';
import { useApi } from '../../../lib/api/api-context.js';
import { keys } from '../../../lib/cache/keys.js';
import { tokenInAddress } from '../../../lib/token-in-address.js';
import { completeSetUp } from '../api/complete-set-up.js';

const shortest = 12;

/** The first administrator. Open once, with the token of the link that was printed at the start. */
export function SetUpPage() {
  const api = useApi();
  const navigate = useNavigate();
  const [token] = useState(() => tokenInAddress(location));
  const [form, setForm] = useState({ companyName: '', name: '', email: '', password: '' });
  useEffect(() => {
    document.title = 'Set-up · Rapport';
  }, []);
  const state = useQuery({ queryKey: keys.setUp, queryFn: () => api.get<{ open: boolean }>('/setup'), staleTime: Infinity });
  const finish = useMutation({ mutationFn: () => completeSetUp(api, { token, ...form }), onSuccess: () => navigate({ to: '/settings/channels' }) });
  const set = (key: keyof typeof form) => (event: { target: { value: string } }) => setForm((current) => ({ ...current, [key]: event.target.value }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    finish.mutate();
  };
  if (state.data?.open === false && !finish.isSuccess) {
    return (
      <Entrance title="Set-up is done" lead="The first administrator exists, so this page is closed for good.">
        <Button component={Link} to="/login" size="md" mt={20} fullWidth>
          Sign in
        </Button>
      </Entrance>
    );
  }
  if (token === '') {
    return (
      <Entrance title="The link is not complete" lead="Set-up needs the whole link that Rapport printed when it was started; the part after the # is missing. It is printed again at every start until set-up is done.">
        {null}
      </Entrance>
    );
  }
  return (
    <Entrance title="Set up Rapport" lead="You become its first administrator. This page closes afterwards.">
      <form onSubmit={submit}>
        <TextInput label="Company" description="Customers see it in the chat." name="organization" autoComplete="organization" required autoFocus maxLength={120} value={form.companyName} onChange={set('companyName')} />
        <TextInput label="Your name" name="name" autoComplete="name" required maxLength={120} value={form.name} onChange={set('name')} />
        <TextInput label="E-mail" type="email" name="email" autoComplete="username" required value={form.email} onChange={set('email')} />
        <PasswordInput label="Password" description={`At least ${shortest} characters; a sentence is fine.`} name="password" autoComplete="new-password" required minLength={shortest} value={form.password} onChange={set('password')} />
        <FormProblem text={problemWords(finish.error)} />
        <Button type="submit" size="md" loading={finish.isPending}>
          Finish
        </Button>
      </form>
    </Entrance>
  );
}

function problemWords(error: unknown): string | undefined {
  if (error === null || error === undefined) return undefined;
  if (error instanceof ApiError && error.code === 'not_signed_in') return 'The link is not the one that was printed last. Look for the newest in the terminal.';
  return wordsOf(error);
}
