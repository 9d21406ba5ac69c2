import { readFileSync } from 'node:fs';
import { createGuardedFetch } from '../../../src/http/outbound/guarded-fetch.js';
import type { ConnectionHost } from '../../../src/adapters/contract/abilities.js';
import type { Health } from '../../../src/adapters/contract.js';
import type { InboundEvent } from '../../../src/inbox/model/event.js';

export function fixture(kind: 'messenger' | 'instagram' | 'whatsapp', name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../fixtures/${kind}/${name}.json`, import.meta.url), 'utf8'));
}

/** The real guarded client, for one fake. */
export const guardedFor = (host: string) => createGuardedFetch({ allow: [host] });

/** A host that remembers what an adapter tells it. */
export function recordingHost(clock: () => number = Date.now) {
  const reports: Health[] = [];
  const events: InboundEvent[] = [];
  const host: ConnectionHost = {
    sink: (given) => {
      events.push(...given);
      return Promise.resolve();
    },
    putBlob: () => Promise.reject(new Error('no blobs here')),
    getCursor: () => Promise.resolve({}), setCursor: () => Promise.resolve(),
    report: (health) => void reports.push(health), typing: () => undefined, clock, log: { info: () => undefined, warn: () => undefined },
  };
  return { host, reports, events };
}
