import type { ChannelKind } from './shapes.js';

/** What a kind of channel is called. */
export const channelWords: Readonly<Record<ChannelKind, string>> = {
  email: 'E-mail', webchat: 'Web chat', webhook: 'Webhook', slack: 'Slack', discord: 'Discord', messenger: 'Messenger', instagram: 'Instagram', whatsapp: 'WhatsApp', telegram: 'Telegram', x: 'X',
  botframework: 'Teams', sms: 'SMS', xmpp: 'XMPP', irc: 'IRC', mastodon: 'Mastodon', bluesky: 'Bluesky', discourse: 'Discourse',
};
