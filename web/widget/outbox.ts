import type { Upload } from './protocol.js';
import type { Store } from './store.js';

/** A message on its way. `waiting` for a connection or its turn, `sending`, `sent` (durable there), `failed` for good. */
export interface Outgoing {
  clientId: string;
  text: string;
  uploads: Upload[];
  at: number;
  state: 'waiting' | 'sending' | 'sent' | 'failed';
}

/** Unsent messages, each under a key of its own, so that two tabs never overwrite each other's. */
export interface Outbox {
  load(): Outgoing[];
  keep(message: Outgoing): void;
  drop(clientId: string): void;
}

const prefix = 'out:';

export function openOutbox(store: Store): Outbox {
  return {
    load: () => store.keys().filter((key) => key.startsWith(prefix)).flatMap((key) => read(store.get(key))).sort((a, b) => a.at - b.at),
    keep: (message) => store.set(prefix + message.clientId, JSON.stringify(message)),
    drop: (clientId) => store.remove(prefix + clientId),
  };
}

function read(text: string | undefined): Outgoing[] {
  try {
    const value = JSON.parse(text ?? 'null') as Outgoing | null;
    return value === null || typeof value.clientId !== 'string' ? [] : [{ ...value, state: value.state === 'failed' ? 'failed' : 'waiting' }];
  } catch {
    return [];
  }
}

/** 128 random bits; also where `crypto.randomUUID` is missing because the page is not on https. */
export function newClientId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
