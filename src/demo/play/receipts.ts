import type { InboundEvent, MessageEvent } from '../../inbox/model/event.js';
import { demoExternalId } from '../demo-adapter.js';

/** Whoever answers has seen what we sent last: told in each platform's own way, and by many not at all. */
export function receiptFor(event: MessageEvent, lastOutId: string): InboundEvent | undefined {
  const sent = demoExternalId(lastOutId);
  const { channelId, receivedAt, verifiedBy } = event;
  const base = { channelId, receivedAt, verifiedBy, occurredAt: receivedAt - 1_000 };
  const seen = { ...base, eventId: `read:${sent}`, type: 'receipt', state: 'read', threadKey: event.thread.key } as const;
  switch (event.sender.kind) {
    case 'whatsapp': return { ...base, eventId: `status:${sent}:read`, type: 'delivery', targets: [sent], state: 'read', reason: 'read' };
    case 'sms': return { ...base, eventId: `status:${sent}:delivered`, type: 'delivery', targets: [sent], state: 'delivered', reason: 'delivered' };
    case 'messenger': case 'instagram': return { ...seen, upToTime: receivedAt - 1_000 };
    case 'xmpp': case 'botframework': return { ...seen, upToId: sent };
    default: return undefined;
  }
}
