/** Integer milliseconds since 1970-01-01 UTC. */
export type Millis = number;

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Every kind of channel: the name of a folder in `src/adapters`. */
export const channelKinds = [
  'webchat', 'email', 'webhook', 'slack', 'discord', 'messenger', 'instagram', 'whatsapp', 'telegram', 'x', 'botframework', 'sms', 'xmpp', 'irc',
  'mastodon', 'bluesky', 'discourse',
] as const;
export type ChannelKind = (typeof channelKinds)[number];

/** Who can read along. `unlisted`: public, but not announced. `followers`: whoever follows the account. */
export type Audience = 'private' | 'public' | 'unlisted' | 'followers';

export type Language = string;
