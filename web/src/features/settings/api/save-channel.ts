import type { Api } from '../../../lib/api/client.js';
import type { ChannelKind, ChannelView } from '../../../lib/shapes.js';

export interface ChannelInput {
  kind: ChannelKind;
  name: string;
  teamId: string | undefined;
  settings: Record<string, unknown>;
  /** Only what was typed; what is absent stays as it is. */
  secrets: Record<string, string>;
}

export type NewChannel = ChannelView & { newSecrets?: Record<string, string> };

/** Connects an account. `bad_request` carries what is wrong with which field. */
export function createChannel(api: Api, input: ChannelInput): Promise<NewChannel> {
  const { teamId, ...rest } = input;
  return api.send('POST', '/channels', { ...rest, ...(teamId === undefined ? {} : { teamId }) });
}

/** Changes a connected account; its settings are replaced. */
export function changeChannel(api: Api, id: string, input: ChannelInput): Promise<ChannelView> {
  return api.send('PATCH', `/channels/${encodeURIComponent(id)}`, { name: input.name, teamId: input.teamId ?? null, settings: input.settings, secrets: input.secrets });
}
