import type { ChannelAdapter, DeliveryOutcome } from '../../src/adapters/contract.js';
import { z } from 'zod';
import type { DeliverDeps } from '../../src/workers/deliver.js';
import { Pace } from '../../src/workers/pace.js';
import type { TestCore } from './core.js';

/** The far end of every channel, with a ledger of its own: what it took, in the order it took it. */
export function createFarEnd(t: TestCore) {
  const ledger: { messageId: string; externalId: string; text: string; to: string | undefined; cc: string[] }[] = [];
  /** Answers to give instead of taking a message, the next first. */
  const next: DeliveryOutcome[] = [];
  const adapterOf = (kind: ChannelAdapter['kind']): ChannelAdapter => ({
    kind, title: kind, fields: [], settings: z.any(),
    capabilities: { textMax: 1_000, textUnit: 'utf16', fileMax: 0, filesPerMessage: 0, formats: ['plain'], receipts: 'none', typing: false, idempotency: kind === 'email' ? 'same-id' : 'key', inbound: [], outbound: [] },
    deliver: (outbound) => {
      const planned = next.shift();
      if (planned !== undefined) return Promise.resolve(planned);
      const externalId = `<far-${ledger.length + 1}@provider.example>`;
      ledger.push({ messageId: outbound.messageId, externalId, text: outbound.text, to: outbound.to.address, cc: outbound.cc ?? [] });
      return Promise.resolve({ result: 'sent', externalIds: [externalId] });
    },
  });
  const deps: DeliverDeps = {
    core: t.core,
    senderOf: (channelId) => {
      const channel = t.core.channels().get(channelId);
      return channel === undefined ? undefined : { adapter: adapterOf(channel.kind), account: { channel, settings: {} } };
    },
    ownAddresses: () => new Set(['support@velowerk.example']),
    markBroken: () => Promise.resolve(),
    noteSent: () => undefined,
    companyName: () => Promise.resolve('Velowerk'),
    random: () => 0.5,
    pace: new Pace(t.core.clock),
    readBlob: () => Promise.resolve(undefined),
  };
  return { ledger, next, deps };
}
