import { AppError } from '../errors.js';
import type { InboxActions, Viewer } from './api.js';
import { actOnMessage, signAtProvider } from './act-on-message.js';
import { assign } from './assign.js';
import { startWait } from './clock/start-wait.js';
import type { Core } from './core.js';
import { decideJoin, joinCustomers, renameCustomer } from './decide-join.js';
import { startMirror, stopMirror } from './mirror-conversation.js';
import type { MirrorPlace } from './model/mirror.js';
import { seenConversation } from './permission.js';
import type { BlobStore, ChannelActions } from './ports.js';
import { addNote, sendReply } from './send-reply.js';
import { markRead, noAnswerNeeded, setPriority, setStatus, setSubject, setTags, snooze } from './set-status.js';
import { tagCustomer } from './tag-customer.js';
import { addUpload, discardLedger, replayLedger, retryDelivery, saveDraft } from './small-actions.js';

export interface ActionDeps {
  blobs: BlobStore;
  /** The type of a file by its first bytes; what was declared is never trusted. */
  sniff: (head: Uint8Array, name: string) => Promise<string>;
  provider: ChannelActions;
  /** Where conversations may be mirrored to now; absent: nowhere. */
  mirrorPlaces?: () => readonly MirrorPlace[];
}

/** Everything agents can do, each after the one permission check. */
export function createInboxActions(core: Core, deps: ActionDeps): InboxActions {
  const viewing = new Map<string, Map<string, string>>();
  const tell = (id: string, sign: Parameters<typeof signAtProvider>[3]): void => {
    signAtProvider(core, deps.provider, id, sign).catch((error: unknown) => core.log.warn({ conversationId: id, err: error }, 'a sign was lost'));
  };
  return {
    reply: (viewer, id, input) => sendReply(core, viewer, id, input),
    note: (viewer, id, input) => addNote(core, viewer, id, input),
    assign: (viewer, id, input) => assign(core, viewer, id, input),
    snooze: (viewer, id, until) => snooze(core, viewer, id, until),
    setStatus: (viewer, id, status) => setStatus(core, viewer, id, status),
    setPriority: (viewer, id, priority) => setPriority(core, viewer, id, priority),
    setTags: (viewer, id, tags) => setTags(core, viewer, id, tags),
    setSubject: (viewer, id, subject) => setSubject(core, viewer, id, subject),
    markRead: async (viewer, id, seq) => {
      const row = await markRead(core, viewer, id, seq);
      if (row.readSeq === seq && row.lastInSeq > 0) tell(id, 'read');
      return row;
    },
    changeMessage: (viewer, id, change) => actOnMessage(core, deps.provider, viewer, id, change),
    startMirror: (viewer, id, to) => startMirror(core, deps.mirrorPlaces?.() ?? [], viewer, id, to),
    stopMirror: (viewer, id) => stopMirror(core, viewer, id),
    noAnswerNeeded: (viewer, id, reason) => noAnswerNeeded(core, viewer, id, reason),
    startWait: (viewer, id) => startWait(core, viewer, id),
    saveDraft: (viewer, id, input) => saveDraft(core, viewer, id, input),
    retryDelivery: (viewer, id) => retryDelivery(core, viewer, id),
    addUpload: (viewer, file) => addUpload(core, deps.blobs, deps.sniff, viewer, file),
    setTyping: async (viewer, id, on) => {
      const conversation = await seenConversation({ c: core.store.now }, viewer, id);
      const agent = await core.store.now.agents.get(viewer.agentId);
      core.live.publish({ kind: 'typing', conversationId: id, ...placeOf(conversation), who: { type: 'agent', id: viewer.agentId, name: agent?.name ?? 'Agent' }, on });
      tell(id, on ? 'typing' : 'typing_ended');
    },
    setViewing: async (viewer, id, on) => {
      const conversation = await seenConversation({ c: core.store.now }, viewer, id);
      const agent = await core.store.now.agents.get(viewer.agentId);
      const here = viewing.get(id) ?? new Map<string, string>();
      if (on) here.set(viewer.agentId, agent?.name ?? 'Agent');
      else here.delete(viewer.agentId);
      if (here.size === 0) viewing.delete(id);
      else viewing.set(id, here);
      core.live.publish({ kind: 'viewing', conversationId: id, ...placeOf(conversation), agents: [...here].map(([agentId, name]) => ({ id: agentId, name })) });
    },
    joinCustomers: (viewer, customerId, otherId, reason) => joinCustomers(core, viewer, { customerId, otherId }, reason),
    decideJoin: (viewer, joinId, decision) => decideJoin(core, viewer, joinId, decision),
    renameCustomer: (viewer, customerId, name) => renameCustomer(core, viewer, customerId, name),
    tagCustomer: (viewer, customerId, tags) => tagCustomer(core, viewer, customerId, tags),
    replayLedger: (viewer, id) => {
      onlyAdministrators(viewer);
      return replayLedger(core, id);
    },
    discardLedger: (viewer, id) => {
      onlyAdministrators(viewer);
      return discardLedger(core, id, viewer.agentId);
    },
    setPresence: async (viewer, presence) => {
      const agent = await core.store.now.agents.change(viewer.agentId, { set: { presence } });
      if (agent === undefined) throw new AppError('not_found', 'There is no such agent.');
      core.live.publish({ kind: 'agent', agentId: agent._id });
      return agent;
    },
  };
}

function placeOf(conversation: { teamId?: string; assigneeId?: string }): { teamId?: string; assigneeId?: string } {
  return { ...(conversation.teamId === undefined ? {} : { teamId: conversation.teamId }), ...(conversation.assigneeId === undefined ? {} : { assigneeId: conversation.assigneeId }) };
}

function onlyAdministrators(viewer: Viewer): void {
  if (viewer.role !== 'administrator') throw new AppError('forbidden', 'Only administrators may do this.');
}
