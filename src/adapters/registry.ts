import { resolve as resolveDns } from 'node:dns/promises';
import type { ChannelKind } from '../inbox/model/common.js';
import type { ChannelAdapter, OutboundFetch } from './contract.js';
import { createEmailAdapter } from './email/index.js';
import { createWebchatAdapter } from './webchat/index.js';
import { createWebhookAdapter } from './webhook/index.js';

export interface AdapterDeps {
  clock: () => number;
  fetch: OutboundFetch;
  visitorKey: Buffer;
  replyKey: Buffer;
  readBlob: (id: string) => Promise<Buffer | undefined>;
  crashAt: (point: string) => void;
  /** Puts something in front of every adapter (the demo: nothing leaves the house). */
  wrap?: (adapter: ChannelAdapter) => ChannelAdapter;
}

/** Every channel there is. A new one is one folder and one line here. */
export function createAdapters(deps: AdapterDeps): ReadonlyMap<ChannelKind, ChannelAdapter> {
  const adapters: ChannelAdapter[] = [
    createWebchatAdapter({ visitorKey: deps.visitorKey }),
    createEmailAdapter({ replyKey: deps.replyKey, readBlob: deps.readBlob, crashAt: deps.crashAt, resolver: (name, type) => resolveDns(name, type) as Promise<string[] | string[][]> }),
    createWebhookAdapter({ fetch: deps.fetch, clock: deps.clock }),
  ];
  return new Map(adapters.map((adapter) => [adapter.kind, deps.wrap?.(adapter) ?? adapter]));
}
