import { createHash } from 'node:crypto';
import { meaningOf } from '../apply-message.js';
import type { Core } from '../core.js';
import type { Conversation } from '../model/conversation.js';
import type { Identity } from '../model/identity.js';
import type { Author, Message, Step } from '../model/message.js';
import type { HistoryEvent, HistoryLine, HistoryMessage } from './line.js';

/** A message without its place in the conversation. */
export type Unplaced = Omit<Message, 'seq'>;

/** A line of the file with where it stood. */
export interface PlacedLine {
  number: number;
  line: HistoryLine;
}

/** The message's name: the same line gives the same one, whenever and by whichever import it is read. */
export function messageIdOf(line: HistoryLine): string {
  if (line.type === 'message') return `${line.channel._id}:${line.id}`;
  const said = line.id ?? createHash('sha256').update(JSON.stringify([line.key, line.type, line.givenAt ?? line.at, line.by?.name, line.to?.name])).digest('base64url').slice(0, 22);
  return `${line.channel._id}:step:${line.type}:history-${said}`;
}

/** Which line of which import a message comes from; kept with it, and shown. */
export function originOf(importId: string, number: number): string {
  return `import ${importId}, line ${number}`;
}

/** The message that a line becomes, the same as if it had come in by its channel then. */
export function messageOf(core: Pick<Core, 'readSignals'>, input: { placed: PlacedLine; importId: string; row: Conversation; identity: Identity }): Unplaced {
  const { placed: { line, number }, row, identity } = input;
  const base = {
    _id: messageIdOf(line),
    conversationId: row._id,
    customerId: identity.customerId,
    channelId: line.channel._id,
    at: line.at,
    receivedAt: line.at,
    ...(line.givenAt === undefined ? {} : { givenAt: line.givenAt }),
    matched: originOf(input.importId, number),
  };
  return line.type === 'message' ? { ...base, ...saidIn(core, { line, row, identity }) } : { ...base, kind: 'event', author: doerOf(line), text: '', step: stepOf(line) };
}

type Said = Pick<Message, 'kind' | 'author' | 'text'> & Partial<Message>;

function saidIn(core: Pick<Core, 'readSignals'>, input: { line: HistoryMessage; row: Conversation; identity: Identity }): Said {
  const { line, row, identity } = input;
  const { author: { kind, name, agent }, text } = line;
  const person: Author = agent === undefined ? { type: 'outside', name } : { type: 'agent', id: agent._id, name };
  switch (kind) {
    case 'customer': return { kind: 'in', author: { type: 'customer', id: identity._id, name }, text, ...signalsOf(core, text, row) };
    case 'agent': {
      const teamId = line.team?._id ?? row.teamId;
      return { kind: 'out', author: person, text, delivery: { state: 'sent', at: line.at, attempts: 0 }, reachedAt: line.at, ...(teamId === undefined ? {} : { forTeamId: teamId }) };
    }
    case 'bot': return { kind: 'out', author: { type: 'bot', name }, text, delivery: { state: 'sent', at: line.at, attempts: 0 }, reachedAt: line.at };
    case 'note': return { kind: 'note', author: person, text };
    case 'system': return { kind: 'event', author: { type: 'system', name }, text };
  }
}

function signalsOf(core: Pick<Core, 'readSignals'>, text: string, row: Conversation): Partial<Message> {
  const signals = core.readSignals(text, row.language);
  const means = meaningOf(signals);
  return {
    ...(signals.language === undefined ? {} : { language: signals.language }),
    ...(signals.mood === 0 ? {} : { mood: signals.mood }),
    ...(means === undefined ? {} : { means }),
  };
}

function doerOf(line: HistoryEvent): Author {
  if (line.by === undefined) return { type: 'system', name: 'Rapport' };
  return line.by.agent === undefined ? { type: 'outside', name: line.by.name } : { type: 'agent', id: line.by.agent._id, name: line.by.name };
}

function stepOf(line: HistoryEvent): Step {
  if (line.type === 'snoozed') return { type: 'snoozed', ...(line.until === undefined ? {} : { data: { until: line.until } }) };
  if (line.type !== 'assigned') return { type: line.type };
  return {
    type: 'assigned',
    data: {
      ...(line.to === undefined ? {} : { name: line.to.name, ...(line.to.agent === undefined ? {} : { assigneeId: line.to.agent._id }) }),
      ...(line.team === undefined ? {} : { teamId: line.team._id, team: line.team.name }),
    },
  };
}
