import type { InboundEvent } from '../../../inbox/model/event.js';
import type { Outbound } from '../../contract.js';

/** How long after a sending its echo may still come. */
const echoMs = 10_000;
const rememberedMax = 1_000;

/** Files that are just being sent. An echo of one has neither words nor, on Instagram, an id of ours to be known by. */
export interface UnderWay {
  begin(channelId: string, outbound: Pick<Outbound, 'messageId' | 'attachments' | 'to'>): void;
  /** The event, with our message's id where it is the echo of a file that we are sending to this very person. */
  named(event: InboundEvent): InboundEvent;
}

export function createUnderWay(clock: () => number, ownName: string): UnderWay {
  const sent = new Map<string, { messageId: string; until: number }>();
  return {
    begin: (channelId, outbound) => {
      if (outbound.attachments.length === 0) return;
      const oldest = sent.size >= rememberedMax ? sent.keys().next().value : undefined;
      if (oldest !== undefined) sent.delete(oldest);
      sent.set(`${channelId}:${outbound.to.externalUserId}`, { messageId: outbound.messageId, until: clock() + echoMs });
    },
    named: (event) => {
      if (event.type !== 'message' || event.direction !== 'out' || event.echoOf !== undefined || event.text !== '' || event.sender.displayName !== ownName) return event;
      const found = sent.get(`${event.channelId}:${event.thread.key}`);
      return found === undefined || found.until < clock() ? event : { ...event, echoOf: found.messageId };
    },
  };
}
