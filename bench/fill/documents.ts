import { previewOf } from '../../src/inbox/append-message.js';
import type { Conversation } from '../../src/inbox/model/conversation.js';
import type { LedgerRow, MessageEvent } from '../../src/inbox/model/event.js';
import type { AliasEntry, Customer, Identity } from '../../src/inbox/model/identity.js';
import type { Message } from '../../src/inbox/model/message.js';
import type { Agent, Team } from '../../src/inbox/model/people.js';
import type { Channel } from '../../src/inbox/model/channel.js';
import type { CaseFacts, Wait } from '../../src/inbox/model/wait.js';
import { nameKeyOf } from '../../src/inbox/recognise-sender.js';
import { kindAt, type Planned, statusNow } from './plan.js';
import { createRandom, type Random } from './random.js';
import type { TextLanguage, TextMaker } from './words.js';

/** What every document is made from. */
export interface World {
  channels: readonly Channel[];
  agents: readonly Agent[];
  teams: readonly Team[];
  texts: Record<TextLanguage, TextMaker>;
  newIdAt: (at: number) => string;
  now: number;
}

export interface Person {
  customerId: string;
  name: string;
  address: string;
  language: TextLanguage;
}

const languages: readonly TextLanguage[] = ['en', 'en', 'de', 'de', 'fr', 'es'];
const firstNames = ['Ines', 'Malik', 'Sofie', 'Tom', 'Claire', 'Wanda', 'Bram', 'Lucía', 'Oskar', 'Priya', 'Jost', 'Elif', 'Noah', 'Amélie', 'Rosa', 'Henrik'];
const lastNames = ['Bauer', 'Osei', 'Rasmussen', 'Kowalski', 'Jouve', 'Ecker', 'Claes', 'Marín', 'Brandt', 'Raman', 'Wiegand', 'Arslan', 'Peeters', 'Garnier', 'Ibáñez', 'Solberg'];

export function personOf(index: number, newIdAt: World['newIdAt'], at: number): Person {
  const random = createRandom(index + 77);
  const name = `${random.pick(firstNames)} ${random.pick(lastNames)}`;
  return { customerId: newIdAt(at), name, address: `customer.${index}@posteo.example`, language: random.pick(languages) };
}

export function identityOf(person: Person, channel: Channel, at: number): Identity {
  const external = channel.kind === 'email' ? `global:${person.address}` : channel.kind === 'webchat' ? `${channel._id}:user:${person.address}` : `${channel._id}:person-${person.address.split('@', 1)[0] ?? ''}`;
  return {
    _id: `${channel.kind}:${external}`, kind: channel.kind, customerId: person.customerId, displayName: person.name, proof: 'channel',
    aliases: [{ type: 'email', value: person.address, proof: 'channel' }], language: person.language, channelId: channel._id, firstSeenAt: at, lastSeenAt: at,
  };
}

export function aliasOf(identity: Identity): AliasEntry {
  const key = `email:${identity.aliases[0]?.value ?? ''}`;
  return { _id: `${key}|${identity._id}`, key, identityId: identity._id, customerId: identity.customerId, proof: 'channel' };
}

export function customerOf(person: Person, facts: { firstAt: number; lastAt: number; conversations: number; waitingSince?: number }): Customer {
  return {
    _id: person.customerId, name: person.name, nameKey: nameKeyOf(person.name), joined: [], language: person.language, firstSeenAt: facts.firstAt, lastSeenAt: facts.lastAt,
    conversationCount: facts.conversations, mood: [], facts: [], tags: [], ...(facts.waitingSince === undefined ? {} : { waitingSince: facts.waitingSince }),
  };
}

/** Everything about one conversation that does not change from message to message. */
export interface Talk {
  planned: Planned;
  id: string;
  person: Person;
  identity: Identity;
  channel: Channel;
  team: Team;
  agent: Agent | undefined;
  subject: string;
  tags: string[];
  random: Random;
  /** Message-IDs so far; mail only. */
  mailIds: string[];
}

/** `waits`: somebody still does; what ends the conversation then says that no answer was needed. */
export function messageAt(talk: Talk, seq: number, world: World, waits: boolean): Message {
  const { planned, channel, person, agent, random } = talk;
  const at = planned.times[seq - 1] ?? 0;
  const kind = kindAt(planned, seq);
  const base = { conversationId: talk.id, customerId: person.customerId, channelId: channel._id, seq, at, receivedAt: at };
  const author = agent ?? world.agents[seq % world.agents.length];
  const byAgent = { type: 'agent' as const, id: author?._id ?? '', name: author?.name ?? '' };
  if (kind === 'routed') {
    const name = agent === undefined ? {} : { name: agent.name, assigneeId: agent._id };
    return { ...base, _id: `${channel._id}:step:routed:${talk.id}`, kind: 'event', author: { type: 'system', name: 'Rapport' }, text: 'least loaded, longest idle', step: { type: 'routed', reason: 'least loaded, longest idle', data: { ...name, team: talk.team.name } } };
  }
  if (kind === 'resolved') {
    const step = waits ? { type: 'not_needed' as const, reason: 'only said thanks' } : { type: 'resolved' as const };
    return { ...base, _id: `${channel._id}:step:${step.type}:${world.newIdAt(at)}`, kind: 'event', author: byAgent, text: '', step };
  }
  const clientId = world.newIdAt(at);
  const number = random.next() < 0.15 ? ` ${random.between(100_000, 399_999)}` : '';
  const text = `${world.texts[person.language].text(random, Math.round(6 + random.next() ** 2 * 55))}${number}`;
  if (kind !== 'in') {
    const written: Message = { ...base, _id: `${channel._id}:out-${byAgent.id}-${clientId}`, kind, author: byAgent, text, clientId };
    if (kind === 'note') return written;
    return { ...written, language: person.language, forTeamId: talk.team._id, delivery: { state: 'sent', at: at + 400, attempts: 1, ...(channel.kind === 'email' ? { ids: [ownMailId(clientId)] } : {}) } };
  }
  const externalId = channel.kind === 'email' ? `${clientId}.${seq}@posteo.example` : channel.kind === 'webchat' ? `visitor-${person.customerId}xx:${clientId}` : `evt-${clientId}`;
  const email = channel.kind === 'email' ? {
    email: {
      messageId: externalId, references: talk.mailIds.slice(-20), from: person.address, to: ['support@velowerk.example'], cc: [], subject: seq === 1 ? talk.subject : `Re: ${talk.subject}`,
      auth: { dmarc: 'pass' as const, detail: 'dmarc=pass header.from=posteo.example' }, ...(seq === 1 ? {} : { inReplyTo: talk.mailIds.at(-1) ?? externalId }),
    },
    rawBlobId: world.newIdAt(at),
  } : {};
  if (channel.kind === 'email') talk.mailIds.push(externalId);
  return {
    ...base, _id: `${channel._id}:${externalId}`, kind: 'in', author: { type: 'customer', id: talk.identity._id, name: person.name }, text, language: person.language,
    matched: seq === 1 ? 'first of its thread' : 'same thread', ...email, ...(channel.kind === 'webchat' ? { clientId } : {}),
    ...(random.next() < 0.1 ? { mood: random.pick([-1, 1]) } : {}),
  };
}

function ownMailId(clientId: string): string {
  return `m${clientId.toLowerCase()}${clientId.toLowerCase()}.abcdefghijklmnop@velowerk.example`;
}

export function conversationOf(talk: Talk, world: World, facts: { last: Message; lastIn: Message; wait: Wait | undefined; facts: CaseFacts }): Conversation {
  const { planned, channel, person, agent, team } = talk;
  const { last, wait } = facts;
  const start = planned.times[0] ?? 0;
  return {
    _id: talk.id, channelId: channel._id, channelKind: channel.kind, channelName: channel.name, threadKey: talk.id, customerId: person.customerId, identityId: talk.identity._id,
    customerName: person.name, subject: talk.subject, ...statusNow(planned), priority: 'normal', owned: agent !== undefined,
    ...(agent === undefined ? {} : { assigneeId: agent._id }), teamId: team._id, routeReason: 'least loaded, longest idle', tags: talk.tags, facts: facts.facts,
    ...(wait === undefined ? {} : waitOnRow(wait)),
    lastSeq: planned.times.length, lastInSeq: facts.lastIn.seq, lastInAt: facts.lastIn.at, lastMessageAt: last.at, readSeq: wait === undefined ? planned.times.length : facts.lastIn.seq - 1, ownership: 1, talkedAt: last.at,
    preview: { text: previewOf(last), by: last.author.type, name: last.author.name }, botDone: true, language: person.language,
    ...(planned.status === 'snoozed' ? { snoozedUntil: world.now + 86_400_000, snoozedBy: agent?._id ?? '' } : {}),
    ...(planned.status === 'resolved' ? { resolvedAt: last.at } : {}),
    participants: [person.address], changeSeq: 0, createdAt: start,
  };
}

function waitOnRow(wait: Wait): Pick<Conversation, 'waitingSince' | 'waitId' | 'due' | 'heldBy'> {
  const last = wait.segments.at(-1);
  return {
    waitingSince: wait.from, waitId: wait._id, ...(wait.target === undefined ? {} : { due: wait.target }),
    ...(last === undefined ? {} : { heldBy: `${last.by}|${last.agentId ?? ''}|${last.teamId ?? ''}` }),
  };
}

/** As it stands after it was applied; the whole event stays for 30 days. */
export function ledgerOf(message: Message, talk: Talk, now: number): LedgerRow {
  const externalId = message._id.slice(message.channelId.length + 1);
  const eventId = message.channelId === talk.channel._id && talk.channel.kind === 'webchat' ? `message:${externalId}` : externalId;
  const row: LedgerRow = { _id: `${message.channelId}:${eventId}`, channelId: message.channelId, state: 'applied', attempts: 0, deaths: 0, receivedAt: message.at, doneAt: message.at, messageId: message._id };
  if (now - message.at > 30 * 86_400_000) return row;
  const event: MessageEvent = {
    type: 'message', channelId: message.channelId, eventId, externalId, receivedAt: message.at, verifiedBy: 'signature', direction: 'in',
    sender: { kind: talk.channel.kind, scope: 'global', externalUserId: talk.person.address, displayName: talk.person.name, proof: 'channel', aliases: talk.identity.aliases },
    thread: { key: talk.id, keyIs: 'exact' }, text: message.text, ...(message.email === undefined ? {} : { email: message.email }),
  };
  return { ...row, event };
}
