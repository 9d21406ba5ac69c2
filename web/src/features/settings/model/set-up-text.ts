import type { ChannelView } from '../../../lib/shapes.js';

/**
 * A text of the set-up steps with this channel's own values for `{{webhookUrl}}` and `{{field}}`. `undefined`: something in
 * it is known only once the channel is saved.
 */
export function filledFor(value: string, channel: ChannelView | undefined): string | undefined {
  let missing = false;
  const text = value.replace(/\{\{(\w+)\}\}/gu, (_, name: string) => {
    const own = name === 'webhookUrl' ? channel?.webhookUrl : channel?.settings[name];
    if (typeof own === 'string' && own !== '') return own;
    missing = true;
    return '';
  });
  return missing ? undefined : text;
}
