import { Button, Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Plug, Plus } from 'lucide-react';
import { ChannelIcon } from '../../../components/channel-icon.js';
import { channelWords } from '../../../lib/channel-words.js';
import { Empty, Failed, Waiting } from '../../../components/notice.js';
import { useApi } from '../../../lib/api/api-context.js';
import { useMe } from '../../../lib/cache/use-me.js';
import type { ChannelView } from '../../../lib/shapes.js';
import { useNow } from '../../../lib/time/use-now.js';
import { listChannels } from '../api/list-channels.js';
import { listChannelTypes } from '../api/list-channel-types.js';
import { healthOf } from '../model/channel-health.js';
import { SettingsPage } from './form.js';
import styles from './form.module.css';

/** Where customers can write, and how each way is. */
export function ChannelsPage() {
  const api = useApi();
  const me = useMe();
  const now = useNow();
  const channels = useQuery(listChannels(api));
  const may = me.agent.role === 'administrator';
  return (
    <SettingsPage title="Channels" lead="Where customers write. All of it arrives in one inbox, and each answer goes back the way the message came." action={may ? <Connect /> : undefined}>
      {channels.error !== null ? (
        <Failed error={channels.error} what="The channels" onRetry={() => void channels.refetch()} />
      ) : channels.data === undefined ? (
        <Waiting what="Loading" />
      ) : channels.data.length === 0 ? (
        <Empty icon={<Plug size={22} strokeWidth={1.6} />} title="Nothing is connected yet">
          Connect a mailbox with its IMAP and SMTP servers, or put the chat bubble on your site.
        </Empty>
      ) : (
        <ul className={styles['list']}>
          {channels.data.map((channel) => (
            <Line key={channel.id} channel={channel} now={now} />
          ))}
        </ul>
      )}
    </SettingsPage>
  );
}

function Line({ channel, now }: { channel: ChannelView; now: number }) {
  const health = healthOf(channel, now);
  return (
    <li>
      <Link to="/settings/channels/$channelId" params={{ channelId: channel.id }} className={styles['item']}>
        <ChannelIcon kind={channel.kind} size={18} />
        <div>
          <b>{channel.name}</b>
          <small className={health.tone === 'bad' ? styles['bad'] : undefined}>{health.detail}</small>
        </div>
        <span className={styles['badge']} data-tone={health.tone}>
          {health.word}
        </span>
      </Link>
    </li>
  );
}

function Connect() {
  const api = useApi();
  const navigate = useNavigate();
  const types = useQuery(listChannelTypes(api));
  return (
    <Menu position="bottom-end" width={230}>
      <Menu.Target>
        <Button leftSection={<Plus size={15} />}>Connect</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(types.data ?? []).map((type) => (
          <Menu.Item key={type.kind} leftSection={<ChannelIcon kind={type.kind} size={15} />} onClick={() => void navigate({ to: '/settings/channels/new/$kind', params: { kind: type.kind } })}>
            {type.title === '' ? channelWords[type.kind] : type.title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
