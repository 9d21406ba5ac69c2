import { addStep } from './add-step.js';
import type { Applied } from './apply-event.js';
import type { Core, Work } from './core.js';
import type { Conversation } from './model/conversation.js';
import type { ThreadEvent } from './model/event.js';
import type { Step } from './model/message.js';
import type { Patch } from './stores.js';

const stepOf = { rekey: 'rekeyed', opt_out: 'opted_out', opt_in: 'opted_in', control_taken: 'control_taken', control_passed: 'control_passed' } as const satisfies Record<ThreadEvent['change']['op'], Step['type']>;

/** Something about the thread itself: another name for it, whether one may write there, and who does. Always said in the conversation. */
export async function applyThreadEvent(core: Core, work: Work, event: ThreadEvent): Promise<Applied> {
  const { change } = event;
  const held = await work.c.threads.find(`${event.channelId}:${event.threadKey}`);
  const conversation = held === undefined ? undefined : await work.c.conversations.get(held.conversationId);
  if (held === undefined || conversation === undefined) return { state: 'ignored', reason: 'no such thread' };
  if (change.op === 'rekey') {
    const claimed = await work.c.threads.claim(`${event.channelId}:${change.to}`, conversation._id);
    if (held.handle !== undefined && claimed.handle === undefined) await work.c.threads.setHandle(claimed._id, held.handle);
  }
  const row = await addStep(core, work, { conversation, key: event.eventId, step: { type: stepOf[change.op], reason: change.reason }, patch: patchOf(core, conversation, change) });
  work.fx.conversation(row);
  return { state: 'applied' };
}

function patchOf(core: Pick<Core, 'clock'>, conversation: Conversation, change: ThreadEvent['change']): Patch<Conversation> {
  switch (change.op) {
    case 'rekey': return { set: { threadKey: change.to } };
    case 'opt_out': return { set: { replyBlocked: { because: 'opted_out', reason: change.reason, at: core.clock() } } };
    case 'control_taken': return { set: { replyBlocked: { because: 'control_taken', reason: change.reason, at: core.clock() } } };
    default: return conversation.replyBlocked === undefined ? {} : { unset: ['replyBlocked'] };
  }
}
