import { useState } from 'react';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { Avatar } from '../../../components/avatar.js';
import { Failed, Waiting } from '../../../components/notice.js';
import { useApi } from '../../../lib/api/api-context.js';
import { useMe } from '../../../lib/cache/use-me.js';
import type { AgentView, TeamView } from '../../../lib/shapes.js';
import { listAgents } from '../api/agents.js';
import { AgentDialog } from './agent-dialog.js';
import { Section, SettingsPage } from './form.js';
import { TeamsSection } from './teams-section.js';
import styles from './form.module.css';

const roleWords = { administrator: 'Administrator', lead: 'Lead', agent: 'Agent' } as const;

/** Who answers, what they may, and in which teams. */
export function TeamPage() {
  const api = useApi();
  const me = useMe();
  const agents = useQuery(listAgents(api));
  const [dialog, setDialog] = useState<{ agent: AgentView | undefined }>();
  const may = me.agent.role === 'administrator';
  return (
    <SettingsPage
      title="Team"
      lead="Agents answer; leads also see every team and the channels; administrators change the settings."
      action={
        may ? (
          <Button leftSection={<Plus size={15} />} onClick={() => setDialog({ agent: undefined })}>
            Invite
          </Button>
        ) : undefined
      }
    >
      <Section title="People">
        {agents.error !== null ? (
          <Failed error={agents.error} what="The team" onRetry={() => void agents.refetch()} />
        ) : agents.data === undefined ? (
          <Waiting what="Loading" />
        ) : (
          <ul className={styles['list']}>
            {agents.data.map((agent) => (
              <Person key={agent.id} agent={agent} teams={me.teams} onOpen={may ? () => setDialog({ agent }) : undefined} />
            ))}
          </ul>
        )}
      </Section>
      <TeamsSection teams={me.teams} agents={agents.data ?? me.agents} may={may} />
      {dialog !== undefined && <AgentDialog agent={dialog.agent} teams={me.teams} onClose={() => setDialog(undefined)} />}
    </SettingsPage>
  );
}

function Person({ agent, teams, onOpen }: { agent: AgentView; teams: readonly TeamView[]; onOpen: (() => void) | undefined }) {
  const names = teams.filter((team) => agent.teamIds.includes(team.id)).map((team) => team.name);
  const line = (
    <>
      <Avatar name={agent.name} size={32} tone="house" {...(agent.state === 'active' ? { online: agent.presence === 'online' } : {})} />
      <span className={styles['words']}>
        <b>{agent.name}</b>
        <small>{[agent.email, ...names].join(' · ')}</small>
      </span>
      {agent.state !== 'active' && <span className={styles['badge']}>{agent.state === 'invited' ? 'Invited' : 'Shut out'}</span>}
      <span className={styles['badge']} data-tone={agent.role === 'agent' ? undefined : 'accent'}>
        {roleWords[agent.role]}
      </span>
    </>
  );
  return (
    <li>
      {onOpen === undefined ? (
        <div className={styles['item']}>{line}</div>
      ) : (
        <button type="button" className={styles['item']} onClick={onOpen}>
          {line}
        </button>
      )}
    </li>
  );
}
