import type { ChannelAdapter, DeliveryOutcome } from '../adapters/contract.js';

/**
 * The channel with nothing at its far end: it connects to nobody, and what is sent is accepted at once. Addresses that
 * begin with `gone.` refuse. In the demo, mailboxes and webhooks are wrapped in this; web chat is real.
 */
export function createDemoAdapter(adapter: ChannelAdapter): ChannelAdapter {
  const { kind, title, capabilities, fields, settings } = adapter;
  return {
    kind, title, capabilities, fields, settings,
    deliver(outbound): Promise<DeliveryOutcome> {
      const address = outbound.to.address ?? outbound.to.externalUserId;
      if (address.startsWith('gone.')) {
        return Promise.resolve({ result: 'rejected', reason: `550 5.1.1 <${address}>: this mailbox does not exist` });
      }
      return Promise.resolve({ result: 'sent', externalIds: [demoExternalId(outbound.messageId)], reason: '250 2.0.0 accepted' });
    },
  };
}

/** The id under which the far end knows a message that we sent. */
export function demoExternalId(messageId: string): string {
  return `${messageId.replace(/[^\w-]/g, '.')}@velowerk.example`;
}
