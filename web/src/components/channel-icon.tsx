import { Mail, MessageCircle, Webhook } from 'lucide-react';
import type { ChannelKind } from '../lib/shapes.js';

const icons = { email: Mail, webchat: MessageCircle, webhook: Webhook } as const;

/** What a kind of channel is called. */
export const channelWords: Readonly<Record<ChannelKind, string>> = { email: 'E-mail', webchat: 'Web chat', webhook: 'Webhook' };

/** The sign of a kind of channel. */
export function ChannelIcon({ kind, size = 14 }: { kind: ChannelKind; size?: number }) {
  const Icon = icons[kind];
  return <Icon size={size} strokeWidth={size <= 11 ? 2.2 : 1.8} role="img" aria-label={channelWords[kind]} />;
}
