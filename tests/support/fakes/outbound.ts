import type { Outbound } from '../../../src/adapters/contract.js';
import type { Account } from '../../../src/adapters/contract.js';
import type { ChannelKind } from '../../../src/inbox/model/common.js';
import type { Attachment } from '../../../src/inbox/model/message.js';

/** An answer as the worker hands it to an adapter; only what a test is about needs to be given. */
export function outboundOf(what: Partial<Outbound> & { text: string; threadKey: string }): Outbound {
  return {
    messageId: 'chan1:out-agent1-1', conversationId: 'conv1', seq: 2, attempt: 1, author: { type: 'agent', name: 'Jana Winter' }, isAutomatic: false, attachments: [],
    to: { identityId: 'x:y:z', externalUserId: 'z' }, sentParts: [], companyName: 'Velowerk', ...what,
  };
}

/** A channel whose settings were checked. */
export function accountOf(kind: ChannelKind, settings: unknown): Account {
  return { channel: { _id: 'chan1', kind, name: 'The channel', state: 'active', settings: {}, secrets: {}, createdAt: 0 } as unknown as Account['channel'], settings };
}

/** Remembers which parts were told as sent; reads any file as the same few bytes. */
export function toolsOf() {
  const parts: string[] = [];
  return {
    parts,
    partSent: (externalId: string) => {
      parts.push(externalId);
      return Promise.resolve();
    },
    readFile: (attachment: Attachment) => Promise.resolve(Buffer.from(`bytes of ${attachment.name}`)),
  };
}
