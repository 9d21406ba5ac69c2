import type { z } from 'zod';
import type { Channel } from '../../inbox/model/channel.js';
import type { ChannelType } from '../deps.js';
import type { channelType, ChannelView, Me } from './shapes.js';

/** A channel with all of its settings; secrets only by name. For administrators and leads. */
export function presentChannel(channel: Channel, type: ChannelType | undefined, publicUrl: string): ChannelView {
  return {
    id: channel._id,
    kind: channel.kind,
    name: channel.name,
    state: channel.state,
    stateReason: channel.stateReason,
    teamId: channel.teamId,
    settings: openSettings(channel, type),
    secretsSet: Object.keys(channel.secrets),
    lastInAt: channel.lastInAt,
    lastOutAt: channel.lastOutAt,
    lastError: channel.lastError && { at: channel.lastError.at, text: channel.lastError.text },
    webhookUrl: type?.receivesWebhooks ? `${publicUrl}/hooks/${encodeURIComponent(channel._id)}` : undefined,
    embedCode: channel.kind === 'webchat' ? embedCode(channel._id, publicUrl) : undefined,
  };
}

/** What everybody may know of a channel. */
export function presentChannelSummary(channel: Channel): Me['channels'][number] {
  return { id: channel._id, kind: channel.kind, name: channel.name, state: channel.state };
}

export function presentChannelType(type: ChannelType): z.infer<typeof channelType> {
  return {
    kind: type.kind,
    title: type.title,
    canTest: type.canTest,
    fields: type.fields.map((field) => ({
      key: field.key, label: field.label, help: field.help, type: field.type, choices: field.choices, required: field.required,
      default: field.default, secret: field.secret, group: field.group,
    })),
  };
}

/** Only what the adapter declares as a field that is no secret: a setting it forgot to declare is not shown. */
function openSettings(channel: Channel, type: ChannelType | undefined): Record<string, unknown> {
  const open = new Set((type?.fields ?? []).filter((field) => !field.secret).map((field) => field.key));
  return Object.fromEntries(Object.entries(channel.settings).filter(([key]) => open.has(key)));
}

function embedCode(channelId: string, publicUrl: string): string {
  return `<script src="${publicUrl}/widget.js" data-channel="${channelId}" async></script>`;
}
