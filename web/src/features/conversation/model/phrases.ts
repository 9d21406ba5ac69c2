import type { ChannelKind } from '../../../lib/shapes.js';

const phrases: Readonly<Record<ChannelKind, string>> = { email: 'by e-mail', webchat: 'in the web chat', webhook: 'through the webhook' };

/** "by e-mail" */
export function channelPhrase(kind: ChannelKind): string {
  return phrases[kind];
}
