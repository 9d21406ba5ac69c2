import { useState } from 'react';
import { TextInput } from '@mantine/core';
import { useMe } from '../../../lib/cache/use-me.js';
import type { TargetView } from '../../../lib/shapes.js';
import { applying, dependsOnHours, kinds, lengthWords, priorities, priorityWords, promiseWords, type TargetKind, type Trial } from '../model/targets.js';
import { Section, Select } from './form.js';
import styles from './form.module.css';
import own from './targets.module.css';

/** Which conversation would get which target. */
export function TargetTrial({ targets }: { targets: readonly TargetView[] }) {
  const me = useMe();
  const [trial, setTrial] = useState<Trial>({ teamId: '', channelId: '', priority: 'normal', tag: '' });
  const set = (change: Partial<Trial>) => setTrial((current) => ({ ...current, ...change }));
  const named = (list: readonly { id: string; name: string }[], none: string) => [{ value: '', label: none }, ...list.map(({ id, name }) => ({ value: id, label: name }))];
  return (
    <Section title="Which conversation gets which" help="Say what a conversation is like, and see what it would be held against.">
      <div className={styles['fields']}>
        <Select label="Team" value={trial.teamId} choices={named(me.teams, 'No team')} onChange={(teamId) => set({ teamId })} />
        <Select label="Channel" value={trial.channelId} choices={named(me.channels, 'Any other channel')} onChange={(channelId) => set({ channelId })} />
        <Select label="Priority" value={trial.priority} choices={priorities.map((value) => ({ value, label: priorityWords[value] }))} onChange={(value) => set({ priority: priorities.find((each) => each === value) ?? 'normal' })} />
        <TextInput label="The customer is tagged" placeholder="vip" value={trial.tag} onChange={(event) => set({ tag: event.target.value })} />
      </div>
      <dl className={own['outcome']} aria-live="polite">
        {kinds.map(({ value, label }) => (
          <Outcome key={value} kind={value} label={label} found={applying(targets, value, trial)} />
        ))}
      </dl>
    </Section>
  );
}

function Outcome({ kind, label, found }: { kind: TargetKind; label: string; found: readonly TargetView[] }) {
  const me = useMe();
  const [winner, ...others] = found;
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {winner === undefined ? (
          kind === 'final' ? 'No target' : `The whole company’s: ${lengthWords(me.workspace.answerTargetMinutes, 'business')}, in business hours`
        ) : (
          <>
            <b>{winner.name}</b> · {promiseWords(winner)}
            {others.length > 0 && (
              <small>
                {dependsOnHours(found) ? 'Whichever deadline comes first; over closed hours that may be' : 'It wins over'} {others.map((other) => other.name).join(', ')}
              </small>
            )}
          </>
        )}
      </dd>
    </div>
  );
}
