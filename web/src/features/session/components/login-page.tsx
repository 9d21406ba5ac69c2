import { useEffect, useState, type FormEvent } from 'react';
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { Entrance, FormProblem } from '../../../components/entrance.js';
import { wordsOf } from '../../../lib/api/api-error.js';
import { useApi } from '../../../lib/api/api-context.js';
import { keys } from '../../../lib/cache/keys.js';
import { signIn } from '../api/sign-in.js';

/** Signing in; afterwards one is where one wanted to go. */
export function LoginPage() {
  const api = useApi();
  const client = useQueryClient();
  const router = useRouter();
  const { next } = useSearch({ from: '/login' });
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  useEffect(() => {
    document.title = 'Sign in · Rapport';
  }, []);
  const setUp = useQuery({ queryKey: keys.setUp, queryFn: () => api.get<{ open: boolean }>('/setup'), retry: false });
  const enter = useMutation({
    mutationFn: () => signIn(api, { email, password }),
    onSuccess: () => {
      client.clear();
      // Only a path of ours: a link from elsewhere must not lead away.
      router.history.push(next !== undefined && /^\/(?![/\\])/.test(next) ? next : '/');
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    enter.mutate();
  };
  return (
    <Entrance title="Sign in" lead={setUp.data?.open === true ? 'Rapport is not set up yet. Open the set-up link that it printed when it was started.' : 'To your inbox.'}>
      <form onSubmit={submit}>
        <TextInput label="E-mail" type="email" name="email" autoComplete="username" required autoFocus value={email} onChange={(event) => setEmail(event.target.value)} />
        <PasswordInput label="Password" name="password" autoComplete="current-password" required value={password} onChange={(event) => setPassword(event.target.value)} />
        <FormProblem text={enter.error === null ? undefined : wordsOf(enter.error)} />
        <Button type="submit" size="md" loading={enter.isPending}>
          Sign in
        </Button>
      </form>
    </Entrance>
  );
}
