import { type Core, laneOf, workInLane } from '../core.js';
import type { Timer } from '../model/outbox.js';
import type { Conversation } from '../model/conversation.js';
import type { Collections } from '../stores.js';
import { inClockLane } from './breach.js';
import { setFinalDue } from './final.js';
import { retarget } from './retarget.js';

const slice = 200;

/** Where the job is: which waits, or which conversations, come next. Kept in its timer, so that a restart goes on there. */
type Place = { part: 'waits'; n: number } | { part: 'open' | 'snoozed' | 'moved'; since: number; after?: [number, string] };

/** Every open wait and conversation is held against the targets anew, in the background. Call it in the same `work` as the change of a target or a calendar. */
export async function retargetAll(core: Pick<Core, 'clock'>, c: Pick<Collections, 'timers'>): Promise<void> {
  await c.timers.set({ _id: 'retarget', kind: 'retarget', ref: JSON.stringify({ part: 'waits', n: 0 } satisfies Place), dueAt: core.clock() });
}

/** One slice; sets its timer to the next one. Rules that change meanwhile begin it anew. */
export async function runRetarget(core: Core, timer: Timer): Promise<void> {
  const place = JSON.parse(timer.ref) as Place;
  const next = place.part === 'waits' ? await waitsFrom(core, place.n) : await conversationsFrom(core, place);
  if (next !== undefined) await core.store.now.timers.move(timer, { ref: JSON.stringify(next), dueAt: timer.dueAt + 1 });
}

async function waitsFrom(core: Core, n: number): Promise<Place> {
  const waits = await core.store.now.waits.openAfter(n, slice);
  const rows = new Map((await core.store.now.conversations.getMany([...new Set(waits.map((wait) => wait.conversationId))])).map((row) => [row._id, row]));
  for (const wait of waits) {
    const seen = rows.get(wait.conversationId);
    if (seen !== undefined && wait.imported !== true) await retargetOne(core, seen, wait._id);
  }
  const last = waits.at(-1);
  return last === undefined ? { part: 'open', since: core.clock() } : { part: 'waits', n: last.n };
}

async function retargetOne(core: Core, seen: Conversation, waitId: string): Promise<void> {
  await workInLane(core, laneOf(seen), async (work) => {
    await inClockLane(core, work, seen.customerId, async () => {
      const [wait, conversation] = [await work.c.waits.get(waitId), await work.c.conversations.get(seen._id)];
      if (wait !== undefined && conversation !== undefined) await retarget(core, work, conversation, wait);
    });
  });
}

/** Newest first; what comes to the top meanwhile is looked at once more at the end. */
async function conversationsFrom(core: Core, place: Exclude<Place, { part: 'waits' }>): Promise<Place | undefined> {
  const rows = await core.store.now.conversations.list({ view: place.part === 'snoozed' ? 'snoozed' : 'open', agentId: '', limit: slice, ...(place.after === undefined ? {} : { after: place.after }) });
  for (const row of rows) await finalOne(core, row);
  const last = rows.at(-1);
  const more = last !== undefined && rows.length === slice && (place.part !== 'moved' || last.lastMessageAt >= place.since);
  if (more) return { ...place, after: [last.lastMessageAt, last._id] };
  const part = ({ open: 'snoozed', snoozed: 'moved', moved: undefined } as const)[place.part];
  return part === undefined ? undefined : { part, since: place.since };
}

async function finalOne(core: Core, seen: Conversation): Promise<void> {
  await workInLane(core, laneOf(seen), async (work) => {
    const conversation = await work.c.conversations.get(seen._id);
    if (conversation !== undefined && conversation.shelf !== 'resolved' && conversation.shelf !== 'spam') await setFinalDue(core, work, conversation);
  });
}
