import type { DeliveryEvent, InboundEvent } from '../../inbox/model/event.js';
import { asText, field } from '../lib/read-json.js';
import { becauseOf, readError } from '../meta/errors.js';
import { asMessageId, asSeconds, base, ignored } from '../meta/read.js';
import { targetsOf } from './ids.js';
import type { WhatsAppFacts } from './people.js';

const states: Readonly<Record<string, DeliveryEvent['state']>> = { sent: 'sent', delivered: 'delivered', read: 'read', played: 'read', failed: 'failed' };

/**
 * What became of something we sent. It names our own message too (`biz_opaque_callback_data`), so that one whose sending
 * got no answer is found; that the window is closed is mostly told here, and not by the sending itself.
 */
export function readStatus(facts: WhatsAppFacts, raw: unknown): InboundEvent[] {
  const wamid = asMessageId(field(raw, 'id'));
  const status = asText(field(raw, 'status')) ?? '';
  const state = Object.hasOwn(states, status) ? states[status] : undefined;
  if (wamid === undefined) return [ignored(facts, raw, 'a status without its message')];
  if (state === undefined) return [ignored(facts, raw, status === 'deleted' || status === 'warning' ? `not used: ${status}` : `unknown kind status ${status.slice(0, 60)}`)];
  const error = readError(field(raw, 'errors', 0));
  const because = error === undefined ? undefined : becauseOf(error);
  return [{
    ...base(facts, `status:${wamid}:${status}`, asSeconds(field(raw, 'timestamp'))), type: 'delivery', state,
    targets: targetsOf(wamid, asText(field(raw, 'biz_opaque_callback_data')), facts.channelId),
    reason: state === 'failed' ? error?.text ?? 'WhatsApp could not deliver it' : `WhatsApp: ${status}`,
    ...(state === 'failed' && because !== undefined ? { because } : {}),
  }];
}
