import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Empty, Failed, Waiting } from '../../../components/notice.js';
import { Plug } from 'lucide-react';
import { useApi } from '../../../lib/api/api-context.js';
import { listChannels } from '../api/list-channels.js';
import { listChannelTypes } from '../api/list-channel-types.js';
import { ChannelForm } from './channel-form.js';
import { ChannelHealth } from './channel-health.js';
import { EmbedCode } from './embed-code.js';
import { SettingsPage } from './form.js';
import { SetUpSteps } from './set-up-steps.js';

/** Connecting an account. */
export function NewChannelPage() {
  const { kind } = useParams({ from: '/app/settings/channels/new/$kind' });
  const types = useQuery(listChannelTypes(useApi()));
  if (types.data === undefined) return <Pending error={types.error} />;
  const type = types.data.find((other) => other.kind === kind);
  if (type === undefined) return <Unknown />;
  return (
    <SettingsPage title={`Connect: ${type.title}`} {...(type.canTest ? { lead: 'Nothing is fetched or sent before you save. “Test connection” tries every step and says what is wrong.' } : {})}>
      <SetUpSteps type={type} channel={undefined} />
      <ChannelForm key={type.kind} type={type} channel={undefined} />
    </SettingsPage>
  );
}

/** One connected account: how it is, how to use it, its settings. */
export function ChannelPage() {
  const { channelId } = useParams({ from: '/app/settings/channels/$channelId' });
  const api = useApi();
  const types = useQuery(listChannelTypes(api));
  const channels = useQuery(listChannels(api));
  if (types.data === undefined || channels.data === undefined) return <Pending error={types.error ?? channels.error} />;
  const channel = channels.data.find((other) => other.id === channelId);
  const type = types.data.find((other) => other.kind === channel?.kind);
  if (channel === undefined || type === undefined) return <Unknown />;
  return (
    <SettingsPage title={channel.name}>
      <ChannelHealth channel={channel} canBackFill={type.canBackFill} />
      <SetUpSteps type={type} channel={channel} />
      {channel.embedCode !== undefined && <EmbedCode code={channel.embedCode} />}
      <ChannelForm key={channel.id} type={type} channel={channel} />
    </SettingsPage>
  );
}

function Pending({ error }: { error: unknown }) {
  return error === null ? <Waiting what="Loading" /> : <Failed error={error} what="The channel" />;
}

function Unknown() {
  return (
    <Empty icon={<Plug size={22} strokeWidth={1.6} />} title="There is no such channel">
      It may have been disconnected.
    </Empty>
  );
}
