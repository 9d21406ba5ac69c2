import type { ChannelKind } from '../../../lib/shapes.js';

const phrases: Readonly<Record<ChannelKind, string>> = { email: 'by e-mail', webchat: 'in the web chat', webhook: 'through the webhook', slack: 'in Slack', discord: 'in Discord', messenger: 'in Messenger', instagram: 'on Instagram', whatsapp: 'on WhatsApp', telegram: 'in Telegram',
  x: 'on X', botframework: 'in Teams', sms: 'by text message', xmpp: 'over XMPP', irc: 'on IRC', mastodon: 'on Mastodon', bluesky: 'on Bluesky', discourse: 'in the forum',
};

/** "by e-mail" */
export function channelPhrase(kind: ChannelKind): string {
  return phrases[kind];
}
