import { applyEvent } from './apply-event.js';
import { type Core, laneOf, workInLane } from './core.js';
import { earlyFor } from './early-events.js';

/** What the provider told of something we sent before the send call told us its name: receipts, reactions, faults. Call it once the names are kept. */
export async function applyEarly(core: Core, sent: { channelId: string; conversationId: string; externalIds: readonly string[] }): Promise<void> {
  for (const externalId of sent.externalIds) {
    if ((await earlyFor({ c: core.store.now }, sent.channelId, externalId)).length === 0) continue;
    const conversation = await core.store.now.conversations.get(sent.conversationId);
    if (conversation === undefined) return;
    await workInLane(core, laneOf(conversation), async (work) => {
      for (const early of await earlyFor(work, sent.channelId, externalId)) {
        await applyEvent(core, work, early.event);
        await work.c.early.remove(early.id);
      }
    });
  }
}
