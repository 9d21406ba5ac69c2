import type { Viewer } from '../../inbox/api.js';
import type { Conversation } from '../../inbox/model/conversation.js';
import type { InboundAttachment, MessageEvent } from '../../inbox/model/event.js';
import { demoExternalId } from '../demo-adapter.js';
import type { DemoAgent, DemoDeps } from '../deps.js';
import { mailSource } from '../files/mail-source.js';
import { type DemoFile, makeFile } from '../files/make-file.js';
import type { ScriptStep } from '../script/script.js';
import type { StoryTeam } from '../stories/story.js';
import { agents, teams } from '../world/company.js';
import { seedOf } from '../world/random.js';
import { doDeed } from './deeds.js';
import type { Deed } from './presence.js';
import { receiptFor } from './receipts.js';

/** What the player knows of a thread while it goes on. */
export interface ThreadState {
  conversationId: string;
  /** The message an agent sent last in it. */
  lastOutId?: string;
}

export interface Player {
  deps: DemoDeps;
  threads: Map<string, ThreadState>;
  /** Who did something, when. */
  deeds?: Deed[];
}

/** Sees everything; does nothing by itself. */
export const overseer: Viewer = viewerOf(agents[0]);

export function viewerOf(agent: DemoAgent | undefined): Viewer {
  return agent === undefined ? { agentId: '', role: 'agent', teamIds: [] } : { agentId: agent._id, role: agent.role, teamIds: agent.teamIds };
}

/** Does one step through the real core, at whatever time the clock says. Steps of a thread that never began do nothing. */
export async function perform(player: Player, step: ScriptStep): Promise<void> {
  const { deps, threads } = player;
  const state = threads.get(step.thread);
  switch (step.do) {
    case 'identify': return deps.receive([step.event]);
    case 'write': return write(player, step);
    case 'change': {
      if (state === undefined || (step.event.type === 'reaction' && state.lastOutId === undefined)) return;
      return deps.receive([step.event.type === 'reaction' ? { ...step.event, target: demoExternalId(state.lastOutId ?? '') } : step.event]);
    }
    case 'bounce': {
      if (state?.lastOutId === undefined) return;
      const target = demoExternalId(state.lastOutId);
      return deps.receive([{ type: 'delivery', channelId: step.channelId, eventId: `bounce-${target}`, receivedAt: step.at, verifiedBy: 'mailbox', targets: [target], state: 'failed', reason: step.text }]);
    }
    case 'act': {
      if (state === undefined) return;
      const conversation = await deps.reads.conversation(overseer, state.conversationId);
      if (conversation === undefined) return;
      const actor = actorFor(conversation, step.team, step.thread);
      const sent = await doDeed(deps, step, { conversation, actor, viewer: viewerOf(actor), otherThread: (name) => threads.get(name)?.conversationId });
      if (sent !== undefined) state.lastOutId = sent;
      player.deeds?.push({ agentId: actor._id, at: step.at });
    }
  }
}

/** The assignee if they may see it; else somebody of the team, always the same for a thread. */
function actorFor(conversation: Conversation, team: StoryTeam, thread: string): DemoAgent {
  const assignee = agents.find((agent) => agent._id === conversation.assigneeId);
  if (assignee !== undefined) return assignee;
  const teamId = conversation.teamId ?? teams.find((candidate) => candidate.key === team)?._id ?? '';
  const members = agents.filter((agent) => agent.teamIds.includes(teamId) && agent.role === 'agent');
  const from = members.length > 0 ? members : agents;
  return from[seedOf(thread) % from.length] ?? from[0] ?? actorMissing();
}

function actorMissing(): never {
  throw new RangeError('the demo has no agents');
}

async function write(player: Player, step: Extract<ScriptStep, { do: 'write' }>): Promise<void> {
  const { deps, threads } = player;
  const state = threads.get(step.thread);
  if (state !== undefined) await readWhatWasSent(deps, step.event, state);
  const files = step.files.map((kind, index) => makeFile(kind, `${step.event.externalId}-${index}`, step.at));
  await deps.receive([await withBlobs(deps, answering(step.event, state), files)]);
  const message = await deps.reads.message(overseer, `${step.event.channelId}:${step.event.externalId}`);
  if (message !== undefined) threads.set(step.thread, { ...state, conversationId: message.conversationId });
}

/** Whoever answers in the bubble has seen what stands above. */
async function readWhatWasSent(deps: DemoDeps, event: MessageEvent, state: ThreadState): Promise<void> {
  const receipt = state.lastOutId === undefined || event.direction === 'out' ? undefined : receiptFor(event, state.lastOutId);
  if (receipt !== undefined) return deps.receive([receipt]);
  if (event.sender.kind !== 'webchat') return;
  const conversation = await deps.reads.conversation(overseer, state.conversationId);
  if (conversation === undefined || conversation.lastSeq === 0) return;
  await deps.receive([{
    type: 'receipt', channelId: event.channelId, eventId: `receipt:${conversation._id}:read:${conversation.lastSeq}`, receivedAt: event.receivedAt, verifiedBy: 'token',
    state: 'read', threadKey: event.thread.key, upToSeq: conversation.lastSeq,
  }]);
}

/** A mail that answers one of ours names it. */
function answering(event: MessageEvent, state: ThreadState | undefined): MessageEvent {
  if (event.email === undefined || state?.lastOutId === undefined) return event;
  const ours = demoExternalId(state.lastOutId);
  return {
    ...event,
    thread: { ...event.thread, repliesTo: [ours, ...(event.thread.repliesTo ?? [])] },
    email: { ...event.email, inReplyTo: ours, references: [...event.email.references, ours] },
  };
}

async function withBlobs(deps: DemoDeps, event: MessageEvent, files: readonly DemoFile[]): Promise<MessageEvent> {
  const attachments: InboundAttachment[] = [];
  for (const file of files) {
    const { blobId, size } = await deps.putBlob(file.bytes);
    attachments.push({ blobId, name: file.name, mime: file.mime, size });
  }
  const raw = event.email === undefined ? undefined : await deps.putBlob(mailSource(event, files));
  return {
    ...event,
    ...(attachments.length === 0 ? {} : { attachments }),
    ...(raw === undefined ? {} : { rawBlobId: raw.blobId }),
  };
}
