import type { Applied } from './apply-event.js';
import type { Core, Work } from './core.js';
import type { Json } from './model/common.js';
import type { InboundEvent, MessageEvent } from './model/event.js';
import type { Message } from './model/message.js';

/** The message that a channel calls so; also one of ours, under the name the provider gave it. */
export async function findByExternalId(work: Pick<Work, 'c'>, channelId: string, externalId: string): Promise<Message | undefined> {
  const id = `${channelId}:${externalId}`;
  const alias = await work.c.externalIds.get(id);
  return work.c.messages.get(alias?.messageId ?? id);
}

/** Platforms keep no order: what came before the post it is about waits for it. The same event again changes nothing. */
export async function keepForLater(core: Pick<Core, 'clock'>, work: Pick<Work, 'c'>, event: InboundEvent, target: string): Promise<Applied> {
  await work.c.early.put({ _id: `${event.channelId}:${target}:${event.eventId}`, target: `${event.channelId}:${target}`, event: JSON.parse(JSON.stringify(event)) as Json, at: core.clock() });
  return { state: 'applied' };
}

/** Channels whose messages are never changed afterwards: nothing is asked there, so that the hot path reads no more than it must. */
const unchanging: readonly string[] = ['webchat', 'email', 'webhook'];

/** What waited for this message, in the order it came. */
export async function earlyEvents(work: Pick<Work, 'c'>, message: Pick<MessageEvent, 'channelId' | 'externalId' | 'sender'>): Promise<{ id: string; event: InboundEvent }[]> {
  return unchanging.includes(message.sender.kind) ? [] : earlyFor(work, message.channelId, message.externalId);
}

export async function earlyFor(work: Pick<Work, 'c'>, channelId: string, externalId: string): Promise<{ id: string; event: InboundEvent }[]> {
  const rows = await work.c.early.of(`${channelId}:${externalId}`);
  return rows.map((row) => ({ id: row._id, event: row.event as unknown as InboundEvent }));
}
