import { useState, type FormEvent } from 'react';
import { Button, Modal, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { FormProblem } from '../../../components/entrance.js';
import { useToast } from '../../../components/toaster.js';
import { wordsOf } from '../../../lib/api/api-error.js';
import { useApi } from '../../../lib/api/api-context.js';
import { keys } from '../../../lib/cache/keys.js';
import type { AgentView, Invited, Role, TeamView } from '../../../lib/shapes.js';
import { fullDate } from '../../../lib/time/format.js';
import { addAgent, changeAgent, inviteAgain, switchAgent } from '../api/agents.js';
import { CopyField } from './copy-field.js';
import { Checks, Select } from './form.js';
import styles from './form.module.css';

const roles: readonly { value: Role; label: string }[] = [
  { value: 'agent', label: 'Agent: answers' },
  { value: 'lead', label: 'Lead: sees every team' },
  { value: 'administrator', label: 'Administrator: changes settings' },
];

/** Inviting somebody, or changing what they may. A link for their password is shown once, to be copied. */
export function AgentDialog({ agent, teams, onClose }: { agent: AgentView | undefined; teams: readonly TeamView[]; onClose: () => void }) {
  const [invited, setInvited] = useState<Invited>();
  const title = invited !== undefined ? `The way in for ${invited.agent.name}` : agent === undefined ? 'Invite somebody' : agent.name;
  return (
    <Modal opened onClose={onClose} title={title} size={460}>
      {invited === undefined ? <AgentForm agent={agent} teams={teams} onInvited={setInvited} onClose={onClose} /> : <InviteLink invited={invited} onClose={onClose} />}
    </Modal>
  );
}

function InviteLink({ invited, onClose }: { invited: Invited; onClose: () => void }) {
  return (
    <div className={styles['body']}>
      <p className={styles['help']}>Give this link to {invited.agent.name}. It works once, until {fullDate(invited.expiresAt)}, and is shown only here.</p>
      <CopyField text={invited.link} label="Invitation link" />
      <div className={styles['bar']}>
        <Button onClick={onClose}>Done</Button>
      </div>
    </div>
  );
}

interface FormProps {
  agent: AgentView | undefined;
  teams: readonly TeamView[];
  onInvited: (invited: Invited) => void;
  onClose: () => void;
}

function AgentForm({ agent, teams, onInvited, onClose }: FormProps) {
  const api = useApi();
  const client = useQueryClient();
  const toast = useToast();
  const [form, setForm] = useState({ name: agent?.name ?? '', email: agent?.email ?? '', role: agent?.role ?? 'agent', teamIds: agent?.teamIds ?? [], capacity: String(agent?.capacity ?? 20) });
  const refresh = () => {
    void client.invalidateQueries({ queryKey: keys.agents });
    void client.invalidateQueries({ queryKey: keys.me });
  };
  const save = useMutation({
    mutationFn: async () => {
      const { email, capacity, ...rest } = { ...form, name: form.name.trim() };
      const input = { ...rest, capacity: Number(capacity) || 0 };
      return agent === undefined ? addAgent(api, { ...input, email: email.trim() }) : void (await changeAgent(api, agent.id, input));
    },
    onSuccess: (invited) => {
      refresh();
      if (invited !== undefined) onInvited(invited);
      else {
        toast({ text: 'Saved.' });
        onClose();
      }
    },
  });
  const link = useMutation({ mutationFn: (id: string) => inviteAgain(api, id), onSuccess: onInvited });
  const change = useMutation({ mutationFn: ({ id, to }: { id: string; to: 'disable' | 'enable' }) => switchAgent(api, id, to), onSuccess: () => { refresh(); onClose(); } });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const problem = save.error ?? link.error ?? change.error;
  return (
    <form onSubmit={submit} className={styles['body']}>
      <TextInput label="Name" required maxLength={120} data-autofocus value={form.name} onChange={(event) => setForm({ ...form, name: event.target.value })} />
      <TextInput label="E-mail" type="email" required disabled={agent !== undefined} value={form.email} onChange={(event) => setForm({ ...form, email: event.target.value })} />
      <Select label="Role" value={form.role} choices={roles} onChange={(role) => setForm({ ...form, role: roles.find((other) => other.value === role)?.value ?? 'agent' })} />
      {teams.length > 0 && <Checks legend="Teams" choices={teams.map((team) => ({ id: team.id, label: team.name }))} chosen={form.teamIds} onChange={(teamIds) => setForm({ ...form, teamIds })} />}
      <TextInput label="Open conversations at once" description="Routing gives no more than that; 0 gives none." inputMode="numeric" value={form.capacity} onChange={(event) => setForm({ ...form, capacity: event.target.value.replace(/\D/g, '') })} />
      <FormProblem text={problem === null ? undefined : wordsOf(problem)} />
      <div className={styles['bar']}>
        <Button type="submit" loading={save.isPending}>
          {agent === undefined ? 'Invite' : 'Save'}
        </Button>
        {agent !== undefined && agent.state !== 'disabled' && (
          <Button variant="default" loading={link.isPending} onClick={() => link.mutate(agent.id)}>
            {agent.state === 'invited' ? 'New invitation link' : 'Link for a new password'}
          </Button>
        )}
        {agent !== undefined && (
          <Button variant={agent.state === 'disabled' ? 'default' : 'danger'} loading={change.isPending} onClick={() => change.mutate({ id: agent.id, to: agent.state === 'disabled' ? 'enable' : 'disable' })}>
            {agent.state === 'disabled' ? 'Let in again' : 'Shut out'}
          </Button>
        )}
      </div>
    </form>
  );
}
