import { useState } from 'react';
import { Button, Switch } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { Failed, Waiting } from '../../../components/notice.js';
import { useToast } from '../../../components/toaster.js';
import { wordsOf } from '../../../lib/api/api-error.js';
import { useApi } from '../../../lib/api/api-context.js';
import { keys } from '../../../lib/cache/keys.js';
import { useMe } from '../../../lib/cache/use-me.js';
import type { TargetView } from '../../../lib/shapes.js';
import { listTargets, saveTarget } from '../api/targets.js';
import { byStrictness, forWhomWords, kinds, lengthWords, promiseWords } from '../model/targets.js';
import { Section, SettingsPage } from './form.js';
import { TargetDialog } from './targets-dialog.js';
import { TargetTrial } from './targets-trial.js';
import styles from './form.module.css';
import own from './targets.module.css';

/** How long answers may take, in sentences, the strictest first. Everybody may read it; administrators change it. */
export function TargetsPage() {
  const me = useMe();
  const targets = useQuery(listTargets(useApi()));
  const [dialog, setDialog] = useState<{ target: TargetView | undefined }>();
  const may = me.agent.role === 'administrator';
  const add = (
    <Button leftSection={<Plus size={15} />} onClick={() => setDialog({ target: undefined })}>
      Add
    </Button>
  );
  return (
    <SettingsPage title="Targets" lead="How long answers may take. Of several that apply to a conversation the earliest deadline counts, and the conversation says which and why." action={may ? add : undefined}>
      {targets.data !== undefined ? (
        <Parts targets={targets.data} may={may} onOpen={(target) => setDialog({ target })} />
      ) : targets.error === null ? (
        <Waiting what="Loading" />
      ) : (
        <Failed error={targets.error} what="The targets" onRetry={() => void targets.refetch()} />
      )}
      {dialog !== undefined && <TargetDialog target={dialog.target} onClose={() => setDialog(undefined)} />}
    </SettingsPage>
  );
}

function Parts({ targets, may, onOpen }: { targets: readonly TargetView[]; may: boolean; onOpen: (target: TargetView) => void }) {
  const me = useMe();
  const company = `Where none applies, here or below: ${lengthWords(me.workspace.answerTargetMinutes, 'business')} for every answer, in business hours (Settings, Workspace).`;
  return (
    <>
      {kinds.map(({ value, label }) => {
        const mine = targets.filter((target) => target.kind === value).toSorted(byStrictness);
        return (
          <Section key={value} title={label} {...(value === 'first' ? { help: company } : {})}>
            {mine.length === 0 ? (
              <p className={own['none']}>{value === 'final' ? 'None. Then conversations may stay open as long as they like.' : 'None.'}</p>
            ) : (
              <ul className={styles['list']}>
                {mine.map((target) => (
                  <Line key={target.id} target={target} may={may} onOpen={() => onOpen(target)} />
                ))}
              </ul>
            )}
          </Section>
        );
      })}
      <TargetTrial targets={targets} />
    </>
  );
}

function Line({ target, may, onOpen }: { target: TargetView; may: boolean; onOpen: () => void }) {
  const me = useMe();
  const api = useApi();
  const client = useQueryClient();
  const toast = useToast();
  const flip = useMutation({
    mutationFn: (on: boolean) => saveTarget(api, target.id, { on }),
    onSuccess: (saved) => client.setQueryData<TargetView[]>(keys.targets, (known) => known?.map((each) => (each.id === saved.id ? saved : each))),
    onError: (error) => toast({ text: wordsOf(error), tone: 'bad' }),
  });
  const words = (
    <span className={own['words']}>
      <b>{target.name}</b>
      <small>
        {promiseWords(target)}, {forWhomWords(target, me)}
      </small>
    </span>
  );
  const on = flip.variables !== undefined && flip.isPending ? flip.variables : target.on;
  return (
    <li className={own['line']} data-off={!on || undefined}>
      {may ? (
        <button type="button" className={own['open']} onClick={onOpen} aria-label={`Change ${target.name}`}>
          {words}
        </button>
      ) : (
        <div className={own['open']}>{words}</div>
      )}
      {may ? <Switch aria-label={`${target.name} counts`} checked={on} onChange={(event) => flip.mutate(event.currentTarget.checked)} /> : !target.on && <span className={styles['badge']}>Off</span>}
    </li>
  );
}
