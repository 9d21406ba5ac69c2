import { type ConnectionHost, holdsConnection, type InboundSink } from '../adapters/contract/abilities.js';
import type { Channel } from '../inbox/model/channel.js';
import type { BlobStore } from '../inbox/ports.js';
import type { AllCollections } from '../store/collections/collections.js';
import type { ChannelBook } from './channel-book.js';
import type { ChannelHealth } from './channel-health.js';

export interface ConnectionDeps {
  book: ChannelBook;
  c: AllCollections;
  sink: InboundSink;
  blobs: BlobStore;
  sniff: (head: Uint8Array, name: string) => Promise<string>;
  typing: ConnectionHost['typing'];
  health: ChannelHealth;
  clock: () => number;
  log: ConnectionHost['log'];
}

type Held = { stop(): Promise<void>; poke(): void };

/** Holds one connection for every channel that needs one (mailboxes), from its switching on to its switching off. */
export class Connections {
  private readonly held = new Map<string, Promise<Held | undefined>>();
  private readonly reporting = new Set<string>();
  private stopped = false;

  constructor(private readonly deps: ConnectionDeps) {}

  /** Connects what is on, and follows every change of a channel from now on. */
  start(): void {
    this.deps.book.onChange((channel) => this.follow(channel));
    for (const channel of this.deps.book.all().values()) this.follow(channel);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all([...this.held.values()].map(async (held) => (await held)?.stop()));
  }

  private follow(channel: Channel): void {
    // A holder that was refused keeps trying, seldom; it is closed only by a person or a change of settings.
    if (this.stopped || this.reporting.has(channel._id)) return;
    const before = this.held.get(channel._id) ?? Promise.resolve(undefined);
    this.held.set(channel._id, before.then(async (held) => {
      await held?.stop();
      return this.open(channel._id);
    }).catch((error: unknown) => {
      this.deps.log.warn({ channelId: channel._id, err: error }, 'a connection could not be opened');
      return undefined;
    }));
  }

  private open(id: string): Held | undefined {
    const account = this.deps.book.account(id);
    const adapter = account === undefined ? undefined : this.deps.book.adapter(account.channel.kind);
    if (account === undefined || adapter === undefined || account.channel.state === 'paused' || !holdsConnection(adapter) || this.stopped) return undefined;
    return adapter.open(account, this.hostOf(id));
  }

  private hostOf(id: string): ConnectionHost {
    const { c, blobs, sniff } = this.deps;
    return {
      sink: this.deps.sink,
      clock: this.deps.clock,
      log: this.deps.log,
      putBlob: async (bytes, facts) => {
        let head: Uint8Array = new Uint8Array();
        async function* tapped(): AsyncIterable<Uint8Array> {
          for await (const chunk of bytes instanceof Uint8Array ? [bytes] : bytes) {
            if (head.byteLength < 4_100) head = Buffer.concat([head, chunk]).subarray(0, 4_100);
            yield chunk;
          }
        }
        const { blobId, size } = await blobs.put(tapped());
        return { blobId, size, mime: facts.mime === 'text/calendar' || facts.mime === 'message/rfc822' ? facts.mime : await sniff(head, facts.name) };
      },
      sourceOf: async (externalId) => {
        const rawBlobId = (await c.messages.get(`${id}:${externalId}`))?.rawBlobId;
        return rawBlobId === undefined ? undefined : blobs.get(rawBlobId);
      },
      getCursor: async () => (await c.channels.get(id))?.cursor ?? {},
      setCursor: (cursor) => c.channels.setCursor(id, cursor),
      typing: this.deps.typing,
      report: (health) => {
        this.report(id, health).catch((error: unknown) => this.deps.log.warn({ channelId: id, err: error }, 'health could not be noted'));
      },
    };
  }

  /** A change of state that a holder itself reported must not make it connect anew. */
  private async report(id: string, health: Parameters<ConnectionHost['report']>[0]): Promise<void> {
    this.reporting.add(id);
    try {
      await this.deps.health.report(id, health);
    } finally {
      this.reporting.delete(id);
    }
  }
}
