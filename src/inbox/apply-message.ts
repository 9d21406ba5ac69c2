import { createHash } from 'node:crypto';
import { appendMessage } from './append-message.js';
import type { Core, Signals, Work } from './core.js';
import { rootOf } from './clock/person.js';
import { doubtedTime, timeOf } from './event-time.js';
import { matchEcho } from './match-echo.js';
import { matchThread } from './match-thread.js';
import type { Conversation } from './model/conversation.js';
import type { InboundAttachment, MessageEvent, RemoteFile, Sender } from './model/event.js';
import type { Attachment, Message } from './model/message.js';
import { openConversation } from './open-conversation.js';
import { identityIdOf, type Recognised, recogniseSender } from './recognise-sender.js';
import type { Patch } from './stores.js';

/** A bot's turn whose job was lost is taken up by the sweeper after this time. */
const turnTakenUpAfterMs = 10_000;

/**
 * A message from a customer, or one that a colleague sent outside Rapport: identity → customer → conversation → message
 * → list row → clock. Every step is idempotent; call it in the thread's lane.
 */
export async function applyMessage(core: Core, work: Work, event: MessageEvent): Promise<Message> {
  const echo = await matchEcho(core, work, event);
  if (echo !== undefined) return echo;
  const who = await customerOf(core, work, event);
  const match = await matchThread(core, work, event, who.identity.customerId);
  const conversation = match.to === 'known' ? match.conversation : await openConversation(core, work, { event, match, who });
  if (match.to === 'known' && match.provesAddress === true && event.direction === 'in') await proveAddress(core, work, event, conversation);
  core.crashAt('conversation-found');
  const draft = messageOf(core, event, who, match.to === 'known' ? match.rung : 'first of its thread');
  await keepHandle(work, event);
  const signals = event.direction === 'in' && isHuman(event) ? core.readSignals(draft.text, conversation.language) : undefined;
  if (signals?.language !== undefined) draft.language = signals.language;
  if (signals !== undefined && signals.mood !== 0) draft.mood = signals.mood;
  const means = signals === undefined ? undefined : meaningOf(signals);
  if (means !== undefined) draft.means = means;
  if (event.direction === 'out' && conversation.teamId !== undefined) draft.forTeamId = conversation.teamId;
  await keepFiles(core, work, event, { messageId: draft._id, conversationId: conversation._id });
  const appended = await appendMessage(core, work, { conversation, message: draft, root: who.root, patch: () => rowPatch(conversation, { event, who, signals }) });
  core.crashAt('message-written');
  const after = event.direction === 'in' ? await afterCustomer(core, work, { ...appended, who, signals }) : appended.conversation;
  work.fx.conversation(after, appended.message);
  return appended.message;
}

/** Whose conversation it is. Of an answer written outside in a known thread: whoever that thread belongs to. */
async function customerOf(core: Core, work: Work, event: MessageEvent): Promise<Recognised> {
  const thread = event.direction === 'out' && event.recipient === undefined ? await work.c.threads.find(`${event.channelId}:${event.thread.key}`) : undefined;
  const conversation = thread === undefined ? undefined : await work.c.conversations.get(thread.conversationId);
  const identity = conversation === undefined ? undefined : await work.c.identities.get(conversation.identityId);
  const root = identity === undefined ? undefined : await rootOf(work, identity.customerId);
  if (identity !== undefined && root !== undefined) return { identity, root };
  return recogniseSender(core, work, { sender: event.direction === 'in' ? event.sender : event.recipient ?? event.sender, channelId: event.channelId, at: event.receivedAt });
}

async function afterCustomer(core: Core, work: Work, input: { message: Message; conversation: Conversation; who: Recognised; signals: Signals | undefined; fresh: boolean }): Promise<Conversation> {
  const { message, who, signals, conversation } = input;
  if (signals !== undefined && (signals.mood !== 0 || signals.facts.length > 0)) {
    await work.c.customers.addMood(who.root._id, { at: message.at, value: signals.mood, messageId: message._id }, signals.facts.map((text) => ({ text, messageId: message._id })));
  }
  if (needsTurn(conversation, message)) {
    await work.c.timers.set({ _id: `turn:${message._id}`, kind: 'bot_turn', ref: message._id, dueAt: core.clock() + turnTakenUpAfterMs });
    work.fx.job('bot_turn', message._id);
  }
  return conversation;
}

/**
 * The bot, or without it routing, looks at what nobody has looked at yet. After its hand-over it is asked only about what
 * may hold an address or an order number, so that a customer who goes on writing costs nothing more.
 */
function needsTurn(conversation: Conversation, message: Message): boolean {
  if (message.auto !== undefined || message.silent !== undefined || conversation.status !== 'open' || conversation.ownership > 0) return false;
  return conversation.botDone !== true || (conversation.channelKind === 'webchat' && /@|\d{4}/u.test(message.text));
}

function rowPatch(conversation: Conversation, input: { event: MessageEvent; who: Recognised; signals: Signals | undefined }): Patch<Conversation> {
  const { event, who, signals } = input;
  if (event.direction === 'out') return { inc: { ownership: 1 }, set: { botDone: true, ...opened(conversation, false) } };
  const silent = !isHuman(event);
  const elsewhere = event.channelId !== conversation.channelId;
  const unset: (keyof Conversation)[] = [];
  if (conversation.status === 'snoozed' && !silent) unset.push('snoozedUntil', 'snoozedBy');
  if (conversation.status === 'resolved' && !silent) unset.push('resolvedAt');
  if (conversation.answerOn !== undefined && !elsewhere) unset.push('answerOn');
  if (conversation.replyBlocked !== undefined && conversation.replyBlocked.because !== 'opted_out' && !silent) unset.push('replyBlocked');
  return {
    set: {
      customerName: who.root.name,
      ...(silent ? {} : { lastInAt: timeOf(event) }),
      ...opened(conversation, silent),
      ...(elsewhere ? { answerOn: { channelId: event.channelId, identityId: who.identity._id, threadKey: event.thread.key } } : {}),
      ...(signals?.language === undefined || conversation.language !== undefined ? {} : { language: signals.language }),
      ...(signals === undefined || signals.mood === 0 ? {} : { mood: signals.mood }),
      ...(signals?.urgency === 'high' ? { urgency: 'high' as const } : {}),
      ...joinedParticipants(conversation, event),
    },
    unset,
  };
}

/** A customer's word reopens what was resolved and wakes what slept; software's word does not. */
function opened(conversation: Conversation, silent: boolean): Partial<Conversation> {
  return silent || conversation.status === 'open' || conversation.status === 'spam' ? {} : { status: 'open' };
}

function joinedParticipants(conversation: Conversation, event: MessageEvent): Partial<Conversation> {
  if (event.email?.auth?.dmarc !== 'pass') return {};
  const fresh = (event.thread.participants ?? []).filter((address) => !conversation.participants.includes(address));
  return fresh.length === 0 ? {} : { participants: [...conversation.participants, ...fresh].slice(0, 100) };
}

/** We had written to this address with something that only its owner could read: the answer proves it. */
async function proveAddress(core: Core, work: Work, event: MessageEvent, conversation: Conversation): Promise<void> {
  const address = event.sender.aliases.find((alias) => alias.type === 'email');
  if (address === undefined || event.email?.auth?.dmarc === 'fail' || !conversation.participants.includes(address.value)) return;
  const proved: Sender['aliases'] = [{ ...address, proof: 'verified' }];
  await recogniseSender(core, work, { sender: { ...event.sender, aliases: proved }, channelId: event.channelId, at: event.receivedAt });
  const started = await work.c.identities.get(conversation.identityId);
  if (started === undefined || !started.aliases.some((alias) => alias.type === 'email' && alias.value === address.value)) return;
  const [kind = started.kind, scope = ''] = started._id.split(':');
  const sender: Sender = { kind: started.kind, scope, externalUserId: started._id.slice(kind.length + scope.length + 2), proof: started.proof, aliases: proved };
  if (identityIdOf(sender) === started._id) await recogniseSender(core, work, { sender, channelId: started.channelId, at: event.receivedAt });
}

function messageOf(core: Core, event: MessageEvent, who: Recognised, matched: string): Omit<Message, 'seq' | 'conversationId' | 'customerId'> & { customerId: string } {
  const { receivedAt } = event;
  const messageId = `${event.channelId}:${event.externalId}`;
  const attachments = [...event.attachments?.map(attachmentOf) ?? [], ...event.remoteFiles?.map((file, at) => pendingFile(messageId, file, at)) ?? []];
  return {
    _id: messageId,
    customerId: who.identity.customerId,
    channelId: event.channelId,
    kind: event.direction,
    author: event.direction === 'in'
      ? { type: 'customer', id: who.identity._id, name: event.sender.displayName ?? who.root.name }
      : { type: 'outside', name: event.sender.displayName ?? event.sender.externalUserId },
    text: event.text,
    ...(event.quoted === undefined || event.quoted === '' ? {} : { quoted: event.quoted }),
    ...(attachments.length === 0 ? {} : { attachments }),
    at: timeOf(event),
    receivedAt,
    ...doubted(event),
    ...(event.rawBlobId === undefined ? {} : { rawBlobId: event.rawBlobId }),
    ...(event.auto === undefined ? {} : { auto: event.auto }),
    ...(event.silent === undefined ? {} : { silent: event.silent }),
    ...(event.unreadable === undefined ? {} : { unreadable: event.unreadable }),
    ...(event.email === undefined ? {} : { email: event.email }),
    ...(event.direction === 'out' ? { delivery: { state: 'sent' as const, at: event.receivedAt, attempts: 0 } } : {}),
    matched,
    ...(event.clientId === undefined ? {} : { clientId: event.clientId }),
  };
}

/** What kind of file it is, by its sniffed type. */
export function attachmentKind(mime: string): Attachment['kind'] {
  if (/^image\/(png|jpeg|gif|webp)$/.test(mime)) return 'image';
  if (mime.startsWith('audio/')) return 'audio';
  if (mime.startsWith('video/')) return 'video';
  if (mime === 'text/calendar') return 'calendar';
  return mime === 'message/rfc822' ? 'mail' : 'file';
}

function attachmentOf(file: InboundAttachment): Attachment {
  return {
    id: file.blobId, name: file.name, mime: file.mime, size: file.size, kind: attachmentKind(file.mime),
    ...(file.contentId === undefined ? {} : { contentId: file.contentId }),
    ...(file.inline === undefined ? {} : { inline: file.inline }),
  };
}

/** Files that are here, and what is to be fetched of those that are not; other names of the post. All before the message itself. */
async function keepFiles(core: Core, work: Work, event: MessageEvent, carrier: { messageId: string; conversationId: string }): Promise<void> {
  for (const file of event.attachments ?? []) {
    await work.c.files.insert({ _id: file.blobId, attachment: attachmentOf(file), ...carrier, createdAt: core.clock() });
  }
  for (const [at, file] of (event.remoteFiles ?? []).entries()) {
    const id = pendingFile(carrier.messageId, file, at).id;
    await work.c.fetches.insert({ _id: id, ...carrier, channelId: event.channelId, name: file.name, source: file.source, attempts: 0, nextAt: core.clock() });
    work.fx.job('fetch_file', id);
  }
  for (const other of event.otherIds ?? []) await work.c.externalIds.insert({ _id: `${event.channelId}:${other}`, ...carrier });
}

/** The same id whenever the event is applied again; nobody can guess it. */
function pendingFile(messageId: string, file: RemoteFile, at: number): Attachment {
  const id = createHash('sha256').update(`${messageId}\n${at}`).digest('base64url').slice(0, 22);
  return { id, name: file.name, mime: file.mime ?? 'application/octet-stream', size: file.size ?? 0, kind: attachmentKind(file.mime ?? ''), state: 'pending' };
}

async function keepHandle(work: Work, event: MessageEvent): Promise<void> {
  const { handle, key } = event.thread;
  if (handle === undefined) return;
  const threadId = `${event.channelId}:${key}`;
  const held = await work.c.threads.find(threadId);
  if (held !== undefined && JSON.stringify(held.handle) !== JSON.stringify(handle)) await work.c.threads.setHandle(threadId, handle);
}

function doubted(event: MessageEvent): { givenAt?: number } {
  const givenAt = doubtedTime(event);
  return givenAt === undefined ? {} : { givenAt };
}

/** What it says when it asks for nothing. */
export function meaningOf(signals: Signals): Message['means'] {
  if (signals.helped) return 'helped';
  if (signals.takenBack) return 'taken_back';
  return signals.acknowledgement ? 'thanks' : undefined;
}

function isHuman(event: MessageEvent): boolean {
  return event.auto === undefined && event.silent === undefined;
}

