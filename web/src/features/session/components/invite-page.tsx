import { useState, type FormEvent } from 'react';
import { Button, PasswordInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Entrance, FormProblem } from '../../../components/entrance.js';
import { Waiting } from '../../../components/notice.js';
import { wordsOf } from '../../../lib/api/api-error.js';
import { useApi } from '../../../lib/api/api-context.js';
import { tokenInAddress } from '../../../lib/token-in-address.js';
import { acceptInvite, checkInvite } from '../api/invites.js';

const shortest = 12;

/** Where an invitation or a link for a new password leads. */
export function InvitePage() {
  const api = useApi();
  const navigate = useNavigate();
  const [token] = useState(() => tokenInAddress(location));
  const [password, setPassword] = useState('');
  const invite = useQuery({ queryKey: ['invite'], queryFn: () => checkInvite(api, token), retry: false, staleTime: Infinity });
  const accept = useMutation({ mutationFn: () => acceptInvite(api, { token, password }), onSuccess: () => navigate({ to: '/' }) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    accept.mutate();
  };
  if (invite.error !== null) {
    return (
      <Entrance title="This link is no longer good" lead={`${wordsOf(invite.error)} An administrator can make a new one under Settings, Team.`}>
        {null}
      </Entrance>
    );
  }
  if (invite.data === undefined) return <Waiting what="Looking at the link" />;
  const { name, email, kind } = invite.data;
  return (
    <Entrance title={kind === 'invite' ? `Welcome, ${name}` : 'A new password'} lead={`Choose a password for ${email}. At least ${shortest} characters; a sentence is fine.`}>
      <form onSubmit={submit}>
        <input type="hidden" name="email" autoComplete="username" value={email} readOnly />
        <PasswordInput label="Password" name="password" autoComplete="new-password" required autoFocus minLength={shortest} value={password} onChange={(event) => setPassword(event.target.value)} />
        <FormProblem text={accept.error === null ? undefined : wordsOf(accept.error)} />
        <Button type="submit" size="md" loading={accept.isPending} disabled={password.length < shortest}>
          Set the password and enter
        </Button>
      </form>
    </Entrance>
  );
}
