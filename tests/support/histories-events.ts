import type { Calendar } from '../../src/inbox/model/calendar.js';
import type { MessageEvent, Sender } from '../../src/inbox/model/event.js';
import type { Target } from '../../src/inbox/model/target.js';

export const agentIds = ['lena', 'otto', 'ana'] as const;
export const teamIds = ['support', 'billing'] as const;
export const people = ['ines', 'ben', 'vera'] as const;

/** What a history is lived under. */
export interface Rules {
  start: number;
  calendars: Calendar[];
  targets: Target[];
  defaultMinutes: number;
}

export type Outcome = 'sent' | 'failed' | 'retry' | 'unknown';

/** One post of ours, as far as the world follows it. */
export interface Posted {
  id: string;
  conversation: string;
  written: number;
  agentId: string;
  teamId?: string;
  seq: number;
  channelId: string;
  reached: boolean;
}

/** One word of a customer that can be answered by mail, deleted, or be sent again. */
export interface Written {
  id: string;
  externalId: string;
  conversation: string;
  channelId: string;
  threadKey: string;
  deleted: boolean;
}

/** What a person of a history says, and where. */
export interface Said {
  person: string;
  channelId: 'chat' | 'mailbox';
  /** Of mail: which of their matters. */
  topic: number;
  text: string;
  number: number;
  receivedAt: number;
  /** The provider's time, if it gives one. */
  said?: number;
  repliesTo?: string;
  more?: Partial<MessageEvent>;
}

function senderOf(person: string, channelId: Said['channelId']): Sender {
  if (channelId === 'chat') return { kind: 'webchat', scope: 'chat', externalUserId: person, proof: 'channel', aliases: [], displayName: person };
  const address = `${person}@posteo.example`;
  return { kind: 'email', scope: '*', externalUserId: address, proof: 'channel', aliases: [{ type: 'email', value: address, proof: 'channel' }], displayName: person };
}

/** The same as its channel tells it. */
export function saidEvent(said: Said): MessageEvent {
  const { person, channelId, number } = said;
  const base = { type: 'message' as const, channelId, eventId: `e${number}`, direction: 'in' as const, receivedAt: said.receivedAt, sender: senderOf(person, channelId), text: said.text, ...(said.said === undefined ? {} : { occurredAt: said.said }) };
  if (channelId === 'chat') return { ...base, externalId: `m${number}`, verifiedBy: 'session', thread: { key: person, keyIs: 'exact' }, ...said.more };
  const externalId = `<m${number}@posteo.example>`;
  const subject = `Matter ${'AB'[said.topic] ?? 'C'} of ${person}`;
  const address = `${person}@posteo.example`;
  return {
    ...base, externalId, verifiedBy: 'mailbox',
    thread: { key: externalId, keyIs: 'weak', subject, participants: [address], ...(said.repliesTo === undefined ? {} : { repliesTo: [said.repliesTo] }) },
    email: { messageId: externalId, references: [], from: address, to: ['support@velowerk.example'], cc: [], subject, auth: { dmarc: 'pass', detail: '' } },
    ...said.more,
  };
}
