import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useToast } from '../../../components/toaster.js';
import { wordsOf } from '../../../lib/api/api-error.js';
import { useApi } from '../../../lib/api/api-context.js';
import { keys } from '../../../lib/cache/keys.js';
import { useMe } from '../../../lib/cache/use-me.js';
import type { ChannelView } from '../../../lib/shapes.js';
import { fullDate } from '../../../lib/time/format.js';
import { useNow } from '../../../lib/time/use-now.js';
import { removeChannel, switchChannel } from '../api/switch-channel.js';
import { healthOf } from '../model/channel-health.js';
import { BackFill } from './back-fill.js';
import { CopyField } from './copy-field.js';
import { Section } from './form.js';
import styles from './form.module.css';

/** How the account is, what went wrong last, and pausing, resuming, disconnecting it. */
export function ChannelHealth({ channel, canBackFill }: { channel: ChannelView; canBackFill: boolean }) {
  const health = healthOf(channel, useNow());
  const may = useMe().agent.role === 'administrator';
  return (
    <Section title="Health">
      <div className={styles['bar']}>
        <span className={styles['badge']} data-tone={health.tone}>
          {health.word}
        </span>
        <span className={health.tone === 'bad' ? styles['bad'] : styles['hint']}>{health.detail}</span>
      </div>
      {channel.lastError !== undefined && (
        <p className={styles['hint']}>
          Last error, {fullDate(channel.lastError.at)}: {channel.lastError.text}
        </p>
      )}
      {channel.webhookUrl !== undefined && <CopyField text={channel.webhookUrl} label="Address for the provider to call" />}
      {channel.tokenExpiresAt !== undefined && <p className={styles['hint']}>Its token ends {fullDate(channel.tokenExpiresAt)}. Renew it in the settings below; no history is lost.</p>}
      {may && canBackFill && <BackFill channelId={channel.id} />}
      {may && <Switches channel={channel} />}
    </Section>
  );
}

function Switches({ channel }: { channel: ChannelView }) {
  const api = useApi();
  const client = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  const [sure, setSure] = useState(false);
  const failed = (error: unknown) => toast({ text: `Nothing was changed. ${wordsOf(error)}`, tone: 'bad' });
  const change = useMutation({ mutationFn: (to: 'pause' | 'resume') => switchChannel(api, channel.id, to), onSuccess: () => client.invalidateQueries({ queryKey: keys.channels }), onError: failed });
  const remove = useMutation({
    mutationFn: () => removeChannel(api, channel.id),
    onSuccess: async () => {
      await navigate({ to: '/settings/channels' });
      await client.invalidateQueries({ queryKey: keys.channels });
      toast({ text: `${channel.name} is disconnected. Its conversations stay.` });
    },
    onError: failed,
  });
  return (
    <div className={styles['bar']}>
      {channel.state === 'on' ? (
        <Button variant="default" loading={change.isPending} onClick={() => change.mutate('pause')}>
          Pause
        </Button>
      ) : (
        <Button variant="default" loading={change.isPending} onClick={() => change.mutate('resume')}>
          {channel.state === 'broken' ? 'Try again' : 'Resume'}
        </Button>
      )}
      {sure ? (
        <>
          <Button variant="danger" loading={remove.isPending} onClick={() => remove.mutate()}>
            Disconnect and forget its password
          </Button>
          <Button variant="default" onClick={() => setSure(false)}>
            Keep it
          </Button>
        </>
      ) : (
        <Button variant="default" onClick={() => setSure(true)}>
          Disconnect…
        </Button>
      )}
    </div>
  );
}
