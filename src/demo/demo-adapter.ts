import type { ChannelAdapter, DeliveryOutcome } from '../adapters/contract.js';
import { actsOnMessages, explainsSetUp, listsTemplates } from '../adapters/contract/abilities.js';

/**
 * The channel with nothing at its far end: it connects to nobody, and what is sent is accepted at once. Addresses that
 * begin with `gone.` refuse. In the demo every channel but web chat is wrapped in this.
 */
export function createDemoAdapter(adapter: ChannelAdapter): ChannelAdapter {
  const { kind, title, capabilities, fields, settings } = adapter;
  return {
    kind, title, capabilities, fields, settings,
    ...(explainsSetUp(adapter) ? { setUp: adapter.setUp } : {}),
    ...(actsOnMessages(adapter) ? { actions: adapter.actions, act: () => Promise.resolve({ result: 'sent' as const }) } : {}),
    ...(listsTemplates(adapter) ? { templates: () => Promise.resolve(templates) } : {}),
    deliver(outbound): Promise<DeliveryOutcome> {
      const address = outbound.to.address ?? outbound.to.externalUserId;
      if (address.startsWith('gone.')) {
        return Promise.resolve({ result: 'rejected', reason: `550 5.1.1 <${address}>: this mailbox does not exist` });
      }
      return Promise.resolve({ result: 'sent', externalIds: [demoExternalId(outbound.messageId)], ...(kind === 'email' ? { reason: '250 2.0.0 accepted' } : {}) });
    },
  };
}

/** As an invented company might have had them approved. */
const templates = [
  { name: 'order_ready', language: 'en', text: 'Hello {{1}}, your order {{2}} is ready to be picked up at Velowerk.', values: 2 },
  { name: 'may_we_answer', language: 'en', text: 'Hello {{1}}, we have an answer to your question. May we write to you here?', values: 1 },
];

/** The id under which the far end knows a message that we sent. */
export function demoExternalId(messageId: string): string {
  return `${messageId.replace(/[^\w-]/g, '.')}@velowerk.example`;
}
