import type { Channel } from '../model/channel.js';
import type { Millis } from '../model/common.js';
import type { Agent, Team } from '../model/people.js';
import { Fields, LineFault, personFrom } from './fields.js';
import { timeFrom } from './time.js';

export interface HistoryCustomer {
  /** The channel's name for them. */
  id: string;
  name?: string;
  /** Lower case. */
  email?: string;
  /** E.164 */
  phone?: string;
  language?: string;
}

export const authorKinds = ['customer', 'agent', 'bot', 'note', 'system'] as const;
export const eventTypes = ['assigned', 'resolved', 'reopened', 'snoozed'] as const;

interface Common {
  channel: Channel;
  /** The conversation's key in the file. */
  key: string;
  customer: HistoryCustomer;
  at: Millis;
  /** What the file said, where that was not believed. */
  givenAt?: Millis;
  team?: Team;
}

export interface HistoryMessage extends Common {
  type: 'message';
  id: string;
  author: { kind: (typeof authorKinds)[number]; name: string; agent?: Agent };
  text: string;
  subject?: string;
  tags: string[];
}

export interface HistoryEvent extends Common {
  type: (typeof eventTypes)[number];
  id?: string;
  by?: { name: string; agent?: Agent };
  /** `assigned`: to whom; absent: to nobody. */
  to?: { name: string; agent?: Agent };
  until?: Millis;
}

export type HistoryLine = HistoryMessage | HistoryEvent;

/** What the words of a line may refer to. Made once for an import. */
export interface KnownNames {
  channels: readonly Channel[];
  teams: readonly Team[];
  agents: readonly Agent[];
  now: Millis;
}

export const textMaxChars = 200_000;
const idMaxChars = 500;

/** Reads one line. Throws nothing: what is wrong with it comes back in words. Fields it does not know are left aside. */
export function readLine(text: string, known: KnownNames): HistoryLine | { fault: string } {
  try {
    return lineOf(Fields.parse(text), known);
  } catch (error) {
    if (error instanceof LineFault) return { fault: error.message };
    throw error;
  }
}

function lineOf(line: Fields, known: KnownNames): HistoryLine {
  const type = line.oneOf('type', ['message', ...eventTypes], 'message');
  const channel = channelFrom(line.text('channel', 200), known.channels);
  const team = line.optional('team', 200);
  const common: Common = {
    channel,
    key: line.text('conversation', idMaxChars),
    customer: customerFrom(line.inner('customer')),
    ...timeFrom(line.value('at'), known.now),
    ...(team === undefined ? {} : { team: teamFrom(team, known.teams) }),
  };
  return type === 'message' ? messageFrom(line, common, known) : eventFrom(line, { ...common, type }, known);
}

function messageFrom(line: Fields, common: Common, known: KnownNames): HistoryMessage {
  const author = line.inner('author');
  const kind = author.oneOf('kind', authorKinds);
  const subject = line.optional('subject', 2_000);
  const name = author.optional('name', 200);
  if (name === undefined && kind === 'agent') throw new LineFault('author.name is missing: who of us wrote it?');
  return {
    ...common,
    type: 'message',
    id: line.text('id', idMaxChars),
    author: { kind, ...personFrom({ name: name ?? nameFor(kind, common.customer), email: author.optional('email', 320) }, known.agents) },
    text: line.text('text', textMaxChars, { empty: true }),
    ...(subject === undefined ? {} : { subject: subject.trim().slice(0, 300) }),
    tags: line.list('tags', { most: 20, chars: 40 }).map((tag) => tag.trim().toLowerCase()).filter(Boolean),
  };
}

function nameFor(kind: HistoryMessage['author']['kind'], customer: HistoryCustomer): string {
  if (kind === 'customer') return customer.name ?? customer.email ?? customer.id;
  return { agent: 'Colleague', bot: 'Bot', note: 'Note', system: 'System' }[kind];
}

function eventFrom(line: Fields, common: Common & { type: HistoryEvent['type'] }, known: KnownNames): HistoryEvent {
  const person = (field: 'by' | 'to') => {
    const given = line.innerOrUndefined(field);
    return given === undefined ? {} : { [field]: personFrom({ name: given.text('name', 200), email: given.optional('email', 320) }, known.agents) };
  };
  const id = line.optional('id', idMaxChars);
  const until = line.value('until');
  return { ...common, ...(id === undefined ? {} : { id }), ...person('by'), ...person('to'), ...(until === undefined ? {} : untilFrom(until, known.now)) };
}

function untilFrom(value: unknown, now: Millis): { until: Millis } {
  const { at, givenAt } = timeFrom(value, now, 'until');
  return { until: givenAt ?? at };
}

function customerFrom(given: Fields): HistoryCustomer {
  const id = given.text('id', idMaxChars);
  const [name, email, phone, language] = [given.optional('name', 200), given.optional('email', 320), given.optional('phone', 60), given.optional('language', 35)];
  if (email !== undefined && !/^[^\s@]+@[^\s@]+$/u.test(email)) throw new LineFault('customer.email is no e-mail address');
  const digits = phone?.replace(/[\s().\/-]/gu, '');
  if (digits !== undefined && !/^\+[1-9]\d{5,14}$/u.test(digits)) throw new LineFault('customer.phone must begin with + and the number of the country, such as +49 30 1234567');
  if (language !== undefined && !/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/iu.test(language)) throw new LineFault('customer.language must be a code such as "de"');
  return {
    id,
    ...(name === undefined || name.trim() === '' ? {} : { name: name.trim() }),
    ...(email === undefined ? {} : { email: email.toLowerCase() }),
    ...(digits === undefined ? {} : { phone: digits }),
    ...(language === undefined ? {} : { language: language.slice(0, 2).toLowerCase() }),
  };
}

/** By id, else by name, else by kind, where there is only one of it. */
function channelFrom(given: string, channels: readonly Channel[]): Channel {
  const wanted = given.trim().toLowerCase();
  const found = [channels.filter((channel) => channel._id === given), channels.filter((channel) => channel.name.toLowerCase() === wanted), channels.filter((channel) => channel.kind === wanted)].find((some) => some.length > 0) ?? [];
  const [only, another] = found;
  if (only !== undefined && another === undefined) return only;
  if (only !== undefined) throw new LineFault(`channel "${shown(given)}" could be ${found.map((channel) => `"${channel.name}" (${channel._id})`).join(' or ')}: give its id`);
  throw new LineFault(channels.length === 0 ? 'no channel is connected yet: connect one, then import' : `channel "${shown(given)}" is not connected here; known: ${listed(channels.map((channel) => `${channel.name} (${channel.kind})`))}`);
}

function teamFrom(given: string, teams: readonly Team[]): Team {
  const wanted = given.trim().toLowerCase();
  const found = teams.find((team) => team._id === given) ?? teams.find((team) => team.name.toLowerCase() === wanted);
  if (found === undefined) throw new LineFault(`team "${shown(given)}" does not exist here; known: ${listed(teams.map((team) => team.name))}`);
  return found;
}

function listed(names: readonly string[]): string {
  if (names.length === 0) return 'none';
  return names.length <= 12 ? names.join(', ') : `${names.slice(0, 12).join(', ')} and ${names.length - 12} more`;
}

function shown(given: string): string {
  return given.length <= 60 ? given : `${given.slice(0, 60)}…`;
}
