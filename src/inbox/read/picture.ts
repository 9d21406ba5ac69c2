import { AppError } from '../../errors.js';
import type { ConversationPicture, ReplyTarget, Viewer } from '../api.js';
import type { Core } from '../core.js';
import type { Brief } from '../model/brief.js';
import type { Conversation, Draft } from '../model/conversation.js';
import type { Wait } from '../model/wait.js';
import type { Message } from '../model/message.js';
import { maySee } from '../permission.js';
import { answerChannel } from '../send-reply.js';
import { conversationPage, personPage } from './messages.js';
import { personPicture } from './person.js';

/** What a brief is made from; read here, made by a pure function. */
export interface BriefSource {
  person: NonNullable<Awaited<ReturnType<typeof personPicture>>>;
  conversation: Conversation;
  /** Of this conversation, oldest first. */
  messages: Message[];
  /** Earlier conversations, newest first, each with its messages (the first and the last few). */
  past: { conversation: Conversation; messages: Message[]; first?: Message }[];
  waits: Wait[];
  now: number;
}

export interface PictureDeps {
  makeBrief: (source: BriefSource) => Brief;
  /** Recipients of a reply by mail; derived from the message answered. */
  mailRecipients: (conversation: Conversation, messages: readonly Message[], person: BriefSource['person']) => { to?: string; cc: string[] };
}

const pageSize = 50;
const pastRead = 4;
const pastMessages = 12;

/** One call for the whole screen of a conversation. */
export async function conversationPicture(core: Core, deps: PictureDeps, viewer: Viewer, input: { id: string; timeline: boolean }): Promise<ConversationPicture | undefined> {
  const c = core.store.now;
  const conversation = await c.conversations.get(input.id);
  if (conversation === undefined || !maySee(viewer, conversation)) return undefined;
  const [person, own, draft] = await Promise.all([personPicture(core, conversation.customerId), conversationPage(core, conversation, { limit: pageSize }), c.drafts.get(conversation._id, viewer.agentId)]);
  if (person === undefined) return undefined;
  const alone = person.conversations.length <= 1;
  const [page, source] = await Promise.all([
    input.timeline && !alone ? personPage(core, viewer, conversation.customerId, { limit: pageSize }) : own,
    readBriefSource(core, conversation, { person, messages: own.messages, viewer }),
  ]);
  return {
    conversation,
    messages: page.messages,
    ...(page.before === undefined ? {} : { before: input.timeline && alone ? timelineCursorOf(page.messages) : page.before }),
    brief: deps.makeBrief(source),
    person: { ...person, history: person.history.filter((item) => person.conversations.some((other) => other._id === item.conversationId && maySee(viewer, other))) },
    reply: replyTarget(core, deps, conversation, source),
    ...(draft === undefined ? {} : { draft: await withFiles(core, draft) }),
    personSeen: Math.max(conversation.talkedAt, ...person.conversations.map((other) => other.talkedAt)),
  };
}

/** Everything a brief needs, within fixed bounds. */
export async function readBriefSource(core: Pick<Core, 'store' | 'clock'>, conversation: Conversation, known: { person: BriefSource['person']; messages: Message[]; viewer?: Viewer }): Promise<BriefSource> {
  const c = core.store.now;
  const { viewer } = known;
  const others = known.person.conversations.filter((other) => other._id !== conversation._id && other.shelf !== 'spam' && (viewer === undefined || maySee(viewer, other))).slice(0, pastRead);
  const [past, waits] = await Promise.all([
    Promise.all(others.map((other) => readPast(core, other))),
    c.waits.openOf([known.person.customer._id, ...known.person.customer.joined]),
  ]);
  return { person: known.person, conversation, messages: known.messages, past, waits, now: core.clock() };
}

async function readPast(core: Pick<Core, 'store'>, conversation: Conversation): Promise<BriefSource['past'][number]> {
  const c = core.store.now;
  const messages = await c.messages.page(conversation._id, { limit: pastMessages });
  const first = messages.find((message) => message.kind === 'in');
  const begun = messages[0]?.seq === 1 ? first : (await c.messages.page(conversation._id, { after: 0, limit: 3 })).find((message) => message.kind === 'in') ?? first;
  return { conversation, messages, ...(begun === undefined ? {} : { first: begun }) };
}

function replyTarget(core: Core, deps: PictureDeps, conversation: Conversation, source: BriefSource): ReplyTarget {
  const channel = core.channels().get(answerChannel(conversation));
  if (channel === undefined) throw new AppError('bug', 'a conversation without its channel', { facts: { channelId: answerChannel(conversation) } });
  const blocked = channel.removedAt !== undefined ? `${channel.name} was disconnected; nothing can be sent there.` : channel.state === 'on' ? undefined
    : channel.state === 'paused' ? `${channel.name} is paused: what you send waits until it is on again.` : `${channel.name} is broken: ${channel.stateReason ?? 'sign-in was refused'}.`;
  const state = blocked === undefined ? {} : { blocked };
  if (channel.kind !== 'email') {
    const mail = source.person.identities.find((identity) => identity._id === conversation.identityId)?.aliases.findLast((alias) => alias.type === 'email')?.value;
    return { to: conversation.customerName, cc: [], channel, ...(mail === undefined ? {} : { address: mail }), ...state };
  }
  const recipients = deps.mailRecipients(conversation, source.messages, source.person);
  return { to: conversation.customerName, cc: recipients.cc, channel, ...(recipients.to === undefined ? { blocked: 'No address is known to write to.' } : { address: recipients.to }), ...state };
}

async function withFiles(core: Pick<Core, 'store'>, draft: Draft): Promise<NonNullable<ConversationPicture['draft']>> {
  const files = await core.store.now.files.getMany(draft.attachmentIds);
  return { ...draft, attachments: files.map((file) => file.attachment) };
}

function timelineCursorOf(messages: readonly Message[]): string {
  const first = messages[0];
  return Buffer.from(JSON.stringify([first?.at ?? 0, first?._id ?? ''])).toString('base64url');
}
