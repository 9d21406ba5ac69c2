import { useState, type FormEvent } from 'react';
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { UsersRound } from 'lucide-react';
import { useToast } from '../../../components/toaster.js';
import { wordsOf } from '../../../lib/api/api-error.js';
import { useApi } from '../../../lib/api/api-context.js';
import { keys } from '../../../lib/cache/keys.js';
import type { AgentView, TeamView } from '../../../lib/shapes.js';
import { addTeam, renameTeam } from '../api/teams.js';
import { Section } from './form.js';
import styles from './form.module.css';

/** Teams: each has its own view in the inbox; agents see their teams' conversations and those of no team. */
export function TeamsSection({ teams, agents, may }: { teams: readonly TeamView[]; agents: readonly AgentView[]; may: boolean }) {
  return (
    <Section title="Teams" help="Each team has a view of its own in the inbox. Agents see the conversations of their teams, their own, and those of no team.">
      {teams.length > 0 && (
        <ul className={styles['list']}>
          {teams.map((team) => (
            <Line key={team.id} team={team} agents={agents.filter((agent) => agent.teamIds.includes(team.id))} may={may} />
          ))}
        </ul>
      )}
      {may && <NewTeam />}
    </Section>
  );
}

function Line({ team, agents, may }: { team: TeamView; agents: readonly AgentView[]; may: boolean }) {
  const api = useApi();
  const client = useQueryClient();
  const toast = useToast();
  const [name, setName] = useState<string>();
  const rename = useMutation({
    mutationFn: (to: string) => renameTeam(api, team.id, to),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: keys.me });
      setName(undefined);
    },
    onError: (error) => toast({ text: wordsOf(error), tone: 'bad' }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name !== undefined && name.trim() !== '') rename.mutate(name.trim());
  };
  return (
    <li>
      <form className={styles['item']} onSubmit={submit}>
        <UsersRound size={18} strokeWidth={1.7} aria-hidden />
        {name === undefined ? (
          <div>
            <b>{team.name}</b>
            <small>{agents.length === 0 ? 'nobody yet' : agents.map((agent) => agent.name).join(', ')}</small>
          </div>
        ) : (
          <div>
            <TextInput aria-label={`New name of ${team.name}`} value={name} maxLength={80} autoFocus onChange={(event) => setName(event.target.value)} />
          </div>
        )}
        {may &&
          (name === undefined ? (
            <Button variant="default" onClick={() => setName(team.name)}>
              Rename
            </Button>
          ) : (
            <Button type="submit" loading={rename.isPending}>
              Save
            </Button>
          ))}
      </form>
    </li>
  );
}

function NewTeam() {
  const api = useApi();
  const client = useQueryClient();
  const toast = useToast();
  const [name, setName] = useState('');
  const add = useMutation({
    mutationFn: () => addTeam(api, name.trim()),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: keys.me });
      setName('');
    },
    onError: (error) => toast({ text: wordsOf(error), tone: 'bad' }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== '') add.mutate();
  };
  return (
    <form className={styles['bar']} onSubmit={submit}>
      <TextInput aria-label="Name of a new team" placeholder="Name of a new team" maxLength={80} value={name} onChange={(event) => setName(event.target.value)} />
      <Button type="submit" variant="default" disabled={name.trim() === ''} loading={add.isPending}>
        Add team
      </Button>
    </form>
  );
}
