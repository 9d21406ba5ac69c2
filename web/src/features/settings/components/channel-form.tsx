import { useState, type FormEvent } from 'react';
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useToast } from '../../../components/toaster.js';
import { ApiError, wordsOf } from '../../../lib/api/api-error.js';
import { useApi } from '../../../lib/api/api-context.js';
import { keys } from '../../../lib/cache/keys.js';
import { useMe } from '../../../lib/cache/use-me.js';
import type { ChannelType, ChannelView } from '../../../lib/shapes.js';
import { changeChannel, createChannel } from '../api/save-channel.js';
import { testChannel } from '../api/test-channel.js';
import { groupsOf, missing, toInput, valuesOf, type FieldValue } from '../model/channel-form.js';
import { ChannelField } from './channel-field.js';
import { ConnectionSteps } from './connection-steps.js';
import { Section, Select } from './form.js';
import styles from './form.module.css';

/** The settings of an account, in the groups that its channel declares; the connection can be tried before it is saved. */
export function ChannelForm({ type, channel }: { type: ChannelType; channel: ChannelView | undefined }) {
  const api = useApi();
  const client = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  const me = useMe();
  const may = me.agent.role === 'administrator';
  const [name, setName] = useState(channel?.name ?? '');
  const [teamId, setTeamId] = useState(channel?.teamId ?? '');
  const [values, setValues] = useState(() => valuesOf(type.fields, channel));
  const [faults, setFaults] = useState<Readonly<Record<string, string>>>({});
  const set = (key: string) => (value: FieldValue) => {
    setValues((current) => ({ ...current, [key]: value }));
    setFaults(({ [key]: _mended, ...rest }) => rest);
  };
  const title = name.trim() !== '' ? name.trim() : nameFrom(values, type.title);
  const input = () => ({ kind: type.kind, name: title, teamId: teamId === '' ? undefined : teamId, ...toInput(type.fields, values) });

  const complete = () => {
    const empty = missing(type.fields, values, channel?.secretsSet ?? []);
    setFaults(Object.fromEntries(empty.map((key) => [key, 'is needed'])));
    return empty.length === 0;
  };
  const test = useMutation({ mutationFn: () => testChannel(api, { kind: type.kind, ...toInput(type.fields, values), ...(channel === undefined ? {} : { channelId: channel.id }) }), onError: (error) => setFaults(faultsOf(error)) });
  const save = useMutation({
    mutationFn: () => (channel === undefined ? createChannel(api, input()) : changeChannel(api, channel.id, input())),
    onSuccess: async (saved) => {
      await client.invalidateQueries({ queryKey: keys.channels });
      void client.invalidateQueries({ queryKey: keys.me });
      toast({ text: channel === undefined ? `${saved.name} is connected.` : 'Saved.' });
      if (channel === undefined) await navigate({ to: '/settings/channels/$channelId', params: { channelId: saved.id }, replace: true });
      else setValues(valuesOf(type.fields, saved));
    },
    onError: (error) => setFaults(faultsOf(error)),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (complete()) save.mutate();
  };
  const problem = save.error ?? test.error;
  return (
    <form onSubmit={submit} noValidate style={{ display: 'grid', gap: 32 }}>
      <Section title="Name">
        <div className={styles['fields']}>
          <TextInput label="Called" description="Colleagues see it." maxLength={120} value={name} placeholder={nameFrom(values, type.title)} disabled={!may} onChange={(event) => setName(event.target.value)} />
          {me.teams.length > 0 && <Select label="Team" help="New conversations go to it." value={teamId} disabled={!may} onChange={setTeamId} choices={[{ value: '', label: 'No team' }, ...me.teams.map((team) => ({ value: team.id, label: team.name }))]} />}
        </div>
      </Section>
      {groupsOf(type.fields).map((group) => (
        <Section key={group.name} title={group.name === '' ? 'Settings' : group.name}>
          <div className={styles['fields']}>
            {group.fields.map((field) => (
              <ChannelField key={field.key} field={field} value={values[field.key] ?? ''} stored={channel?.secretsSet.includes(field.key) ?? false} fault={faults[field.key]} disabled={!may} onChange={set(field.key)} />
            ))}
          </div>
        </Section>
      ))}
      {test.data !== undefined && <ConnectionSteps report={test.data} />}
      {may && (
        <div className={styles['bar']}>
          <Button type="submit" size="md" loading={save.isPending}>
            {channel === undefined ? 'Connect' : 'Save'}
          </Button>
          {type.canTest && (
            <Button variant="default" loading={test.isPending} onClick={() => complete() && test.mutate()}>
              Test connection
            </Button>
          )}
          {Object.keys(faults).length > 0 ? (
            <span className={styles['bad']} role="alert">
              {problem === null ? 'Some fields are still empty.' : wordsOf(problem)}
            </span>
          ) : (
            problem !== null && (
              <span className={styles['bad']} role="alert">
                {wordsOf(problem)}
              </span>
            )
          )}
        </div>
      )}
    </form>
  );
}

/** What an account is called when nobody says otherwise: its address. */
function nameFrom(values: Readonly<Record<string, FieldValue>>, title: string): string {
  const address = values['address'];
  return typeof address === 'string' && address.trim() !== '' ? address.trim() : title;
}

/** `{ fields: { key: why } }` of a refused form. */
function faultsOf(error: unknown): Record<string, string> {
  const fields = error instanceof ApiError ? error.facts['fields'] : undefined;
  if (typeof fields !== 'object' || fields === null) return {};
  return Object.fromEntries(Object.entries(fields).map(([key, why]) => [key, typeof why === 'string' ? why : 'is not as it should be']));
}
