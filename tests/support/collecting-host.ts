import type { Account, DeliveryTools, Outbound } from '../../src/adapters/contract.js';
import type { ConnectionHost } from '../../src/adapters/contract/abilities.js';
import type { Health } from '../../src/adapters/contract.js';
import type { ChannelKind, Json } from '../../src/inbox/model/common.js';
import type { InboundEvent } from '../../src/inbox/model/event.js';

/** What a held connection hands on, with a cursor that outlives it. */
export function collectingHost(cursor: Record<string, Json> = {}) {
  const state = { cursor, events: [] as InboundEvent[], health: [] as Health[] };
  const host: ConnectionHost = {
    sink: (events) => {
      state.events.push(...events);
      return Promise.resolve();
    },
    putBlob: () => Promise.reject(new Error('no blobs here')),
    getCursor: () => Promise.resolve(state.cursor),
    setCursor: (next) => {
      state.cursor = structuredClone(next);
      return Promise.resolve();
    },
    report: (health) => state.health.push(health),
    typing: () => undefined,
    clock: Date.now,
    log: { info: () => undefined, warn: () => undefined },
  };
  return { host, state };
}

export function accountOf(kind: ChannelKind, settings: unknown): Account {
  return { channel: { _id: 'chan1', kind, name: 'The channel', state: 'on', settings: {}, secrets: {}, createdAt: 0, changeSeq: 0 }, settings };
}

/** An answer as the worker hands it to `deliver`. */
export function answerOf(text: string, more: Partial<Outbound> = {}): Outbound {
  return {
    messageId: '0ABCDEFGhijklmno', conversationId: 'conv1', seq: 2, attempt: 1, text, author: { type: 'agent', name: 'Jana Winter' }, isAutomatic: false, attachments: [],
    to: { identityId: 'x:y:z', externalUserId: 'z' }, threadKey: 'c1', sentParts: [], companyName: 'Velowerk', ...more,
  };
}

/** Notes which parts were accepted. */
export function noteParts(files: Record<string, Buffer> = {}): DeliveryTools & { parts: string[] } {
  const parts: string[] = [];
  return {
    parts,
    partSent: (id) => {
      parts.push(id);
      return Promise.resolve();
    },
    readFile: (file) => Promise.resolve(files[file.id] ?? Buffer.alloc(0)),
  };
}
