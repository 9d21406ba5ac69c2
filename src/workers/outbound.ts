import type { Outbound } from '../adapters/contract.js';
import { AppError } from '../errors.js';
import type { Conversation } from '../inbox/model/conversation.js';
import type { Identity } from '../inbox/model/identity.js';
import type { Message } from '../inbox/model/message.js';
import type { OutboxRow } from '../inbox/model/outbox.js';
import type { DeliverDeps, Sender } from './deliver.js';

const historyRead = 200;

/** Resolves all that rendering needs, so that the adapter's `render` can be pure. Reads only. */
export async function outboundOf(deps: DeliverDeps, sender: Sender, what: { row: OutboxRow; message: Message; conversation: Conversation }): Promise<Outbound> {
  const { row, message, conversation } = what;
  const c = deps.core.store.now;
  const identity = await c.identities.get(conversation.answerOn?.channelId === row.channelId ? conversation.answerOn.identityId : conversation.identityId);
  if (identity === undefined) throw new AppError('bug', 'a conversation without its identity', { facts: { conversationId: conversation._id } });
  const history = await c.messages.page(conversation._id, { before: message.seq, limit: historyRead });
  const answered = answeredMessage(history, row.channelId);
  const mail = sender.adapter.kind === 'email';
  const threadKey = conversation.answerOn?.channelId === row.channelId ? conversation.answerOn.threadKey : conversation.threadKey;
  const handle = (await c.threads.find(`${row.channelId}:${threadKey}`))?.handle;
  const recipients = mail ? mailRecipients(identity, answered, row, deps.ownAddresses()) : { cc: [] as string[] };
  return {
    messageId: message._id,
    conversationId: conversation._id,
    seq: message.seq,
    attempt: row.attempts,
    text: message.text,
    author: { type: byPerson(message) ? 'agent' : message.author.type === 'bot' ? 'bot' : 'system', name: message.author.name },
    isAutomatic: !byPerson(message),
    attachments: message.attachments ?? [],
    ...(message.choices === undefined ? {} : { choices: message.choices }),
    ...(conversation.language === undefined ? {} : { language: conversation.language }),
    to: {
      identityId: identity._id,
      externalUserId: identity._id.split(':').slice(2).join(':'),
      ...(identity.displayName === undefined ? {} : { displayName: identity.displayName }),
      ...(recipients.to === undefined ? {} : { address: recipients.to }),
    },
    threadKey,
    sentParts: message.delivery?.ids ?? [],
    ...(handle === undefined ? {} : { handle }),
    ...(conversation.audience === undefined ? {} : { audience: conversation.audience }),
    ...(message.template === undefined ? {} : { template: message.template }),
    ...(mail ? { subject: subjectOf(conversation, history, await deps.companyName()) } : {}),
    ...(answered === undefined ? {} : { answers: { messageId: answered._id, externalId: answered._id.slice(answered.channelId.length + 1), at: answered.at, name: answered.author.name, text: answered.text, ...(answered.email === undefined ? {} : { email: answered.email }) } }),
    ...(mail ? { references: referencesOf(history), cc: recipients.cc } : {}),
    companyName: await deps.companyName(),
  };
}

/** An agent, or a colleague who answered from a mirrored thread. */
function byPerson(message: Message): boolean {
  return message.author.type === 'agent' || message.mirroredFrom !== undefined;
}

function answeredMessage(history: readonly Message[], channelId: string): Message | undefined {
  return history.findLast((message) => message.kind === 'in' && message.channelId === channelId && message.auto === undefined);
}

/** Recipients derive from the message answered and from nothing else; own addresses never are. */
export function mailRecipients(identity: Identity, answered: Message | undefined, row: Pick<OutboxRow, 'address'>, own: ReadonlySet<string>): { to?: string; cc: string[] } {
  const facts = answered?.email;
  const known = identity.aliases.findLast((alias) => alias.type === 'email')?.value;
  const to = row.address ?? facts?.replyTo ?? facts?.from ?? known;
  const others = facts === undefined || row.address !== undefined ? [] : [...facts.to, ...facts.cc];
  const cc = [...new Set(others.map((address) => address.toLowerCase()))].filter((address) => address !== to?.toLowerCase() && !own.has(address) && address !== facts?.from.toLowerCase());
  return { ...(to === undefined ? {} : { to }), cc };
}

/** The latest subject counts: people change it while a thread goes on. */
function subjectOf(conversation: Conversation, history: readonly Message[], company: string): string {
  return history.findLast((message) => message.email !== undefined)?.email?.subject ?? conversation.subject ?? `Your conversation with ${company}`;
}

function referencesOf(history: readonly Message[]): string[] {
  return [...new Set(history.flatMap((message) => message.email === undefined ? message.delivery?.ids ?? [] : [message.email.messageId]))];
}
