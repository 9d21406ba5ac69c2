import { randomBytes } from 'node:crypto';
import type { ConnectionHost } from '../../../../src/adapters/contract/abilities.js';
import type { Json } from '../../../../src/inbox/model/common.js';
import type { InboundEvent, MessageEvent } from '../../../../src/inbox/model/event.js';

/** The inside as the adapter sees it, kept in memory: what became durable, in order. */
export interface RecordingHost extends ConnectionHost {
  events: InboundEvent[];
  blobs: Map<string, Buffer>;
  cursor: Record<string, Json>;
  health: { state: string; text?: string }[];
  messages(): MessageEvent[];
  subjects(): string[];
  /** While set, the store refuses with this. */
  failing?: Error;
}

export function recordingHost(): RecordingHost {
  const host: RecordingHost = {
    events: [],
    blobs: new Map(),
    cursor: {},
    health: [],
    messages: () => host.events.filter((event) => event.type === 'message'),
    subjects: () => host.messages().map((event) => event.email?.subject ?? ''),
    typing: () => undefined,
    sink: async (events) => {
      if (host.failing !== undefined) throw host.failing;
      // As the ledger: the same event twice is there once.
      for (const event of events) if (!host.events.some((known) => known.eventId === event.eventId)) host.events.push(structuredClone(event));
    },
    putBlob: async (bytes, facts) => {
      if (host.failing !== undefined) throw host.failing;
      const chunks: Uint8Array[] = [];
      if (bytes instanceof Uint8Array) chunks.push(bytes);
      else for await (const chunk of bytes) chunks.push(chunk);
      const blobId = randomBytes(8).toString('hex');
      const whole = Buffer.concat(chunks);
      host.blobs.set(blobId, whole);
      return { blobId, size: whole.length, mime: facts.mime ?? 'application/octet-stream' };
    },
    getCursor: async () => structuredClone(host.cursor),
    setCursor: async (cursor) => {
      host.cursor = structuredClone(cursor);
    },
    sourceOf: async (externalId) => {
      const blobId = host.messages().find((event) => event.externalId === externalId)?.rawBlobId;
      return blobId === undefined ? undefined : host.blobs.get(blobId);
    },
    report: (health) => void host.health.push(health),
    clock: () => Date.now(),
    log: { info: () => undefined, warn: () => undefined },
  };
  return host;
}
