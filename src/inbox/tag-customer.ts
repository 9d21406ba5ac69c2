import type { CustomerPicture, Viewer } from './api.js';
import { recordsOf } from './clock/person.js';
import { type Core, workInLane } from './core.js';
import { picture, seenCustomer } from './decide-join.js';
import { cleanTags } from './set-status.js';
import { inClockLane } from './targets/breach.js';
import { retarget } from './targets/retarget.js';

/** Files a person under these tags, in place of those they had; targets and calendars may follow from them, also for who waits now. */
export async function tagCustomer(core: Core, viewer: Viewer, customerId: string, tags: readonly string[]): Promise<CustomerPicture> {
  const rootId = await workInLane(core, `tags:${customerId}`, async (work) => {
    const root = await seenCustomer(work, viewer, customerId);
    await work.c.customers.change(root._id, { set: { tags: cleanTags(tags) } });
    await inClockLane(core, work, root._id, async () => {
      for (const wait of await work.c.waits.openOf(recordsOf(root))) {
        const conversation = await work.c.conversations.get(wait.conversationId);
        if (conversation !== undefined) await retarget(core, work, conversation, wait);
      }
    });
    work.fx.customer(root._id);
    return root._id;
  });
  return picture(core, rootId);
}
