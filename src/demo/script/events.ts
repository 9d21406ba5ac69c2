import type { Millis } from '../../inbox/model/common.js';
import type { IdentityEvent, MessageEvent, Sender } from '../../inbox/model/event.js';
import type { Alias } from '../../inbox/model/identity.js';
import { chatChannelId, marketChannelId } from '../world/company.js';
import type { DemoPerson } from '../world/people.js';

/** One thread as its channel sees it: what every further event of it refers to. */
export interface ThreadFacts {
  channelId: string;
  /** The address our mailbox has; mail only. */
  address: string;
  subject: string;
  person: DemoPerson;
  /** Message-IDs so far, oldest first; mail only. */
  mailIds: string[];
  key: string;
  /** Chat: nobody said who they are. */
  anonymous: boolean;
}

export interface Line {
  at: Millis;
  text: string;
  /** Unique in the script. */
  id: string;
  auto?: string;
  quoted?: string;
}

/** A mail as the mailbox gives it: the domain vouches for the sender (DMARC). */
export function mailEvent(thread: ThreadFacts, line: Line, direction: 'in' | 'out' = 'in'): MessageEvent {
  const domain = direction === 'in' ? thread.person.email.split('@')[1] ?? 'posteo.example' : 'velowerk.example';
  const messageId = `${line.id}@${domain}`;
  const customer = mailSender(thread.person);
  const answered = thread.mailIds.toReversed();
  const [from, to] = direction === 'in' ? [thread.person.email, thread.address] : [thread.address, thread.person.email];
  const subject = thread.mailIds.length === 0 ? thread.subject : `Re: ${thread.subject}`;
  return {
    type: 'message', channelId: thread.channelId, eventId: messageId, externalId: messageId, occurredAt: line.at - 4_000, receivedAt: line.at, verifiedBy: 'mailbox',
    direction,
    sender: direction === 'in' ? customer : { kind: 'email', scope: customer.scope, externalUserId: thread.address, proof: 'channel', aliases: [] },
    ...(direction === 'in' ? {} : { recipient: customer }),
    thread: { key: messageId, keyIs: 'weak', repliesTo: answered, subject, participants: [thread.person.email] },
    text: line.text,
    ...(line.quoted === undefined ? {} : { quoted: line.quoted }),
    ...(line.auto === undefined ? {} : { auto: [line.auto === 'list' ? 'List-Id' : 'Auto-Submitted: auto-replied'] }),
    email: {
      messageId, references: [...thread.mailIds], from, to: [to], cc: [], subject,
      ...(answered[0] === undefined ? {} : { inReplyTo: answered[0] }),
      auth: { dmarc: 'pass', detail: `dmarc=pass header.from=${domain}` },
    },
  };
}

/** What the bubble on the shop's page sends. Who is signed in to the shop is vouched for by the shop. */
export function chatEvent(thread: ThreadFacts, line: Line): MessageEvent {
  const externalId = `${thread.key}:${line.id}`;
  return {
    type: 'message', channelId: chatChannelId, eventId: `message:${externalId}`, externalId, receivedAt: line.at, verifiedBy: 'token', direction: 'in',
    sender: chatSender(thread), thread: { key: thread.key, keyIs: 'exact' }, text: line.text, clientId: line.id,
  };
}

/** Sent by the bubble before the first message of somebody who told, or proved, who they are. */
export function chatIdentity(thread: ThreadFacts, at: Millis): IdentityEvent {
  return { type: 'identity', channelId: chatChannelId, eventId: `identity:${thread.key}`, receivedAt: at, verifiedBy: 'token', sender: chatSender(thread) };
}

/** A buyer's question on the market place, signed by it. */
export function marketEvent(thread: ThreadFacts, line: Line): MessageEvent {
  const { person } = thread;
  return {
    type: 'message', channelId: marketChannelId, eventId: `rm-${line.id}`, externalId: `rm-${line.id}`, occurredAt: line.at - 1_500, receivedAt: line.at, verifiedBy: 'signature',
    direction: 'in',
    sender: { kind: 'webhook', scope: marketChannelId, externalUserId: `buyer-${person.id}`, displayName: `${person.first} ${person.last.slice(0, 1)}.`, proof: 'channel', aliases: [], language: person.language },
    thread: { key: thread.key, keyIs: 'exact', subject: thread.subject }, text: line.text,
  };
}

function mailSender(person: DemoPerson): Sender {
  return {
    kind: 'email', scope: 'global', externalUserId: person.email, displayName: `${person.first} ${person.last}`.trim(), proof: 'channel',
    aliases: [{ type: 'email', value: person.email, proof: 'channel' }],
  };
}

function chatSender(thread: ThreadFacts): Sender {
  const { person } = thread;
  if (thread.anonymous) return { kind: 'webchat', scope: chatChannelId, externalUserId: thread.key, proof: 'claimed', aliases: [], language: person.language };
  const proof = person.signsIn ? 'channel' : 'claimed';
  const aliases: Alias[] = [{ type: 'email', value: person.email, proof }];
  if (person.signsIn) aliases.push({ type: 'native', value: `webchat-user:${chatChannelId}:${person.id}`, proof: 'channel' });
  if (person.phone !== undefined) aliases.push({ type: 'phone', value: person.phone, proof: 'claimed' });
  return {
    kind: 'webchat', scope: chatChannelId, externalUserId: person.signsIn ? `user:${person.id}` : thread.key, displayName: `${person.first} ${person.last}`, proof, aliases, language: person.language,
  };
}
