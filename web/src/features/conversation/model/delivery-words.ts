import type { Delivery } from '../../../lib/shapes.js';
import { timeOfDay } from '../../../lib/time/format.js';

export interface DeliveryWords {
  text: string;
  tone: 'calm' | 'ok' | 'warn' | 'bad';
  /** What can be done about it. */
  retry?: 'Try again' | 'Send again';
}

/** How far a message got, in a few words, with the provider's own where there are any. */
export function deliveryWords(delivery: Delivery): DeliveryWords {
  switch (delivery.state) {
    case 'queued':
      if (delivery.attempts === 0) return { text: 'sending', tone: 'calm' };
      return { text: `not out yet: ${delivery.reason ?? 'no answer'}${delivery.nextAttemptAt === undefined ? '' : `; next try at ${timeOfDay(delivery.nextAttemptAt)}`}`, tone: 'warn' };
    case 'sending':
      return { text: 'sending', tone: 'calm' };
    case 'sent':
      return { text: 'sent', tone: 'ok' };
    case 'delivered':
      return { text: 'delivered', tone: 'ok' };
    case 'read':
      return { text: 'read', tone: 'ok' };
    case 'failed':
      return { text: `Not delivered: ${delivery.reason ?? 'no reason was given'}`, tone: 'bad', retry: 'Try again' };
    case 'unknown':
      return { text: `May have been sent: ${delivery.reason ?? 'the answer was lost'}`, tone: 'warn', retry: 'Send again' };
  }
}
