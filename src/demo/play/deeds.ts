import type { Viewer } from '../../inbox/api.js';
import type { Millis } from '../../inbox/model/common.js';
import type { Conversation } from '../../inbox/model/conversation.js';
import type { DemoAgent, DemoDeps } from '../deps.js';
import { makeFile } from '../files/make-file.js';
import type { AgentDeed, ScriptStep } from '../script/script.js';
import type { StoryFile } from '../stories/story.js';
import { agents, teams } from '../world/company.js';

export interface Doing {
  conversation: Conversation;
  actor: DemoAgent;
  viewer: Viewer;
  /** The conversation of another thread of the script. */
  otherThread: (name: string) => string | undefined;
}

const uploadMaxBytes = 10_000_000;
const windowMs = 24 * 3_600_000;

/** What one agent does to one conversation; the id of the message they sent, if they sent one. */
export async function doDeed(deps: DemoDeps, step: Extract<ScriptStep, { do: 'act' }>, doing: Doing): Promise<string | undefined> {
  const { deed } = step;
  const { conversation, actor, viewer } = doing;
  const { actions } = deps;
  const id = conversation._id;
  const signed = (text: string): string => text.replaceAll('{agent}', actor.name.split(' ')[0] ?? actor.name);
  const clientId = `${step.thread}-${step.at}`;
  switch (deed.do) {
    case 'reply': {
      const template = templateFor(conversation, step.at);
      const attachmentIds = template === undefined ? await upload(deps, viewer, step, deed.files) : [];
      const sent = await actions.reply(viewer, id, { text: template?.text ?? signed(deed.text), attachmentIds, clientId, ...(template === undefined ? {} : { template: template.chosen }) });
      return sent.message._id;
    }
    case 'note': await actions.note(viewer, id, { text: signed(deed.text), attachmentIds: [], clientId, mentions: mentioned(deed.text) }); break;
    case 'tag': await actions.setTags(viewer, id, [...conversation.tags, ...deed.tags]); break;
    case 'priority': await actions.setPriority(viewer, id, deed.priority); break;
    case 'team': await moveTo(deps, viewer, { conversation, team: deed.team }); break;
    case 'snooze': await actions.snooze(viewer, id, deed.until); break;
    case 'status': await putAway(deps, viewer, conversation, deed); break;
    case 'draft': await actions.saveDraft(viewer, id, { kind: 'reply', text: signed(deed.text), attachmentIds: [], seenSeq: conversation.lastInSeq }); break;
    case 'join': await joinPeople(deps, doing, deed); break;
    case 'accept': await acceptJoin(deps, doing); break;
    case 'no_answer': await actions.noAnswerNeeded(viewer, id, deed.reason); break;
  }
  return undefined;
}

/** A day after their last message WhatsApp takes nothing but what it has approved. */
function templateFor(conversation: Conversation, at: Millis): { text: string; chosen: { name: string; language: string; values: string[] } } | undefined {
  if (conversation.channelKind !== 'whatsapp' || at - (conversation.lastInAt ?? at) < windowMs) return undefined;
  const values = [conversation.customerName.split(' ')[0] ?? ''];
  return { text: `Hello ${values[0] ?? ''}, we have an answer to your question. May we write to you here?`, chosen: { name: 'may_we_answer', language: 'en', values } };
}

async function joinPeople(deps: DemoDeps, { conversation, otherThread, viewer }: Doing, deed: Extract<AgentDeed, { do: 'join' }>): Promise<void> {
  const otherId = otherThread(deed.other);
  const other = otherId === undefined ? undefined : await deps.reads.conversation(viewer, otherId);
  if (other !== undefined) await deps.actions.joinCustomers(viewer, conversation.customerId, other.customerId, deed.reason);
}

/** Done by whoever may see both: the other conversations may be another team's. */
async function acceptJoin(deps: DemoDeps, { conversation }: Doing): Promise<void> {
  const chief = agents.find((agent) => agent.role === 'administrator');
  if (chief === undefined) return;
  const viewer: Viewer = { agentId: chief._id, role: chief.role, teamIds: chief.teamIds };
  const picture = await deps.reads.picture(viewer, conversation._id, { timeline: false });
  const suggested = picture?.person.joins.find(({ join }) => join.state === 'suggested');
  if (suggested !== undefined) await deps.actions.decideJoin(viewer, suggested.join._id, 'join');
}

/** Whoever closes a conversation has read it, and says so where the customer's last word asks for nothing. */
async function putAway(deps: DemoDeps, viewer: Viewer, conversation: Conversation, { status, careless }: Extract<AgentDeed, { do: 'status' }>): Promise<void> {
  const { actions } = deps;
  await actions.markRead(viewer, conversation._id, conversation.lastSeq);
  const waits = status === 'resolved' && conversation.waitId !== undefined;
  if (waits && careless !== true) await actions.noAnswerNeeded(viewer, conversation._id, 'nothing is left to do');
  await actions.setStatus(viewer, conversation._id, status);
}

async function moveTo(deps: DemoDeps, viewer: Viewer, input: { conversation: Conversation; team: string }): Promise<void> {
  const team = teams.find((candidate) => candidate.key === input.team);
  const member = agents.find((agent) => team !== undefined && agent.role === 'agent' && agent.teamIds.includes(team._id));
  if (team === undefined || member === undefined || input.conversation.teamId === team._id) return;
  await deps.actions.assign(viewer, input.conversation._id, { teamId: team._id, assigneeId: member._id });
}

async function upload(deps: DemoDeps, viewer: Viewer, step: ScriptStep, kinds: readonly StoryFile[]): Promise<string[]> {
  const ids: string[] = [];
  for (const [index, kind] of kinds.entries()) {
    const file = makeFile(kind, `${step.thread}-${step.at}-${index}`, step.at);
    const attachment = await deps.actions.addUpload(viewer, { name: file.name, bytes: once(file.bytes), maxBytes: uploadMaxBytes });
    ids.push(attachment.id);
  }
  return ids;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}

function mentioned(text: string): string[] {
  return agents.filter((agent) => text.includes(`@${agent.name.split(' ')[0] ?? agent.name}`)).map((agent) => agent._id);
}
