import type { z } from 'zod';
import type { Channel } from '../../inbox/model/channel.js';
import type { Millis } from '../../inbox/model/common.js';
import type { ChannelType } from '../deps.js';
import type { channelType, ChannelView, Me } from './shapes.js';

/** A channel with all of its settings; secrets only by name. For administrators and leads. */
export function presentChannel(channel: Channel, type: ChannelType | undefined, { publicUrl, now }: { publicUrl: string; now: Millis }): ChannelView {
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
    tokenExpiresAt: channel.tokenExpiresAt,
    silence: silenceOf(channel, now),
  };
}

/** What everybody may know of a channel. */
export function presentChannelSummary(channel: Channel, types: readonly ChannelType[], mirrorPlaces: readonly string[]): Me['channels'][number] {
  const actions = types.find((type) => type.kind === channel.kind)?.actions ?? [];
  return { id: channel._id, kind: channel.kind, name: channel.name, state: channel.state, actions: actions.filter((action) => action === 'edit' || action === 'delete' || action === 'react'), mirrorPlaces: [...mirrorPlaces] };
}

export function presentChannelType(type: ChannelType): z.infer<typeof channelType> {
  return {
    kind: type.kind,
    title: type.title,
    canTest: type.canTest,
    canBackFill: type.canBackFill,
    receivesWebhooks: type.receivesWebhooks,
    inbound: [...type.capabilities.inbound],
    outbound: [...type.capabilities.outbound],
    setUp: type.setUp.map(({ title, text, copy, link }) => ({ title, text, copy: copy?.map(({ label, value }) => ({ label, value })), link })),
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

/** Rhythms are learned from this many arrivals on. */
const enoughArrivals = 20;
const shortestAlarmMs = 6 * 3_600_000;

/** Longer than twelve of its usual gaps, and at least six hours: nights and lunch breaks raise no alarm. */
function silenceOf(channel: Channel, now: Millis): ChannelView['silence'] {
  const { rhythm, lastInAt } = channel;
  if (rhythm === undefined || lastInAt === undefined || rhythm.count < enoughArrivals || channel.state === 'paused') return undefined;
  return now - lastInAt > Math.max(shortestAlarmMs, rhythm.gapMs * 12) ? { since: lastInAt, usuallyEveryMs: rhythm.gapMs } : undefined;
}

function embedCode(channelId: string, publicUrl: string): string {
  return `<script src="${publicUrl}/widget.js" data-channel="${channelId}" async></script>`;
}
