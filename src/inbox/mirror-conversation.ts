import { AppError } from '../errors.js';
import { addStep } from './add-step.js';
import type { Viewer } from './api.js';
import { type Core, laneOf, workInLane } from './core.js';
import type { Conversation } from './model/conversation.js';
import type { Author } from './model/message.js';
import type { Mirror, MirrorPlace } from './model/mirror.js';
import { refuseHistory, seenConversation } from './permission.js';

/** So many messages before the start are posted along, so that the thread can be understood. */
const shownBefore = 20;

/**
 * From now on colleagues follow a conversation in a thread of a team's channel. `places`: those that may be chosen now.
 * The same place again changes nothing; another one begins a new thread there.
 */
export async function startMirror(core: Core, places: readonly MirrorPlace[], viewer: Viewer, conversationId: string, to: MirrorPlace): Promise<Conversation> {
  const seen = await seenConversation({ c: core.store.now }, viewer, conversationId);
  if (!places.some((known) => known.channelId === to.channelId && known.place === to.place)) throw new AppError('bad_request', 'Conversations cannot be mirrored there: no connected account names this place in its settings.');
  return workInLane(core, laneOf(seen), async (work) => {
    const conversation = await seenConversation(work, viewer, conversationId);
    refuseHistory(conversation);
    const { mirror } = conversation;
    if (mirror?.channelId === to.channelId && mirror.place === to.place && mirror.failed === undefined) return conversation;
    const now = core.clock();
    const round = core.newId();
    const by = await authorOf(core, viewer);
    await work.c.mirrors.begin({
      _id: conversationId, channelId: to.channelId, place: to.place, round, state: 'on', upToSeq: Math.max(0, conversation.lastSeq - shownBefore), behind: true, wakes: 0, nextAt: now, attempts: 0, startedAt: now,
    });
    work.fx.job('mirror', conversationId);
    return addStep(core, work, {
      conversation, key: round, author: by, step: { type: 'mirrored', data: { channelId: to.channelId, place: to.place } }, text: `${by.name} mirrors this conversation to ${nameOf(core, to)}: answers there go to the customer`,
      patch: { set: { mirror: { channelId: to.channelId, place: to.place } } },
    });
  });
}

/** Colleagues follow it there no more: what there is until now is still posted, with the word that answers end here. */
export async function stopMirror(core: Core, viewer: Viewer, conversationId: string): Promise<Conversation> {
  const seen = await seenConversation({ c: core.store.now }, viewer, conversationId);
  return workInLane(core, laneOf(seen), async (work) => {
    const conversation = await seenConversation(work, viewer, conversationId);
    const row = await work.c.mirrors.get(conversationId);
    if (conversation.mirror === undefined) return conversation;
    const by = await authorOf(core, viewer);
    const after = await addStep(core, work, {
      conversation, key: `${row?.round ?? core.newId()}:end`, author: by, step: { type: 'mirrored', data: { ended: true } }, text: `${by.name} ended the mirroring to ${nameOf(core, conversation.mirror)}: answers there reach the customer no more`,
      patch: { unset: ['mirror'] },
    });
    if (row?.state === 'on') await work.c.mirrors.change(row, { set: { state: 'ending', endSeq: after.lastSeq } });
    return after;
  });
}

/** The platform takes nothing more in this place: said in the conversation, which goes on without. */
export async function failMirror(core: Core, mirror: Mirror, reason: string): Promise<void> {
  const seen = await core.store.now.conversations.get(mirror._id);
  if (seen === undefined) return void await core.store.now.mirrors.change(mirror, { set: { state: 'failed', behind: false, reason } });
  await workInLane(core, laneOf(seen), async (work) => {
    const conversation = await work.c.conversations.get(seen._id) ?? seen;
    const changed = await work.c.mirrors.change(mirror, { set: { state: 'failed', behind: false, reason: reason.slice(0, 300) } });
    const place = conversation.mirror;
    if (changed === undefined || place === undefined) return;
    await addStep(core, work, {
      conversation: { ...conversation, mirror: { ...place, failed: reason } }, key: `${mirror.round}:failed`, step: { type: 'mirrored', data: { failed: true } }, text: `Mirroring to ${nameOf(core, place)} has failed: ${reason.slice(0, 300)}`,
      patch: { set: { mirror: { channelId: place.channelId, place: place.place, failed: reason.slice(0, 300) } } },
    });
  });
}

function nameOf(core: Pick<Core, 'channels'>, to: MirrorPlace): string {
  return `${core.channels().get(to.channelId)?.name ?? 'a removed channel'} (${to.place})`;
}

async function authorOf(core: Pick<Core, 'store'>, viewer: Viewer): Promise<Author> {
  return { type: 'agent', id: viewer.agentId, name: (await core.store.now.agents.get(viewer.agentId))?.name ?? 'Agent' };
}
