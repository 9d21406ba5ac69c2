import { AtSign, BookOpen, Camera, Cloud, Hash, Headset, Mail, Megaphone, MessageCircle, MessageCircleMore, MessagesSquare, Phone, Send, Smartphone, Terminal, Users, Webhook } from 'lucide-react';
import { channelWords } from '../lib/channel-words.js';
import type { ChannelKind } from '../lib/shapes.js';

const icons: Readonly<Record<ChannelKind, typeof Mail>> = {
  email: Mail, webchat: MessageCircle, webhook: Webhook, slack: Hash, discord: Headset, messenger: MessageCircleMore, instagram: Camera, whatsapp: Phone, telegram: Send, x: AtSign,
  botframework: Users, sms: Smartphone, xmpp: MessagesSquare, irc: Terminal, mastodon: Megaphone, bluesky: Cloud, discourse: BookOpen,
};

/** The sign of a kind of channel. */
export function ChannelIcon({ kind, size = 14 }: { kind: ChannelKind; size?: number }) {
  const Icon = icons[kind];
  return <Icon size={size} strokeWidth={size <= 11 ? 2.2 : 1.8} role="img" aria-label={channelWords[kind]} />;
}
