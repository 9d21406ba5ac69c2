import type { Account, ChannelAdapter } from '../../src/adapters/contract.js';
import { type ConnectionHost, holdsConnection } from '../../src/adapters/contract/abilities.js';
import { receiveWebhook } from '../../src/compose/receive-webhook.js';
import { createGuardedFetch } from '../../src/http/outbound/guarded-fetch.js';
import type { Viewer } from '../../src/inbox/api.js';
import type { InboundEvent } from '../../src/inbox/model/event.js';
import type { Message } from '../../src/inbox/model/message.js';
import type { Notice } from '../../src/inbox/ports.js';
import { receiveInboundEvents } from '../../src/inbox/receive-inbound-event.js';
import { signTyping } from '../../src/inbox/sign-typing.js';
import type { Engine } from '../../src/store/driver.js';
import { deliver, type DeliverDeps } from '../../src/workers/deliver.js';
import { fetchFile } from '../../src/workers/fetch-file.js';
import { Pace } from '../../src/workers/pace.js';
import { openTestCore } from '../support/core.js';
import { memoryBlobs } from '../support/memory-blobs.js';
import { waitFor } from '../support/wait-for.js';
import type { AdapterUnderTest, FarEnd, Posted } from './fake-platform.js';

const channelId = 'chan1';

/** One adapter between the real core and its far end, wired as the product does it. */
export async function openAdapterWorld(under: AdapterUnderTest, engine: Engine) {
  const farEnd: FarEnd = await under.start();
  const fetch = createGuardedFetch({ allow: farEnd.allow });
  const adapter: ChannelAdapter = under.create({ fetch, clock: Date.now });
  const blobs = memoryBlobs();
  const broken: string[] = [];
  const held = { events: undefined as InboundEvent[] | undefined };
  const deps = { deliver: undefined as DeliverDeps | undefined };
  const senderOf = (): { adapter: ChannelAdapter; account: Account } | undefined => (broken.length > 0 ? undefined : { adapter, account });
  const t = await openTestCore(engine, {
    clock: Date.now, blobs,
    deliver: (id) => (deps.deliver === undefined ? Promise.resolve() : deliver(deps.deliver, id)),
    fetchFile: (id) => fetchFile({ core: t.core, blobs, sniff: () => Promise.resolve('application/octet-stream'), senderOf }, id),
  });
  const channel = await t.addChannel({ _id: channelId, kind: under.kind, name: 'The channel', settings: farEnd.settings });
  const account: Account = { channel, settings: adapter.settings.parse({ ...farEnd.settings, ...farEnd.secrets }) };
  deps.deliver = {
    core: t.core, senderOf, ownAddresses: () => new Set(), markBroken: (_id, reason) => {
      broken.push(reason);
      return Promise.resolve();
    },
    noteSent: () => undefined, companyName: () => Promise.resolve('Velowerk'), random: () => 0, pace: new Pace(Date.now), readBlob: (id) => blobs.get(id),
  };
  const viewer: Viewer = await t.addAgent({ _id: 'agent1', name: 'Jana Winter', role: 'administrator' });
  const notices: Notice[] = [];
  t.core.live.subscribe((notice) => notices.push(notice));
  const sink = async (events: InboundEvent[]): Promise<void> => {
    if (held.events === undefined) await receiveInboundEvents(t.core, events);
    else held.events.push(...events);
  };

  let answers = 0;
  farEnd.connect?.(async (request) => {
    // While events are held back, the provider has its ack all the same: only the order in which they are applied changes.
    if (held.events !== undefined && 'receive' in adapter) {
      const result = await (adapter as ChannelAdapter & { receive: (r: object, a: Account) => Promise<{ accepted: boolean; events: InboundEvent[] }> }).receive({ ...request, receivedAt: Date.now() }, account);
      if (result.accepted) held.events.push(...result.events);
      return { status: 200, body: '{}' };
    }
    return receiveWebhook(t.core, { account: (id) => (id === channelId ? account : undefined), adapter: () => adapter }, channelId, { ...request, receivedAt: Date.now() });
  });
  const connection = holdsConnection(adapter) ? adapter.open(account, hostOf()) : undefined;
  await farEnd.connected?.();

  function hostOf(): ConnectionHost {
    return {
      sink, clock: Date.now,
      putBlob: async (bytes, facts) => ({ ...await blobs.put(bytes), mime: facts.mime ?? 'application/octet-stream' }),
      getCursor: async () => (await t.c.channels.get(channelId))?.cursor ?? {},
      setCursor: (cursor) => t.c.channels.setCursor(channelId, cursor),
      report: (health) => {
        if (health.state === 'broken') broken.push(health.text ?? '');
      },
      typing: (sign) => void signTyping(t.core, sign),
      log: { info: () => undefined, warn: () => undefined },
    };
  }

  const settle = async (): Promise<void> => {
    await t.core.lanes.idle();
    await t.jobs.idle();
  };
  const message = (post: { externalId: string }): Promise<Message | undefined> => t.c.messages.get(`${channelId}:${post.externalId}`);
  return {
    ...t, farEnd, adapter, account, broken, notices, viewer, channelId, blobs,
    settle, message,
    /** The message of a post, as soon as it is in the inbox. */
    arrived: (post: Posted): Promise<Message> => waitFor(() => message(post), { what: `the post ${post.externalId}` }),
    all: (conversationId: string): Promise<Message[]> => t.c.messages.page(conversationId, { limit: 200 }),
    talk: async (conversationId: string): Promise<Message[]> => (await t.c.messages.page(conversationId, { limit: 200 })).filter((one) => one.kind === 'in' || one.kind === 'out'),
    /** An agent answers; resolves with the message in its last state, or in the one wanted. */
    answer: async (conversationId: string, text: string, options: { until?: readonly string[]; attachmentIds?: string[] } = {}): Promise<Message> => {
      answers += 1;
      const { message: sent } = await t.actions.reply(viewer, conversationId, { text, attachmentIds: options.attachmentIds ?? [], clientId: `answer-${answers}`, force: true });
      const wanted = options.until ?? ['sent', 'delivered', 'read', 'failed', 'unknown'];
      return waitFor(async () => {
        const now = await t.c.messages.get(sent._id);
        return wanted.includes(now?.delivery?.state ?? '') ? now : undefined;
      }, { timeoutMs: 30_000, what: `${wanted.join(' or ')}, last ${JSON.stringify((await t.c.messages.get(sent._id))?.delivery)},` });
    },
    /** Applies what happens in `act` in the opposite order: the change before its post. */
    reversed: async (act: () => Promise<void>, count: number): Promise<void> => {
      held.events = [];
      await act();
      await waitFor(() => (held.events?.length ?? 0) >= count, { what: `${count} events` });
      const events = held.events;
      held.events = undefined;
      for (const event of events.reverse()) await receiveInboundEvents(t.core, [event]);
      await settle();
    },
    ledger: () => t.c.ledger.page({ limit: 500 }),
    close: async () => {
      await connection?.stop();
      await settle();
      await t.close();
      await fetch.close();
      await farEnd.stop();
    },
  };
}

export type AdapterWorld = Awaited<ReturnType<typeof openAdapterWorld>>;
